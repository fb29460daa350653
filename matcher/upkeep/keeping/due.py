"""What is due: files long without service, years of the audit record past their term.

In: an office, a scope, the day. Out: `Due`: whose file is overdue, whose falls due within the months ahead, and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.localtime import add_months, beginning
from matcher.office import Office
from matcher.store.keeping.files import QuietFile
from matcher.store.keeping.years import AuditYear
from matcher.store.store import UnitOfWork
from matcher.upkeep.keeping.terms import Terms


@dataclass(frozen=True, slots=True)
class DueFile:
    """One file with the day it falls due."""

    file: QuietFile
    due_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """What is due on a day, within a scope."""

    on: date
    terms: Terms
    until: date
    overdue: tuple[DueFile, ...]
    coming: tuple[DueFile, ...]
    nameless: int
    years: tuple[AuditYear, ...]
    """Every closed year of the audit record."""

    @property
    def by_month(self) -> dict[str, int]:
        """How many files fall due in each month ahead."""
        found: dict[str, int] = {}
        for one in self.coming:
            month = one.due_on.isoformat()[:7]
            found[month] = found.get(month, 0) + 1
        return found


def what_is_due(
    office: Office, unit: UnitOfWork, *, division: str = "", villages: tuple[str, ...] = (), on: date | None = None
) -> Due:
    """What is due today within a scope, and what falls due in the months ahead."""
    today = on or office.today()
    terms = Terms.of(office.policy.at(today))
    until = add_months(today, terms.look_ahead_months)
    since = beginning(terms.served_before(until))
    quiet = unit.files.quiet(since, division=division, villages=villages)
    files = [DueFile(one, terms.due_on(one.last_on)) for one in quiet]
    return Due(
        on=today,
        terms=terms,
        until=until,
        overdue=tuple(one for one in files if one.due_on <= today),
        coming=tuple(one for one in files if one.due_on > today),
        nameless=unit.files.nameless(division=division),
        years=tuple(unit.audit_years.all()),
    )
