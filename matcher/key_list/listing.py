"""The list as pages, papers and spreadsheets read it.

In: a unit of work, a scope, the policy. Out: parts of the list with counts; a part is found by columns alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.domain.service.key_list import KeyEntry
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

PARTS = ("open", "late", "bare", "left")
WHOLE = 5_000
"""Stays of one list on paper or in a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Since:
    """Contacts due before `late` are overdue, households identified before `bare` should have had a measure."""

    late: date
    bare: date

    @classmethod
    def of(cls, policy: PolicyAt) -> Since:
        """As the policy of the day says."""
        days = policy.whole("key_list.late_days"), policy.whole("key_list.measure_days")
        return cls(policy.on - timedelta(days=days[0]), policy.on - timedelta(days=days[1]))


@dataclass(frozen=True, slots=True)
class KeyPage:
    """Some stays of a part, how many there are, and the size of every part."""

    entries: tuple[KeyEntry, ...]
    total: int
    counts: dict[str, int]


def key_page(unit: UnitOfWork, part: str, scope: Scope, policy: PolicyAt, *, first: int, limit: int) -> KeyPage:
    """A window of a part of the list."""
    since = Since.of(policy)
    division, villages = scope.division, scope.villages
    entries, total = unit.watching.entries.listed(
        part, late_since=since.late, bare_since=since.bare, division=division, villages=villages, first=first,
        limit=limit,
    )  # fmt: skip
    counts = unit.watching.entries.counts(
        late_since=since.late, bare_since=since.bare, division=division, villages=villages
    )
    return KeyPage(tuple(entries), total, counts)


def whole_list(unit: UnitOfWork, scope: Scope, policy: PolicyAt) -> list[KeyEntry]:
    """Everybody on the list, for papers and spreadsheets."""
    since = Since.of(policy)
    found, _ = unit.watching.entries.listed(
        "open", late_since=since.late, bare_since=since.bare, limit=WHOLE, division=scope.division,
        villages=scope.villages,
    )  # fmt: skip
    return found


def is_late(entry: KeyEntry, policy: PolicyAt) -> bool:
    """Whether the contact is overdue by more than the days of grace."""
    return entry.left_on is None and entry.next_due is not None and entry.next_due < Since.of(policy).late


def is_bare(entry: KeyEntry, policy: PolicyAt) -> bool:
    """Whether a month has gone since the household was identified without any measure."""
    since = entry.identified_on or entry.entered_on
    return entry.left_on is None and entry.measure_on is None and since < Since.of(policy).bare
