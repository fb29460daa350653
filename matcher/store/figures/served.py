"""What figures count beside plans and work: classes joined and passed, notices handed over, subsidies claimed and paid.

In: the turn of the year, the day. Out: the people of each; a few queries over columns in clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, Text, cast, func, select

from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.localtime import local_date
from matcher.domain.service.claim import ClaimState
from matcher.store.context import StoreContext
from matcher.store.schema import CLAIM_STEP, EMPLOYMENT_SPELL, ENROLMENT, NOTICE_ISSUE, SUBSIDY_CLAIM


@dataclass(frozen=True, slots=True)
class Served:
    """People by what was done for them this year."""

    joined: frozenset[int]
    passed: frozenset[int]
    after_class: frozenset[int]
    informed: frozenset[int]
    claimed: frozenset[int]
    paid: frozenset[int]


class ServedFigures:
    """The questions inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    @staticmethod
    def stamp() -> tuple[ScalarSelect[Any], ...]:
        """What changes whenever one of these does."""
        n, i, s = ENROLMENT.c, NOTICE_ISSUE.c, CLAIM_STEP.c
        return (
            select(func.count(n.key)).scalar_subquery(),
            select(func.coalesce(func.max(cast(n.changed_at, Text())), "")).scalar_subquery(),
            select(func.coalesce(func.max(i.key), 0)).scalar_subquery(),
            select(func.count()).where(i.undone_at.is_not(None)).scalar_subquery(),
            select(func.coalesce(func.max(s.key), 0)).scalar_subquery(),
            select(func.count()).where(s.undone_at.is_not(None)).scalar_subquery(),
        )

    def of_year(self, on: date, *, days_after: int) -> Served:
        """The people of the year of a day; work counts that began within so many days after a pass."""
        first = on.replace(month=1, day=1)
        joined, passed = self._classes(first, on)
        return Served(
            joined=frozenset(joined),
            passed=frozenset(passed),
            after_class=self._after(passed, days_after),
            informed=self._informed(first, on),
            claimed=self._claims(on.year, frozenset(state for state in ClaimState if state.standing)),
            paid=self._claims(on.year, frozenset({ClaimState.PAID})),
        )

    def _classes(self, first: date, on: date) -> tuple[set[int], dict[int, date]]:
        """Who joined a class this year and did not leave it, and when who passed one."""
        c = ENROLMENT.c
        joined, passed = set[int](), dict[int, date]()
        rows = self._context.connection.execute(select(c.worker_key, c.state, c.changed_at))
        for worker, state, changed_at in rows:
            day = local_date(_moment(changed_at))
            if not first <= day <= on or state == EnrolmentState.LEFT.value:
                continue
            joined.add(int(worker))
            if state == EnrolmentState.PASSED.value:
                passed[int(worker)] = min(day, passed.get(int(worker), day))
        return joined, passed

    def _after(self, passed: dict[int, date], days: int) -> frozenset[int]:
        """Of those who passed, who began to work soon after."""
        c = EMPLOYMENT_SPELL.c
        rows = self._context.connection.execute(select(c.worker_key, c.started_on)) if passed else ()
        return frozenset(
            int(worker) for worker, began in rows if worker in passed and 0 <= (began - passed[worker]).days <= days
        )

    def _informed(self, first: date, on: date) -> frozenset[int]:
        """Who was handed a notice this year."""
        c = NOTICE_ISSUE.c
        query = select(c.worker_key).where(c.issued_on >= first, c.issued_on <= on, c.undone_at.is_(None))
        return frozenset(map(int, self._context.connection.scalars(query)))

    def _claims(self, year: int, states: frozenset[ClaimState]) -> frozenset[int]:
        """People with a claim of the year in one of these states."""
        c = SUBSIDY_CLAIM.c
        among = c.state.in_(sorted(state.value for state in states))
        query = select(c.worker_key).where(c.year == year, among, c.worker_key.is_not(None))
        return frozenset(map(int, self._context.connection.scalars(query)))


def _moment(value: datetime | str) -> datetime:
    """A moment as the column gives it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
