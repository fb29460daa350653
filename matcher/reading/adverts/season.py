"""The months of seasonal work: 用工5月-10月, 清明开工上冻收工, 三个月的活6月开始, 暑假工.

In: the passages of an advert and the day it was published. Out: the first and the last month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from matcher.domain.facts import Fact
from matcher.reading.days import MONTH
from matcher.reading.numerals import read_number
from matcher.reading.passages import Passage
from matcher.reading.sifting import Sifted, sifted
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

Months = tuple[int, int]
_PART = r"(?:月份?(?:初|中旬?|底|末|上旬|下旬)?(?:\d{1,2}[日号]?)?)"
_OF_YEAR = r"(?:次年|第二年|当年|来年|明年|转年|翻年)?(?:20\d\d年)?"
_BEGUN = words("season.begun")
_MONTHS = sifted(
    rf"(?<![\d.\-/])(?P<a>{MONTH}){_PART}?(?:{_BEGUN})?\s*(?:[-~至到、]|--|[干做]到)+\s*{_OF_YEAR}(?P<b>{MONTH}){_PART}(?!\d)"
)
_TWO_MONTHS = sifted(r"(?P<a>[4-9四五六七八九十])月(?P<b>[5-9五六七八九十])月(?!\d)")
_DOTTED = sifted(
    r"(?<![\d.])(?P<a>1[0-2]|[1-9])[./](?:3[01]|[12]\d|0?[1-9])\s*[-~至到]+\s*(?P<b>1[0-2]|[1-9])[./](?:3[01]|[12]\d|0?[1-9])(?![\d.])"
)
_WITH_YEARS = sifted(
    r"(?P<y>20\d\d)[./年](?P<a>1[0-2]|0?[1-9])月?\s*[-~至到]+\s*(?P<z>20\d\d)[./年](?P<b>1[0-2]|0?[1-9])月?(?![\d.])"
)
_SEASON_WORD = re.compile(words("schedule.season"))
_NOT_MONTHS = re.compile(r"[^,。;]{0,3}(?:放假|工作经历|经历者|活动)|(?:日|号)?至|(?:期间)?(?:放|休)(?:暑|寒)?假")
_NOT_SEASON = re.compile(rf"{words('schedule.not_season')}[^。;\n]{{0,10}}\Z")
_BOTH_MONTHS = re.compile(r"[\d一二三四五六七八九十]+月")
_DATED = re.compile(r"\d{4}年\Z")
_WORK_DATED = re.compile(r"工作期限|用工|工期|用人|期限|工作时间|合同期")
_NUMBER = r"[俩仨\d一二两三四五六七八九]"
_FOR_MONTHS = sifted(
    rf"(?P<a>{MONTH})月份?(?:初|上旬|(?P<late>中旬?|底|末|下旬))?(?:开始|起|开工|进场)[^。;\n]{{0,4}}?(?:干|做|用人|用工)(?:满)?(?P<n>{_NUMBER})个?月"
    rf"|(?:干|用|活|工期|就)?(?P<n2>{_NUMBER})个?月(?:的?活儿?|工期|左右)?[,、]?(?:从|打)?(?P<a2>{MONTH})月份?(?:初|上旬|(?P<late2>中旬?|底|末|下旬))?(?:开始|起(?!薪)|开工|进场|开干|上|算|起算)"
)
_END = r"(?:完活|完工|完事|干完|结束|收工|收摊|散工|停工|停机|完(?=[。,;\s]|$))"
_GOES_ON = r"(?:[干做用忙]|活儿?能?)(?:个|活)?到"


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    """season_ends.csv, longer words first."""
    return tuple(sorted(read_table("season_ends"), key=lambda row: -len(row["word"])))


@lru_cache(maxsize=1)
def _patterns() -> tuple[Sifted, Sifted, Sifted]:
    """(from one point to another, until a point, whole seasons), with the words of the table."""
    begins = "|".join(row["word"] for row in _rows() if row["first"])
    ends = "|".join(row["word"] for row in _rows() if row["month"])
    whole = "|".join(row["word"] for row in _rows() if not row["month"] or row["whole"])
    near = r"(?:一到|前后|左右|以后|之后|后|一?过)?"
    point_a = rf"(?:(?P<aw>{begins})|(?P<am>{MONTH}){_PART}){near}"
    point_b = rf"{_OF_YEAR}(?:(?P<bw>{ends})|(?P<bm>{MONTH}){_PART})(?:前后?|左右|之前)?"
    between = rf"(?:(?:{_BEGUN})?\s*(?:[-~至到]|--|[干做]到)+\s*|(?:{_BEGUN})[^。;\n]{{0,6}}?)"
    span = sifted(rf"(?<![\d.\-/年春]){point_a}{between}{point_b}(?=(?P<end>(?:就)?{_END})?)")
    until = sifted(
        rf"{_GOES_ON}(?:[\d一二十]{{1,2}}月份?)?(?P<w>{ends})|{_GOES_ON}(?P<m>{MONTH})月|旺季到(?P<n>{MONTH})月"
        rf"|(?<![一-龥])(?P<w2>{ends})(?:前|之前|左右|前后)?(?:就)?{_END}"
        rf"|(?P<o>{MONTH})月份?(?:初|中旬?|底|末|上旬|下旬|[一二三]?十?[号日])?(?:就)?{_END}(?![培考])"
    )
    return span, until, sifted(rf"(?P<s>{whole})(?:{words('season.whole')})")


def read_season(texts: Sequence[Passage], *, since: date | None = None) -> Fact[Months]:
    """The months of the work; of what only has an end, 干到上冻, from the month of `since` on."""
    for passage in texts:
        for match in _WITH_YEARS.finditer(passage.text):
            long = 12 * (int(match["z"]) - int(match["y"])) + int(match["b"]) - int(match["a"])
            if 0 < long < 11 and not _NOT_SEASON.search(passage.text[: match.start()][-12:]):
                return Fact((int(match["a"]), int(match["b"])), (passage.evidence(*match.span()),))
        for pattern in (_MONTHS, _TWO_MONTHS, _DOTTED):
            for match in pattern.finditer(passage.text):
                months = _months(passage.text, match, dotted=pattern is _DOTTED)
                if months is not None:
                    return Fact(months, (passage.evidence(*match.span()),))
    readers = (_by_words, _by_length, _whole)
    told = (fact for passage in texts for reader in readers for fact in reader(passage))
    late = (fact for passage in texts for fact in _until(passage, since))
    return next(told, None) or next(late, Fact())


def _months(text: str, match: re.Match[str], *, dotted: bool) -> Months | None:
    """The months of a range that is that of the work; with 月 behind both ends it need not be called a season."""
    around = text[max(0, match.start() - 16) : match.end() + 12]
    before = text[max(0, match.start() - 12) : match.start()]
    named = _SEASON_WORD.search(around) or (_BOTH_MONTHS.match(match[0]) and not dotted)
    if _NOT_SEASON.search(before) or not named or _NOT_MONTHS.match(text[match.end() :]):
        return None
    if _DATED.search(before) and not _WORK_DATED.search(before[:-5] + match[0]):
        return None
    return _pair(read_number(match["a"]), read_number(match["b"]))


def _pair(first: float | None, last: float | None) -> Months | None:
    """Two months; a whole year is none."""
    whole = first == 1 and last == 12
    return (int(first), int(last)) if first and last and first != last and not whole else None


def _by_words(passage: Passage) -> Iterator[Fact[Months]]:
    """清明开工, 上冻收工; 6月到国庆节."""
    for match in _patterns()[0].finditer(passage.text):
        if not (match["aw"] or match["bw"]) or _NOT_SEASON.search(passage.text[: match.start()][-12:]):
            continue
        if not (_SEASON_WORD.search(passage.text[max(0, match.start() - 16) : match.end() + 12]) or match["end"]):
            continue
        first = float(_row(match["aw"])["first"]) if match["aw"] else read_number(match["am"])
        last = float(_row(match["bw"])["month"]) if match["bw"] else read_number(match["bm"])
        months = _pair(first, last)
        if months is not None:
            yield Fact(months, (passage.evidence(*match.span()),))


def _row(word: str) -> dict[str, str]:
    """The row of one word."""
    return next(row for row in _rows() if row["word"] == word)


def _by_length(passage: Passage) -> Iterator[Fact[Months]]:
    """六月下旬开始干俩月; 三个月的活, 6月开始."""
    match = _FOR_MONTHS.search(passage.text)
    first = read_number(match["a"] or match["a2"]) if match else None
    length = read_number(match["n"] or match["n2"]) if match else None
    if match is None or not first or not length or not 1 <= length <= 11 or first > 12:
        return
    months = int(length) - (0 if match["late"] or match["late2"] else 1)
    if months:
        yield Fact((int(first), (int(first) - 1 + months) % 12 + 1), (passage.evidence(*match.span()),))


def _whole(passage: Passage) -> Iterator[Fact[Months]]:
    """暑假工, 供暖期用工: a season that has a beginning and an end of its own."""
    for match in _patterns()[2].finditer(passage.text):
        row = _row(match["s"])
        yield Fact((int(row["first"]), int(row["whole"])), (passage.evidence(*match.span()),))


def _until(passage: Passage, since: date | None) -> Iterator[Fact[Months]]:
    """干到七月末, 10月底完活, 干到上冻."""
    match = _patterns()[1].search(passage.text) if since is not None else None
    if match is None or since is None:
        return
    word = match["w"] or match["w2"]
    last = float(_row(word)["month"]) if word else read_number(match["m"] or match["n"] or match["o"] or "")
    if last and last != since.month:
        yield Fact((since.month, int(last)), (passage.evidence(*match.span()),))
