"""When the work is done: hours of the day, hours a day, days off, months of the year.

In: the passages of an advert. Out: facts in minutes after midnight, hours, days and months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matcher.domain.facts import Evidence, Fact
from matcher.domain.localtime import DAY
from matcher.reading.numerals import read_number
from matcher.reading.passages import Passage
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words

_HOUR = r"(?:\d{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九])"
_DAYTIME = (
    r"(?:大?清早|一早|大早上|早[上晨起]?|头[晌午]|晌午|过晌|后晌|下晚儿?|傍黑|下黑"
    r"|上午|凌晨|后半夜|前半夜|半夜|中午|下午|夜?晚上?|夜[里间]?|次日|第二天|转天|翌日|当天|傍晚|从)*"
)


def _clock(name: str) -> str:
    """Pattern of a time of day: 8:30, 8点半, 下午5点."""
    minutes = (
        rf"(?:[:.]\s*(?P<{name}m>[0-5]\d)|[点时](?P<{name}n>半|[0-5]\d)?(?:分|整)?|[:.]"
        r"|(?<=[早午晚][4-9一二三四五六七八九十])(?=[-~至到―]))"
    )
    return rf"(?P<{name}d>{_DAYTIME})\s*(?P<{name}h>{_HOUR})\s*{minutes}"


_WINDOW = sifted(
    rf"(?<![\d.]){_clock('a')}\s*(?:[-~至到―]|--|(?:上班)?,?(?=\d{{1,2}}点下班)|[干做]到)+\s*{_clock('b')}(?!\d)"
)
_ON_AND_OFF = sifted(rf"上班(?P<a>{_HOUR})点(?P<x>半)?,?下班(?P<b>{_HOUR})点(?P<y>半)?")
_SPOKEN = sifted(
    rf"(?:朝|早)[上晨]?(?P<a>{_HOUR})(?:点|:)?(?P<x>半|[0-5]\d(?=[到至晚傍下,-]))?"
    rf"(?:分|来|上|上班|开门|出门|到岗|出库|出车|上岗|开工|开店)?,?(?:到|至|-)?"
    rf"(?:傍?晚上?|下午|下(?=[一二两三四五六][,。;、\s]|[一二两三四五六]\Z))(?P<b>{_HOUR})(?:点|:)?(?P<y>半|[0-5]\d(?!\d))?(?![\d班])"
)
_HOURS_ALONE = sifted(
    r"(?<![\d.:点月岁-])(?P<a>[4-9]|1\d)\s*[-~至到]\s*(?P<b>1\d|2[0-4]|[1-9])[点时](?P<half>半)?(?!钟|间段|候|薪)"
)
"""9-17点: only the end carries the word."""
_HOURS_BARE = sifted(r"(?<![\d.:-])(?P<a>[4-9]|1\d)\s*[-~到]\s*(?P<b>1\d|2[0-4]|[1-9])(?=\s*(?:$|[,、;。/\s]))")
"""6-11,14-18, in the column of hours only."""
_UNTIL_DONE = sifted(
    rf"{_clock('a')}(?:以?前|之前|左右)?[^。;,\n\d]{{0,5}}?{words('schedule.begin')}[^。;\n]{{0,26}}?"
    rf"(?<![\d.]){_clock('b')}(?:左右|以?后)?[^。;,\n\d]{{0,3}}?{words('schedule.finish')}"
)
_BEGINS = sifted(
    rf"(?<!\d)(?<!到){_clock('a')}(?:以?前|之前|左右|准时|就|要)*[^。;,\n\d]{{0,2}}?{words('schedule.begin')}(?!后)"
    rf"|(?:上班|到岗|开工|上工|集合)(?:时间)?[:是为]?\s*{_clock('c')}(?!\s*[-~至到―])"
)
_SEASONS = re.compile(r"[春夏秋冬](?:天|季|里|时)?(?:是|为|:)?\Z")
_SHIFTS = sifted(r"[早中晚白夜]班|倒班|[两三四]班|轮")
_PAST_NOON = re.compile(r"下晚|下午|晌午|后晌|过晌|傍黑")
_LEAST_ALONE = 4 * 60
_LONGEST_GAP, _HALF_DAY, _MOST_A_DAY = 10 * 60, 6 * 60, 10 * 60
"""Two stretches of at most half a day each are one day's work with so long a break between them."""
_UNTIL_NOON = sifted(rf"{_clock('a')}(?:上班|开始|开工|干)?(?:[-~至到]|干到)+(?:中午|晌午)(?!\s*[\d一二十])")
_CHOSEN_WITHIN = re.compile(words("schedule.chosen_within"))
"""Hours behind which this stands are the bounds within which one chooses."""
_SHIFT_NAME = re.compile(r"(?P<name>[早中晚白夜])班[:(]?(?:是|为|时间)?[:]?\Z")
_OTHER_WINDOW = re.compile(rf"{words('schedule.other_window')}[^。;\n]{{0,14}}\Z")
_BREAK = re.compile(r"(?:午休|休息|吃饭|用餐|午餐)[^。;\n]{0,6}\Z")
_NUMBER = r"(?:\d{1,2}(?:\.5)?|[一二两俩三四五六七八九十]{1,2})"
_A_DAY = sifted(
    rf"(?:每[天日]|[一1]天|日均?|单班|每班)(?:实际)?(?:工作|上班|干活?|平均|时间|做|只|就|也就|不到|不超过?|最多|顶多|总共|上午|下午)*(?:时间|约|为|是|:|满|不超过)*\s*(?P<a>{_NUMBER})(?:-{_NUMBER})?个?(?P<half>半)?(?:小时|钟头)(?!/?\d|[一-龥]{{0,2}}元)"
    rf"|(?<![\d加班时超])(?P<f>{_NUMBER})(?:个?小时|h)(?=[两二三四]班?倒?|白班|夜班|/[天日]|$|[,。;]|休\d)(?<!半小时)(?!以内)|(?:上|做|干|工时|工作)(?P<g>{_NUMBER})个?(?P<half2>半)?小时|按(?P<h>[78])小时算"
    rf"|(?P<b>{_NUMBER})个?小时(?:工作制|制|工作日|班|/[天日])|(?P<c>{_NUMBER})个?小时[,、+]?(?:双|单)休|工作时间[:为\s]*(?P<d>{_NUMBER})个?小时"
    rf"|[56五六]天(?P<e>{_NUMBER})小时|(?:上午|下午|早上|晚上|白天)(?:干|来|上)?(?P<i>{_NUMBER})个?(?:小时|钟头)"
    rf"|(?:白天|一天|每天|每个?班|一个班|单班|班)(?:干|上|是)?(?P<j>{_NUMBER})个(?:点(?!心)|小时|钟头)"
)
_TWO_PARTS = sifted(
    rf"(?:早晚|上下午|[早中晚]高峰|一早一晚|早[、和]晚|上午[、和]下午|两头)[一-龥]{{0,2}}各(?:干)?(?P<a>{_NUMBER})个?(?P<half>半)?(?:小时|钟头|点)"
    rf"|(?:上午|早上?)(?:干|来)?(?P<b>{_NUMBER})个?(?:小时|钟头)[,、和]?(?:下午|晚上?)(?:干|来)?(?P<c>{_NUMBER})个?(?:小时|钟头)"
)
_DAYS_OFF = sifted(
    rf"(?:月休|(?:每|一)个?月(?:可以?|能|公|轮|有|给|准|让|带薪)*(?:休假|休息?|歇|放|倒休)|月休息|(?:每|一)个?月(?:有|给|准)*(?=(?:\d|[一二两三四五六七八])天(?:假|休|公休|带薪|班))|休息:?每月|每月有)"
    rf"[:为约\s]*(?:个)?(?P<n>{_NUMBER})(?:-{_NUMBER})?(?:天|日)|(?P<m>{_NUMBER})天(?:/月)?月休|(?:轮休|公休|休息|倒休|休)[:,]?(?:一个月|每个?月)?(?P<q>{_NUMBER})天(?:/月|(?<=月\d天)|(?<=月[一二三四五六]天))"
)
_CYCLE = sifted(
    r"(?<!加班)(?:连?[做上干]|住|驻|值(?:班)?|班)(?:满|够)?(?P<w>\d{1,2}|[一二两三四五六七八九十]{1,3})(?P<u>个?小时|天|个?点)?[,、]?(?:就|轮|连|能|可|再|给)*(?:回家)?[休歇](?:息)?"
    r"(?P<r>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<v>个?小时|天|个?点)?(?![周月年点\d:])"
)
"""上四休二, 干十天歇两天, 上24歇48: so long at work, so long at rest."""
_EVERY = sifted(
    rf"(?P<w>\d{{1,2}}|[一二两三四五十]{{1,2}})天(?:一)?轮休[,、]?(?:一次|每次)?休(?P<r>{_NUMBER})天|(?:[满全]勤)?(?P<full>2[4-8])天(?:制|满勤)|[满全]勤(?P<full2>2[4-8])天(?!以上|奖)|(?:每月|一个?月)(?:上|干|做|出勤|上班)(?:满|够)?(?P<month>2[2-8])天(?![一-龥]{{0,3}}(?:元|块|\d))"
)
_LONGEST_DAY = 16
_MONTH_DAYS, _HOURS_OF_SHIFT = 30, 24
"""Of shorter shifts, 12 hours on and 24 off, one has some of every day off and no days to count."""
_TWELVE = 12
_AFTERNOON = re.compile(r"(?:下午|晚)班?[,:是]*\Z")
_COLUMN = "工作时间"


@dataclass(frozen=True, slots=True)
class Hours:
    """The window of a working day, how long one works in it, and whether several shifts are listed."""

    start: Fact[int]
    end: Fact[int]
    per_day: Fact[float]
    several_shifts: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Window:
    """One stretch of a working day, in minutes; the end lies after the start."""

    start: int
    end: int
    evidence: Evidence
    shift: str = ""
    """早, 中, 晚 … where the stretch is that of a shift so named."""
    told: bool = False
    """Whether a part of the day is named with its beginning."""
    season: bool = False
    """Whether it is the working day of one season."""


def read_hours(texts: Iterable[Passage], *, one_shift: bool = False) -> Hours:
    """Working hours from the first passage that states some; `one_shift`: the first of several, one may choose it."""
    windows: list[_Window] = []
    stated: Fact[float] = Fact()
    begins: Fact[int] = Fact()
    for passage in texts:
        windows = windows or _of_one_worker(list(_windows(passage)), one_shift=one_shift)
        begins = begins if begins.value is not None else _begins(passage)
        if stated.value is None:
            stated = _stated_hours(passage)
    total = sum(window.end - window.start for window in windows)
    evidence = tuple(window.evidence for window in windows)
    if total > 15 * 60 or len({window.shift for window in windows if window.shift}) > 1:
        return Hours(Fact(), Fact(), stated, several_shifts=windows[0].evidence)
    if not windows:
        return Hours(begins, Fact(), stated)
    if stated.value is None and len(windows) > 1:
        stated = Fact(round(total / 60, 2), evidence)
    return Hours(Fact(windows[0].start, evidence), Fact(windows[-1].end % DAY, evidence), stated)


def _windows(passage: Passage) -> Iterator[_Window]:
    """Every stretch of working time in a text."""
    found = [window for match in _WINDOW.finditer(passage.text) for window in _clocked(passage, match)]
    yield from found
    if not any(_WINDOW.finditer(passage.text)):
        for match in (*_SPOKEN.finditer(passage.text), *_ON_AND_OFF.finditer(passage.text)):
            first, last = read_number(match["a"]), read_number(match["b"])
            if first and last and first <= 11 and last <= 12:
                begin, end = first + _part_of_hour(match["x"]), last + _part_of_hour(match["y"])
                season = bool(_SEASONS.search(passage.text[: match.start()][-4:]))
                span = passage.evidence(*match.span())
                yield _Window(int(begin * 60), int(end * 60) + 720, span, told=True, season=season)
        yield from _half_told(passage)


def _part_of_hour(minutes: str | None) -> float:
    """半, 30 or nothing as part of an hour."""
    return 0.5 if minutes == "半" else int(minutes or 0) / 60


def _begins(passage: Passage) -> Fact[int]:
    """When work begins, where no end is told: 早6:30到岗; a text that names shifts has several."""
    found = None if _SHIFTS.search(passage.text) else _BEGINS.search(passage.text)
    part = "a" if found and found["ah"] else "c"
    minute = _minute(found, part) if found and not _OTHER_WINDOW.search(passage.text[: found.start()][-16:]) else None
    return Fact() if found is None or minute is None else Fact(minute, (passage.evidence(*found.span()),))


def _clocked(passage: Passage, match: re.Match[str]) -> Iterator[_Window]:
    """The stretch between two times of day, unless it is one for something else than work."""
    before = passage.text[max(0, match.start() - 16) : match.start()]
    if _elsewhere(passage, match):
        return
    start, end = _minute(match, "a"), _minute(match, "b")
    if start is None or end is None:
        return
    if _AFTERNOON.search(before) and not match["ad"] and start < end < 720:
        start, end = start + 720, end + 720
    if end <= start and end + 720 > start and not match["bd"] and end <= 720:
        end += 720
    named = _SHIFT_NAME.search(before)
    evidence = passage.evidence(*match.span())
    yield _Window(
        start,
        end if end > start else end + DAY,
        evidence,
        named["name"] if named else "",
        told=bool(match["ad"]),
        season=bool(_SEASONS.search(before)),
    )


def _elsewhere(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a stretch is a break, that of an office, or only the bounds of what one chooses."""
    before = passage.text[max(0, match.start() - 16) : match.start()]
    after = passage.text[match.end() : match.end() + 8]
    return bool(_OTHER_WINDOW.search(before) or _BREAK.search(before) or _CHOSEN_WITHIN.match(after))


def _half_told(passage: Passage) -> Iterator[_Window]:
    """9-17点, 凌晨三点半上班到中午."""
    for match in _HOURS_ALONE.finditer(passage.text):
        start, end = int(match["a"]) * 60, int(match["b"]) * 60 + (30 if match["half"] else 0)
        end += 720 if end <= start and end <= 720 else 0
        if end - start >= _LEAST_ALONE and not _elsewhere(passage, match):
            yield _Window(start, end, passage.evidence(*match.span()))
    for match in _HOURS_BARE.finditer(passage.text) if passage.field == _COLUMN else ():
        start, end = int(match["a"]) * 60, int(match["b"]) * 60
        if start < end:
            yield _Window(start, end, passage.evidence(*match.span()))
    for match in _UNTIL_DONE.finditer(passage.text):
        evening = 720 if _PAST_NOON.search(match[0]) else 0
        for window in _clocked(passage, match):
            yield replace(window, end=window.end + (evening if window.end <= 720 else 0))
    for match in _UNTIL_NOON.finditer(passage.text):
        begin = _minute(match, "a")
        if begin is not None and begin < 720 and not _elsewhere(passage, match):
            yield _Window(begin, 720, passage.evidence(*match.span()))


def _minute(match: re.Match[str], name: str) -> int | None:
    """Minutes after midnight of one end of a window."""
    hour = read_number(match[f"{name}h"])
    if hour is None or hour > 24:
        return None
    half = match[f"{name}n"]
    minute = 30 if half == "半" else int(match[f"{name}m"] or half or 0)
    evening = re.search(r"下午|晚|傍|下黑|夜|后晌|过晌", match[f"{name}d"])
    if hour < 12 and evening and not (hour < 6 and re.search(r"次日|夜", match[f"{name}d"])):
        hour += 12
    if hour == _TWELVE and re.search(r"夜|晚", match[f"{name}d"]):
        hour = 0
    return int(hour) * 60 + minute


def _of_one_worker(windows: list[_Window], *, one_shift: bool) -> list[_Window]:
    """The stretches one works: the first shift where one may choose it, one of each where shifts are named."""
    if one_shift or (windows and windows[0].season):
        return windows[:1]
    return windows if len({window.shift for window in windows if window.shift}) > 1 else _same_day(windows)


def _same_day(windows: list[_Window]) -> list[_Window]:
    """The first stretches that follow each other; those of other seasons or shifts are left out."""
    kept: list[_Window] = []
    for window in windows:
        if kept and window.start < kept[-1].end:
            shifted = window.start + 720
            if window.start < 720 and not window.told and shifted >= kept[-1].end and shifted - kept[-1].end <= 240:
                window = _Window(shifted, window.end + 720 if window.end <= shifted else window.end, window.evidence)
            elif window.end - window.start >= 6 * 60 and kept[-1].end - kept[-1].start >= 6 * 60:
                return [kept[0], window] if abs(window.start - kept[0].start) > 180 else kept
            else:
                return kept
        if kept and window.start - kept[-1].end > 240 and not _two_halves(kept[-1], window):
            return kept
        kept.append(window)
    return kept


def _two_halves(first: _Window, second: _Window) -> bool:
    """Whether two stretches are the morning and the evening of one day: 早4:30-8:30，下午2:30-5:30."""
    spent = [window.end - window.start for window in (first, second)]
    return second.start - first.end <= _LONGEST_GAP and max(spent) <= _HALF_DAY and sum(spent) <= _MOST_A_DAY


def _stated_hours(passage: Passage) -> Fact[float]:
    """每天8小时, 8小时工作制, 早晚各两小时."""
    twice = _TWO_PARTS.search(passage.text)
    if twice:
        each = read_number(twice["a"] or twice["b"]) or 0
        whole = 2 * (each + 0.5 * bool(twice["half"])) if twice["a"] else each + (read_number(twice["c"]) or 0)
        if 1 <= whole <= _LONGEST_DAY:
            return Fact(float(whole), (passage.evidence(*twice.span()),))
    for match in _A_DAY.finditer(passage.text):
        told = match.groupdict()
        halves = told.pop("half"), told.pop("half2")
        hours = read_number(next(part for part in told.values() if part))
        if re.search(
            r"(?:半|次|午休|提前|距|加班|培训|营业|热线|入职|核酸|内|时薪)[^,。;]{0,4}\Z",
            passage.text[: match.start()][-8:],
        ):
            continue
        if hours == 1 and re.search(r"[元块钱]\s*\Z", passage.text[: match.start()]):
            continue
        hours = hours + 0.5 if hours and any(halves) else hours
        if hours and 1 <= hours <= _LONGEST_DAY:
            return Fact(float(hours), (passage.evidence(*match.span()),))
    return Fact()


def read_days_off(texts: Iterable[Passage]) -> Fact[float]:
    """月休四天, 上四休二, 满勤26天."""
    for passage in texts:
        for match in _DAYS_OFF.finditer(passage.text):
            days = read_number(match["n"] or match["m"] or match["q"])
            days = days + 0.5 if days and passage.text[match.end() : match.end() + 1] == "半" else days
            if days is not None and days <= 15:
                return Fact(float(days), (passage.evidence(*match.span()),))
        told = _rest_of_cycle(passage)
        if told.value is not None:
            return told
    return Fact()


def _rest_of_cycle(passage: Passage) -> Fact[float]:
    """Days off a month by how long one works and rests in turn."""
    for match in (*_CYCLE.finditer(passage.text), *_EVERY.finditer(passage.text)):
        parts = match.groupdict()
        whole = parts.get("full") or parts.get("full2") or parts.get("month")
        if whole:
            return Fact(float(_MONTH_DAYS - int(whole)), (passage.evidence(*match.span()),))
        work, rest = read_number(match["w"]), read_number(match["r"])
        hours = "小时" in (parts.get("u") or "") or (work is not None and work >= 12 and not parts.get("u"))
        if hours and work and rest and work < _HOURS_OF_SHIFT:
            continue
        if hours and work and rest and parts.get("v") == "天":
            rest *= _HOURS_OF_SHIFT
        if work and rest and rest <= 2 * work + (48 if hours else 0):
            days = min(_MONTH_DAYS * rest // (work + rest), 20)
            return Fact(float(days), (passage.evidence(*match.span()),))
    return Fact()
