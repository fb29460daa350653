"""How long things are kept, as the policy of a day says, and the days that follow.

In: a policy, a day. Out: `Terms`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time

from matcher.domain.localtime import LOCAL_TIME
from matcher.policy import PolicyAt


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms in force: years after the last service, years of postings and services, months of the audit record."""

    person_years: int
    service_years: int
    audit_months: int
    look_ahead_months: int
    basis: str

    @classmethod
    def of(cls, policy: PolicyAt) -> Terms:
        """The terms of a policy."""
        return cls(
            person_years=policy.whole("keeping.person_years"),
            service_years=policy.whole("keeping.service_years"),
            audit_months=policy.whole("keeping.audit_months"),
            look_ahead_months=policy.whole("keeping.look_ahead_months"),
            basis=policy.entry("keeping.person_years").basis,
        )

    def due_on(self, last: date) -> date:
        """The day from which a file last served on a day is kept without a name."""
        return months_later(last, 12 * self.person_years)

    def served_before(self, day: date) -> date:
        """Who was last served before this day is due by a day."""
        return months_later(day, -12 * self.person_years)

    def audit_goes(self, year: int, today: date) -> bool:
        """Whether the entries of a year are past their term."""
        return months_later(date(year, 12, 31), self.audit_months) < today


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def beginning(day: date) -> datetime:
    """The first moment of a day in Tongliao."""
    return datetime.combine(day, time(), LOCAL_TIME)
