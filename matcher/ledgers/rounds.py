"""The monthly round by village: handed in, late, opened again; what changed against the month before.

In: a month, a scope. Out: how far each village is, the lines that changed with what stood before. A month that is
handed in is closed; the office opens it again with a reason, and both stay on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matcher.aftercare.monthly import confirm_lines
from matcher.domain.aftercare import RoundRow, RoundState
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.ledgers import RoundEvent, RoundStep
from matcher.domain.service.months import month_before, month_of
from matcher.ledgers.belonging import month_span
from matcher.listings import Page, Scope
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.reference.name_forms import plain_village
from matcher.store.ledgers.months import VillageMonth
from matcher.store.store import UnitOfWork

PAGE_SIZE = 25
LEAST_REASON = 4
_DAY = timedelta(days=1)


class RoundStand(StrEnum):
    """How a village stands with a month."""

    OPEN = "open"
    LATE = "late"
    REOPENED = "reopened"
    SUBMITTED = "submitted"
    SUBMITTED_LATE = "submitted_late"

    @property
    def closed(self) -> bool:
        """Whether the month is handed in."""
        return self in {RoundStand.SUBMITTED, RoundStand.SUBMITTED_LATE}


@dataclass(frozen=True, slots=True)
class VillageRound:
    """The month of one village."""

    village: VillageMonth
    stand: RoundStand
    event: RoundEvent | None


def due_on(month: str, policy: PolicyAt) -> date:
    """The day by which a month is to be handed in."""
    first, last = month_span(month)
    return min(last, first + (policy.whole("ledger.round_due_day") - 1) * _DAY)


def villages_of(unit: UnitOfWork, month: str, scope: Scope, policy: PolicyAt, on: date) -> list[VillageRound]:
    """Every village of a scope and how it stands with a month."""
    due = due_on(month, policy)
    found = unit.ledgers.months.villages(month, due_on=due, division=scope.division, villages=scope.villages)
    events = unit.ledgers.months.newest(month, division=scope.division)
    return [VillageRound(one, _stand(events.get(one.place), due, on), events.get(one.place)) for one in found]


def _stand(event: RoundEvent | None, due: date, on: date) -> RoundStand:
    """How a village stands by its newest step."""
    if event is None:
        return RoundStand.LATE if on > due else RoundStand.OPEN
    if event.step is RoundStep.REOPENED:
        return RoundStand.REOPENED
    return RoundStand.SUBMITTED_LATE if event.happened_on > due else RoundStand.SUBMITTED


def submit(
    office: Office, month: str, home_code: str, village: str, scope: Scope, *, rest: bool, actor: str
) -> RoundEvent:
    """Hands in the month of a village; `rest` confirms whoever nobody has touched, else that is refused."""
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        today = unit.today()
        if month not in {month_of(today), month_before(month_of(today))}:
            raise InputRefused("只能提交本月和上个月；没有提交", ref=month)
        line = _line(unit, month, home_code, village, scope, policy, today)
        if line.stand.closed:
            raise InputRefused("这个村这个月已经提交过了；要改请先重新打开", ref=month)
        left = unit.aftercare.rounds.untouched(month, division=home_code, villages=line.village.spellings)
        if left and not rest:
            raise InputRefused(f"还有 {len(left)} 人没有看过；请先逐人看过，或选“其余不变”再提交", ref=month)
        confirm_lines(unit, left, month)
        event = RoundEvent(
            month=month,
            home_code=home_code,
            village=plain_village(line.village.village),
            step=RoundStep.SUBMITTED,
            happened_on=today,
            people=line.village.people,
            changed=line.village.changed,
        )
        unit.ledgers.months.note(event)
        unit.audit.note("round_submitted", subject="round", fields=f"{month} {home_code} {line.village.people}")
    return event


def reopen(office: Office, month: str, home_code: str, village: str, scope: Scope, *, reason: str, actor: str) -> None:
    """Opens the month of a village again."""
    if len(reason.strip()) < LEAST_REASON:
        raise InputRefused("请写明为什么重新打开（至少 4 个字）；没有打开", ref=month)
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        line = _line(unit, month, home_code, village, scope, policy, unit.today())
        if not line.stand.closed:
            raise InputRefused("这个村这个月还没有提交，不用重新打开", ref=month)
        event = RoundEvent(
            month=month,
            home_code=home_code,
            village=plain_village(line.village.village),
            step=RoundStep.REOPENED,
            happened_on=unit.today(),
            people=line.village.people,
            changed=line.village.changed,
            reason=reason.strip(),
        )
        unit.ledgers.months.note(event)
        unit.audit.note("round_reopened", subject="round", fields=f"{month} {home_code}")


def _line(
    unit: UnitOfWork, month: str, home_code: str, village: str, scope: Scope, policy: PolicyAt, on: date
) -> VillageRound:
    """One village of a scope; RecordNotFound outside of it."""
    wanted = (home_code, plain_village(village))
    for line in villages_of(unit, month, scope, policy, on):
        if line.village.place == wanted:
            return line
    raise RecordNotFound("没有这个村，或不在您的范围内", ref=home_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """One person who changed in a month, with what stood before."""

    key: int
    name: str
    village: str
    before: RoundState | None
    now: RoundState
    confirmed_on: date
    late: bool


def changed_lines(
    unit: UnitOfWork, month: str, scope: Scope, policy: PolicyAt, *, number: int, size: int = PAGE_SIZE
) -> Page[ChangedLine]:
    """What changed in a month against the one before."""
    keys, total = unit.aftercare.rounds.changed(
        month, division=scope.division, villages=scope.villages, first=(number - 1) * size, size=size
    )
    people, rows, due = unit.workers.many(keys), unit.aftercare.rounds.of_people(keys), due_on(month, policy)
    lines = []
    for key in keys:
        now = next(row for row in rows[key] if row.month == month)
        worker = people[key].value
        lines.append(
            ChangedLine(
                key=key,
                name=worker.name,
                village=worker.village,
                before=_before(rows[key], month),
                now=now.state,
                confirmed_on=now.confirmed_on,
                late=now.confirmed_on > due,
            )
        )
    return Page(tuple(lines), total, number, size)


def _before(rows: Sequence[RoundRow], month: str) -> RoundState | None:
    """What the newest line before a month says."""
    earlier = [row for row in rows if row.month < month]
    return earlier[-1].state if earlier else None
