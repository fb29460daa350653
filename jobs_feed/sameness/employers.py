"""Who an employer is, and why two names are one employer.

In: a name as typed and, where stated, a unified social credit code. Out: `Employer`, and `Relation`: how two stand to
each other with the words it rests on. A person's name resolves to nobody: there is more than one 李先生.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from stdnum.cn import uscc

from jobs_feed.sameness.wordlists import any_of, points
from matcher.domain.division import division_prefix
from matcher.reference.divisions import load_gazetteer

TABLE = "employer_words"
CORE = 2
_DRAWN, _PIECES = 4, 3
"""Characters of a name that may be another with words left out, and the most pieces it may be of."""
_BRACKET = re.compile(r"[(\[【〔{<《]([^)\]】〕}>》]*)[)\]】〕}>》]")
_CLUTTER = re.compile(r"[^0-9a-z一-龥]+")
_FILLERS = "市旗县区省盟"
_NUMBER = re.compile(r"\d+")
_BRANCH = re.compile(
    rf"(?P<name>(?:第?[0-9一二三四五六七八九十]+|[一-龥0-9a-z]{{1,8}}?))?(?P<kind>{any_of(TABLE, 'branch')})$"
)
_SHOP = re.compile(
    rf"(?P<head>.{{2,}})(?P<name>[一-龥](?:路|街|巷)|广场|万达(?:广场)?|商场|市场|步行街|火车站|汽车站|老城区|新城区|新区|第?[0-9一二三四五六七八九十]+)"
    rf"(?P<kind>{any_of(TABLE, 'premises')})$"
)
_PLACED = re.compile(rf"(?P<head>.{{4,}})(?P<kind>{any_of(TABLE, 'premises')})$")
_FORM = re.compile(rf"(?<![分子支]){any_of(TABLE, 'form')}")
_NOBODY = re.compile(rf"(?:{any_of(TABLE, 'nobody')})+(?:招聘|招工)?")
_PERSON = re.compile(rf"[一-龥]{{1,3}}{any_of(TABLE, 'title')}(?:家|家里)?|[一-龥][某xX*]{{1,2}}")
_TRADES = re.compile(any_of(TABLE, "trade"))
_COMMON = re.compile(rf"(?:第?[0-9一二三四五六七八九十]*)?{any_of(TABLE, 'common')}")
_AGENCY = re.compile(any_of(TABLE, "agency"))


class Tie(StrEnum):
    """How two employers stand to each other."""

    CODE = "EMPLOYER_CODE"
    NAME = "EMPLOYER_NAME"
    SHORT = "EMPLOYER_SHORT"
    NEAR = "EMPLOYER_NEAR"
    BRANCH = "EMPLOYER_BRANCH"
    AGENCY = "EMPLOYER_AGENCY"
    PERSON = "EMPLOYER_PERSON"
    UNKNOWN = "EMPLOYER_UNKNOWN"
    OTHER = "EMPLOYER_OTHER"


ONE_FAMILY = frozenset({Tie.CODE, Tie.NAME, Tie.SHORT, Tie.NEAR, Tie.BRANCH})
ONE_EMPLOYER = ONE_FAMILY - {Tie.BRANCH}


@dataclass(frozen=True, slots=True)
class Employer:
    """A name taken apart: 内蒙古科尔沁牛业股份有限公司奈曼分公司 → stem 科尔沁牛业, own 科尔沁, branch 奈曼."""

    name: str
    code: str = ""
    full: str = ""
    """The name without its legal form and branch."""
    stem: str = ""
    """The same without the places before it."""
    own: str = ""
    """The stem without words of its trade: what tells one firm from another."""
    trades: tuple[str, ...] = ()
    region: str = ""
    branch: str = ""
    numbers: tuple[str, ...] = ()
    person: bool = False
    agency: bool = False

    @property
    def known(self) -> bool:
        """Whether the name alone may say who it is."""
        return bool(self.stem) and not self.person

    @property
    def cores(self) -> tuple[str, ...]:
        """A few characters that all spellings of the name share, with and without the places before it."""
        names = (self.own or self.stem, _TRADES.sub("", self.full)) if self.known else ()
        return tuple(dict.fromkeys(name[:CORE] for name in names if len(name) >= CORE))


@dataclass(frozen=True, slots=True)
class Relation:
    """How two employers stand to each other, and the words of each that decided."""

    tie: Tie
    one: str = ""
    other: str = ""


def valid_code(text: str) -> str:
    """A unified social credit code that passes its check digit, else ""."""
    folded = unicodedata.normalize("NFKC", text).strip().upper().replace(" ", "")
    return folded if uscc.is_valid(folded) else ""


def employer_of(name: str, code: str = "") -> Employer:
    """A name and a code taken apart."""
    found = _taken_apart(name)
    sound = valid_code(code) if code else ""
    return found if not sound else _with_code(found, sound)


def _with_code(employer: Employer, code: str) -> Employer:
    """The employer with its code."""
    return replace(employer, code=code)


@lru_cache(maxsize=131072)
def _taken_apart(name: str) -> Employer:
    """A name taken apart; kept, since the same employers come again and again."""
    folded = unicodedata.normalize("NFKC", name).lower()
    notes = " ".join(_BRACKET.findall(folded))
    plain = _CLUTTER.sub("", _BRACKET.sub("", folded)).replace("医医院", "医院")
    if not plain or _NOBODY.fullmatch(plain):
        return Employer(name)
    if _PERSON.fullmatch(plain) and not _FORM.search(plain):
        return Employer(name, full=plain, stem=plain, own=plain, person=True)
    head, branch = _without_branch(plain, notes)
    full = _FORM.sub("", head) or head
    region, stem = _without_region(full)
    trades = tuple(dict.fromkeys(_TRADES.findall(stem)))
    own = _TRADES.sub("", stem)
    if not region:
        region = next((division_prefix(place.code) for _, _, place in load_gazetteer().mentions(notes)), "")
    return Employer(
        name, full=full, stem=stem, own=own, trades=trades, region=region, branch=branch,
        numbers=tuple(_NUMBER.findall(stem)), agency=bool(_AGENCY.search(stem)),
    )  # fmt: skip


def _without_branch(plain: str, notes: str) -> tuple[str, str]:
    """A name without its branch, and the branch: what stands behind the legal form, in brackets, or names a shop."""
    forms = list(_FORM.finditer(plain))
    if forms and forms[-1].end() < len(plain):
        tail = plain[forms[-1].end() :]
        return plain[: forms[-1].end()], _branch_name(tail)
    noted = _CLUTTER.sub("", notes)
    if noted and (_BRANCH.search(noted) or noted.endswith(("店", "部"))):
        return plain, _branch_name(noted)
    found = _BRANCH.search(plain) if not forms else None
    if found and found["name"] and found.start() >= CORE:
        return plain[: found.start()], found["name"]
    shop = _SHOP.search(plain) if not forms else None
    if shop:
        return shop["head"], shop["name"]
    return (plain, "") if forms else _shop_of_a_place(plain)


def _shop_of_a_place(plain: str) -> tuple[str, str]:
    """A chain and the place its shop is called after: 蜜雪冰城开鲁店."""
    placed = _PLACED.fullmatch(plain)
    if placed is None:
        return plain, ""
    head = placed["head"]
    last = next(reversed(load_gazetteer().mentions(head)), None)
    if last is None or last[0] < CORE or last[1] != len(head):
        return plain, ""
    return head[: last[0]], head[last[0] :]


def _branch_name(tail: str) -> str:
    """What a branch is called, without the word for branch."""
    found = _BRANCH.search(tail)
    return (found["name"] or found["kind"]) if found else tail.removesuffix("店")


def _without_region(stem: str) -> tuple[str, str]:
    """A stem without the places before it, while something that is no trade is left: 科尔沁牛业 keeps 科尔沁."""
    region = ""
    while True:
        first = next(iter(load_gazetteer().mentions(stem)), None)
        if first is None or first[0] != 0:
            return region, stem
        end = next((end for end in range(first[1], 1, -1) if _names_a_firm(stem, end)), 0)
        if not end:
            return region, stem
        region = division_prefix(load_gazetteer().resolve(stem[:end]).code)
        stem = stem[end:].lstrip(_FILLERS)


def _names_a_firm(stem: str, end: int) -> bool:
    """Whether a stem begins with a place that ends here, and what follows can be a name."""
    rest = stem[end:].lstrip(_FILLERS)
    if not _COMMON.fullmatch(rest) and len(_TRADES.sub("", rest)) < CORE:
        return False
    named = next(iter(load_gazetteer().mentions(stem[:end])), None)
    return named is not None and (named[0], named[1]) == (0, end)


def relation(one: Employer, other: Employer) -> Relation:
    """How two employers stand to each other: by code, then by name."""
    shown = (one.name, other.name)
    if one.code and one.code == other.code and not one.agency:
        return Relation(Tie.BRANCH if _branches_differ(one, other) else Tie.CODE, one.code, other.code)
    if not one.stem or not other.stem:
        return Relation(Tie.UNKNOWN, *shown)
    if one.person or other.person:
        return Relation(Tie.PERSON if one.stem == other.stem else Tie.UNKNOWN, *shown)
    if (one.code and other.code) or _regions_differ(one, other) or one.numbers != other.numbers:
        return Relation(Tie.OTHER, *shown)
    tie = _named_alike(one, other)
    if tie in ONE_EMPLOYER and _branches_differ(one, other):
        tie = Tie.BRANCH
    return Relation(Tie.AGENCY if one.agency and tie in ONE_EMPLOYER else tie, *shown)


def _named_alike(one: Employer, other: Employer) -> Tie:
    """How two names stand to each other, branches apart."""
    if one.stem == other.stem:
        common = _COMMON.fullmatch(one.stem) and not (one.region and other.region)
        return Tie.UNKNOWN if common else Tie.NAME
    if one.own and one.own == other.own and len(one.own) >= CORE and _trades_agree(one, other):
        return Tie.SHORT
    short, long = sorted((one, other), key=lambda employer: len(employer.full))
    if len(short.own) >= CORE and _trades_agree(one, other):
        if long.stem.startswith(short.stem) or long.full.startswith(short.full):
            return Tie.SHORT
        before, found, _ = long.full.partition(short.full)
        if found and load_gazetteer().resolve(before).known:
            return Tie.NAME
        if found and len(before) >= CORE and len(short.full) > CORE + 1:
            return Tie.SHORT
    if _drawn_together(short, long) and _trades_agree(one, other):
        return Tie.SHORT
    if _same_place_and_trade(one, other):
        return Tie.NEAR
    if _same_but_for_a_slip(one, other) and _trades_agree(one, other):
        return Tie.NEAR
    return Tie.OTHER


def _drawn_together(short: Employer, long: Employer) -> bool:
    """Whether a name is another with words left out, each piece two characters or more: 牧安药业 of 牧安动物药业."""
    if len(short.full) < _DRAWN or len(_TRADES.sub("", short.stem)) < CORE or short.full[:CORE] not in long.full:
        return False
    if load_gazetteer().resolve(_TRADES.sub("", short.full)).known:
        return False
    before = long.full.index(short.full[:CORE])
    if 0 < before < CORE:
        return False
    at, runs, rest = before, 0, short.full
    while rest:
        size = next((size for size in range(len(rest), CORE - 1, -1) if rest[:size] in long.full[at:]), 0)
        if not size:
            return False
        at = long.full.index(rest[:size], at) + size
        rest, runs = rest[size:], runs + 1
    return runs <= _PIECES and at == len(long.full)


def _same_place_and_trade(one: Employer, other: Employer) -> bool:
    """Whether two names are no more than one place and one trade: 扎鲁特旗城市园林管理所 and 扎旗园林所."""
    if not set(one.trades) & set(other.trades):
        return False
    places = [_bare_place(employer) for employer in (one, other)]
    return bool(places[0]) and places[0] == places[1]


def _bare_place(employer: Employer) -> str:
    """The division a name consists of beside its trade, "" where it is more than that."""
    first = next(iter(load_gazetteer().mentions(employer.full)), None)
    if first is None or first[0] != 0:
        return ""
    rest = _TRADES.sub("", employer.full[first[1] :].lstrip(_FILLERS))
    return division_prefix(first[2].code) if len(rest) < CORE else ""


def _same_but_for_a_slip(one: Employer, other: Employer) -> bool:
    """Whether what tells two names from others differs by one character of many; short names have no room for slips."""
    if min(len(one.own), len(other.own)) < points()["NEAR_NAME_LENGTH"]:
        return False
    return fuzz.ratio(one.own, other.own) >= points()["NEAR_NAME"]


def _trades_agree(one: Employer, other: Employer) -> bool:
    """Whether the trades two names carry can be those of one firm: one says none, or they share a word."""
    first, second = set("".join(one.trades)), set("".join(other.trades))
    return not first or not second or bool(first & second)


def _regions_differ(one: Employer, other: Employer) -> bool:
    """Whether two names name places of which neither lies in the other."""
    return bool(one.region and other.region) and not (
        one.region.startswith(other.region) or other.region.startswith(one.region)
    )


def _branches_differ(one: Employer, other: Employer) -> bool:
    """Whether two names name different branches; a name without one may be any of them."""
    return bool(one.branch and other.branch) and one.branch != other.branch
