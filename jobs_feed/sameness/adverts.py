"""An advert as it is compared: employer, title, place, pay and text brought to one form.

In: a posting, what was understood of it, and its phone numbers as tokens that can only be compared. Out: `Advert`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from jobs_feed.sameness.employers import Employer, employer_of
from jobs_feed.sameness.titles import Title, title_of
from matcher.domain.incoming.sameness import Traits
from matcher.domain.posting import Posting

MOST_TEXT = 700
"""Characters of a text that are compared; what comes behind them never decided a pair."""
_CLAUSE = re.compile(r"[。！!？?；;，,、\n\r\t:：|~～]+|\s{2,}")
_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}[.)、]|[一二三四五六七八九十][、.)]|[(][0-9一二三四五六七八九十]{1,2}[)]|[①-⑳])"
)
_CLUTTER = re.compile(r"[^0-9a-z一-龥]+")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?!\d)"
)
_ROOM = re.compile(r"[0-9一-龥]{1,12}?(?:路|街|大街|大道|巷|号|小区|花园|广场|商场|市场|大厦|园区|村|嘎查|站|院)")
_OUTER = re.compile(r"^.*(?:[旗县区省盟]|自治区|(?<!城)市)(?=[一-龥])")
_QUARTER = re.compile(r"([一-龥]{2,6}?)(街道|镇|乡|苏木|嘎查|村)")
LEAST_CLAUSE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """One posting in the form in which it is compared."""

    key: int
    sender: str
    ref: str
    source_ref: str
    title: Title
    employer: Employer
    place_code: str
    place_text: str
    """Street or house."""
    quarters: frozenset[str]
    """Townships, quarters and villages named in the place, with their kind."""
    phones: frozenset[str]
    text: str
    clauses: tuple[str, ...]
    traits: Traits
    wage_text: str
    openings: int | None
    published_on: date | None
    deadline: date | None
    digest: str = ""


def advert_of(key: int, posting: Posting, traits: Traits, phones: Iterable[str], *, digest: str = "") -> Advert:
    """A posting in the form in which it is compared."""
    clauses = clauses_of(posting.description)
    return Advert(
        key=key,
        sender=posting.sender,
        ref=posting.ref,
        source_ref=posting.source_ref,
        title=title_of(posting.title),
        employer=employer_of(posting.employer, posting.uscc),
        place_code=posting.place.code,
        place_text=address(posting.place.text),
        quarters=quarters_of(posting.place.text),
        phones=frozenset(phones),
        text="".join(clauses)[:MOST_TEXT],
        clauses=clauses,
        traits=traits,
        wage_text=squeezed(posting.wage_text),
        openings=posting.openings,
        published_on=posting.published_on,
        deadline=posting.deadline,
        digest=digest,
    )


def folded(text: str) -> str:
    """Full width, case and ligatures undone."""
    return unicodedata.normalize("NFKC", text).lower()


def squeezed(text: str) -> str:
    """A text without anything but letters, digits and Chinese characters."""
    return _CLUTTER.sub("", folded(text))


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a text without numbering, emoji and phone numbers, up to what is compared."""
    plain = _PHONE.sub(" ", folded(text[: 2 * MOST_TEXT]))
    pieces = (_CLUTTER.sub("", _NUMBERING.sub("", piece.strip())) for piece in _CLAUSE.split(plain))
    return tuple(piece for piece in pieces if len(piece) >= LEAST_CLAUSE)


def address(text: str) -> str:
    """The street or house of a place, "" where it names no more than divisions."""
    found = _ROOM.findall(folded(text))
    return "".join(found)


def quarters_of(text: str) -> frozenset[str]:
    """The townships, quarters and villages a place names, known to the gazetteer or not."""
    plain = _OUTER.sub("", folded(text))
    return frozenset(name + kind for name, kind in _QUARTER.findall(plain))


def phones_of(posting: Posting) -> frozenset[str]:
    """Every phone number of an advert, in its own column and in its text, as bare digits."""
    texts = (posting.phone, posting.contact, posting.description, posting.title)
    found = (number for text in texts for number in _PHONE.findall(folded(text)))
    return frozenset(re.sub(r"\D", "", number) for number in found)


def known_fields(posting: Posting) -> int:
    """How many fields of a posting say something."""
    values = (getattr(posting, one.name) for one in fields(Posting) if one.name not in {"ref", "sender", "source_ref"})
    return sum(1 for value in values if value not in (None, "", False) and getattr(value, "text", True))
