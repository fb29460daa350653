"""Columns about the person: home, birth, schooling, health as the roster told them.

In: a `Subject`. Out: plain values; what a roster wrote in its own words is given back in the same words, so that a
sheet that is read in again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from matcher.domain.casenumber import case_number
from matcher.domain.division import Place
from matcher.domain.worker import Education
from matcher.ledgers.subject import Subject
from matcher.reading.identity import IdProblem, read_id_number
from matcher.reference.divisions import Gazetteer, load_gazetteer
from matcher.reference.tables import read_table

Plain = str | int | float | bool | date | None
LEVELS = dict(zip(Education, ("文盲或半文盲", "小学", "初中", "高中", "大专", "本科及以上"), strict=True))
_BETWEEN = "、"
_DISABILITY_CARD = 20
"""Digits of a disability card: the 18 of the identity number, then the kind, then the grade."""
_LONGEST_NAME = 12


def home_parts(place: Place, village: str) -> tuple[str, str]:
    """(banner, township) as they have to be written so that the same place in the same words is read again."""
    return _parts(place.text, place.code, village)


@lru_cache(maxsize=4_096)
def _parts(text: str, code: str, village: str) -> tuple[str, str]:
    """The words of a home cut where they are understood as before; else the official names."""
    gazetteer, rest = load_gazetteer(), text.removesuffix(village)
    for cut in (*range(min(len(rest) - 1, _LONGEST_NAME), 0, -1), len(rest)):
        county, township = rest[:cut], rest[cut:]
        if cut == len(rest) or gazetteer.resolve(county, within=gazetteer.home).code == code[:6]:
            read = gazetteer.resolve_parts(county, township, village)
            if (read.code, read.text) == (code, text):
                return county, township
    return official_parts(gazetteer, code)


def official_parts(gazetteer: Gazetteer, code: str) -> tuple[str, str]:
    """The official names of a banner and a township."""
    names = [gazetteer.divisions.get(code[:digits]) if len(code) >= digits else None for digits in (6, 9)]
    county, township = (one.name if one is not None else "" for one in names)
    return county, township


def outer_name(gazetteer: Gazetteer, code: str, digits: int) -> str:
    """The official name of the province (2) or the city (4) a place lies in."""
    division = gazetteer.divisions.get(code[:digits].ljust(6, "0")) if len(code) >= digits else None
    return division.name if division is not None else ""


def _home(subject: Subject, which: int) -> str:
    """The banner or the township of the home, in the words of the roster."""
    return home_parts(subject.worker.home, subject.worker.village)[which]


def _official(subject: Subject, which: int) -> str:
    """The banner or the township of the home by its official name, else in the words of the roster."""
    return official_parts(subject.around.gazetteer, subject.worker.home.code)[which] or _home(subject, which)


def _education(subject: Subject) -> str:
    """The schooling in the words of the roster."""
    return subject.worker.education_text or _level(subject)


def _level(subject: Subject) -> str:
    """The schooling as one of the six levels."""
    level = subject.worker.education if subject.worker.education is not None else subject.facts.education.value
    return LEVELS[level] if level is not None else ""


def _health(subject: Subject) -> str:
    """The state of health in the words of the roster."""
    return subject.worker.health_text or _states(subject)


def _states(subject: Subject) -> str:
    """The states of health the national ledger knows."""
    return _BETWEEN.join(state.value for state in subject.worker.health)


def _disability(subject: Subject) -> str:
    """The kind of disability the card names."""
    card = subject.worker.id_number
    if len(card) < _DISABILITY_CARD:
        return ""
    kinds = {row["kind"]: row["name_zh"] for row in read_table("disability_kinds")}
    return kinds.get(card[18], "")


def _birth(subject: Subject) -> date | None:
    """The date of birth: of the identity number, else as stated, else as read of the texts."""
    read = read_id_number(subject.worker.id_number) if subject.worker.id_number else None
    if read is not None and not isinstance(read, IdProblem):
        return read.birth_date
    stated = subject.worker.birth_date
    return stated or (None if subject.facts.birth_estimated else subject.facts.birth_date.value)


def _public_post(subject: Subject) -> str:
    """Whether somebody holds a public-welfare post, with the day it ends where that is known."""
    held, until = subject.worker.public_post, subject.worker.public_post_until
    if held is None:
        return ""
    return f"是 {until.isoformat()}" if held and until else "是" if held else "否"


SOURCES: dict[str, Callable[[Subject], Plain]] = {
    "number": lambda one: one.number,
    "case_no": lambda one: case_number(one.key),
    "birth": _birth,
    "home_county": lambda one: _home(one, 0),
    "home_township": lambda one: _home(one, 1),
    "home_county_name": lambda one: _official(one, 0),
    "home_township_name": lambda one: _official(one, 1),
    "home_province": lambda one: outer_name(one.around.gazetteer, one.worker.home.code, 2),
    "home_city": lambda one: outer_name(one.around.gazetteer, one.worker.home.code, 4),
    "education_told": _education,
    "education_level": _level,
    "health_told": _health,
    "health_states": _states,
    "disability_told": _disability,
    "speaks_mandarin": lambda one: one.facts.speaks_mandarin.value,
    "public_post": _public_post,
}
