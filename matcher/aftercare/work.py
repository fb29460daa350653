"""Work that begins and ends, as told: a spell with its calls, the work status, and the case.

In: a unit of work and what somebody says. Out: spells, calls due 7, 30 and 90 days later (the policy says which), and
a new case the very day somebody is without work again. Nothing here is a proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from matcher.appointments import add_working_days, is_working_day
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.rosters.records import EntryType
from matcher.domain.worker import IN_WORK, WorkStatus
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork


def call_days(started_on: date, policy: PolicyAt) -> list[tuple[int, date]]:
    """After how many days to call, and the working day that is."""
    return [
        (after, _working_day(started_on + timedelta(days=after)))
        for after in (round(days) for days in policy.numbers("aftercare.call_days"))
    ]


def _working_day(day: date) -> date:
    """The day itself, or the next one on which the office works."""
    return day if is_working_day(day) else add_working_days(day, 1)


def begin_work(office: Office, unit: UnitOfWork, spell: Spell, *, status: WorkStatus = WorkStatus.EMPLOYED) -> int:
    """Somebody has begun to work; the key of the spell. Told twice it is one."""
    policy = office.policy.at(unit.today())
    for known in unit.aftercare.spells.of_people([spell.worker_key], only_open=True).get(spell.worker_key, ()):
        if known.posting_key == spell.posting_key and known.started_on == spell.started_on:
            return known.key
    worker = unit.workers.get(spell.worker_key).value
    before = worker.work_status
    told = replace(spell, status_before=before.value if before else "", unemployed_before=worker.unemployed_since)
    key = unit.aftercare.spells.begin(told)
    unit.aftercare.calls.plan(key, spell.worker_key, call_days(spell.started_on, policy))
    if before is not status:
        put_status(unit, spell.worker_key, status)
    unit.cases.close([spell.worker_key], on=unit.today())
    return key


def end_work(
    office: Office, unit: UnitOfWork, worker_key: int, spells: Sequence[Spell], *, on: date, said_by: SaidBy
) -> None:
    """Work is over: spells end, their calls fall away, and a case opens today, unless other work goes on."""
    unit.aftercare.spells.end([spell.key for spell in spells], on=on, said_by=said_by)
    for spell in spells:
        unit.aftercare.calls.drop_open(spell.key)
    if unit.aftercare.spells.of_people([worker_key], only_open=True).get(worker_key):
        return
    put_status(unit, worker_key, WorkStatus.NEWLY_UNEMPLOYED, since=on)
    due = add_working_days(unit.today(), office.policy.at(unit.today()).whole("case.open_working_days"))
    unit.cases.open([worker_key], EntryType.NEWLY_UNEMPLOYED, on=unit.today(), due_on=due)


def never_began(unit: UnitOfWork, spell: Spell) -> None:
    """Work that was told by mistake: away with it and its calls, the status as it was, the case open again."""
    unit.aftercare.spells.forget(spell.key)
    before = WorkStatus(spell.status_before) if spell.status_before else None
    put_status(unit, spell.worker_key, before, since=spell.unemployed_before)
    unit.cases.reopen(spell.worker_key)


def never_ended(office: Office, unit: UnitOfWork, spell: Spell) -> None:
    """Work that was said to be over by mistake: it goes on, and so do its calls."""
    unit.aftercare.spells.reopen(spell.key)
    days = call_days(spell.started_on, office.policy.at(unit.today()))
    unit.aftercare.calls.plan(spell.key, spell.worker_key, days)
    unit.cases.close([spell.worker_key], on=unit.today())


def put_status(unit: UnitOfWork, worker_key: int, status: WorkStatus | None, *, since: date | None = None) -> None:
    """The work status of a person from now on; what was understood of the texts stays."""
    stored = unit.workers.get(worker_key)
    if stored.value.work_status is status and stored.value.unemployed_since == since:
        return
    lost = since if since is not None else None if status in IN_WORK else stored.value.unemployed_since
    unit.workers.replace(worker_key, replace(stored.value, work_status=status, unemployed_since=lost), stored.facts)
