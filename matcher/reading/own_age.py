"""A person's own age in words.

In: what a coordinator writes (58岁, 虚岁五十三, 属马五十来岁, 65年的) and the day it is read. Out: the birth date it
implies, marked as an estimate unless the full date stands there; contradicted where animal and age disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from matcher.domain.facts import Evidence, Fact
from matcher.reading.age import CN_DIGITS, full_year, whole_number
from matcher.reading.negation import about_other
from matcher.reading.numerals import read_number
from matcher.reading.passages import Passage, passages
from matcher.reading.wordlists import words


@dataclass(frozen=True, slots=True)
class OwnAge:
    """The birth date a text implies, and whether it is only an estimate."""

    birth: Fact[date]
    estimated: bool = True


_ZODIAC = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_CN_FIGURES = "零一二三四五六七八九"
_N = rf"(?:(?<![\d.])[1-9]\d|[{CN_DIGITS}]?十(?:有(?=[{CN_DIGITS}]))?[{CN_DIGITS}]?)"
_SAY = r"\s*(?:是|有|都|已经?|快|整整?|刚好|刚满|:)?\s*"
_THEN = r"(?:以[上下内]|就|时|那|开始|起|当兵|参军|入伍|结婚|嫁|下井|离家|出去|出来|进[厂城]|没了|死|走的)"
_OWN_ANIMAL = re.compile(rf"属相?(?:是|:)?\s*(?P<z>[{_ZODIAC}])(?!于)")
_NOMINAL = re.compile(rf"虚[岁龄]?{_SAY}(?P<n>{_N})|(?P<m>{_N})\s*岁?\s*\(?虚岁?\)?")
_AGE_SAID = re.compile(
    rf"(?:周岁|今年|现年|年龄|年纪|岁数|刚满){_SAY}(?P<n>{_N})(?!\d|年|个|人|月|来|多|几)"
    rf"|(?<![快奔近到])(?P<m>{_N})\s*周?岁(?!\s*(?:{_THEN}|多?的?{words('kin')}))"
    rf"|(?<![快奔近到])(?P<k>{_N})了?(?:咧|啦|喽)?(?:(?<=[了咧啦喽])(?=[,。;\s]|$))|(?:年纪|岁数)[一-龥]{{0,5}},(?P<after>{_N})(?=[,。;\s]|$)"
)
MIDDLE_AGE = 45
"""The age in a working life a guess is drawn to."""
_BESIDE_SEX = re.compile(
    rf"(?:(?<![一-龥])|(?<=本人)|(?<=[,，、。\s]))(?:男|女|大姐|大哥|大嫂|小伙(?:子)?|姑娘)(?:性)?[,，、\s]{{0,2}}(?P<n>{_N})(?:岁|了)?(?=[,，。;；、\s]|$)"
    rf"|(?P<m>{_N})(?:岁)?[,，、\s]{{0,2}}(?:男|女)(?:性)?(?=[,，。;；、\s]|$)"
)
_BORN_AFTER = re.compile(r"(?<!\d)(?P<y>[6-9][05]|0[05])后(?=[,，。;；、\s]|$)")
_AND_SOME = re.compile(r"(?P<n>[二三四五六]十)[郎啷]当(?:岁)?")
_BORN_AT = re.compile(r"(?:出生于|生于)\s*(?P<y>(?:19|20)\d\d)年?")
_ROUGH = re.compile(
    r"(?P<near>快|奔着?|将近|近|不到|小|刚过|刚满)?(?P<n>[2-7]0|[二三四五六七]十)(?P<after>来|多|好几|几|出头|左右|上下|大几|冒头|挂零|开外|大多)?岁?"
)
_DAY = r"(?P<{y}>(?:19|20)\d\d)\s*[年.\-/]\s*(?P<{m}>\d{{1,2}})\s*[月.\-/]\s*(?P<{d}>\d{{1,2}})"
_BORN_ON = re.compile(
    rf"{_DAY.format(y='y', m='m', d='d')}\s*日?(?=\s*(?:出?生|生人))"
    rf"|(?:出生(?:日期|年月|于)?|生日)[:\s]*{_DAY.format(y='y2', m='m2', d='d2')}"
)
_DAY_OF_MONTH = (
    r"(?:\d{1,2}|初[一二三四五六七八九十]|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十一?)[日号]?"
)
_BORN_IN = re.compile(
    r"(?:出生于|生于)?(?<!\d)(?P<y>(?:19|20)\d\d|[4-9]\d|0\d|[四五六七八九零〇][零〇一二三四五六七八九])年"
    rf"(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十冬腊正]+)月(?:份|里)?(?P<day>{_DAY_OF_MONTH})?)?"
    r"(?:出生|生人|生的?|的(?=[,。;、\s]|人|$)|(?=属)|(?(day)的(?![合工账事时那活欠课票通证伤车])|(?!)))"
)
_YEAR_BEFORE = re.compile(
    rf"(?:^|[,;。、:(\s]|(?<=[男女族汉蒙满回朝]))(?:(?:生日|出生(?:日期|年月|于)?)[:\s]*)?(?<!\d)"
    r"(?P<y>19[4-9]\d|20[01]\d|[4-9]\d|0\d|一九[四五六七八九][零〇一二三四五六七八九]|二[零〇][零〇一][零〇一二三四五六七八九])"
    rf"\s*(?:年|[.\-/])\s*(?P<month>1[0-2]|0?[1-9]|[一二三四五六七八九十冬腊正]{{1,2}})(?:月(?:份)?(?:{_DAY_OF_MONTH})?)?\s*"
    r"(?:出?生(?:人|的)?)?(?=$|[,;。、)\s]|男|女|汉|蒙|满|回|[一-龥]{1,5}族|文盲|小学|初中|高中|中专|大专|本科)"
)
"""“78年8月”, “1990年11月”, “一九九零年二月生” as a clause of its own."""
_PERSON_BEFORE = re.compile(
    r"(?:^|[,;。、:(\s])(?:男|女|汉|蒙|满|回|朝|[一-龥]{1,5}族|[一-龥]{2,4},(?:男|女)|出生(?:日期|年月|于)?|生日)性?[,;、:\s]*$"
)
_PERSON_AFTER = re.compile(
    r"^(?:月(?:份)?)?[,;、)\s]*(?:男|女|汉|蒙|满|回|[一-龥]{1,5}族|文盲|没上过学|小学|初中|高中|中专|职高|技校|大专|本科|大学|未婚|已婚|脱贫|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|群众|党员)"
)
"""What stands beside a date of birth in the head of a record."""
_SPOKEN_FOR = re.compile(
    rf"^(?:\([^)]{{0,10}}\))?(?:这是|说的是)?[我俺](?:家)?(?:是[他她][爸妈爹娘哥姐弟妹叔舅][,。;])?[大小老二三]?(?:{words('kin')}|小子|姐姐?|妹妹?|哥哥?|弟弟?)[一-龥0-9]{{0,3}},?\(?$"
)
"""“我姑娘36”, “我儿子，一九九零年二月生”: a parent speaks, and of nobody else."""
_TURNING = re.compile(
    rf"(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月份?(?=[才就该满到够])|(?P<half>下半年)|(?P<next>过(?:了|完)年))(?:才|就|该)?(?:满|到|够)?(?P<n>{_N})(?!\d|年|个|人|块|元|头|亩|天|多|几|来|日|号|月)"
)
_BETWEEN = re.compile(
    rf"(?P<tens>[二三四五六])十(?P<low>[{CN_DIGITS}])(?P<high>[{CN_DIGITS}])(?:岁|了|的人|$|(?=[,。;]))"
)
_ALONE = rf"(?P<n>{_N})(?![\d.])\s*(?:周?岁|整|了|的人了?)?(?=[,。;()\s|!]|属|$)"
_BARE = re.compile(rf"(?:^|(?<=[,。;(\s|])){_ALONE}")
"""A clause that is nothing but a number: “三十八。”, “回族，三十一，”, “四十八属马”."""
_AFTER_NAME = re.compile(rf"(?:^|(?<=[,。;\s])){words('own_age.called')}{_ALONE}")
_COUNTS_ELSE = re.compile(rf"{words('own_age.counts_else')}[,。;:(\s|]*\Z")
_UNIT_FOLLOWS = re.compile(rf"[\s]*{words('own_age.units')}|,\s*{_N}(?![\d岁年])")
_KIN_BEFORE = re.compile(rf"(?:{words('kin')}|{words('own_age.kin')})[^,。;\n]{{0,8}}[,\s(]*\Z")
_FAR_IN = 48
"""Whoever gives an age by the number alone does so at the beginning, beside name, place or animal."""
_HEAD = 16
"""A parent who speaks for a child names it and its age at once."""
_YOUNGEST, _OLDEST = 16, 75
_LUNAR = {"正": 1, "冬": 11, "腊": 12}
_OTHERS_AGE = re.compile(rf"(?:{words('kin')}|{words('own_age.others')})[^,。;\n]{{0,6}}\Z")
_ROUGH_SHIFT = {
    "来": 1,
    "好几": 6,
    "挂零": 1,
    "开外": 3,
    "大多": 6,
    "多": 5,
    "几": 5,
    "出头": 2,
    "左右": 0,
    "上下": 0,
    "大几": 7,
    "冒头": 2,
}


def read_own_age(text: str, read_on: date, *, field: str = "情况说明") -> OwnAge:
    """The person's own birth date by what a text says; an empty fact where it says nothing."""
    found = passages([(field, text)])
    if not found:
        return OwnAge(Fact())
    passage = found[0]
    for reader in (
        _full_birth,
        _birth_year,
        _birth_month,
        _nominal_age,
        _turning_age,
        _between_ages,
        _bare_age,
        _stated_age,
    ):
        result = reader(passage, read_on)
        if result is not None:
            return _checked_by_animal(result, passage, read_on)
    for reader in (_rough_age, _beside_sex, _decade, _animal_alone):
        result = reader(passage, read_on)
        if result is not None:
            return result
    return OwnAge(Fact())


def _own(passage: Passage, start: int) -> bool:
    """Whether a number at this place is about the person, not about a relative."""
    before = passage.text[max(0, start - 14) : start]
    if start <= _HEAD and _SPOKEN_FOR.match(passage.text[:start]):
        return True
    return not _OTHERS_AGE.search(before) and not about_other(passage.text, start)


def _estimate(passage: Passage, match: re.Match[str], birth: date, *, estimated: bool = True) -> OwnAge | None:
    """A birth date with its words, where it can be a living worker's."""
    if not 1920 <= birth.year <= 2025:
        return None
    return OwnAge(Fact(birth, (passage.evidence(match.start(), match.end()),)), estimated)


def _beside_sex(passage: Passage, read_on: date) -> OwnAge | None:
    """“女，四十三，初中”, “王强 男 29”, “大姐47”: a bare number beside the sex or what one is called."""
    for match in _BESIDE_SEX.finditer(passage.text):
        age = whole_number(match["n"] or match["m"])
        if 16 <= age <= 75 and _own(passage, match.start()):
            return _estimate(passage, match, date(read_on.year - age, 1, 1))
    return None


def _decade(passage: Passage, read_on: date) -> OwnAge | None:
    """“85后”, “三十郎当岁”: the middle of what is meant."""
    match = _BORN_AFTER.search(passage.text)
    if match is not None and _own(passage, match.start()):
        year = full_year(match["y"], read_on)
        return _estimate(passage, match, date(year + (2 if match["y"][1] == "5" else 4), 7, 1))
    match = _AND_SOME.search(passage.text)
    if match is not None and _own(passage, match.start()):
        return _estimate(passage, match, date(read_on.year - whole_number(match["n"]) - 3, 1, 1))
    return None


def _animal_alone(passage: Passage, read_on: date) -> OwnAge | None:
    """“属虎的” without any figure: of the years that fit, the one nearest to the middle of a working life."""
    match = _OWN_ANIMAL.search(passage.text)
    if match is None or not _own(passage, match.start()):
        return None
    first = 1924 + _ZODIAC.index(match["z"])
    years = [year for year in range(first, read_on.year, 12) if 16 < read_on.year - year < 72]
    nearest = min(years, key=lambda year: abs(read_on.year - year - MIDDLE_AGE))
    return _estimate(passage, match, date(nearest, 7, 1))


def _full_birth(passage: Passage, read_on: date) -> OwnAge | None:
    """1965年3月2日生."""
    for match in _BORN_ON.finditer(passage.text):
        parts = [match[name] or match[f"{name}2"] for name in ("y", "m", "d")]
        try:
            birth = date(*(int(part) for part in parts))
        except ValueError:
            continue
        if birth < read_on and _own(passage, match.start()):
            return _estimate(passage, match, birth, estimated=False)
    return None


def _birth_year(passage: Passage, read_on: date) -> OwnAge | None:
    """65年的, 一九六五年生, 65年属蛇: the middle of the year."""
    for match in (*_BORN_IN.finditer(passage.text), *_BORN_AT.finditer(passage.text)):
        if match["y"] is None or not _own(passage, match.start()):
            continue
        year = full_year(_figures(match["y"]), read_on)
        if 14 <= read_on.year - year <= 90:
            month = _month_of(match.groupdict().get("month"))
            return _estimate(passage, match, date(year, month, 1) if month else _within(year, passage, read_on))
    return None


def _birth_month(passage: Passage, read_on: date) -> OwnAge | None:
    """A year and a month in the head of a record: “男，78年8月，蒙，小学”, “女 1990-11 初中”."""
    text = passage.text
    for match in _YEAR_BEFORE.finditer(text):
        start, said = match.start("y"), "生" in match[0]
        beside = _PERSON_BEFORE.search(text[:start]) or _PERSON_AFTER.match(text[match.end() :])
        if match.start() > _FAR_IN or not (said or beside) or not _own(passage, start):
            continue
        year = full_year(_figures(match["y"]), read_on)
        if 14 <= read_on.year - year <= 90:
            return _estimate(passage, match, date(year, _month_of(match["month"]) or 7, 1))
    return None


def _month_of(text: str | None) -> int:
    """The month of a birth, 0 where none is told."""
    month = _LUNAR.get(text, 0) or int(read_number(text) or 0) if text else 0
    return month if 1 <= month <= 12 else 0


def _within(year: int, passage: Passage, read_on: date) -> date:
    """A day of the year of birth: one that agrees with an age told beside it, else the middle."""
    age = _plain_age(passage, read_on)
    if age == read_on.year - year:
        return date(year, 1, 1)
    return date(year, 12, 31) if age == read_on.year - year - 1 else date(year, 7, 1)


def _plain_age(passage: Passage, read_on: date) -> int | None:
    """The age told in whole years, not by the old count from one."""
    for reader in (_bare_age, _stated_age):
        told = reader(passage, read_on)
        if told is not None and told.birth.value is not None:
            start = told.birth.evidence[0].start or 0
            if "虚" not in passage.text[max(0, start - 3) : start]:
                return read_on.year - told.birth.value.year
    return None


def _bare_age(passage: Passage, read_on: date) -> OwnAge | None:
    """“三十八。”, “老陈57，”, “回族，三十一，”: a clause that is only a number, near the beginning of the remarks."""
    if passage.field != "情况说明":
        return None
    text = passage.text
    for match in (*_BARE.finditer(text), *_AFTER_NAME.finditer(text)):
        age = whole_number(match["n"])
        before = text[max(0, match.start() - 16) : match.start()]
        if not _YOUNGEST <= age <= _OLDEST or match.start() > _FAR_IN or _UNIT_FOLLOWS.match(text, match.end()):
            continue
        if not _COUNTS_ELSE.search(before) and not _KIN_BEFORE.search(before) and _own(passage, match.start()):
            return _estimate(passage, match, date(read_on.year - age, 1, 1))
    return None


def _figures(text: str) -> str:
    """六五 → 65; figures stay."""
    return "".join(c if c.isdigit() else str(_CN_FIGURES.index(c.replace("〇", "零"))) for c in text)


def _nominal_age(passage: Passage, read_on: date) -> OwnAge | None:
    """虚岁五十三: one at birth, one more each new year."""
    for match in _NOMINAL.finditer(passage.text):
        age = whole_number(match["n"] or match["m"])
        if 14 <= age <= 90 and _own(passage, match.start()):
            return _estimate(passage, match, _within(read_on.year - age + 1, passage, read_on))
    return None


def _stated_age(passage: Passage, read_on: date) -> OwnAge | None:
    """58岁, 五十三了: the first of January that gives this age."""
    for match in _AGE_SAID.finditer(passage.text):
        age = whole_number(match["n"] or match["m"] or match["k"] or match["after"])
        if 14 <= age <= 90 and _own(passage, match.start()):
            return _estimate(passage, match, date(read_on.year - age, 1, 1))
    return None


def _turning_age(passage: Passage, read_on: date) -> OwnAge | None:
    """八月份满五十, 下半年才满十八, 过了年就六十."""
    for match in _TURNING.finditer(passage.text):
        age = whole_number(match["n"])
        if not (14 <= age <= 90 and _own(passage, match.start())):
            continue
        month = int(read_number(match["month"]) or 0) if match["month"] else 10 if match["half"] else 1
        year = read_on.year - age + (1 if match["next"] else 0)
        return _estimate(passage, match, date(year, month if 1 <= month <= 12 else 7, 1))
    return None


def _between_ages(passage: Passage, read_on: date) -> OwnAge | None:
    """三十七八, 四十五六岁: two neighbouring figures."""
    for match in _BETWEEN.finditer(passage.text):
        low, high = ("一二三四五六七八九".index(match[name]) + 1 for name in ("low", "high"))
        tens = "一二三四五六七八九".index(match["tens"]) + 1
        if high == low + 1 and _own(passage, match.start()):
            years = [read_on.year - tens * 10 - figure for figure in (low, high)]
            animal = _OWN_ANIMAL.search(passage.text)
            fits = [year for year in years if animal and _animal_year(animal["z"], year) == year]
            return _estimate(passage, match, date((fits or years)[0], 1, 1))
    return None


def _checked_by_animal(own: OwnAge, passage: Passage, read_on: date) -> OwnAge:
    """The same, moved to the year of the animal where that is one year off; contradicted where it is more."""
    animal = _OWN_ANIMAL.search(passage.text)
    birth = own.birth.value
    if animal is None or birth is None or not _own(passage, animal.start()):
        return own
    year = _animal_year(animal["z"], birth.year)
    words: tuple[Evidence, ...] = (*own.birth.evidence, passage.evidence(*animal.span()))
    if year == birth.year or not own.estimated:
        return OwnAge(replace(own.birth, evidence=words, contradicted=abs(year - birth.year) > 1), own.estimated)
    near = abs(year - birth.year) <= 1
    return OwnAge(Fact(_within(year, passage, read_on) if near else birth, words, contradicted=not near))


def _animal_year(animal: str, near: int) -> int:
    """The year of an animal that lies nearest to a year; 2020 was a year of the rat."""
    offset = (near - 2020 - _ZODIAC.index(animal)) % 12
    return near - offset if offset <= 6 else near + 12 - offset


def _rough_age(passage: Passage, read_on: date) -> OwnAge | None:
    """五十多岁, 快六十了, 属马五十来岁."""
    for match in _ROUGH.finditer(passage.text):
        rest = passage.text[match.end() : match.end() + 2]
        said = match["near"] or match["after"] or "岁" in match[0] or rest.startswith("了")
        if (
            not said
            or not _own(passage, match.start())
            or re.match(_THEN, rest)
            or re.match(r"[\d年元块里斤亩头只个天万千百人口户米]", rest)
        ):
            continue
        near = match["near"] or ""
        shift = _ROUGH_SHIFT.get(match["after"] or "", 0) + (
            1 if near == "刚过" else 0 if near == "刚满" else -1 if near else 0
        )
        year = read_on.year - whole_number(match["n"]) - shift
        animal = _OWN_ANIMAL.search(passage.text)
        return _estimate(passage, match, date(_animal_year(animal["z"], year) if animal else year, 1, 1))
    return None
