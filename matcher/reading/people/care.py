"""Whom a person looks after, and when she must therefore be home.

In: cells, the daily-return column, the means of travel. Out: constraints of the family “home” of constraints.csv.
Hours that no text states are defaults of care_duties.csv; duties that somebody else has taken over do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matcher.domain.facts import Evidence
from matcher.domain.worker import Constraint, Transport
from matcher.reading.key_index import KeyIndex
from matcher.reading.negation import Polarity, clause_at, folded_polarity
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.phrases.tables import AWAY, find_phrases
from matcher.reading.people.seasons import read_available, read_season
from matcher.reading.people.times import (
    ON_FOOT_KM,
    read_distances,
    read_midday,
    read_part_time,
    read_windows,
    short_days,
)
from matcher.reading.wordlists import spelled, words
from matcher.reference.tables import read_table

_TEXTS = ("care_text", "remarks", "wish_text", "wish_place_text", "training_wish_text")
_NIGHT_FINE = re.compile(words("night.fine"))
"""“白天黑夜都能上，但晚上得回家住”: home every day, and no limit of nights."""
_FREED = re.compile(
    rf"由[其他她我]?[一-龥]{{0,6}}?{words('kin.any')}[一-龥]{{0,5}}?(?:照料|照顾|照看|看护|接送|抚养|看管|带着?|管着?|伺候)|"
    r"(?<![给帮替让])(?:爷爷|奶奶|姥姥|姥爷|公婆|婆婆|丈母娘|[他她]?[爸妈])(?:负责|给)?(?:接送|带着|看着|管着|照看|照料)(?![他她我不])|"
    r"[他她](?:爷|奶|姥|爸|妈|姑|姨|婶|舅|叔|大爷)(?:都|也|能|可以|可|会|来|就|帮|给)+(?:接送?|带|照看|照顾|看|管|伺候)|归[他她](?:奶|姥|爷|爸|妈)[一-龥]{0,2}(?:带|管|看)|轮不到(?:我|他|她)|都?上(?:小|中|大)?学了?不用|"
    r"(?:家里?人|[他她](?:爸|妈|爹|娘|哥|姐|对象|媳妇|男人)|丈夫|媳妇|儿子|闺女|老伴|对象|亲戚)[一-龥]{0,3}?(?:开车|骑车|用车|拿车|负责|能|可以)+(?:每天|天天)?接送(?!孩|娃|孙|小)|"
    r"(?:不用|无需|不需要?|用不着|没有?(?:需要|啥|什么)?)(?:[她他我俺]|本人)?(?:再)?(?:接送?|照顾|照看|照料|伺候|看孩|带孩|管|操心|家庭照料)|"
    r"(?:婆婆|公公|公婆|奶奶|爷爷|姥姥|姥爷|他妈|她妈|娘家妈?|丈夫|对象|媳妇|老伴|老公|老婆|妹妹|姐姐|嫂子|大姑姐|亲戚|儿媳妇?|父母|老人)"
    r"(?:现在|都|也|能|可以|可|会|来|就|在家|负责|一个?人|自己|帮(?:着|忙|她|他|我)?|给)+(?:接送?|带|照看|照顾|看|管|伺候|照料|搭把手)|"
    r"(?:孩子|娃|儿子|闺女|姑娘|女儿)(?:都|已经?|也)?(?:大了|长大|成家|成年|住校|住宿|工作了|上大学|上高中|结婚)|(?:婆婆|丈母娘|丈母|老丈人|他妈|她妈|[他她]姐|[他她]妹|大姑姐|小姨子|娘家妈|亲妈)(?:晚上|夜里|天天|每晚|就|都|能|过)*来(?:家)?(?:里)?(?:住|陪|守|作伴|做伴)|(?:周末|一周|礼拜天?)接|(?:白天)?全天(?:都)?(?:能|可以)(?:上班|干|出)|"
    r"(?<![跟和与给])(?:媳妇|老婆|妻子|丈夫|老公|爱人|对象|老伴|婆婆|奶奶|爷爷|姥姥|姥爷|丈母娘|[他她][爸妈])[^,。;我她他俺]{0,10}陪读|"
    r"托(?:管|给|付)|送(?:去|到|进)?(?:养老院|敬老院|护理院)|生活?能自理|身体(?:都)?(?:好|硬朗)"
)
_JOB_NOT_DUTY = re.compile(
    r"(?:照顾|照看|伺候|侍候|看护|护理|带)(?:老人|病人|孩子|小孩|月子|产妇|、|和)+(?:的?活)?(?:也|都|倒|还|我|她)?(?:能干|会干|会|行|中|可以|没问题|有耐心|有经验|有一套|在行|拿手|是?把?好手|没得说|细心|上心|不嫌)|"
    r"(?:想|愿意?|会|能|干过|做过|当过|可以|找)(?:干|做|当)?[一-龥]{0,3}(?:照顾|照看|伺候|侍候|看|带|护理)(?:老人|病人|孩子|小孩|月子)|保姆|护工|月嫂|育儿嫂|住家|家政|跟车(?:阿姨|老师|员)|(?:照顾|照看|伺候|看护|接送|带|看)过[一-龥]{0,6}(?:孩子|娃|老人|病人)|在[一-龥]{0,6}(?:幼儿园|托管班|养老院|敬老院|学校)[一-龥]{0,4}(?:干|做|当|接送|上班)"
)
_OVER = re.compile(words("lives.freed"))
_STRANGERS = re.compile(
    r"(?:邻居|别人|人家|他哥|他姐|她哥|她姐|亲戚|东家|雇主|老板)家?(?:的)?(?:孩|娃|老人|老的|爹|妈)|(?:学生|工人|职工)(?:们)?(?:做|送|接)|接送过学生|来得及|(?:给|帮|替)(?:人家?|别人|老板)[一-龥]{0,6}(?:挤|喂|放|养)"
)
"""Not one's own to look after."""
"""Whoever was looked after has died."""
_WEEKLY = re.compile(words("home.weekly"))
_OF_CHILD_OR_HOME = re.compile(words("home.bound_hours"))
_BETTER_SO = re.compile(r"[一-龥]{0,5}?(?:那)?(?:就)?(?:最好|更好|再好不过|敢情好)(?=$|[,。;、\s])")
"""What would only be welcome binds nobody: “中午能跑回去一趟最好”."""
_FALLBACK = re.compile(
    r"[一-龥]{0,3}?最好[,;][^。;]{0,4}?(?:不能|实在|不行|要不|没有|远)[^。;]{0,10}?(?:也|都)(?:行|中|成|可以|凑合)"
)
"""“当天能回来最好，实在不行住那儿也中”."""
_ONLY_NEAR = re.compile(
    rf"(?:只|就|光)[一-龥]{{0,3}}?{words('home.near')}|{words('home.near')}(?:的)?(?:就行|就中|才行)|{words('home.stays')}"
)
_NEAR = re.compile(
    r"(?<![一-龥])家?跟前|家门口|家附近|离家近|附近|家跟前|就近|本(?:村|屯|嘎查)|屯(?:里|子)|村(?:里|子里)|嘎查里"
)
_ELSEWHERE = frozenset({"STAYS", "LEAVES", "NEED_LODGING"})
"""Codes of home_phrases.csv that the reader of going away takes."""
_CARED_FOR = {
    "child": re.compile(r"孩|孙|娃|闺女|儿子|姑娘"),
    "elder": re.compile(r"老|爹|妈|父|母|婆|公|奶|爷|病人|伴"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of care_duties.csv; `of` says who is looked after, child or elder."""

    of: str
    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    free: tuple[int, int] | None
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def _duties() -> KeyIndex[Duty]:
    """The duties with the hours they leave free."""
    rules = (
        Duty(
            row["of"],
            tuple(row["keys"].split()),
            re.compile(spelled(row["pattern"])),
            (int(row["free_from"]), int(row["free_to"])) if row["free_from"] else None,
            tuple(row["codes"].split()),
        )
        for row in read_table("care_duties")
    )
    return KeyIndex(rules, lambda duty: duty.keys)


def read_care(
    cells: Cells, *, daily_return: bool | None, transport: Transport | None, read_on: date
) -> Iterator[Constraint]:
    """Constraints of home, hours, distance and season."""
    texts = cells.get(*_TEXTS)
    if daily_return:
        yield Constraint(code="DAY_RETURN", evidence=(Evidence("是否需当天回家", "是"),))
    windows = [found for cell in texts for found in read_windows(cell)]
    yield from windows
    yield from short_days(windows)
    if daily_return is not False:
        yield from _home_by(cells, windows)
    freed = _freed(texts)
    for cell in texts:
        for constraint in _of_duties(cell, freed):
            if constraint.code != "HOURS" or not windows:
                yield constraint
        for hit in find_phrases(AWAY, cell):
            for code in (code for code in hit.codes if code not in _ELSEWHERE):
                yield Constraint(code=code, evidence=(cell.evidence(hit.start, hit.end),))
        yield from read_midday(cell)
        yield from read_part_time(cell)
        yield from read_distances(cell, transport)
        seasons = tuple(read_season(cell, read_on))
        yield from seasons
        starts = read_available(cell, read_on)
        yield from (start for start in starts if not any(_in_season(cell, start, item) for item in seasons))
    if daily_return is not False:
        yield from _near_home(cells, transport)


def _in_season(cell: Cell, start: Constraint, season: Constraint) -> bool:
    """Whether the words of a first day belong to a season: its months, or the month in which it ends."""
    if not _one_sentence(cell, start, season):
        return False
    low, high = season.values
    length, month = (high - low) % 12, start.since.month if start.since else low
    return "月" in season.evidence[0].words or (month - low) % 12 >= length


def _one_sentence(cell: Cell, one: Constraint, other: Constraint) -> bool:
    """Whether two statements stand in one sentence: the months of a season are no first day."""
    first, last = cell.sentence(*_span(cell, one.evidence[0]))
    start, end = _span(cell, other.evidence[0])
    return first <= start and end <= last


def _span(cell: Cell, told: Evidence) -> tuple[int, int]:
    """Where words stand in the text."""
    start = max(0, cell.text.find(told.words))
    return start, start + len(told.words)


def _home_by(cells: Cells, windows: Iterable[Constraint]) -> Iterator[Constraint]:
    """Hours that a child or somebody at home leaves free mean home every day as well."""
    told = [words for window in windows for words in window.evidence]
    for cell in cells.get(*_TEXTS):
        for words_told in (item for item in told if item.field == cell.field):
            start, _ = _span(cell, words_told)
            first, last = cell.sentence(start, start + 1)
            if _OF_CHILD_OR_HOME.search(cell.text[first:last]):
                yield Constraint(code="DAY_RETURN", evidence=(words_told,))


def _near_home(cells: Cells, transport: Transport | None) -> Iterator[Constraint]:
    """Work wished near home: home every day, and no further than one walks where one goes on foot."""
    for cell, pattern in (
        *((cell, _NEAR) for cell in cells.get("wish_place_text")),
        *((cell, _ONLY_NEAR) for cell in cells.get("remarks")),
    ):
        near = pattern.search(cell.text)
        if near is None or _WEEKLY.search(cell.text):
            continue
        if folded_polarity(cell.text, near.start(), near.end()) is Polarity.AFFIRMED:
            evidence = (cell.evidence(near.start(), near.end()),)
            yield Constraint(code="DAY_RETURN", evidence=evidence)
            if transport is Transport.FOOT and cell.field == "情况说明":
                yield Constraint(code="MAX_KM", values=(ON_FOOT_KM,), evidence=evidence)


def _freed(texts: tuple[Cell, ...]) -> frozenset[str]:
    """Of whom somebody else is said to take care, in whatever column."""
    taken = [
        found[0] + cell.text[found.end() : found.end() + 6] for cell in texts for found in _FREED.finditer(cell.text)
    ]
    return frozenset(kind for kind, who in _CARED_FOR.items() for said in taken if _taken(kind, said, who))


def _taken(kind: str, said: str, who: re.Pattern[str]) -> bool:
    """Whether the words free the person from a kind of care; grandparents who help with children free from those."""
    if re.search(r"孩|孙|娃|接|送|陪读|哄|(?:奶|姥|爷|婆婆|妈)[^,。;]{0,4}带", said):
        return kind == "child"
    return bool(who.search(said))


def _of_duties(cell: Cell, freed: frozenset[str]) -> Iterator[Constraint]:
    """What the duties of a cell bind the person to, with the usual free hours."""
    usual: tuple[tuple[int, int], tuple[Evidence, ...]] | None = None
    for duty in _duties().candidates(cell.text):
        found = None if duty.of in freed else _duty_at(cell, duty)
        if found is None:
            continue
        evidence = (cell.evidence(*found),)
        for code in duty.codes:
            if code != "NO_NIGHT" or not _NIGHT_FINE.search(cell.text):
                yield Constraint(code=code, evidence=evidence)
        if duty.free and usual is None:
            usual = duty.free, evidence
    if usual is not None:
        yield Constraint(code="HOURS", values=usual[0], evidence=usual[1])


def _duty_at(cell: Cell, duty: Duty) -> tuple[int, int] | None:
    """Where a duty is stated that is really the person's."""
    for found in duty.pattern.finditer(cell.text):
        first, last = cell.sentence(found.start(), found.end())
        sentence = cell.text[first:last]
        if (
            (_FREED.search(sentence) and duty.codes != ("WEEKEND_HOME",))
            or _STRANGERS.search(sentence)
            or (duty.of and _OVER.search(sentence))
            or _is_work(cell, sentence, tending=bool(duty.of))
        ):
            continue
        lead = cell.text[clause_at(cell.text, found.start()).start : found.start()]
        if "MIDDAY_HOME" in duty.codes and re.search(r"不$|不用$", cell.text[: found.start()]):
            continue
        if re.match(r"(?:中午|晌午)不", found[0]):
            continue
        if "MIDDAY_HOME" in duty.codes and _BETTER_SO.match(cell.text[found.end() :]):
            continue
        if not duty.of and _not_hers(cell, found):
            continue
        if duty.codes == ("DAY_RETURN",) and _FALLBACK.match(cell.text[found.end() :]):
            continue
        if duty.codes == ("DAY_RETURN",) and _WEEKLY.search(lead):
            continue
        if folded_polarity(cell.text, found.start(), found.end()) in {Polarity.AFFIRMED, Polarity.OTHER}:
            return found.start(), found.end()
    return None


_LABEL_NO = re.compile(r"^(?:家|来|返回)?[:? ]*(?:否|不要求|不用|不需要?|无要求|×|无所谓)|^(?:家)?也(?:行|中|可以)[,]")
_KIN_COMES = re.compile(rf"(?:^|[,。;、])(?:[我他她])?(?:家)?{words('kin')}(?:们|也|都|能)?$")
_ONCE = re.compile(r"以前|原来|原先|那时候|那会儿")
_NOW = re.compile(r"现在|如今|眼下|目前|得|要|必须")


def _not_hers(cell: Cell, found: re.Match[str]) -> bool:
    """Whether coming home is denied in a form, said of kin, or of a former time."""
    if _LABEL_NO.match(cell.text[found.end() :]) or "没回" in found[0] or _KIN_COMES.search(cell.text[: found.start()]):
        return True
    first, last = cell.sentence(found.start(), found.end())
    past = _ONCE.search(cell.text[first : found.start()])
    return past is not None and not _NOW.search(cell.text[past.end() : last])


def _is_work(cell: Cell, sentence: str, *, tending: bool) -> bool:
    """Whether looking after people is meant as a job; “家政也中，晚上得回家” is home every day all the same."""
    named = tending and cell.field != "家庭照料" and _JOB_NOT_DUTY.search(sentence)
    return cell.field in {"意向工种", "培训意愿"} or bool(named)
