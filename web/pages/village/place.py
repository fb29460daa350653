"""Which village an account looks at.

In: the scope of the account, and a village chosen before. Out: the villages to choose from, and whose records the
pages of the village are about; a choice outside the scope counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import session

from matcher.aftercare.slips import Whose
from matcher.domain.division import lies_within
from matcher.domain.errors import RecordNotFound
from matcher.office import UnitOfWork
from web.auth import scope
from web.config import the_office
from web.phrases import language

_SLOT = "village"


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """A village to choose."""

    value: str
    name: str
    people: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class VillageGroup:
    """Villages of one banner."""

    name: str
    villages: tuple[VillageChoice, ...]


def whose() -> Whose:
    """Everything the account may see."""
    mine = scope()
    return Whose(division=mine.division, villages=mine.villages)


def chosen_village() -> tuple[str, str]:
    """(division, village) chosen before, ("", "") where none was."""
    code, _, name = str(session.get(_SLOT, "")).partition("|")
    mine = scope()
    inside = bool(name) and lies_within(code, mine.division) and (not mine.villages or name in mine.villages)
    return (code, name) if inside else ("", "")


def looked_at() -> Whose:
    """The chosen village, else everything the account may see."""
    code, name = chosen_village()
    return Whose(division=code, villages=(name,)) if name else whose()


def choose(value: str) -> None:
    """Remembers a choice; "" is everything. RecordNotFound outside the scope."""
    session[_SLOT] = value
    if value and not chosen_village()[1]:
        session.pop(_SLOT)
        raise RecordNotFound("no such village for this account")


def village_groups(unit: UnitOfWork) -> list[VillageGroup]:
    """The villages of the account's scope, by banner."""
    mine, gazetteer = whose(), the_office().gazetteer
    now = "|".join(chosen_village())
    found = unit.aftercare.due.villages(division=mine.division, villages=mine.villages)
    groups = []
    for county, rows in groupby(found, key=lambda one: one.home_code[:6]):
        choices = tuple(_choice(one.home_code, one.home_name, one.name, one.people, now) for one in rows)
        groups.append(VillageGroup(gazetteer.name(county, language()) if county else "", choices))
    return groups


def _choice(code: str, home: str, village: str, people: int, now: str) -> VillageChoice:
    """One village as it is offered."""
    value = f"{code}|{village}"
    return VillageChoice(value, f"{home} {village}".strip(), people, value == now)
