"""How every village is staffed: one to three coordinators, none only with a note, and who has no owner.

In: a unit of work, a scope, a day. Out: villages with their coordinators, gaps first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.service.around.coordinators import Assignment, Coordinator, Coverage, NotNeeded
from matcher.listings import Scope
from matcher.reference.name_forms import plain_village
from matcher.store.intake.finding import VillageOf
from matcher.store.store import UnitOfWork

Mark = tuple[str, str]
"""What tells a village: its division, and its name as 东村 and 东村嘎查 share it."""


@dataclass(frozen=True, slots=True)
class VillageStaff:
    """One village as most records spell it; `people` = 0 where no roster names anybody of it."""

    code: str
    place: str
    village: str
    people: int
    staff: tuple[Coordinator, ...]
    not_needed: NotNeeded | None

    @property
    def mark(self) -> Mark:
        """What tells it from others."""
        return mark_of(self.code, self.village)

    @property
    def coverage(self) -> Coverage:
        """How the village is staffed."""
        if self.staff:
            return Coverage.STAFFED
        return Coverage.NOT_NEEDED if self.not_needed is not None else Coverage.GAP


def mark_of(code: str, village: str) -> Mark:
    """The mark of a village however it is spelt."""
    return code, plain_village(village)


def covered(unit: UnitOfWork, scope: Scope, on: date) -> list[VillageStaff]:
    """Every village of a scope that a roster or an assignment names, gaps first; each once, however it is spelt."""
    people = {one.key: one for one in unit.coordinators.all(division=scope.division)}
    staff: dict[Mark, dict[int, Coordinator]] = {}
    spelt: dict[Mark, str] = {}
    for one in unit.staffing.assignments(division=scope.division, on=on):
        serving = people.get(one.coordinator_key)
        mark = mark_of(one.code, one.village)
        if serving is not None and serving.serves_on(on) and _inside(scope, one.village):
            staff.setdefault(mark, {})[serving.key] = serving
            spelt.setdefault(mark, one.village)
    notes = {mark_of(one.code, one.village): one for one in unit.staffing.not_needed(division=scope.division)}
    named: dict[Mark, list[VillageOf]] = {}
    for row in unit.finding.villages(division=scope.division, villages=scope.villages):
        named.setdefault(mark_of(row.code, row.village), []).append(row)
    found = [
        _village(
            named.get(mark, ()), mark[0], spelt.get(mark, ""), tuple(staff.get(mark, {}).values()), notes.get(mark)
        )
        for mark in named | staff
    ]
    order = (Coverage.GAP, Coverage.STAFFED, Coverage.NOT_NEEDED)
    return sorted(found, key=lambda one: (order.index(one.coverage), one.code, one.village))


def _inside(scope: Scope, village: str) -> bool:
    """Whether a village is one of the account's."""
    return not scope.villages or plain_village(village) in {plain_village(one) for one in scope.villages}


def _village(
    rows: Sequence[VillageOf], code: str, spelt: str, staff: tuple[Coordinator, ...], note: NotNeeded | None
) -> VillageStaff:
    """A village out of the ways its name is spelt; the one most people have is shown."""
    most = max(rows, key=lambda row: row.people, default=None)
    place, village = (most.place, most.village) if most is not None else ("", spelt)
    return VillageStaff(code, place, village, sum(row.people for row in rows), staff, note)


def spellings(unit: UnitOfWork, code: str, village: str) -> tuple[str, ...]:
    """Every way records spell the name of a village."""
    rows = unit.finding.villages(division=code)
    wanted = mark_of(code, village)
    return tuple(row.village for row in rows if mark_of(row.code, row.village) == wanted) or (village,)


def serving_in(unit: UnitOfWork, code: str, village: str, on: date) -> list[Assignment]:
    """Who is assigned to a village on a day, however the assignment spells it."""
    wanted = mark_of(code, village)
    rows = unit.staffing.assignments(division=code, on=on)
    return [one for one in rows if mark_of(one.code, one.village) == wanted]


def staff_of(unit: UnitOfWork, code: str, village: str, on: date) -> list[Coordinator]:
    """The coordinators of one village on a day."""
    people = {one.key: one for one in unit.coordinators.all()}
    keys = dict.fromkeys(one.coordinator_key for one in serving_in(unit, code, village, on))
    return [people[key] for key in keys if key in people and people[key].serves_on(on)]
