"""What a roster changes: who is new, whose status is another, who lost work, who is no longer on it.

In: the people a file was found to name, and everybody the sender named before. Out: changes. Somebody has fallen out
only where the file covers the village; nobody is ever deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from jobs_feed.rosters.finding import Placed
from matcher.domain.rosters.records import ChangeKind, RosterChange, RosterMember
from matcher.domain.worker import IN_WORK, Worker, WorkStatus
from matcher.reference.name_forms import plain_name, plain_village

NOBODY = 0
"""Stands for the key of somebody who is stored only after the changes are known."""


def changes_of(placed: Placed, members: Mapping[int, RosterMember]) -> Iterator[RosterChange]:
    """What one row of the roster changed."""
    key = placed.key or NOBODY
    before, now = placed.before, placed.value
    if before is None:
        yield RosterChange(worker_key=key, kind=ChangeKind.NEW)
        if now.work_status is WorkStatus.NEWLY_UNEMPLOYED:
            yield RosterChange(worker_key=key, kind=ChangeKind.NEWLY_UNEMPLOYED, now=now.work_status.value)
        return
    if key in members and members[key].fell_out:
        yield RosterChange(worker_key=key, kind=ChangeKind.BACK)
    if now.work_status is not None and now.work_status is not before.work_status:
        kind = ChangeKind.NEWLY_UNEMPLOYED if _lost_work(before, now) else ChangeKind.STATUS
        was = before.work_status.value if before.work_status is not None else ""
        yield RosterChange(worker_key=key, kind=kind, was=was, now=now.work_status.value)


def _lost_work(before: Worker, now: Worker) -> bool:
    """Whether somebody who had work has none any more."""
    if now.work_status is WorkStatus.NEWLY_UNEMPLOYED:
        return True
    return before.work_status in IN_WORK and now.work_status is WorkStatus.UNEMPLOYED


def missing_people(
    members: Mapping[int, RosterMember],
    present: Sequence[Placed],
    uncertain: Collection[int],
    unread_names: Collection[str],
    covered_share: float,
) -> tuple[list[int], int]:
    """Whoever the sender named before and does not name now: those of covered villages, and how many others.

    `uncertain` may be rows under review, `unread_names` are of rows that could not be read: they count as named.
    """
    named = {placed.key for placed in present} | set(uncertain)
    unread = {plain_name(name) for name in unread_names}
    villages = {_village_of(placed.value.home.county, placed.value.village) for placed in present}
    standing = {key: one for key, one in members.items() if not one.fell_out}
    known, found = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    missing: list[int] = []
    for key, member in standing.items():
        village = _village_of(member.county, member.village)
        here = key in named or plain_name(member.name) in unread
        known[village] += 1
        found[village] += here
        if not here:
            missing.append(key)
    covered = {one for one in villages if known[one] and found[one] >= covered_share * known[one]}
    fallen = [key for key in missing if _village_of(members[key].county, members[key].village) in covered]
    return fallen, len(missing) - len(fallen)


def _village_of(county: str, village: str) -> tuple[str, str]:
    """A village as rosters name it."""
    return county, plain_village(village)
