"""Terms that are over, carried out: files kept without names, years of the audit record closed and let go.

In: an office, a scope, a reason, who does it. Out: what was done, whole or not at all and in the audit record; whom a
restored backup brings back with a name loses it again, by the list beside the key file.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.errors import InputRefused
from matcher.domain.intake.life import LifeKind
from matcher.office import Office
from matcher.store.store import UnitOfWork
from matcher.upkeep.beside import Beside
from matcher.upkeep.keeping.due import Due, what_is_due

_LIST = Beside("nameless.jsonl", "uids")
"""Random names of files kept without a name, beside the key file and so apart from data and backups."""
BY_TERM = "保存期限已到"
_LEAST_REASON = 2


@dataclass(frozen=True, slots=True)
class Done:
    """What was carried out."""

    files: int = 0
    rows: int = 0
    closed: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    """Years of the audit record whose entries went."""
    entries: int = 0


def carry_out(
    office: Office,
    *,
    reason: str,
    actor: str,
    division: str = "",
    villages: tuple[str, ...] = (),
    expected: int | None = None,
    with_audit: bool = True,
) -> Done:
    """Does everything that is due within a scope; the audit record belongs to the whole office and goes `with_audit`.

    `expected` is how many files whoever decided was shown: where it is another number by now, nothing is done.
    """
    if len(reason.strip()) < _LEAST_REASON:
        raise InputRefused("请写明理由（会记入审计），现在什么都没有做")
    with office.unit(actor) as unit:
        due = what_is_due(office, unit, division=division, villages=villages)
        people = [one.file.worker_key for one in due.overdue]
        if expected is not None and len(people) != expected:
            raise InputRefused(f"到期的档案现在是{len(people)}份，和您看到的不一样，什么都没有做；请看过再点")
        uids = unit.files.uids(people) if people else []
        rows = _nameless(office, unit, people, reason.strip()) if people else 0
        done = _audit(unit, due, Done(len(people), rows)) if with_audit else Done(len(people), rows)
        if uids:
            _LIST.add(office, uids)
    if people or done.entries:
        office.store.wipe_traces()
    return done


def nameless_again(office: Office) -> int:
    """Takes the names away again that an older backup brought back; how many files."""
    listed = nameless_uids(office)
    if not listed:
        return 0
    with office.unit("cli") as unit:
        known = unit.workers.by_names(listed)
        standing = unit.life.of_kind(LifeKind.NAMELESS)
        back = sorted(set(known.values()) - standing)
        if back:
            _nameless(office, unit, back, BY_TERM)
    if back:
        office.store.wipe_traces()
    return len(back)


def _nameless(office: Office, unit: UnitOfWork, people: list[int], reason: str) -> int:
    """Files without names, out of the caseload; a line each in the audit record."""
    rows = unit.files.take_names(people)
    unit.cases.close(people, on=office.today())
    for key in people:
        unit.life.retire_plan(key)
        unit.life.add(key, LifeKind.NAMELESS, on=office.today())
        unit.audit.note("file_nameless", subject=f"worker:{key}", purpose=reason)
    return rows


def _audit(unit: UnitOfWork, due: Due, done: Done) -> Done:
    """Years of the audit record: those over closed, those past their term let go."""
    closed = [one.year for one in unit.audit_years.close_before(due.on.year)]
    dropped, entries = [], 0
    for one in unit.audit_years.all():
        if one.dropped_at is None and due.terms.audit_goes(one.year, due.on):
            entries += unit.audit_years.drop(one)
            dropped.append(one.year)
    for year in closed:
        unit.audit.note("audit_year_closed", subject=f"audit:{year}")
    for year in dropped:
        unit.audit.note("audit_year_dropped", subject=f"audit:{year}", purpose=BY_TERM)
    return Done(done.files, done.rows, tuple(closed), tuple(dropped), entries)


def nameless_uids(office: Office) -> set[str]:
    """All files of the list."""
    return _LIST.all(office)
