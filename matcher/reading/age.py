"""The ages an advert asks for.

In: a column or free text. Out: `AgeLimit`, the widest of what is said; both ends None = stated to be open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.domain.posting import AgeLimit
from matcher.reading.numerals import read_chinese
from matcher.reading.passages import Passage, passages
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words

CN_DIGITS = "一二三四五六七八九"
_N = rf"(?:(?<![\d.])[1-8]\d(?![\d.]*\d)|[{CN_DIGITS}]?十[{CN_DIGITS}]?)"
_YEARS = r"(?:\s*(?:周岁|岁|週岁|周))"
_INCLUDED = r"(?:\s*\([^)]{0,6}\))?"
_UNDER = r"\s*(?:及|含|或)?(?:封顶|以下|一下|以内|之内|之下|以里|以前|往下|往里|朝下|打底以下|内(?!部)|下(?!班|午))"
_OVER = r"\s*(?:(?:及|含|或)?(?:以上|之上|往上|开外|起(?!薪)|朝上)|\+(?!\d))"
_TO = r"\s*(?:[-~至到―_/]|--)+\s*"
_RANGE = sifted(rf"(?P<a>{_N}){_YEARS}?{_TO}(?:年?龄?)(?P<b>{_N})(?P<y>{_YEARS}?)(?P<u>{_UNDER}|之间)?")
_HIGH = sifted(
    rf"(?P<n>{_N})(?P<y>{_YEARS}?){_INCLUDED}{_UNDER}|{words('age.under_before')}+\s*(?P<m>{_N})(?P<z>{_YEARS}?)"
)
_LOW = sifted(
    rf"(?P<n>{_N})(?P<y>{_YEARS}?){_INCLUDED}(?:{_OVER}|\s*[-至到~]+(?=(?:法定)?退休))|{words('age.over_before')}+\s*(?P<m>{_N})(?P<z>{_YEARS}?)"
)
_ALSO = r"(?:、?(?:性别|学历|经验|男女|户籍|专业|工龄)){0,4}"
_OPEN = sifted(
    rf"(?:年龄|岁数|年纪){_ALSO}[:\s]*(?:不限|不作?要求|无要求|没有?(?:限制|要求)|均可|不是问题)"
    r"|不限(?:制)?年龄|无(?:学历)?年龄限制"
    r"|(?:年龄|岁数|年纪)(?:上)?(?:也|都|都?可)?(?:不(?:卡|是?死|论|挑|管|看|设限|是事)|没限制|好说|都行|随便|无所谓)"
    r"|(?:岁数|年龄|年纪)(?:稍)?(?:大|小)(?:点儿?|些)?(?:的)?(?:也)?(?:没关系|没事|不怕|不要紧|无妨|也行|都行|也中|也要|也可以?|能干就行)"
)
_ENUMERATOR = sifted(r"(^|\s)(\d{1,2})\.(?=\d)")
"""“1.28-35岁”: the number of a line, not a decimal."""
_NEAR_AGE = re.compile(words("age.near"))
_BORN_SINCE = sifted(r"(?P<y>(?:19|20)?\d\d)年?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:以后|之后|后)(?:出生)?")
_GENERATION = sifted(r"(?:限|要求|年龄|需|须|必须)[:\s]*(?P<y>[5-9]0|00)(?:、(?:[5-9]0|00))*后(?!优先)")
_GENERATIONS = sifted(r"(?P<y>[5-9]0)后(?:[、,/和]?(?:[6-9]0|00)后)*(?:的)?(?:都|均|也)(?:行|要|可以?|招|中)")
_ADULT = sifted(
    r"(?:不(?:招|要|收|用)|谢绝|勿)未成年|未成年(?:人)?(?:勿|不要|不招|免|别)|(?:须|需|必须|要|得|已|满)(?:是|为)?成年(?!人(?:用品|教育))|^成年"
)
_ADULT_AGE = 18
_OF_OTHERS = re.compile(rf"^\s*[)]?(?:的|以上的?|以下的?|左右的?)?\s*{words('age.of_others')}")
_FOR_OTHERS = re.compile(rf"{words('age.for_others')}[^,。;\n]{{0,8}}\Z")
_PREFERENCE = re.compile(rf"^[^,。;\n]{{0,10}}{words('age.preferred')}")
_NOT_YEARS = re.compile(rf"^\s*{words('age.not_years')}")
_BEFORE_NOT = re.compile(rf"{words('age.counts_else')}\s*[^\d,。;\n]{{0,4}}\Z")
_NAMED = re.compile(rf"{words('age.named')}[^\d,。;\n]{{0,8}}\Z")
_BOTH_SEXES = sifted(
    rf"男性?\s*(?P<a>{_N})(?:周?岁)?(?:以[下内里])?\s*[,、/]?\s*女性?\s*(?P<b>{_N})(?:(?:周?岁)?{_UNDER}|(?:周?岁)?(?=$|[,。;、)\s]))"
)
_STOP = r"(?:^|[,。;、:!(\s])"
_ALONE = sifted(
    rf"{_STOP}\s*(?:{words('age.lead')})?(?:(?P<low>1[6-9]|[23]\d|4[0-5]|十[六七八九]|[二三]十[{CN_DIGITS}]?|四十[一二三四五]?)(?:\s*(?:[-~至到]|--)+\s*|以上、?,?)(?P<high>2[4-9]|[3-6]\d|[三四五六]十[{CN_DIGITS}]?)(?:(?<=以上\d\d)以下|(?<!以上\d\d))"
    rf"|(?P<top>[3-7]\d|[三四五六七]十[{CN_DIGITS}]?){_UNDER})"
    rf"(?=\s*(?:$|[,。;、!)\n\s]|{words('age.fit')}))(?![^,。;、\n]{{0,4}}{words('age.preferred')})"
)
_BARE_TOP = re.compile(rf"(?P<n>[3-6]\d|[三四五六]十[{CN_DIGITS}]?){_YEARS}?(?:封顶)?")
"""A column that holds one number and nothing else names the oldest."""
_BARE_END = re.compile(rf"\s*(?:[,。;、!)\n\s]|$|的|者|就?(?:行|中|可)|[男女不]|{words('age.fit')})")
_ALSO_TAKEN = re.compile(r"的?(?:人)?(?:也|都)(?:要|行|可|收|能|招|中)")
"""60岁以上也要 shuts nobody out."""
_COUNTS = re.compile(words("age.counts_bare"))
"""What is counted by numbers like ages: 载重不超过60, 每天最多50."""
LOWEST, HIGHEST = 14, 75
_LEAST_SPAN = 8
"""Between ages asked for lie at least so many years; 40-45 alone is a count of something."""
_DRAWN_LOW, _DRAWN_HIGH = (16, 18), range(45, 71)
_WORKING_LOW, _WORKING_HIGH = range(16, 41), range(22, 71)


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement about age; an open one has neither end."""

    low: int | None
    high: int | None
    start: int
    end: int
    cap: bool = False
    """Whoever is older is turned away, whatever else is said."""
    widened: bool = False
    """What is allowed to some (放宽到58) says nothing of the rest."""


def read_age_limit(text: str, field: str, *, free: bool = False, on: date | None = None) -> AgeLimit | None:
    """The ages asked for; None where nothing is said. `free`: a bare number needs a word of age beside it."""
    found = passages([(field, text)])
    return read_age_passage(found[0], free=free, on=on) if found else None


def read_age_passage(passage: Passage, *, free: bool, on: date | None = None) -> AgeLimit | None:
    """The same over a folded text; `on` is the day “1980年以后出生” and “90后” are counted from."""
    said = _joined(_statements(_ENUMERATOR.sub(r"\1\2、", passage.text), free=free))
    if on is not None:
        said += list(_births(passage.text, on))
    if said:
        said = [item for item in said if not item.widened] or said
        lows = [item.low for item in said if item.low is not None]
        caps = [item.high for item in said if item.cap and item.high is not None]
        highs = [min(item.high, *caps) if caps else item.high for item in said if item.high is not None]
        evidence = tuple(passage.evidence(item.start, item.end) for item in said[:3])
        return AgeLimit(low=min(lows, default=None), high=max(highs, default=None), evidence=evidence)
    bare = passage.text.strip(" 。.,;")
    if not free and (alone := _BARE_TOP.fullmatch(bare)):
        return AgeLimit(high=whole_number(alone["n"]), evidence=(passage.evidence(0, len(passage.text)),))
    adult = _ADULT.search(passage.text)
    if adult:
        return AgeLimit(low=_ADULT_AGE, evidence=(passage.evidence(*adult.span()),))
    opened = _OPEN.search(passage.text) or (re.match(r"不限|无要求|无限制|均可|不作要求", bare) if not free else None)
    if opened:
        return AgeLimit(evidence=(passage.evidence(opened.start(), opened.end()),))
    return None


def ages_alone(passage: Passage) -> AgeLimit | None:
    """Ages without a word of age that stand alone between stops, where nothing else can be counted so."""
    for match in _ALONE.finditer(passage.text):
        low = whole_number(match["low"]) if match["low"] else None
        high = whole_number(match["high"] or match["top"])
        counted = match[0].startswith(":") and _COUNTS.search(passage.text[: match.start()][-8:])
        if (low is None or low + _LEAST_SPAN <= high) and LOWEST <= high <= HIGHEST and not counted:
            span = match.start() + len(match[0]) - len(match[0].lstrip(" ,。;、:!\n\t")), match.end()
            return AgeLimit(low=low, high=high, evidence=(passage.evidence(*span),))
    return None


def _statements(text: str, *, free: bool) -> list[_Said]:
    """Every statement about age, in order, none inside another."""
    found: list[_Said] = []
    taken: list[tuple[int, int]] = []
    for match in _BOTH_SEXES.finditer(text):
        high = max(whole_number(match["a"]), whole_number(match["b"]))
        if LOWEST <= high <= HIGHEST:
            found.append(_Said(None, high, *match.span()))
            taken.append(match.span())
    for match in _RANGE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        low, high = whole_number(match["a"]), whole_number(match["b"])
        if _fits(text, match, worded=bool(match["y"]) or "岁" in match[0], free=free, low=low, high=high):
            found.append(_Said(low, high, match.start(), match.end()))
        taken.append(match.span())
    for pattern in (_HIGH, _LOW):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            upper = pattern is _HIGH
            value = whole_number(match["n"] or match["m"])
            worded = bool(match["y"] or match["z"])
            if not upper and _ALSO_TAKEN.match(text, match.end()):
                continue
            if _fits(text, match, worded=worded, free=free, low=value, high=value):
                barred = _barred(text, match)
                found.append(_one_ended(match, value, upper=upper, barred=barred))
                taken.append(match.span())
    return sorted(found, key=lambda item: item.start)


def _one_ended(match: re.Match[str], value: int, *, upper: bool, barred: bool) -> _Said:
    """A limit on one side only."""
    start, end = match.span()
    if upper and barred and value <= _ADULT_AGE:
        return _Said(value, None, start, end)
    barred = barred and not upper
    if upper or barred:
        widened = bool(_WIDENED.match(match[0]))
        return _Said(None, value - (barred and _full(match)), start, end, cap=barred, widened=widened)
    return _Said(value, None, start, end)


_WIDENED = re.compile(r"放(?:宽)?(?:到|至)")


def _full(match: re.Match[str]) -> bool:
    """Whether an age that may not apply is one already reached: 满60进不去."""
    return "满" in match[0] and "超" not in match[0]


def whole_number(number: str) -> int:
    """A number of one or two digits, in figures or characters."""
    return int(number) if number.isdecimal() else int(read_chinese(number.replace("有", "")) or 0)


def _barred(text: str, match: re.Match[str]) -> bool:
    """Whether the ages from here on are those that may not apply: 不招50岁以上的, 超过55岁勿扰."""
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 12]
    return bool(
        re.search(r"不(?:招|要|收|录)[^,。;]{0,3}\Z", before)
        or re.match(
            r"[^,。;\d]{0,3}(?:勿|不要|不招|免|谢绝|别|进不|[上入]不)|[^。;\d]{0,8}(?:别来|上不了|不给上|进不去)", after
        )
    )


def _fits(text: str, match: re.Match[str], *, worded: bool, free: bool, low: int, high: int) -> bool:
    """Whether the numbers are the ages of those who may apply."""
    if not (LOWEST <= low <= high <= HIGHEST):
        return False
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 12]
    if _OF_OTHERS.match(after) or _FOR_OTHERS.search(before) or _PREFERENCE.match(after):
        return False
    if worded or not free:
        return worded or not _NOT_YEARS.match(after)
    if _NOT_YEARS.match(after) or _BEFORE_NOT.search(before) or text[match.start() - 1 : match.start()] in (":", "."):
        return _named(before)
    if _named(before):
        return True
    if low == high:
        return _bare_end(match, before, after, low) or (
            match.re is _LOW.whole and low in _DRAWN_HIGH and _barred(text, match)
        )
    between = (match.groupdict().get("u") or "").strip() == "之间" and high > low + 9
    return low in _WORKING_LOW and high in _WORKING_HIGH and (between or _beside(before, after))


def _bare_end(match: re.Match[str], before: str, after: str, value: int) -> bool:
    """Whether a lone number behind 不超过, 满, 放宽到 is an age at which limits are drawn, with nothing counted."""
    told = match.groupdict()
    drawn = value in _DRAWN_LOW if told.get("m") and value <= _ADULT_AGE else value in _DRAWN_HIGH
    return bool(told.get("m")) and drawn and bool(_BARE_END.match(after)) and not _COUNTS.search(before[-8:])


def _named(before: str) -> bool:
    """Whether the words just before a number name age."""
    return bool(_NAMED.search(before))


def _beside(before: str, after: str) -> bool:
    """Whether the clause before or after speaks of other things asked of applicants, and nothing else is counted."""
    near = re.split(r"[。;\n]", before)[-1]
    return bool(_NEAR_AGE.search(near[-8:]) or _NEAR_AGE.search(after[:6])) and bool(
        re.match(r"\s*(?:[,。;、\n]|$)", after)
    )


def _joined(said: list[_Said]) -> list[_Said]:
    """“18岁以上，45岁以下” is one statement."""
    joined: list[_Said] = []
    for item in said:
        last = joined[-1] if joined else None
        if last and last.high is None and item.low is None and item.start - last.end <= 4 and last.low is not None:
            joined[-1] = _Said(last.low, item.high, last.start, item.end)
        else:
            joined.append(item)
    return joined


def _births(text: str, on: date) -> Iterator[_Said]:
    """Limits by year of birth: 1980年以后出生, 限90后."""
    for match in _BORN_SINCE.finditer(text):
        if "出生" in match[0] or "出生" in text[max(0, match.start() - 4) : match.start()]:
            yield _Said(None, on.year - full_year(match["y"], on), *match.span())
    for match in _GENERATION.finditer(text):
        yield _Said(None, on.year - full_year(match["y"], on), *match.span())
    for match in _GENERATIONS.finditer(text):
        yield _Said(None, on.year - full_year(match["y"], on), *match.span())


def full_year(digits: str, on: date) -> int:
    """Two digits as the last such year before `on`."""
    if len(digits) == 4:
        return int(digits)
    year = on.year // 100 * 100 + int(digits)
    return year if year <= on.year else year - 100
