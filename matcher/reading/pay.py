"""Pay in adverts and wishes.

In: a pay column, or free text (`free=True`, where only amounts with a word or unit of pay count).
Out: `Wage` in yuan a month with the words it rests on; what was converted names its assumption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from matcher.domain.posting import Wage, WageUnit
from matcher.reading.numerals import read_number
from matcher.reading.passages import Passage, passages
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_CN = "一二两三四五六七八九"
_LAST = rf"(?:[{_CN}](?!个?(?:天|月|日|小时|时|年)))?"
_AMOUNT = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)(?:[千万kw](?:\d{3}(?!\d)|\d(?![\d.]))?)?"
    rf"|(?<![{_CN}百千万])十[{_CN}](?![{_CN}十百千万])|[{_CN}十百千][{_CN}十百千万零]*[十百千万]{_LAST}|[{_CN}][十百千万]{_LAST}"
)
_YUAN, _PER, _MORE = words("pay.yuan"), words("pay.per"), words("pay.more")
_PAY = sifted(
    rf"(?P<a>{_AMOUNT})\s*(?P<y1>{_YUAN}?)\s*(?P<m1>{_MORE}?)"
    rf"(?:(?:/?[每一]?个?月)?\s*[-~至到―]+\s*(?P<b>{_AMOUNT}))?"
    rf"\s*(?P<y2>{_YUAN}?)\s*(?P<m2>{_MORE}?)\s*(?P<y3>{_YUAN}?)\s*(?:[(]?税[前后][)]?)?\s*(?P<per>[/每一1]*\s*(?:\d\d天|个?{_PER}))?(?P<plus>\s*\+(?!\d))?"
)
_PAIR = re.compile(rf"[{_CN}]{{2}}(?=[十百千万])")
_LEADS = tuple(
    (re.compile(words(f"pay.{name}")), rank)
    for name, rank in (("trial", 1), ("can", 1.5), ("base", 2), ("total", 4), ("named", 3))
)
_TRIAL, _BASE = 1, 2
_NOT_PAY = re.compile(words("pay.not"))
_NOT_PAY_AFTER = re.compile(rf"\s*[(]?{words('pay.not_after')}")
_PERIODS: tuple[tuple[re.Pattern[str], WageUnit], ...] = (
    (re.compile(r"\d\d天"), WageUnit.MONTH),
    (re.compile(r"小时|钟点|时|h"), WageUnit.HOUR),
    (re.compile(r"[天日宿晚]|早上|上午|下午|工"), WageUnit.DAY),
    (re.compile(r"月"), WageUnit.MONTH),
    (re.compile(r"年"), WageUnit.YEAR),
    (re.compile(r"单"), WageUnit.ORDER),
    (re.compile(_PER), WageUnit.PIECE),
)
_COUNTED = re.compile(r"平|[套台户只头亩斤吨车晌]")
"""Behind a bare number these count things: 10万平米."""
_LEAD_PERIOD = re.compile(
    r"((?:(?<=[一每]个)|(?<!个))小时|时薪|钟点)|(^日(?=\d)|[一每]个工|日薪|日工资?|每天|一天|日结|日均|/天|按天|[一每](?:宿|晚上?|早上?|上午|下午))|(年薪|年收入|年工资|每年|一年)|(月)"
)
_SANE: dict[WageUnit, tuple[float, float]] = {
    WageUnit.MONTH: (500, 200_000),
    WageUnit.DAY: (20, 3_000),
    WageUnit.HOUR: (4, 600),
    WageUnit.YEAR: (6_000, 3_000_000),
    WageUnit.ORDER: (3_000, 40_000),
    WageUnit.PIECE: (0.0, 1_000_000),
}
_USUAL: dict[WageUnit, tuple[float, float]] = {
    WageUnit.DAY: (60, 800),
    WageUnit.HOUR: (9, 60),
    WageUnit.MONTH: (1500, 20000),
}
"""What is paid so often that 130一天 and 22一小时 need no 元."""
_BY_THE_DAY = re.compile(r"按天|日结|一天一结|当天结|天天结|现结")
_OF_TRADE = re.compile(r"[工匠师手嫂员]\Z")
_STANDS_ALONE = sifted(
    r"(?:^|[,。;、!\s:])(?P<pay>(?P<a>[1-9]\d{3,4}|[一二两三四五六七八九]千[一二三四五六七八九]?|\d(?:\.\d)?[千k])(?:\s*[-~至到]+\s*(?:[1-9]\d{3,4}|[二三四五六七八九]千|\d(?:\.\d)?[千k]))?\s*(?:左右|上下|起|以上|往上|出头|多|\+|块|元)?)(?=[,。;!\s]|[管包]|$)"
)
_DAY_ALONE = re.compile(
    r"\s*[1-9]\d{2}\s*[-~至到]+\s*[1-9]\d{2}\s*(?:元|块钱?)?(?:左右|上下|起|以上)?\s*|男(?:工|的)?[1-9]\d{2},?女(?:工|的)?[1-9]\d{2}"
)
"""A column that holds nothing but 300-350 or 男200女150 tells a day's pay."""
_MOST_A_DAY = 1500
"""More than this is a month's pay, whatever day was spoken of before it: 夜班一天补20，基本工资2800."""
_ALONE_LEAST, _ALONE_MOST = 1500, 20000
_YEARS = range(2000, 2040)
_FREE_MONTH_FLOOR = 1000
"""In free text a smaller monthly amount is an allowance, not pay."""
_HIGH_BEFORE = re.compile(r"(?:最高|可达|高达|不超过|上限|至多|最多|封顶)[^\d]{0,3}$")
_LOW_BEFORE = re.compile(r"(?:最低|不低于|不下|至少|起薪|高于|大于|最少|少说|不少于|得有?|要求)[^\d]{0,3}$")
_LOW_AFTER = re.compile(r"出头|以上|往上|起|\+|打底|保底|多|不等")
_HIGH_AFTER = re.compile(r"以内|以下|之内|封顶")
_CLAUSE = re.compile(r"[。;!?\n]|(?<!\d),|,(?!\d{3})|[+、]")
_SENTENCE = re.compile(r"[。;!?\n]")
_PAST_TEN_THOUSAND = sifted(r"[过上]万(?=$|[,。;元\s])")
_OVER_TEN_THOUSAND = "1万"
_BASE_AFTER = re.compile(r"\s*的?(?:底薪|保底|基本工资|无责)")
_GRADES = sifted(words("pay.grades"))
"""What is paid to the skilled and to the learner of one work."""
_FOR_TWO = re.compile(rf"{words('pay.for_two')}\Z")
_HOURS_SPENT = re.compile(r"\s*(?:个?小时|时|h)[^\d元块]{0,12}\d{2,}")
"""24小时一对一 180/天: hours and then the pay, not pay by the hour."""
_ON_TOP = re.compile(r"(?<!增)(?:[加补]|另给|多给|再给)\Z")
"""夜班一宿加30: what comes on top of the pay."""
_DURATION = re.compile(r"个?(?:小时|天|日|年|时|月|工)")
"""24小时, 26天: a stretch of time, no pay by it."""
_TWO_PAYS = sifted(r"(?<=\d{4})/(?=[1-9]\d{3,4}(?!\d))")
_PERIOD_ALONE = re.compile(r"[一每]个?[天月]")
"""夜班补贴一天20: the day is that of the allowance."""
_LONG_AGO = re.compile(r"(?:去年|前年|往年|以前|原来|早先)[^,。;\n]*\Z")
_TWO_AFTER = re.compile(r"\s*/\s*(?:两口子|俩口子|夫妻|俩人|两人|两个人|一?对)(?!\s*\d)")
_PIECE_ONLY = sifted(r"计件|按件|多劳多得")
_OUT_OF_REACH = 24


@dataclass(frozen=True, slots=True)
class PayAssumptions:
    """What a day's and an hour's pay are multiplied with, and how many hours make a day."""

    days_per_month: float
    hours_per_day: float
    full_day_hours: float
    """From so many hours on a day is a full one."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """One amount that may be the pay; the highest rank is, then the first."""

    rank: float
    low: float | None
    high: float | None
    unit: WageUnit
    start: int
    end: int


@lru_cache(maxsize=1)
def office_assumptions() -> PayAssumptions:
    """The assumptions of pay_assumptions.csv."""
    values = {row["name"]: float(row["value"]) for row in read_table("pay_assumptions")}
    return PayAssumptions(values["days_per_month"], values["hours_per_day"], values["full_day_hours"])


def read_pay(text: str, *, field: str, free: bool = False, assumptions: PayAssumptions | None = None) -> Wage | None:
    """The pay a text states; None where it states none (面议, 电议) or nothing that can be pay."""
    found = passages([(field, text)])
    return read_pay_passage(found[0], free=free, assumptions=assumptions) if found else None


def read_pay_passage(passage: Passage, *, free: bool, assumptions: PayAssumptions | None = None) -> Wage | None:
    """The same over a folded text."""
    text = passage.text if free else _TWO_PAYS.sub("-", passage.text)
    offers = list(_offers(_PAST_TEN_THOUSAND.sub(_OVER_TEN_THOUSAND, text), free=free))
    if offers:
        best = max(offers, key=lambda offer: (-1 if offer.rank == _TRIAL else offer.rank, -offer.start))
        if _GRADES.search(passage.text):
            best = _of_grades(best, offers)
        return _wage(best, passage, assumptions or office_assumptions())
    piece = _PIECE_ONLY.search(passage.text)
    if piece:
        return Wage(unit=WageUnit.PIECE, evidence=(passage.evidence(piece.start(), piece.end()),))
    return None


def _of_grades(best: _Offer, offers: list[_Offer]) -> _Offer:
    """The range of what several grades of one work are paid: 大工350 小工220."""
    same = [offer for offer in offers if offer.unit is best.unit and offer.low is not None]
    ends = [value for offer in same for value in (offer.low, offer.high) if value is not None]
    if len(same) < 2:
        return best
    start, end = min(offer.start for offer in same), max(offer.end for offer in same)
    return _Offer(best.rank, min(ends), max(ends), best.unit, start, end)


def _offers(text: str, *, free: bool) -> Iterator[_Offer]:
    """Every amount of a text that can be pay."""
    for match in _PAY.finditer(text):
        if _inside_word(text, match.start(), match.end("a")):
            continue
        sentence = _tail(_SENTENCE, text[max(0, match.start() - _OUT_OF_REACH) : match.start()])
        clause = _tail(_CLAUSE, sentence)
        lead, rank = _lead(sentence)
        rest = text[match.end() : match.end() + 8]
        if _excluded(text, match, clause, rest, rank):
            continue
        if free and _DURATION.fullmatch(match["per"] or "") and not (match["y1"] or match["y2"] or match["y3"]):
            continue
        unit = _unit(match, sentence, whole="" if free else text)
        if unit is None and not free and _bare_day(match, text):
            unit = WageUnit.DAY
        if free and unit is None and not rank and _OF_TRADE.search(clause):
            unit = _of_trade(match, text)
            rank = 1 if unit else 0
        if unit is None and _COUNTED.search(match["per"] or ""):
            continue
        if not (match["y1"] or match["y2"]) and _HOURS_SPENT.match(text, match.end("a")):
            continue
        offer = _offer(match, unit, rank, clause, match.start() - lead)
        if offer and (_FOR_TWO.search(clause) or _TWO_AFTER.match(text, match.end())):
            offer = _halved(offer)
        if offer and _plausible(offer, match, rank, free=free):
            yield offer


def _bare_day(match: re.Match[str], text: str) -> bool:
    """Whether a bare amount of a column is a day's pay: a range alone, or those of two grades (大工320小工200)."""
    grades = bool(_GRADES.search(text)) and 100 <= (_range(match)[0] or 0) < _FREE_MONTH_FLOOR
    return grades or bool(_DAY_ALONE.fullmatch(text))


def _of_trade(match: re.Match[str], text: str) -> WageUnit | None:
    """What a bare amount behind a trade is paid for: 育儿嫂7000到9000; 瓦工350，小工200，按天结."""
    low = _range(match)[0] or 0
    for unit in (WageUnit.DAY, WageUnit.MONTH):
        least, most = _USUAL[unit]
        if least <= low <= most and (unit is WageUnit.MONTH or _BY_THE_DAY.search(text) or _GRADES.search(text)):
            return unit
    return None


def pay_alone(passage: Passage) -> Wage | None:
    """Pay without a word of pay that stands alone between stops: “会做面食更好。5500”."""
    for match in _STANDS_ALONE.finditer(passage.text):
        low = read_number(match["a"]) or 0
        if _ALONE_LEAST <= low <= _ALONE_MOST and not (low in _YEARS and match["pay"] == match["a"]):
            return read_pay(match["pay"], field=passage.field)
    return None


def pay_of_learners(passage: Passage) -> bool:
    """Whether a column tells only what is paid at first: 头三个月1500."""
    offers = list(_offers(passage.text, free=False))
    return (
        bool(_LEADS[0][0].search(passage.text)) and len(offers) == 1 and all(offer.rank == _TRIAL for offer in offers)
    )


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether the amount is a piece of a longer number, a code or a Chinese word."""
    before = text[start - 1 : start]
    return bool(before) and before.isascii() and (before.isalnum() or before in "._/#[") or text[end : end + 1] == "]"


def _tail(stop: re.Pattern[str], text: str) -> str:
    """What stands after the last stop."""
    cut = 0
    for match in stop.finditer(text):
        cut = match.end()
    return text[cut:]


def _lead(sentence: str) -> tuple[int, float]:
    """(how far back it begins, rank) of the last word of pay before an amount; (0, 0) without one."""
    best: tuple[int, float] = (0, 0)
    place = -1
    for pattern, rank in _LEADS:
        for match in pattern.finditer(sentence):
            if match.end() > place:
                place, best = match.end(), (len(sentence) - match.start(), rank)
    return best


def _excluded(text: str, match: re.Match[str], clause: str, rest: str, rank: float) -> bool:
    """Whether the words around an amount say that it is something else than pay."""
    if text[match.start() - 1 : match.start()] == "+" or _ON_TOP.search(clause) or _LONG_AGO.search(clause):
        return True
    if not match[0].rstrip().endswith("+") and _NOT_PAY_AFTER.match(rest):
        return True
    other = [found.end() for found in _NOT_PAY.finditer(clause)]
    if not other:
        return False
    leads = (found for pattern, _ in _LEADS for found in pattern.finditer(clause))
    lead = max((found.end() for found in leads if not _PERIOD_ALONE.fullmatch(found[0])), default=-1)
    return lead < other[-1]


def _unit(match: re.Match[str], sentence: str, *, whole: str) -> WageUnit | None:
    """The period an amount is paid for, by the words after it, before it, or (in a column) anywhere."""
    per = match["per"] or ""
    marked = bool(match["y1"] or match["y2"] or match["y3"] or per[:1] in ("/", "每", "一", "1"))
    if per and marked:
        return next(unit for pattern, unit in _PERIODS if pattern.search(per))
    for place in (sentence, whole):
        found = [lead.lastindex for lead in _LEAD_PERIOD.finditer(place)]
        if found and found[-1]:
            return (WageUnit.HOUR, WageUnit.DAY, WageUnit.YEAR, WageUnit.MONTH)[found[-1] - 1]
    return None


def _offer(match: re.Match[str], unit: WageUnit | None, rank: float, clause: str, start: int) -> _Offer | None:
    """The range an amount stands for; a bare amount is a month's pay from 1,000 yuan on."""
    low, high = _range(match)
    if low is None:
        return None
    if unit is None:
        if low < _FREE_MONTH_FLOOR:
            return None
        unit = WageUnit.MONTH
    if unit is WageUnit.DAY and low > _MOST_A_DAY and not match["per"]:
        unit = WageUnit.MONTH
    more = match["m1"] + match["m2"] + (match["plus"] or "")
    if high is None and (_HIGH_BEFORE.search(clause) or _HIGH_AFTER.search(more)):
        return _Offer(rank, None, low, unit, start, match.end())
    open_end = (
        _LOW_BEFORE.search(clause) or _LOW_AFTER.search(more) or rank == _BASE or match["a"] == _OVER_TEN_THOUSAND
    )
    open_end = open_end or _BASE_AFTER.match(match.string, match.end())
    return _Offer(rank, low, high or (None if open_end else low), unit, start, match.end())


def _halved(offer: _Offer) -> _Offer:
    """What one of the two gets: 俩人10000, 两口子9000."""
    low, high = (None if value is None else value / 2 for value in (offer.low, offer.high))
    return replace(offer, low=low, high=high)


def _range(match: re.Match[str]) -> tuple[float | None, float | None]:
    """Low and high of an amount: 4.5-6千, 3-4k, 四五千, 3000-5000."""
    first, second = match["a"], match["b"]
    pair = _PAIR.match(first)
    if pair and second is None and _CN.index(first[0]) < _CN.index(first[1]):
        return read_number(first[0] + first[2:]), read_number(first[1:])
    low, high = read_number(first), read_number(second) if second else None
    ends = [_PAIR.match(end or "") for end in (first, second)]
    if second and all(ends):
        return read_number(first[0] + first[2:]), read_number(second[1:])
    if low is None or high is None:
        return low, None
    if low >= high and second and second[-1] not in first:
        return low, None
    unit = re.search(r"[千万kw百]", second or "")
    if low < high and unit and not re.search(r"[千万kw百]", first) and low < 1000:
        low = (read_number(first + unit[0]) or low) if first[-1:].isdigit() else (read_number(first + unit[0]) or low)
    return (low, high) if low <= high else (high, low)


def _plausible(offer: _Offer, match: re.Match[str], rank: float, *, free: bool) -> bool:
    """Whether the amount lies where pay can lie, and free text gives it a word or a unit of pay."""
    least, most = _SANE[offer.unit]
    worded = bool(match["y1"] or match["y2"] or match["y3"])
    edges = [value for value in (offer.low, offer.high) if value is not None]
    if not all(least <= value <= most for value in edges) or (offer.low and offer.high and offer.high > offer.low * 20):
        return False
    if offer.unit is WageUnit.PIECE and not worded:
        return False
    if not free:
        return True
    yuan = worded or bool(re.search(r"[千万kw]", match["a"] + (match["b"] or "")))
    if offer.unit is WageUnit.MONTH and edges[0] < _FREE_MONTH_FLOOR:
        return False
    if offer.unit is WageUnit.PIECE:
        return bool(match["per"])
    usual = _USUAL.get(offer.unit, (1, 0))
    plain = bool(re.match(r"[/每一]", match["per"] or "")) and usual[0] <= edges[0] <= usual[1]
    told = worded and offer.unit in (WageUnit.DAY, WageUnit.HOUR) and usual[0] <= edges[0] <= usual[1]
    return rank > 0 or (yuan and bool(match["per"])) or plain or told


def _wage(offer: _Offer, passage: Passage, assumptions: PayAssumptions) -> Wage:
    """The month equivalent of an offer, with its evidence."""
    factor, code = _conversion(offer.unit, assumptions)
    evidence = (passage.evidence(max(offer.start, 0), offer.end),)
    if factor is None:
        return Wage(unit=offer.unit, evidence=evidence)
    low, high = (None if value is None else round(value * factor, 2) for value in (offer.low, offer.high))
    return Wage(low=low, high=high, unit=offer.unit, assumption=code, evidence=evidence)


def _conversion(unit: WageUnit, assumptions: PayAssumptions) -> tuple[float | None, str]:
    """(months' pay in one unit's pay, wording code of the assumption); None where it cannot be known."""
    days, hours = assumptions.days_per_month, assumptions.hours_per_day
    if unit is WageUnit.DAY:
        return days, f"DAYS_{days:g}"
    if unit is WageUnit.HOUR:
        return days * hours, f"HOURS_{hours:g}_DAYS_{days:g}"
    if unit is WageUnit.YEAR:
        return 1 / 12, "MONTHS_12"
    return (1.0, "") if unit is WageUnit.MONTH else (None, "")
