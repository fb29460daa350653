"""The monthly round: last month's state is filled in, only what changed is marked, the rest is confirmed at once.

In: people of a scope and what the coordinator found. Out: one dated line a person and month; work lost opens a case,
work begun is a spell with its calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.aftercare.slips import Whose
from matcher.aftercare.work import begin_work, end_work, never_began, never_ended, put_status
from matcher.domain.aftercare import RoundRow, RoundState, SaidBy, SlipRefused, Spell
from matcher.domain.service.months import month_of
from matcher.domain.worker import IN_WORK, Worker, WorkStatus
from matcher.office import Office
from matcher.reference.name_forms import plain_village
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One person of the round: what was known last, and whether this month has been looked at."""

    key: int
    name: str
    village: str
    phone: str
    state: RoundState
    known_on: date | None
    seen: bool
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """Some lines of a month, and how far the month is."""

    lines: tuple[RoundLine, ...]
    total: int
    seen: int
    changed: int


def round_page(unit: UnitOfWork, month: str, whose: Whose, *, first: int, size: int) -> RoundPage:
    """A window of a month's round."""
    keys, _ = unit.aftercare.due.people(division=whose.division, villages=whose.villages, first=first, size=size)
    total, seen, changed = unit.aftercare.rounds.counts(month, division=whose.division, villages=whose.villages)
    return RoundPage(lines=_lines(unit, keys, month), total=total, seen=seen, changed=changed)


def round_line(unit: UnitOfWork, month: str, worker_key: int, whose: Whose) -> RoundLine:
    """One person's line of a month; RecordNotFound outside the scope."""
    unit.workers.get(worker_key, division=whose.division, villages=whose.villages)
    return _lines(unit, [worker_key], month)[0]


def _lines(unit: UnitOfWork, keys: Sequence[int], month: str) -> tuple[RoundLine, ...]:
    """The lines of some people."""
    people, newest = unit.workers.many(keys), unit.aftercare.rounds.newest(keys)
    spells = unit.aftercare.spells.of_people(keys, only_open=True)
    return tuple(
        _line(key, people[key].value, newest.get(key), spells.get(key, []), month) for key in keys if key in people
    )


def _line(key: int, worker: Worker, last: RoundRow | None, spells: Sequence[Spell], month: str) -> RoundLine:
    """What is known of one person: the last round, else the roster, and work told of since."""
    status = worker.work_status.value if worker.work_status else ""
    state = last.state if last is not None else RoundState(phone_ok=bool(worker.phone))
    if state.status != status:
        state = RoundState(status=status, phone_ok=state.phone_ok)
    if spells and not state.where:
        newest = spells[-1]
        state = replace(state, where=newest.place or newest.employer, yuan=state.yuan or newest.yuan)
    return RoundLine(
        key=key,
        name=worker.name,
        village=worker.village,
        phone=worker.phone,
        state=state,
        known_on=last.confirmed_on if last is not None else None,
        seen=last is not None and last.month == month,
        changed=last is not None and last.month == month and last.changed,
    )


def mark_changed(office: Office, worker_key: int, state: RoundState, whose: Whose, *, actor: str) -> None:
    """What has changed of one person this month; work lost or begun is told on."""
    status = _status(state.status)
    with office.unit(actor) as unit:
        stored = unit.workers.get(worker_key, division=whose.division, villages=whose.villages)
        today, month = unit.today(), month_of(unit.today())
        _still_open(unit, stored.value, month)
        _tell(office, unit, worker_key, stored.value.work_status, status, state)
        row = RoundRow(worker_key=worker_key, month=month, state=state, changed=True, confirmed_on=today)
        unit.aftercare.rounds.put([row])
        unit.audit.note("round_changed", subject=f"worker:{worker_key}")


def confirm_one(office: Office, worker_key: int, whose: Whose, *, actor: str) -> None:
    """One person is as before."""
    with office.unit(actor) as unit:
        stored = unit.workers.get(worker_key, division=whose.division, villages=whose.villages)
        _still_open(unit, stored.value, month_of(unit.today()))
        confirm_lines(unit, [worker_key], month_of(unit.today()))


def confirm_rest(office: Office, whose: Whose, *, actor: str) -> int:
    """Everybody of a scope whom nobody has touched this month is as before; how many."""
    with office.unit(actor) as unit:
        month = month_of(unit.today())
        keys = unit.aftercare.rounds.untouched(month, division=whose.division, villages=whose.villages)
        confirm_lines(unit, keys, month)
        unit.audit.note("round_confirmed", subject="round", fields=str(len(keys)))
        return len(keys)


def _still_open(unit: UnitOfWork, worker: Worker, month: str) -> None:
    """SlipRefused where the village has handed its month in: it is opened again first, with a reason."""
    if (worker.home.code, plain_village(worker.village)) in unit.ledgers.months.closed(month):
        raise SlipRefused("ROUND_CLOSED", "这个村本月已经提交；要改请先让苏木乡镇重新打开，没有保存")


def confirm_lines(unit: UnitOfWork, keys: Sequence[int], month: str) -> None:
    """Confirmed lines of a month, with the state that was known."""
    today = unit.today()
    rows = [
        RoundRow(worker_key=line.key, month=month, state=line.state, changed=False, confirmed_on=today)
        for line in _lines(unit, keys, month)
    ]
    unit.aftercare.rounds.put(rows)


def _status(value: str) -> WorkStatus | None:
    """A work status, None where nobody knows."""
    try:
        return WorkStatus(value) if value else None
    except ValueError:
        raise SlipRefused("ROUND_BAD_STATUS", "就业状态不对；没有保存，请从列出的几项里选") from None


def _tell(
    office: Office,
    unit: UnitOfWork,
    worker_key: int,
    before: WorkStatus | None,
    now: WorkStatus | None,
    state: RoundState,
) -> None:
    """Work lost or begun since; what was marked by mistake today goes back as it was."""
    today = unit.today()
    spells = unit.aftercare.spells.of_people([worker_key]).get(worker_key, [])
    running = [spell for spell in spells if spell.ended_on is None]
    if before in IN_WORK and now not in IN_WORK and now is not None:
        mistaken = [spell for spell in running if spell.started_on == today and spell.return_key is None]
        if mistaken:
            for spell in mistaken:
                never_began(unit, spell)
        else:
            end_work(office, unit, worker_key, running, on=today, said_by=SaidBy.VILLAGE)
    elif now in IN_WORK and before not in IN_WORK and now is not None:
        mistaken = [spell for spell in spells if spell.ended_on == today]
        if mistaken:
            never_ended(office, unit, mistaken[-1])
            put_status(unit, worker_key, now)
        else:
            begun = Spell(
                key=0,
                worker_key=worker_key,
                started_on=today,
                said_by=SaidBy.VILLAGE,
                place=state.where,
                yuan=state.yuan,
            )
            begin_work(office, unit, begun, status=now)
    else:
        put_status(unit, worker_key, now)
