"""What was changed on both sides, side by side, and a person's decision.

In: an office and the scope of whoever looks. Out: `Side`s, field by field or row by row; a decision stored with what is
needed to take it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.listings import Scope
from matcher.office import Office
from matcher.slices.opening import Entry, entry
from matcher.store.slices.conflicts import Conflict
from matcher.store.slices.kinds import BY_NAME, COURSE, JOB, PERSON, Kind, Plain
from matcher.store.store import UnitOfWork

_WHOLE = (PERSON, JOB, COURSE)
"""Kinds of one row whose fields can be chosen one by one."""


class Choice(StrEnum):
    """What somebody decided."""

    HERE = "here"
    THERE = "there"
    FIELDS = "fields"
    OTHER = "other"
    """Not the same person."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field that differs; `prefer` = the only side that changed it, "" where both did or nobody knows."""

    field: str
    here: Any
    there: Any
    prefer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One conflict as it is shown."""

    key: int
    kind: str
    twin: bool
    worker_key: int | None
    name: str
    case_no: str
    village: str
    about: str
    """The posting, class or employer it is about."""
    lines: tuple[Line, ...]
    here: tuple[Entry, ...]
    there: tuple[Entry, ...]
    here_at: datetime | None
    here_by: str
    there_at: datetime | None
    there_by: str
    seen: str
    """The digest of what stands here, so that nobody decides on something that changed meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision that was made."""

    key: int
    kind: str
    worker_key: int | None
    name: str
    village: str
    by: str
    at: datetime | None
    can_undo: bool


def open_sides(office: Office, mine: Scope, *, first: int = 0, limit: int = 30) -> tuple[list[Side], int]:
    """Some of what waits for a decision in a scope, and how many in all."""
    with office.reading() as unit:
        conflicts = unit.slices.conflicts.open(division=mine.division, villages=mine.villages, first=first, limit=limit)
        total = unit.slices.conflicts.count(division=mine.division, villages=mine.villages)
        return [_side(unit, conflict) for conflict in conflicts], total


def past_decisions(office: Office, mine: Scope, *, limit: int = 10) -> list[Decision]:
    """The newest decisions of a scope."""
    with office.reading() as unit:
        found = unit.slices.conflicts.decided(division=mine.division, villages=mine.villages, limit=limit)
        people = unit.workers.many([one.worker_key for one in found if one.worker_key is not None])
        return [
            Decision(
                key=one.key,
                kind=one.kind,
                worker_key=one.worker_key,
                name=people[one.worker_key].value.name if one.worker_key in people else "",
                village=one.village,
                by=one.decided_by,
                at=one.decided_at,
                can_undo=one.undo is not None and not one.undo.created,
            )
            for one in found
        ]


def decide(
    office: Office, key: int, choice: Choice, *, seen: str, mine: Scope, actor: str, there: frozenset[str] = frozenset()
) -> None:
    """Stores a decision; `there` are the fields taken from the file."""
    with office.unit(actor) as unit:
        conflict = _found(unit, key, mine)
        if conflict.state != "open":
            raise InputRefused("这一处已经有人定过了；要改请先在下面撤销")
        if choice is Choice.OTHER:
            if not conflict.sides.twin:
                raise InputRefused("这一处不能选“不是同一个人”")
            unit.slices.decide_other(conflict)
        else:
            here, _ = unit.slices.here(conflict)
            unit.slices.decide(conflict, _rows(conflict, here, choice, there), seen=seen)
        unit.audit.note("slice_decided", subject=_subject(conflict), fields=f"{conflict.kind} {choice.value}")


def undo_decision(office: Office, key: int, *, mine: Scope, actor: str) -> None:
    """Takes a decision back; it waits again."""
    with office.unit(actor) as unit:
        conflict = _found(unit, key, mine)
        unit.slices.undo(conflict)
        unit.audit.note("slice_undone", subject=_subject(conflict), fields=conflict.kind)


def _found(unit: UnitOfWork, key: int, mine: Scope) -> Conflict:
    """A conflict of the scope; of a twin the person here who has the newcomer's reference is known, too."""
    conflict = unit.slices.conflicts.get(key, division=mine.division, villages=mine.villages)
    if conflict.sides.twin and conflict.worker_key is None:
        return replace(conflict, worker_key=unit.slices.twin_of(conflict))
    return conflict


def _subject(conflict: Conflict) -> str:
    """Whom the audit record says it is about."""
    return f"slice {conflict.key}" if conflict.worker_key is None else f"worker:{conflict.worker_key}"


def _rows(conflict: Conflict, here: list[Plain], choice: Choice, there: frozenset[str]) -> list[Plain]:
    """What the record becomes."""
    kind, theirs = BY_NAME[conflict.kind], conflict.sides.theirs
    if choice is Choice.FIELDS and kind in _WHOLE and here:
        return [_mixed(kind, here[0], theirs[0], there)]
    if kind.ordered:
        last, first = (here, theirs) if choice is Choice.HERE else (theirs, here)
        known = {row.get("uid") for row in last}
        return [row for row in first if row.get("uid") not in known] + list(last)
    return here if choice is Choice.HERE else theirs


def _mixed(kind: Kind, here: Plain, theirs: Plain, there: frozenset[str]) -> Plain:
    """A record with some fields of the file; what was understood is read anew."""
    body = here["body"] | {name: value for name, value in theirs["body"].items() if name in there}
    told = here | {name: value for name, value in theirs.items() if name in there and name not in ("body", "uid")}
    return told | {"body": body, "facts": here["facts"] if body == here["body"] else None}


def _side(unit: UnitOfWork, found: Conflict) -> Side:
    """One conflict as it is shown."""
    key = unit.slices.twin_of(found) if found.sides.twin else found.worker_key
    conflict = replace(found, worker_key=key)
    kind, theirs = BY_NAME[conflict.kind], conflict.sides.theirs
    here, seen = unit.slices.here(conflict)
    person = None if key is None else unit.workers.many([key]).get(key)
    last = unit.audit.last_about(f"worker:{key}") if key is not None else None
    one_row = kind in _WHOLE and bool(here)
    return Side(
        key=conflict.key,
        kind=conflict.kind,
        twin=conflict.sides.twin,
        worker_key=key,
        name=person.value.name if person is not None else "",
        case_no=case_number(key) if key is not None else "",
        village=conflict.village or (person.value.village if person is not None else ""),
        about=_about(unit, kind, theirs[0]),
        lines=_lines(kind, here[0], theirs[0], conflict.sides.base) if one_row else (),
        here=() if one_row else tuple(entry(kind, row, partial(_titled, unit)) for row in here),
        there=() if one_row else tuple(entry(kind, row, partial(_titled, unit)) for row in theirs),
        here_at=person.updated_at if person is not None else None,
        here_by=last.actor if last is not None else "",
        there_at=conflict.theirs_at,
        there_by=conflict.theirs_by,
        seen=seen,
    )


def _about(unit: UnitOfWork, kind: Kind, plain: Plain) -> str:
    """What a record is about beside a person."""
    body = plain.get("body")
    if kind in (JOB, COURSE) and isinstance(body, Mapping):
        return str(body["title"])
    if plain.get("posting_key"):
        return _titled(unit, plain["posting_key"])
    if "class_key" in plain:
        return unit.classes.by_ref(str(plain["class_key"]).replace("\x1f", ":", 1)).value.title
    return str(plain.get("name") or plain.get("batch") or "")


def _titled(unit: UnitOfWork, name: str) -> str:
    """What the posting of a name is called."""
    posting = unit.postings.by_ref(name.replace("\x1f", ":", 1)).value
    return f"{posting.title}（{posting.employer}）"


def _fields(plain: Plain, kind: Kind) -> dict[str, Any]:
    """The fields of a record of one row."""
    outer = {name: value for name, value in plain.items() if name not in {"body", *kind.quiet, "uid"}}
    body: dict[str, Any] = plain["body"]
    return body | outer


def _lines(kind: Kind, here: Plain, theirs: Plain, base: list[Plain] | None) -> tuple[Line, ...]:
    """The fields that differ, each with the side that alone changed it."""
    mine, other = _fields(here, kind), _fields(theirs, kind)
    began = _fields(base[0], kind) if base else None
    lines = []
    for name in mine:
        left, right = mine[name], other.get(name)
        if left != right:
            prefer = ""
            if began is not None:
                prefer = "there" if left == began.get(name) else "here" if right == began.get(name) else ""
            lines.append(Line(name, left, right, prefer))
    return tuple(lines)
