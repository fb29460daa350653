"""How long somebody did a thing: 两年, 十来年, 三四年, 半年, 2015年到2019年, 从05年干到现在.

In: a folded text and the place of a mention. Out: years, or None where the clause states none.
"""

from __future__ import annotations

import re
from datetime import date

from matcher.reading.negation import clause_at
from matcher.reading.numerals import read_chinese

_DIGITS = "一二两俩三仨四五六七八九"
_SPAN = re.compile(
    rf"(?<![\d年])(?P<count>\d{{1,2}}(?:\.5)?|[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}]{{1,2}}|半|几|好几)"
    rf"(?P<more>多|来|几)?(?:(?:-|~|到|至)(?P<high>\d{{1,2}}|[{_DIGITS}]))?(?P<unit>个(?:多)?月|(?<=[俩仨])月|个?年(?P<half>半)?)(?!级|前|以前|之前|底|初|后|代(?!课|班|驾|理|销)|到头|月(?!子|嫂)|龄以下|(?<=一年)(?:卖|净|剩|挣|出栏))"
    r"(?P<past>多)?"
)
_RANGE = re.compile(
    r"(?P<from>(?:19|20)\d{2}|(?<!\d)\d{2}(?=年))年?(?:\.?\d{0,2}月?)?(?:-|~|到|至|起|开始|干到)+(?P<to>(?:19|20)\d{2}|\d{2}(?=年)|今|现在|如今)"
)
LASTED = (
    rf"(?:(?<![0-9])(?!(?:19|20)\d\d年)[0-9{_DIGITS}十半几]+(?:来|多|几)?(?:"
    r"个?(?:多)?年(?!级|前|底|初|后|代(?!课|班|驾|理|销)|以)(?:半|多)?|个?多?月(?![份底初中子嫂供前后])|天(?![天亮热冷黑])|"
    r"个?礼拜|个?星期|周(?!岁)|个?冬天?|个?[春夏秋]天?(?![收耕种播秋节季])|季(?!度))|"
    r"(?:很多|好多|好些|许多|大?半|一)(?:年(?!轻|级|前|纪)|辈子))"
)
"""A length of time as a piece of a pattern."""
_SHORT = re.compile(
    rf"(?P<count>[0-9]{{1,3}}|[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}半几])(?:来|多)?"
    r"(?P<unit>天|个?礼拜|个?星期|周|季)(?![休歇一度岁回来去天内])"
)
_SHORT_AFTER = re.compile(r"(?:[过了着]|干|待|呆|做)(?:有)?$")
_BARE = re.compile(r"([1-9]|[1-3][0-9])(?=$|[ ,、;])")
"""A bare number right behind a trade counts years: 装卸5 保安2."""
_A_WEEK = re.compile(r"(?:每|一)(?:天|周|礼拜|星期|个?月)[一-龥]{0,4}$")
_DAYS = {"天": 1, "拜": 7, "期": 7, "周": 7, "季": 90}
_GOES_ON = re.compile(
    r"(?:[一-龥]{1,6}的[,、])?(?:一共|前后|总共|大概|都|也|整整|足足)?(?:一?[干做当开跑焊养种放喂烧修蒸缝绣接摘割卖看扫送带](?:了|过|就是)?)?(?:有|能有|得有|小|快|将近|差不多)*"
)
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[^,，、 ]+")
_CLAUSES_ON = 2
_ONLY_LENGTH = re.compile(
    rf"(?:前后|一共|总共|都|也|这行|[他她我])?(?:整整|足足)?(?:[干做](?:了|过)|一[干做](?:就是)?)?(?:有|得有|能有|小|快|将近|差不多)*{LASTED}(?:了|多了?|整|来年)?"
)
"""A clause that says no more than how long."""
_TALE = re.compile(r"[了没不都]|在家")
"""What stands in a piece of running words, not in an entry of a list of jobs."""
_FEW = 3.0
_NOT_A_SPAN = re.compile(r"(?:合同|签|保质|失业|待业|闲|没干|歇|养病|上学|读书|结婚|有效期?|刑|牢|那|这)[一-龥]{0,4}$")


def years_near(text: str, start: int, end: int, read_on: date) -> float | None:
    """The years stated in the clause of a mention, nearest to it."""
    clause = clause_at(text, start)
    first, last = clause.start, max(clause.end, end)
    while first > 1 and text[first - 1] == " " and not _TALE.search(text, clause_at(text, first - 2).start, first - 1):
        first = clause_at(text, first - 2).start  # “2017-2021 沈阳 服装厂 蹬机子” is one entry
    stretch = text[first:last]
    found = [(_distance(match, start - first, end - first), _years(match)) for match in _SPAN.finditer(stretch)]
    found += [
        (_distance(match, start - first, end - first), _between(match, read_on)) for match in _RANGE.finditer(stretch)
    ]
    found += [
        (_distance(match, start - first, end - first), _days(match, end - first)) for match in _SHORT.finditer(stretch)
    ]
    bare = _BARE.match(stretch, end - first)
    found += [(0, float(bare[1]))] if bare else []
    known = [(distance, years) for distance, years in found if years is not None]
    return min(known)[1] if known else _following(text, last, read_on)


def _following(text: str, position: int, read_on: date) -> float | None:
    """The years that the next clause opens with: “干瓦工，十来年了”."""
    if position >= len(text) or text[position] not in ",、 ":
        return None
    verb = _GOES_ON.match(text, position + 1)
    between = _RANGE.match(text, verb.end() if verb else position + 1)
    if between:
        return _between(between, read_on)
    match = _SPAN.match(text, verb.end() if verb else position + 1)
    return _years(match) if match else _further_on(text, position)


def _further_on(text: str, position: int) -> float | None:
    """The years that a clause of the same sentence is nothing but, with no other length of time before it."""
    stop = _SENTENCE_END.search(text, position)
    for place, clause in enumerate(_CLAUSE.finditer(text, position, stop.start() if stop else len(text))):
        whole = _ONLY_LENGTH.fullmatch(clause[0])
        if whole:
            return _years(match) if (match := _SPAN.search(clause[0])) else None
        if place >= _CLAUSES_ON or _SPAN.search(clause[0]):
            return None
    return None


def _distance(match: re.Match[str], start: int, end: int) -> int:
    """Characters between a span of years and the mention; what stands before it is a little further away."""
    return start - match.end() if match.end() <= start else match.start() - end + 1


def _years(match: re.Match[str]) -> float | None:
    """The length of a span such as 三四年, 十来年, 半年, 八个月."""
    if _NOT_A_SPAN.search(match.string[: match.start()]):
        return None
    low = rough_number(match["count"])
    if low is None:
        return None
    if match["high"]:
        low = (low + (rough_number(match["high"]) or low)) / 2
    if match["half"]:
        low += 0.5
    years = low / 12 if "月" in match["unit"] else low
    return round(years, 2) if 0 < years <= 60 else None


def _days(match: re.Match[str], end: int) -> float | None:
    """Days and weeks as a fraction of a year, where they say how long the work lasted: 电子厂12天, 干了一礼拜."""
    before = match.string[: match.start()]
    if match.start() != end and (not _SHORT_AFTER.search(before) or _A_WEEK.search(before)):
        return None
    count = rough_number(match["count"])
    return round(count * _DAYS[match["unit"][-1]] / 365, 2) or None if count else None


def rough_number(words: str) -> float | None:
    """A small number as people say it; 几 stands for a few, two neighbouring digits for the middle between them."""
    if words in {"几", "好几"}:
        return _FEW
    if words == "半":
        return 0.5
    if words[0].isdigit():
        return float(words)
    if len(words) == 2 and all(word in _DIGITS for word in words):
        low, high = (read_chinese(word) or 0.0 for word in words)
        return (low + high) / 2 if high == low + 1 else None  # 九八年 is a year of the calendar
    return read_chinese(words)


def _between(match: re.Match[str], read_on: date) -> float | None:
    """The years between two calendar years."""
    begin = _year(match["from"], read_on)
    finish = read_on.year if match["to"] in {"今", "现在", "如今"} else _year(match["to"], read_on)
    return float(finish - begin) if 0 < finish - begin <= 60 else None


def _year(words: str, read_on: date) -> int:
    """A calendar year of two or four figures."""
    number = int(words)
    if number >= 100:
        return number
    return 2000 + number if 2000 + number <= read_on.year else 1900 + number
