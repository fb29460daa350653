"""How every village is staffed: one to three coordinators, none only with a note, and who has no owner.

In: a unit of work, a scope, a day. Out: villages with their coordinators, gaps first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.service.coordinators import Coordinator, Coverage, NotNeeded
from matcher.listings import Scope
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class VillageStaff:
    """One village; `people` = 0 where no roster names anybody of it."""

    code: str
    place: str
    village: str
    people: int
    staff: tuple[Coordinator, ...]
    not_needed: NotNeeded | None

    @property
    def coverage(self) -> Coverage:
        """How the village is staffed."""
        if self.staff:
            return Coverage.STAFFED
        return Coverage.NOT_NEEDED if self.not_needed is not None else Coverage.GAP


def covered(unit: UnitOfWork, scope: Scope, on: date) -> list[VillageStaff]:
    """Every village of a scope that a roster or an assignment names, gaps first."""
    people = {one.key: one for one in unit.coordinators.all(division=scope.division)}
    staff: dict[tuple[str, str], list[Coordinator]] = {}
    for one in unit.staffing.assignments(division=scope.division, on=on):
        serving = people.get(one.coordinator_key)
        if serving is not None and serving.serves_on(on):
            staff.setdefault((one.code, one.village), []).append(serving)
    notes = {(one.code, one.village): one for one in unit.staffing.not_needed(division=scope.division)}
    named = unit.finding.villages(division=scope.division, villages=scope.villages)
    found = [
        VillageStaff(
            one.code,
            one.place,
            one.village,
            one.people,
            tuple(staff.pop((one.code, one.village), ())),
            notes.get((one.code, one.village)),
        )
        for one in named
    ]
    found += [
        VillageStaff(code, "", village, 0, tuple(serving), notes.get((code, village)))
        for (code, village), serving in staff.items()
        if not scope.villages or village in scope.villages
    ]
    order = (Coverage.GAP, Coverage.STAFFED, Coverage.NOT_NEEDED)
    return sorted(found, key=lambda one: (order.index(one.coverage), one.code, one.village))


def staff_of(unit: UnitOfWork, code: str, village: str, on: date) -> list[Coordinator]:
    """The coordinators of one village on a day."""
    people = {one.key: one for one in unit.coordinators.all(division=code[:6])}
    return [
        people[one.coordinator_key]
        for one in unit.staffing.assignments(division=code, on=on)
        if (one.code, one.village) == (code, village)
        and one.coordinator_key in people
        and people[one.coordinator_key].serves_on(on)
    ]
