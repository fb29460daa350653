"""Levels of education, as held and as asked for.

In: a column or free text. Out: the level a person has (the highest said), or the least one an advert asks for;
“不限” is the lowest level, nothing said is unknown.
"""

from __future__ import annotations

import re

from matcher.domain.facts import Fact
from matcher.domain.worker import Education
from matcher.reading.passages import Passage, passages
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words

_ANY = sifted("|".join(f"(?P<l{level.value}>{words(f'education.{level.value}')})" for level in Education))
_ALSO = r"(?:、?(?:专业|性别|年龄|经验|户籍|男女)){0,4}"
_OPEN = sifted(
    rf"(?:学历|文化(?:程度|水平)?|教育程度){_ALSO}[:\s]*(?:及?年龄)?(?:不限|无要求|不作?要求|没有?(?:限制|要求)|均可)"
    r"|(?:学历|文化)(?:上)?(?:不卡|不论|不挑|都行|随便|无所谓|高低(?:都|均))|(?:不识字|没文化|没念过书)(?:的)?(?:也|都)(?:行|可以?|能|中)|高低学历|学历高低|不限学历|不(?:看|要求|问)(?:学历|文化)|无学历(?:年龄)?(?:限制|要求)"
)
_NOT_ASKED = re.compile(rf"^(?:及|或)?以下|^在读|^没(?:有)?(?:毕业|念完|读完)|^生?村官|^{words('education.not_asked')}")
_PREFERRED = re.compile(rf"^[^,。;\n]{{0,14}}{words('education.preferred')}")
_INSTITUTION = re.compile(rf"{words('education.institution')}\Z")
_ASKED_WORD = re.compile(rf"^(?:\([^)]*\))?(?:或|及|、|/|,|和)*\s*(?:[一-龥]{{0,4}})?(?:{words('education.after')}|$)")
_SCHOOL_ONLY = re.compile(
    r"^(?:学校|部)?(?:食堂|门口|门前|附近|对面|老师|教师|学生|校门|宿舍|里(?:当|做|干)|看(?:过)?(?:大)?门|旁)"
)
"""What follows a school that is only a place: 小学门口摆摊."""
_ONLY_NAMED = re.compile(r"(?:要求|招聘|陪读|需要?|得)[一-龥]{0,4}\Z|(?:在|给|村|往)(?:本|那|个)?\Z(?<!现在)")
_NOT_REACHED = re.compile(r"没考(?:上|取)?\Z|没上(?:过|成)\Z")
_BEGUN = re.compile(r"[念读]到")
_WITH_YEAR = re.compile(r"[念读]到[一二三四五六]年级")
_HELD_NOT = re.compile(rf"(?:{words('kin')}|接送)[^,。;\n]{{0,8}}\Z")
_NOT_FINISHED = re.compile(words("education.unfinished"))


def read_education(text: str, field: str) -> Fact[Education]:
    """The level a person has; one not finished counts as the one below."""
    found = passages([(field, text)])
    best: Fact[Education] = Fact()
    for passage in found:
        for match, level in _mentions(passage):
            before, after = passage.text[max(0, match.start() - 14) : match.start()], passage.text[match.end() :][:10]
            if _HELD_NOT.search(before) or _SCHOOL_ONLY.match(after) or _ONLY_NAMED.search(before):
                continue
            if _NOT_REACHED.search(before):
                continue
            begun = _BEGUN.match(match[0]) or _NOT_FINISHED.search(after[:8])
            if begun and level > Education.ILLITERATE and not _WITH_YEAR.match(match[0]):
                level = Education(level - 1)
            if best.value is None or level > best.value:
                best = Fact(level, (passage.evidence(*match.span()),))
    return best


def read_education_asked(text: str, field: str, *, free: bool = False) -> Fact[Education]:
    """The least level asked for: the lowest of those named; preferred levels do not count."""
    found = passages([(field, text)])
    return read_education_passage(found[0], free=free) if found else Fact()


def read_education_passage(passage: Passage, *, free: bool) -> Fact[Education]:
    """The same over a folded text."""
    text = passage.text
    best: Fact[Education] = Fact()
    for match, level in _mentions(passage):
        before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 18]
        if re.match(r"(?:及|或)?以下", after) and not free:
            return Fact(Education.ILLITERATE, (passage.evidence(match.start(), match.end() + 2),))
        if free and not _asked(before, after):
            continue
        if best.value is None or level < best.value:
            best = Fact(level, (passage.evidence(*match.span()),))
    opened = _OPEN.search(text) or (
        None if free else re.match(r"\s*(?:不限|无|无要求|没要求|不要求|均可|不看|不卡)\s*(?:$|[,;。(、])", text)
    )
    if opened and best.value is None:
        return Fact(Education.ILLITERATE, (passage.evidence(*opened.span()),))
    return best


def _asked(before: str, after: str) -> bool:
    """Whether a level named in running text is one that applicants must have."""
    if _SCHOOL_ONLY.match(after) or _NOT_ASKED.match(after) or _PREFERRED.match(after) or _INSTITUTION.search(before):
        return False
    return bool(_ASKED_WORD.match(after)) or "学历" in before or "文化" in before


def _mentions(passage: Passage) -> list[tuple[re.Match[str], Education]]:
    """Every level named in a text, in order."""
    return [(match, Education(int((match.lastgroup or "l0")[1:]))) for match in _ANY.finditer(passage.text)]
