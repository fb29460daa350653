"""How long things are kept, as the policy of a day says, and the days that follow.

In: a policy, a day. Out: `Terms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.localtime import add_months
from matcher.policy import PolicyAt


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms in force: years after the last service, years of postings and services, months of the audit record."""

    person_years: int
    service_years: int
    audit_months: int
    look_ahead_months: int

    @classmethod
    def of(cls, policy: PolicyAt) -> Terms:
        """The terms of a policy."""
        return cls(
            person_years=policy.whole("keeping.person_years"),
            service_years=policy.whole("keeping.service_years"),
            audit_months=policy.whole("keeping.audit_months"),
            look_ahead_months=policy.whole("keeping.look_ahead_months"),
        )

    def due_on(self, last: date) -> date:
        """The day from which a file last served on a day is kept without a name."""
        return add_months(last, 12 * self.person_years)

    def served_before(self, day: date) -> date:
        """Who was last served before this day is due by a day."""
        return add_months(day, -12 * self.person_years)

    def audit_goes(self, year: int, today: date) -> bool:
        """Whether the entries of a year are past their term."""
        return add_months(date(year, 12, 31), self.audit_months) < today
