"""In which months, and from which day: the seasons of the farm, months named, the first day.

In: one cell, the day of reading. Out: constraints SEASONAL (the free months) and AVAILABLE_FROM with their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from matcher.domain.worker import Constraint
from matcher.reading.days import MONTH, named_days
from matcher.reading.negation import Polarity, clause_at, folded_polarity
from matcher.reading.numerals import read_number
from matcher.reading.people.cells import Cell
from matcher.reading.wordlists import spelled, words
from matcher.reference.tables import read_table

_SEASON_AWAY = re.compile(
    rf"(?P<a>{MONTH})月?(?:份)?"
    r"(?:底|初|中旬?|末)?(?:[铲种打收接挂][完了锄]?[一-龥]{0,3})?(?:开始|起|往后|以后|之后|过后)?(?:到|至|-|~|—)(?:来年|次年|明年|第二年)?"
    rf"(?P<b>{MONTH})月(?:份)?"
)
_BUSY = re.compile(
    r"放[牛羊]|农忙|种地|春耕|秋收|走不开|出不(?:去|来)|没(?:空|时间|工夫)|离不开|接羔|打草|忙|要回|得回|在家|收秋|侍弄地|铲地"
)
_FREE = re.compile(
    r"可外出|可务工|都有空|有空|出得[去来]|能(?:出|干|打|外)|可以|闲|猫冬|才能|想(?:干|找|打)|没事|没啥?活|可出|时间(?:行|可)"
)
_BUSY_INSIDE = re.compile(
    r"[一-龥]{0,3}(?:种地|接羔|打草|忙|走不开|没空|出不|得(?:种|回|忙|收|在|伺候)|秋收|春耕)|[一-龥]{0,4}(?:走不开|没空|出不)"
)
_FARM_SEASON = re.compile(
    r"(?:农忙|春耕|秋收|种地|春种|铲地|收秋)[一-龥0-9,到和、]{0,10}(?:走不开|离不开|得回|要回|回家|在家|出不去|脱不开|干不了|不行)|(?:春种秋收|春耕秋收|种地收地|种秋收)[一-龥,]{0,4}(?:走不|离不|出不|脱不)|(?:只|就|等|得)?(?:能|想|等)?(?:农闲|冬闲|猫冬|冬天|入冬)[一-龥]{0,6}(?:打|干|出|找|才|可以|能|没事|有空|闲)"
)
_READY = re.compile(
    r"到岗(?:时间|日期)?[:]?$|(?:能|可)(?:上班|上岗|到岗)(?:时间|日期)?[:]$|得?过了$|最快(?:也)?得?$|(?:歇|养|服刑|缓)到$"
)
_NOT_YET = re.compile(
    r"才(?:完|结束|到期|散|收工|下来|干完|能完)(?=$|[,。;工活了])|完事|后随叫|能考下来再|解除|办完离职|(?:以|之|往)?后(?:随时|都行|都能|$|[,。])|(?:^|[完生班月号日])就行|才能|才行|后有空|才(?:满|够(?:岁|年龄))|才有空|才可以|再说|再出|再找|再干|再去|再上|以后(?:才|能|可)|之后(?:才|能|可)|后(?:才|能|可|再|就)|完(?:了)?(?:才|再|能|就)|起(?:能|可)|能上岗|可上岗|能到岗|到岗|可以上|能(?:出|走|去|来|干|上)|开始能|出去(?:打工|干活|务工)|走$|(?:以|之)?后(?:才|就|再)?(?:行|中|走|去|出去)|(?:以|之|节)后(?:$|[,。])|(?:^|[收种打场草羔地粮割])完(?:了)?(?:$|[,。])|(?:能|可以)上班|才干"
)
_SHORT_LEAVE = re.compile(
    r"(?:别的时候|其余|其他时间)(?!.{0,2}(?:行|能|可以|有空|没事))|请(?:几天)?假|那阵|那(?:两|几)个?(?:月|天)|平时(?:都)?(?:行|能|可以)|不耽误"
)


_FREE_UNTIL = re.compile(
    rf"(?:现在|眼下|眼前|目前|这会儿)(?:起)?(?:到|至)(?P<b>{MONTH})月(?:底|末|中旬?|初|份)?"
    r"[一-龥]{0,3}(?:闲|有空|没活|没啥活|没事|能(?:出|干))"
)


_LISTED_MONTHS = re.compile(rf"(?P<a>{MONTH})月?(?:份)?[、,和跟]?(?P<b>{MONTH})月(?:份)?")
_OTHERS_FREE = re.compile(
    r"(?:别的|其[他它余]|剩下的?|旁的)(?:那些|几个)?(?:月份?|时候|工夫|日子)[一-龥]{0,3}?(?:闲|有空|没事|没活|能|可以|随便|行|中|有工夫)"
)
_TIED = re.compile(
    r"雷打不动|走不开|离不(?:开|了)|得(?:在家|回|收|种|摘)|脱不开|必须|说啥也?得|自(?:己)?家(?:的)?地|收(?:的)?时候"
)


def _listed_months(cell: Cell) -> Constraint | None:
    """“九月、十月收辣椒走不开，别的月份都闲着”: two months side by side are the busy ones, all others are free."""
    for found in _LISTED_MONTHS.finditer(cell.text):
        low, high = int(read_number(found["a"]) or 0), int(read_number(found["b"]) or 0)
        rest = cell.text[found.end() : found.end() + 50]
        other = _OTHERS_FREE.search(rest)
        if other and high == low % 12 + 1 and _TIED.search(rest[: other.start()]):
            values = (high % 12 + 1, (low - 2) % 12 + 1)
            return Constraint(code="SEASONAL", values=values, evidence=(cell.evidence(*found.span()),))
    return None


def read_season(cell: Cell, read_on: date) -> Iterator[Constraint]:
    """Months in which the person can work away: SEASONAL holds the free ones, told as such or left by the farm."""
    until = _FREE_UNTIL.search(cell.text)
    if until:
        free = (read_on.month, int(read_number(until["b"]) or read_on.month))
        yield Constraint(code="SEASONAL", values=free, evidence=(cell.evidence(*until.span()),))
        return
    listed = _listed_months(cell)
    if listed is not None:
        yield listed
        return
    for told in (_free_months, _months_left):
        for found in _SEASON_AWAY.finditer(cell.text):
            low, high = int(read_number(found["a"]) or 0), int(read_number(found["b"]) or 0)
            values = told(cell, found, low, high) if 1 <= low <= 12 and 1 <= high <= 12 else None
            if values:
                yield Constraint(code="SEASONAL", values=values, evidence=(cell.evidence(found.start(), found.end()),))
                return
    for pattern, values in _winter_rows() if _SEASON_NAMED.search(cell.text) else ():
        told_so = pattern.search(cell.text)
        if told_so and _season_said(cell, told_so):
            yield Constraint(code="SEASONAL", values=values, evidence=(cell.evidence(*told_so.span()),))
            return
    farm = _FARM_SEASON.search(cell.text)
    if farm and not _season_said(cell, farm):
        return
    if farm and not _SHORT_LEAVE.search(cell.text[slice(*cell.sentence(farm.start(), farm.end()))]):
        yield Constraint(code="SEASONAL", values=(11, 3), evidence=(cell.evidence(farm.start(), farm.end()),))


_SEASON_NAMED = re.compile(words("season.named"))


@lru_cache(maxsize=1)
def _winter_rows() -> tuple[tuple[re.Pattern[str], tuple[int, int]], ...]:
    """Seasons told by the work of the farm, with the months they leave free."""
    rows = read_table("farm_seasons")
    return tuple((re.compile(spelled(row["pattern"])), (int(row["free_from"]), int(row["free_to"]))) for row in rows)


def _season_said(cell: Cell, found: re.Match[str]) -> bool:
    """Whether a season is said of the person, of now, and is no short leave."""
    first, last = cell.sentence(found.start(), found.end())
    meant = folded_polarity(cell.text, *found.span())
    lead = cell.text[clause_at(cell.text, found.start()).start : found.end()]
    if re.match(r"的时候[^,。;]{0,10}(?:也|还)(?:行|中|能|可以|会)", cell.text[found.end() :]):
        return False  # “冬天没事的时候绣鞋垫也行”: one thing more to do, no season
    over = meant in {Polarity.HEARSAY, Polarity.PAST} or re.search(r"去年|前年|头年|往年|那年|以前|原来", lead)
    return not over and not _SHORT_LEAVE.search(cell.text[first:last].replace(found[0], ""))


_FREE_BEFORE = re.compile(r"(?:才|能|可以)(?:能)?(?:出去|出来|有空|出门)[,:(]?$")


def _free_months(cell: Cell, found: re.Match[str], low: int, high: int) -> tuple[int, int] | None:
    """“11月到3月能出去”: the months named are the free ones."""
    _, last = cell.sentence(found.start(), found.end())
    after = cell.text[found.end() : min(last, found.end() + 8)]
    told = _FREE.search(after) or _FREE_BEFORE.search(cell.text[: found.start()])
    return (low, high) if told and not _BUSY_INSIDE.match(after) else None


def _months_left(cell: Cell, found: re.Match[str], low: int, high: int) -> tuple[int, int] | None:
    """“5月到9月种地走不开”: the months named are the busy ones."""
    first, last = cell.sentence(found.start(), found.end())
    around = cell.text[max(first, found.start() - 10) : min(last, found.end() + 10)]
    busy = _BUSY.search(around) and not _SHORT_LEAVE.search(cell.text[first:last])
    return (high % 12 + 1, (low - 2) % 12 + 1) if busy else None


_SAID_AGAIN = re.compile(rf"[前底初末]?\({MONTH}月")
"""A point of the year whose date follows in brackets: “腊月前（12月10号）”."""


def read_available(cell: Cell, read_on: date) -> Iterator[Constraint]:
    """The day from which the person can start."""
    for named in named_days(cell.text, read_on):
        after = cell.text[named.end : min(named.end + 12, clause_at(cell.text, named.start).end)]
        clause = clause_at(cell.text, named.start)
        if re.search(
            r"以前|往年|年年|每年|去年|前年|说好|本来|原来|原先|(?:躺|歇|养|住)了?$|生完|生了|[种收].{0,3}到$",
            cell.text[clause.start : named.start],
        ):
            continue
        if _SAID_AGAIN.match(cell.text[named.end :]):
            continue
        if named.first <= read_on or not (
            _READY.search(cell.text[: named.start])
            or _NOT_YET.search(after)
            or _NOT_YET.search(cell.text[max(0, named.end - 2) : named.end] + after)
        ):
            continue
        if re.search(
            r"(?:(?<!才)到期|有效|复审|过期)(?!.{0,3}才)|毕业证|才能(?:重新?|再)?[考领拿取]|才[给还发]|再考|[没过]$|没[出去]|结清|结账",
            after,
        ):
            continue
        yield Constraint(code="AVAILABLE_FROM", since=named.first, evidence=(cell.evidence(named.start, named.end),))
        return
