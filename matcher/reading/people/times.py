"""When and how far: clock times, hours a day, kilometres.

In: one cell, the means of travel. Out: constraints HOURS, PART_TIME and MAX_KM with their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matcher.domain.worker import Constraint, Transport
from matcher.reading.days import NUMBER
from matcher.reading.negation import Polarity, folded_polarity
from matcher.reading.numerals import read_number
from matcher.reading.people.cells import Cell
from matcher.reading.people.years import rough_number
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table


def _clock(prefix: str) -> str:
    """The pattern of one clock time, its groups named with a prefix."""
    return (
        rf"(?P<{prefix}word>早上|早晨|早|清早|上午|中午|晌午|下午|下晌|午后|下晚儿?|傍晚|晚上|晚|夜里)?"
        rf"(?P<{prefix}hour>\d{{1,2}}|十[一二]?|[一二两三四五六七八九])(?:点钟?|时|:)(?P<{prefix}minute>半|一刻|三刻|[0-5]\d|[二三四五]?十五?(?!天|里|公))?(?:分)?(?:钟)?(?:到校|上学|放学)?"
    )


_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_BETWEEN = r"[送去出走进来上下班以后之到至~和、,能完才得就—–→\- ]"
_WINDOW = re.compile(
    _clock("a_") + rf"{_BETWEEN}{{0,6}}?(?:上学|学校|孩子|娃|孙子|孙女)?{_BETWEEN}{{0,5}}?" + _clock("b_")
)
_EARLY_LATE = re.compile(
    r"(?P<a_word>早)(?P<a_hour>[6-9]|10|[六七八九十])(?P<a_minute>半|)(?P<b_word>晚)(?P<b_hour>[3-7]|[三四五六七])(?P<b_minute>半|)点?"
    r"(?=的?[一-龥]{0,2}(?:最好|就行|就中|能|可以|行$|合适|那种|接))"
)
"""“早9晚4最好”."""
_BARE_WINDOW = re.compile(
    r"(?P<a_word>早上|早晨|早|上午|下午|下晌|晚上)(?P<a_hour>\d{1,2})(?P<a_minute>)点?(?:到|至|-|~)(?P<b_word>)(?P<b_hour>\d{1,2})(?P<b_minute>)点?"
    r"(?=[一-龥]{0,2}(?:能|有空|行|可以|脱身|离人))"
)
"""“上午8到11能离人”."""
_SEND_AND_FETCH = re.compile(
    _clock("a_")
    + r"[^。;]{0,9}?(?:送(?!货|餐|快|件|到?站|料)|进校|到校|上学)[^。;]{0,16}?"
    + _clock("b_")
    + r"[^。;]{0,9}?(?:接(?!班|货|活|单|料|待)|放学|下学|出校)"
)
"""“7点50分把孩子送进校门，下午3点50分站在校门口接人”, “八点前送，四点放学”."""
_NOT_BEFORE = re.compile(
    _clock("a_")
    + r"(?:之|以)?前(?:都|也|就)?(?:走不|出不|脱不|离不)[^。;\d]{0,8}?"
    + _clock("b_")
    + r"[^。;]{0,4}?(?:接|放学|回家)"
)
"""“早上8点半前走不开，下午4点就得接”."""
_HELPED_UNTIL = re.compile(
    r"送(?:完|走|到)?(?:学|孩子|娃|幼儿园)?[^。;\d]{0,3}?"
    + _clock("a_")
    + rf"[^。;]{{0,6}}?{words('kin')}[一-龥]{{0,4}}?(?:接|看|管|带|替|守)到"
    + _clock("b_")
)
"""“早上送完学7点50，晚上姥姥能接到五点半”."""
_NAMED_FREE = re.compile(
    r"(?P<a_word>上午|下午|早上|白天)?(?:有空|能出来|能干|空着|闲着|得闲)[(,]?(?P<a_hour>\d{1,2})(?P<a_minute>)点?(?:到|至|-|~)(?P<b_word>)(?P<b_hour>\d{1,2})(?P<b_minute>)点"
)
"""“只上午有空（8-12点）”."""
_RELIEVED_UNTIL = re.compile(rf"{words('kin')}[一-龥]{{0,4}}?(?:搭把手|接|看|管|带|替|帮)(?:着|忙)?到" + _clock("b_"))
"""“老人能搭把手到五点半”: so much later."""
_BUSY_AFTER = re.compile(
    r"[^,。;\d]{0,4}?(?:不能离|离不|走不开|不能走|得在家|[得须要]回(?:家|去|来)|脱不开|不在家不行|[得要](?:做饭|喂|伺候|看))"
)
"""Behind two clock times: the hours named are those one is not free."""
_NOON = range(10 * 60, 14 * 60 + 31)
_TO_EAT = re.compile(r"(?:钟)?(?:得|要|必须|就得|就要)(?:能)?(?:回|到)[^。;]{0,8}(?:饭|吃|药|喂|翻|看|给|一趟)")
"""“中午12点要回去喂饭”: home over noon, and free before and after."""
_SHORT_MINUTES = 240
"""Hours that leave no more than this are half a day's work."""
_RELIEF = re.compile(
    r"(?:能|可以|会)?(?:来|帮着?|给)?(?:替|看|顶|帮)(?:着|一会儿|他|她|我)?(?:半天|半晌|半拉天|[二两俩三仨四2-4]{1,2}个?(?:来)?(?:钟头|小时))"
)
"""Somebody else steps in for a while; shorter posts than half a day are hardly found, so it counts as that."""
_EVENING = re.compile(r"(?:晚上|夜里|下晚|下班后|傍晚|黑天)[^。;,]{0,8}$")
"""“晚上她妈能替俩钟头” says nothing of the day."""
_HALF_DAY = 4
_AFTER_AND_BEFORE = re.compile(
    _clock("a_") + r"(?:往|以|之)?后[^。;\d]{0,10}?" + _clock("b_") + r"(?:往|以|之)?前(?!走不|离不|脱不)"
)
"""“上班得在八点往后，下班得在四点往前”."""
_PAIRS = (
    _AFTER_AND_BEFORE,
    _NOT_BEFORE,
    _HELPED_UNTIL,
    _NAMED_FREE,
    _WINDOW,
    _BARE_WINDOW,
    _EARLY_LATE,
    _SEND_AND_FETCH,
)
_SPARE = re.compile(
    rf"(?:[他她我]|每天|一天|天天|上午|下午|白天|早上|只|就|也就|顶多)+(?:能|可以)?(?:腾|抽|倒|匀)(?:得)?出(?:来)?(?P<count>{NUMBER}|[俩仨])个?(?:来)?(?:小时|钟头)"
)
"""“一天能腾出来仨钟头”."""
_ONE = re.compile(_clock(""))
_SCHOOL_OUT = re.compile(
    _clock("").replace("(?:到校|上学|放学)?", "") + r"(?:就|才|准时)?(?:放学|下学|下园|离园|出校)[^。;\d]{0,5}?"
    r"(?:得|要|必须|归|都是|没人|我|她|他|就)[一-龥]{0,4}?(?:接(?!班|活|单)|门口)"
)
"""“四点二十下学，得有人接”."""
_MORNING = frozenset({"上午", "头晌", "前半晌", "前半天", "早上", "上半天"})
_HALF_FREE = re.compile(
    r"(?:只|就|光|也就|顶多|单)(?:能|有|在|剩|干|上)?(?P<half>上午|头晌|前半晌|前半天|上半天|早上|下午|过晌|下晌|后半晌|后半天|下半天)"
    r"(?:这)?(?:半天)?(?:的)?[一-龥]{0,2}?(?:有空|有工夫|有时间|能出来|能干|得空|闲|出得来|能去|能上班|脱得开|行|中)"
)
"""“只有上午有工夫”, “就过晌能出来”."""
_BEFORE = re.compile(
    r"^(?:钟)?(?:以|之)?后(?:就|都|可)?不(?:行|中|成)|^(?:就)?得?往(?:回|家)|^(?:钟)?(?:得|要|必须|就得)下班|^(?:钟)?(?:之|以)?前(?:得|要|必须|能)?|^\)?(?:前)?(?:得|要|必须|就得|就要|去)?(?:接|回家|到家|回来|回|放学|走)"
)
_NOT_UNTIL = re.compile(r"(?:钟)?(?:之|以)?前[^,。]{0,3}(?:接|到|上|去|来|起|走)不(?:了|来|开)")
"""“十点以前接不了班”: free from then on."""
_EITHER = re.compile(r".{0,7}(?:或者?|要么|要不)")
_AFTER = re.compile(r"^(?:钟)?(?:之|以)?后|^(?:送|才能)")
_DISTANCE = re.compile(
    r"(?P<count>\d{1,3}(?:\.\d)?|[一二两三四五六七八九十]+|几)(?:来|多)?(?P<unit>公里|里地|里路|里|千米|km|华里)(?:[一二三四五六七八九十]里)?(?:地|路)?(?:的)?(?:(?:开外|以外|之外)(?:的(?:活|地方)?)?(?:就|都|也|可)?(?:去不|不|够呛|免谈)|以内|之内|里头|里边|内|范围|左右|以里|远)?"
)
_DISTANCE_LIMIT = re.compile(
    r"外(?:的[活地]?方?)?(?:就|都|也|可)?(?:去不|不|够呛|免谈)|顶天|到顶|到头|里头|里边|那种|还能跑|能跑得?|没电|不够电|电就?不够|跑不到|打不住|单趟|方圆|半径|公里圈|最多|远不过|不超|周围|[≤<]|地的行|再远|还凑合|以内|之内|内|范围|以里|超[不]?过|不出|最远|左右|远了|别|近|撑死|顶多|离家|离屯|离村|跟前|[里公]的$|[十八]里的"
)
_RIDE = re.compile(
    rf"(?P<means>骑(?:电动|摩托|自行)?车|骑(?:电动|摩托|电瓶|自行)?[车子]?|走(?:路|道|着)|步行|开车|坐车|公交|电动车|摩托|通勤|路上|单程|单趟|来回|骑车)[一-龥]{{0,4}}?(?P<count>\d{{1,3}}|{NUMBER}|半)(?:来|多)?(?P<unit>个?半?小时|个?钟头|分钟|刻钟)(?P<limit>以内|之内|内|以里|那种|左右|的?(?:路程|道|车程|地方)|能?到(?:的|就|才|就行)?)?"
)
_WALKED = re.compile(
    r"(?:走着|走路|走道|腿着|腿儿着|步行|溜达着?|走)(?:就|能|可以|都|也)*(?:能|得)?(?:到|去)得?(?:了)?的?(?:地方|地儿|活儿?|近便活)?(?:才|就|还)(?:行|中|成|能干|可以)"
)
"""“走得到的地方才行”."""
ON_FOOT_KM = 3
"""How far “near” is for somebody who walks: three quarters of an hour."""
_PART_TIME = re.compile(
    rf"(?:每天|一天|一日|每日|一天里)?(?:最多|只能|就能|能抽出|能|也就|顶多|撑死|可以|只)(?:干|做|上|有|抽出?|出来|出去|离开|腾出)?(?P<count>{NUMBER}|几)"
    rf"(?:(?:到|-|~|至)?{NUMBER})?个?(?:来|多)?(?:小时|钟头)"
    rf"|(?P<whole>(?:干不了|不能干|没法干|上不了)(?:整天|全天|一整?天|满天)),?"
    rf"(?:[一-龥]{{0,3}}?(?P<rest>{NUMBER})个?(?:来|多)?(?:小时|钟头))?"
    rf"|(?:每天|一天|一日)(?:干|做)?(?P<day>{NUMBER})个?(?:来|多)?(?:小时|钟头|点儿?)(?=$|[,。;]|[一-龥]{{0,2}}(?:还行|就行|就中|,?多了|左右|的活|的零活|到头|正好|够))"
    rf"|(?:离开|出来|出去|离家|脱身|抽身|走开)(?:的时间)?(?:最多)?不能?(?:超(?:过)?|多于)(?P<gone>{NUMBER})个?(?:来)?(?:小时|钟头)"
    rf"|(?P<piece>{NUMBER})个?(?:来|多)?(?:小时|钟头|点儿)的(?:零活|短工|小活|活|钟点工)(?=[一-龥]{{0,2}}(?:行|中|最好|正好|合适|$|[,。;]))"
    rf"|(?:干|做|上班?|站)?(?P<cap>(?<!半){NUMBER})个?(?:来|多)?(?:小时|钟头|点儿)(?:以内|之内|顶天|封顶|到头|到顶|就(?:得歇|得缓|累得|喘|顶不住|撑不住|够呛|受不了))"
    rf"|(?:一天|每天|一日|干活|上班)[一-龥]{{0,3}}?不(?:能|宜|可)?(?:超过|多于|大于)(?P<under>{NUMBER})个?(?:小时|钟头)"
    r"|(?:干|做|上|找|要|想)?(?P<half>半(?:拉)?天(?:班|活|工|零工|的)?(?!就)|半日|半晌|半班)|(?P<odd>兼职(?![一-龥]?[干做]过|过))"
)
_COUNTS = ("count", "day", "piece", "gone", "cap", "under")
_ON_THE_WAY = re.compile(r"骑|走|路|车|通勤|单程|来回|离家|步行|赶到")
"""“骑车一个钟头以内” tells a way, no day's work."""
_PART_CONTEXT = re.compile(
    r"^半天工|打半天|上个半|半天差不多|半天合适|只|最多|半拉天(?:还)?(?:行|中|成)|半天(?:班|活|的|能|有)|[干做]半天(?:还|也|就)?(?:行|中|成|可以)|能|想|找|就|要|顶多|抽"
)


@lru_cache(maxsize=1)
def _speeds() -> dict[str, float]:
    """Kilometres an hour by means of travel, for limits told in minutes."""
    return {row["means"]: float(row["km_per_hour"]) for row in read_table("ride_speeds")}


def read_windows(cell: Cell) -> Iterator[Constraint]:
    """Hours stated with clock times: 早八点送晚四点接, 九点到三点能干, 四点前得回家."""
    for found in (pair for way in _PAIRS for pair in way.finditer(cell.text)):
        low, high = _minutes(found, "a_"), _minutes(found, "b_")
        if low is None or high is None:
            continue
        high = high + 720 if high <= low and high < 720 else high
        evidence = (cell.evidence(found.start(), found.end()),)
        if _BUSY_AFTER.match(cell.text[found.end() :]):
            continue
        stated = found.re is _AFTER_AND_BEFORE or _about_time(cell, found)
        if 60 <= high - low <= 900 and stated:
            yield Constraint(code="HOURS", values=(low, max(high, _relieved(cell.text))), evidence=evidence)
            return
    half = _HALF_FREE.search(cell.text)
    if half and folded_polarity(cell.text, *half.span()) not in {Polarity.OTHER, Polarity.HEARSAY, Polarity.PAST}:
        free = (480, 720) if half["half"] in _MORNING else (780, 1020)
        yield Constraint(code="HOURS", values=free, evidence=(cell.evidence(*half.span()),))
        return
    for found in _SCHOOL_OUT.finditer(cell.text):
        minute = _minutes(found, "")
        if minute is not None:
            minute += 720 if minute < 7 * 60 else 0
            yield Constraint(code="HOURS", values=(480, minute), evidence=(cell.evidence(*found.span()),))
            return
    for found in _ONE.finditer(cell.text):
        minute = _minutes(found, "")
        rest = cell.text[found.end() : found.end() + 12]
        if minute is None or not (_BEFORE.match(rest) or _AFTER.match(rest)) or _EITHER.match(rest):
            continue
        if minute in _NOON and _TO_EAT.match(rest):
            continue
        before = bool(_BEFORE.match(rest)) and not _NOT_UNTIL.match(rest)
        if before and minute < 720 and not found["word"] and minute <= 420:
            minute += 720
        values = (480, minute) if before and minute > 540 else (minute, 1080) if not before and minute < 840 else None
        if values:
            yield Constraint(code="HOURS", values=values, evidence=(cell.evidence(found.start(), found.end()),))
            return


def read_midday(cell: Cell) -> Iterator[Constraint]:
    """“十一点半到一点半不能离人”: at home over noon."""
    for found in _WINDOW.finditer(cell.text):
        low, high = _minutes(found, "a_"), _minutes(found, "b_")
        if low is None or high is None or not _BUSY_AFTER.match(cell.text[found.end() :]):
            continue
        if low in _NOON and (high + 720 if high < low else high) in _NOON:
            yield Constraint(code="MIDDAY_HOME", evidence=(cell.evidence(*found.span()),))
            return


def _relieved(text: str) -> int:
    """Until when somebody else steps in, in minutes after midnight; 0 where nobody does."""
    found = _RELIEVED_UNTIL.search(text)
    minute = _minutes(found, "b_") if found else None
    return 0 if minute is None else minute + 720 if minute < 8 * 60 else minute


_OWN_TIME = re.compile(
    r"那种|最好|接|送|能|可以|有空|有时间|只|回家|孩子|走不开|可上班|上班时间|空闲|时段|点儿[:]|之间|有工夫|得空|得闲|腾得出|空当|空档|闲着|这中间|中间这"
)


def _about_time(cell: Cell, found: re.Match[str]) -> bool:
    """Whether two clock times are the hours the person has, not those of a former job."""
    if cell.field == "家庭照料":
        return True
    first, last = cell.sentence(found.start(), found.end())
    around = cell.text[max(first, found.start() - 14) : min(last, found.end() + 10)]
    return bool(_OWN_TIME.search(around))


def _minutes(found: re.Match[str], prefix: str) -> int | None:
    """A clock time as minutes after midnight."""
    hour = int(read_number(found[f"{prefix}hour"]) or 0)
    if not 0 < hour <= 24:
        return None
    word = found[f"{prefix}word"] or ""
    if hour < 12 and word[:1] in {"下", "晚", "傍", "午"}:  # 下晚 and 下晌 are afternoons too
        hour += 12
    if word == "中午" and hour in {1, 2}:
        hour += 12
    minute = found[f"{prefix}minute"]
    return hour * 60 + (_QUARTERS.get(minute or "") or int(read_number(minute or "") or 0))


def short_days(windows: Iterable[Constraint]) -> Iterator[Constraint]:
    """Few hours between two clock times: part of a day."""
    for window in windows:
        minutes = window.values[1] - window.values[0]
        if minutes <= _SHORT_MINUTES:
            yield Constraint(code="PART_TIME", values=(minutes // 60,), evidence=window.evidence)


def read_part_time(cell: Cell) -> Iterator[Constraint]:
    """Only some hours a day."""
    relief = _RELIEF.search(cell.text) if cell.field in {"家庭照料", "情况说明"} else None
    if relief and _EVENING.search(cell.text[: relief.start()][-12:]):
        relief = None
    if relief and folded_polarity(cell.text, *relief.span()) in {Polarity.AFFIRMED, Polarity.OTHER}:
        yield Constraint(code="PART_TIME", values=(_HALF_DAY,), evidence=(cell.evidence(*relief.span()),))
        return
    spare = _SPARE.search(cell.text)
    hours = int(rough_number(spare["count"]) or 0) if spare else 0
    if spare and 0 < hours < 8:
        yield Constraint(code="PART_TIME", values=(hours,), evidence=(cell.evidence(*spare.span()),))
        return
    for found in _PART_TIME.finditer(cell.text):
        denied = not (found["whole"] or found["gone"]) and folded_polarity(cell.text, found.start(), found.end()) in {
            Polarity.NEGATED,
            Polarity.PAST,
        }
        if found["half"] and re.match(r"能[一-龥]{1,2}[一二两三四五六七八九十0-9]", cell.text[found.end() :]):
            continue
        if denied or "公益" in cell.text:
            continue
        first, _ = cell.sentence(found.start(), found.end())
        if found["half"] and not _PART_CONTEXT.search(cell.text[max(first, found.start() - 6) : found.end() + 2]):
            continue
        if found["cap"] and _ON_THE_WAY.search(cell.text[max(0, found.start() - 8) : found.start()]):
            continue
        told = found["rest"] if found["whole"] else next(filter(None, map(found.group, _COUNTS)), None)
        hours = int(rough_number(told) or 0) if told else 4
        if 0 < hours < 8:
            yield Constraint(code="PART_TIME", values=(hours,), evidence=(cell.evidence(found.start(), found.end()),))
            return


def read_distances(cell: Cell, transport: Transport | None) -> Iterator[Constraint]:
    """How far from home work may be."""
    for found in _DISTANCE.finditer(cell.text):
        first, last = cell.sentence(found.start(), found.end())
        if not _DISTANCE_LIMIT.search(cell.text[max(first, found.start() - 8) : min(last, found.end() + 4)]):
            continue
        if re.search(
            r"(?:(?:地|厂子?|学校|单位|医院|娘家|亲戚)离家|公交站|车站|最近的[一-龥]{1,3})$",
            cell.text[first : found.start()],
        ):
            continue
        count = rough_number(found["count"]) or 0
        km = count / 2 if found["unit"].startswith(("里", "华")) else count
        if 0 < km <= 300:
            yield _max_km(km, cell, found)
            return
    for found in _WALKED.finditer(cell.text):
        if folded_polarity(cell.text, *found.span()) is not Polarity.OTHER:
            yield _max_km(ON_FOOT_KM, cell, found)
            return
    for found in _RIDE.finditer(cell.text):
        first, last = cell.sentence(found.start(), found.end())
        if not (
            found["limit"]
            or _DISTANCE_LIMIT.search(cell.text[max(first, found.start() - 6) : min(last, found.end() + 4)])
        ):
            continue
        way = 2 if "来回" in found[0] else 1
        yield _max_km(_hours(found) * _speed(found["means"], transport) / way, cell, found)
        return


def _max_km(km: float, cell: Cell, found: re.Match[str]) -> Constraint:
    """A distance as a constraint; daily return goes with it."""
    return Constraint(code="MAX_KM", values=(max(1, round(km)),), evidence=(cell.evidence(found.start(), found.end()),))


def _hours(found: re.Match[str]) -> float:
    """Hours of a ride."""
    count = 0.5 if found["count"] == "半" else read_number(found["count"]) or 0.0
    unit = found["unit"]
    if "刻" in unit:
        return count / 4
    if "分" in unit:
        return count / 60
    return count + 0.5 if "半" in unit and found["count"] != "半" else count


def _speed(means: str, transport: Transport | None) -> float:
    """Kilometres an hour of the means named, else of the person's own."""
    own = transport.value if transport else Transport.BUS.value
    told = next((speed for word, speed in _speeds().items() if word in means), None)
    return told if told is not None else next(speed for word, speed in _speeds().items() if word in own)
