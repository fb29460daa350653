"""What of a posting is published while its employer has not agreed to more.

In: a posting, and what stands instead of its contact. Out: the posting without anybody's name, number or account:
neither in the columns of the contact nor in its texts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jobs_feed.reference import rows_of
from matcher.domain.division import Place
from matcher.domain.incoming.sharing import name_key
from matcher.domain.posting import Posting

_TEXTS = (
    "wage_text",
    "openings_text",
    "education_text",
    "age_text",
    "certificate_text",
    "experience_text",
    "hours_text",
    "board_text",
    "insurance_text",
    "load_text",
    "description",
    "source",
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_GAP = r"[\s\-.·_—–]?"
_NUMERAL = r"[〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖\d]"
_NUMBERS = re.compile(
    rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"
    rf"|(?<!{_NUMERAL})[一幺壹1]{_GAP}[三四五六七八九叁肆伍陆柒捌玖3-9](?:{_GAP}{_NUMERAL}){{9}}(?!{_NUMERAL})"
    r"|(?<!\d)\(?0\d{2,3}\)?[\s\-]?[2-8]\d{6,7}(?:[\-转]\d{1,5})?(?!\d)"
    r"|(?<!\d)(?!20[0-4]\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d))[2-8]\d{6,7}(?![\d元块])"
    r"|(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])"
    r"|[A-Za-z0-9_.+\-]+@[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)+"
)
_LONGEST_NAME = 12


@lru_cache(maxsize=8)
def _words(use: str) -> tuple[str, ...]:
    """Words of one use, the longest first."""
    found = [row["word"] for row in rows_of("private_words") if row["use"] == use]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _any_of(use: str) -> str:
    """A pattern of the words of one use."""
    return "|".join(re.escape(word) for word in _words(use))


@lru_cache(maxsize=1)
def _accounts() -> re.Pattern[str]:
    """An account of a messenger behind its word: 微信：abc12345."""
    return re.compile(
        rf"(?i)(?:{_any_of('account')})(?:同号|号码|号|群)?\s*[::]?\s*(?P<own>[a-z0-9_][a-z0-9_\-]{{4,24}})"
    )


@lru_cache(maxsize=1)
def _addressed() -> re.Pattern[str]:
    """Somebody to be called, behind a word that says so: 联系人：李姐, 找王经理, 电话(包师傅)."""
    return re.compile(
        rf"(?:{_any_of('contact_cue')})(?:人|方式)?\s*[::(]?\s*(?P<own>{_by_surname()})"
        rf"|联系人\s*[::]\s*(?P<named>[一-龥·]{{2,8}})(?=[\s,,;;。.、/)()]|\d|$)"
    )


@lru_cache(maxsize=1)
def _person() -> re.Pattern[str]:
    """Somebody instead of an organisation in the column of employers: 李先生, 王姐, 个人."""
    return re.compile(rf"(?:{_any_of('employer_whole')})|{_by_surname()}")


def _by_surname() -> str:
    """A pattern of people as they are addressed: 王经理, 李春姐."""
    return rf"[{_words('surnames')[0]}][一-龥]?(?:{_any_of('form_of_address')})"


def is_private(employer: str) -> bool:
    """Whether an employer's name is that of a person or a household, or says nothing at all."""
    plain = name_key(employer).removeprefix("name:")
    return len(plain) < 2 or _person().fullmatch(plain) is not None


def public_form(posting: Posting, *, phone: str, withheld: str, private_employer: str) -> Posting:
    """The posting as anybody may read it: `phone` is the office's, `withheld` stands where something was left out."""
    names = _names_of(posting)
    told: dict[str, Any] = {name: without_contacts(getattr(posting, name), names, withheld) for name in _TEXTS}
    for name in ("title", "employer"):
        told[name] = without_contacts(getattr(posting, name), (), withheld, heading=True)
    if not posting.uscc and (is_private(posting.employer) or posting.employer.strip() in names):
        told["employer"] = private_employer
    told |= {"contact": "", "phone": phone, "place": _public_place(posting.place, names, withheld)}
    return replace(posting, **told)


def _public_place(place: Place, names: tuple[str, ...], withheld: str) -> Place:
    """The place with the text it was written in, as far as that is nobody's number."""
    return replace(place, text=without_contacts(place.text, names, withheld))


def _names_of(posting: Posting) -> tuple[str, ...]:
    """The names in the column of contacts that may be people's, the longest first."""
    parts = re.split(r"[、,，;；/|()（）\s\d+\-]+", posting.contact)
    offices = set(_words("no_name"))
    names = {part for part in parts if 2 <= len(part) <= _LONGEST_NAME and part not in offices}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def without_contacts(text: str, names: tuple[str, ...], withheld: str, *, heading: bool = False) -> str:
    """A text without numbers, accounts, addresses and these names; everything else stays as it is.

    A heading names jobs (电话销售主管) and nobody to be called.
    """
    if not text:
        return text
    spans = sorted(_spans(text, names, heading))
    if not spans:
        return text
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start > at or not parts:
            parts += [text[at:start], withheld]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _spans(text: str, names: tuple[str, ...], heading: bool) -> list[tuple[int, int]]:
    """Where something stands that is somebody's own."""
    narrow = text.translate(_NARROW)
    spans = [match.span() for match in _NUMBERS.finditer(narrow)]
    spans += [match.span("own") for match in _accounts().finditer(narrow)]
    for match in () if heading else _addressed().finditer(narrow):
        spans.append(match.span("own") if match["own"] else match.span("named"))
    for name in names:
        spans += [match.span() for match in re.finditer(re.escape(name), text)]
    return spans
