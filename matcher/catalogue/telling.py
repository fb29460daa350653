"""Proof that people were told: notices noted with day, way and receipt; informed against entitled, by place.

In: what a window or a coordinator notes. Out: the record, and shares by village.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.catalogue.offers import PersonCheck
from matcher.domain.errors import InputRefused
from matcher.domain.service.policies.catalogue import NoticeIssue, Receipt, Told
from matcher.listings import Scope
from matcher.office import Office
from matcher.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed:
    """A village: people with a plan who are owed a notice, and those of them who were told."""

    division: str
    village: str
    entitled: int
    informed: int

    @property
    def share(self) -> float:
        """The share that was told."""
        return self.informed / self.entitled if self.entitled else 0.0


def note_told(
    office: Office, check: PersonCheck, *, how: Told, receipt: Receipt, on: date, note: str, actor: str
) -> int:
    """Notes that a person got the notice, with the verdicts of the day; its key."""
    if on > office.today():
        raise InputRefused("告知日期不能在今天以后，没有记下")
    states = {one.item.code: one.standing.value for one in check.judged}
    issue = NoticeIssue(worker_key=check.worker_key, issued_on=on, how=how, receipt=receipt, states=states, note=note)
    with office.unit(actor=actor) as unit:
        unit.audit.note("notice_told", subject=f"worker:{check.worker_key}", fields=how.value)
        return unit.catalogue.issues.add(issue)


def informed(unit: UnitOfWork, mine: Scope, *, on: date, days: int) -> list[Informed]:
    """Village by village, who is owed a notice and who was told within so many days; the least told first."""
    since = on - timedelta(days=days)
    owed = unit.catalogue.issues.owed_by_village(division=mine.division, villages=mine.villages)
    told = unit.catalogue.issues.told_by_village(division=mine.division, villages=mine.villages, since=since)
    found = [
        Informed(division=code, village=village, entitled=many, informed=min(many, told.get((code, village), 0)))
        for (code, village), many in owed.items()
    ]
    return sorted(found, key=lambda one: (one.share, -one.entitled, one.village))
