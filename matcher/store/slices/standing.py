"""What stands here of the records a slice brings, and how rows are put in their place.

In: a kind and the people, postings or names it is about. Out: records as they stand; and rows written: changed ones in
place, new ones under the name they came with, none of them twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, delete, func, insert, select, update

from matcher.domain.answer import AnswerKind
from matcher.store.aftercare.returns import SlipReturns
from matcher.store.aftercare.spells import Spells
from matcher.store.answers import Answers
from matcher.store.context import Row, StoreContext, chunks
from matcher.store.incoming.openings import Openings
from matcher.store.intake.class_life import ClassLife
from matcher.store.schema import (
    CLASS_EDIT,
    ENROLMENT,
    PLAN,
    PLAN_ANSWER,
    PLAN_CLASS,
    PLAN_MATCH,
    POSTING,
    TRAINING_CLASS,
    WORKER,
)
from matcher.store.slices.kinds import ANSWER, COURSE, JOB, PERSON, SLIP, SPELL, Kind, Plain
from matcher.store.slices.names import Names, name_columns, spelled
from matcher.store.slices.rows import Rows, foreign, identity, pointed_to

Place = tuple[Any, ...]
"""Where a record stands in this database: keys of its owners, or the name of its only row."""
_TOUCHED = {
    POSTING: POSTING,
    TRAINING_CLASS: TRAINING_CLASS,
    CLASS_EDIT: TRAINING_CLASS,
    ENROLMENT: TRAINING_CLASS,
}
"""Tables a market is made from, and the one whose changes are counted."""
_FIRST_ONLY = ("taken", "taken_of", "created_at", "uid", "revision")
"""What a posting, class or person is given when it is new and keeps ever after."""


@dataclass(slots=True)
class Held:
    """A record as it stands here."""

    keys: list[int] = field(default_factory=list)
    rows: list[Plain] = field(default_factory=list)
    stored: list[Mapping[str, Any]] = field(default_factory=list)


class Standing:
    """Reads and writes records of one database."""

    def __init__(self, context: StoreContext, names: Names) -> None:
        self._context, self._connection = context, context.connection
        self.names, self.rows = names, Rows(context, names)

    def place(self, kind: Kind, plain: Plain) -> Place | None:
        """Where a row belongs here; None where what it hangs on is not here."""
        if kind is PERSON:
            return (self.names.key_of(WORKER, plain["uid"]) or plain["uid"],)
        if not kind.owner:
            return (name_in(kind, plain),)
        found: list[Any] = []
        for name in kind.owner:
            target = foreign(kind.table.c[name])
            value = plain[name] if target is None else self.names.key_of(target, plain[name] or "")
            if value is None and plain[name] is not None:
                return None
            found.append(value)
        return tuple(found)

    def held(self, kind: Kind, plains: Collection[Plain]) -> dict[Place, Held]:
        """What stands here of the records these rows belong to."""
        found: dict[Place, Held] = {}
        fetched = self._fetched(kind, plains)
        for table, keys in pointed_to(kind, fetched).items():
            self.names.ready(table, keys=keys)
        for row in fetched:
            self.names.noted(kind.table, row)
            plain = self.rows.plain(kind, row)
            place = self.place(kind, plain)
            if place is not None:
                held = found.setdefault(place, Held())
                held.keys.append(row[identity(kind.table).name])
                held.rows.append(plain)
                held.stored.append(row)
        return found

    def local(self, kind: Kind, plain: Plain) -> Plain:
        """A row out of a file with the names this office uses."""
        told = dict(plain)
        for column in kind.table.columns:
            target = foreign(column)
            if target is not None and told.get(column.name):
                told[column.name] = self._local_name(target, told[column.name])
        told = self.rows.renamed(kind, told, self._renamed)
        if kind is PERSON:
            told["uid"] = self._local_name(WORKER, told["uid"])
            told["merged_into"] = self._local_name(WORKER, told["merged_into"])
        return told

    def write(self, kind: Kind, held: Held | None, plains: Sequence[Plain]) -> bool:
        """Makes a record what these rows say; False where one of them points to nothing here, and nothing is done."""
        own = held or Held()
        matched = _matched(own.rows, plains, ordered=kind.ordered)
        rows: list[Row] = []
        for plain, position in zip(plains, matched, strict=True):
            uid = own.stored[position].get("uid", "") if position is not None else ""
            row = self.rows.landed(kind, plain, uid=str(uid))
            if row is None:
                return False
            rows.append(row)
        if kind.table in _TOUCHED:
            self._context.touch(_TOUCHED[kind.table])
        order = [position for position in matched if position is not None]
        if kind.ordered and (order != sorted(order) or None in matched[: len(order)]):
            self._delete(kind.table, own.keys)
            matched = [None] * len(rows)
        else:
            self._delete(kind.table, [key for place, key in enumerate(own.keys) if place not in order])
        self._put(kind, own, rows, matched, plains)
        if kind is ANSWER:
            self._settle_openings(rows[-1])
            self._point_anew(own)
        if kind is SLIP and own.rows:
            self._take_back(own.rows[0], rows[0])
        return True

    def remove(self, kind: Kind, held: Held) -> None:
        """Takes a record away."""
        if kind.table in _TOUCHED:
            self._context.touch(_TOUCHED[kind.table])
        if kind is SPELL:
            for key in held.keys:
                Spells(self._context).forget(key)
        else:
            self._delete(kind.table, held.keys)

    def lands(self, kind: Kind, plains: Sequence[Plain]) -> bool:
        """Whether everything these rows point to is here."""
        return all(self.rows.landed(kind, plain) is not None for plain in plains)

    def lead(self, kind: Kind, held: Held, plains: Sequence[Plain]) -> None:
        """Rows that stand here under another name are found by the name of the other office, too."""
        for plain, position in zip(plains, _matched(held.rows, plains), strict=True):
            if position is not None and "uid" in plain:
                self.names.note(kind.table, plain["uid"], held.keys[position])

    def insert_person(self, plain: Plain) -> tuple[int, bool]:
        """Somebody new; the key, and whether the case number stayed the same."""
        row, number = self.rows.landed(PERSON, plain), int(plain["number"])
        taken = self._connection.scalar(select(WORKER.c.key).where(WORKER.c.key == number)) is not None
        values = dict(row or {}) | ({} if taken else {"key": number})
        inserted = self._connection.execute(insert(WORKER).values(values)).inserted_primary_key
        key = int(inserted[0]) if inserted is not None else 0
        self.names.note(WORKER, plain["uid"], key)
        return key, not taken

    def insert_plan(self, plain: Plain) -> int | None:
        """A plan with its postings; None where it points to something that is not here, or its code is another's."""
        row = self.rows.landed_plan(plain)
        if row is None or self._connection.scalar(select(PLAN.c.key).where(PLAN.c.code == row["code"])) is not None:
            return None
        postings, training = row.pop("_postings"), row.pop("_training")
        inserted = self._connection.execute(insert(PLAN).values(row)).inserted_primary_key
        key = int(inserted[0]) if inserted is not None else 0
        links = [{"plan_key": key, "rank": rank, "posting_key": posting} for rank, posting in enumerate(postings, 1)]
        if links:
            self._connection.execute(insert(PLAN_MATCH), links)
        if training:
            self._connection.execute(insert(PLAN_CLASS).values(plan_key=key, class_key=training))
        self.names.note(PLAN, plain["uid"], key)
        return key

    def wish(self, worker_key: int, wishes: Sequence[str]) -> None:
        """The work somebody wishes, as the plan that counts from now on was made."""
        ClassLife(self._context).note_wishes({worker_key: wishes})

    def _renamed(self, table: Table, name: Any) -> Any:
        """What this office calls the row of a name inside of a column."""
        return self._local_name(table, name) if name else name

    def _local_name(self, table: Table, name: str) -> str:
        """What this office calls the row of a name."""
        key = self.names.key_of(table, name)
        return name if key is None else self.names.name_of(table, key)

    def _fetched(self, kind: Kind, plains: Collection[Plain]) -> list[Mapping[str, Any]]:
        """Rows that may belong to these records, in the order of their keys."""
        column, values = self._wanted(kind, plains)
        found: list[Mapping[str, Any]] = []
        for part in chunks(sorted(values)):
            rows = self._connection.execute(select(kind.table).where(column.in_(part))).mappings()
            found += [dict(row) for row in rows]
        return sorted(found, key=lambda row: int(row[identity(kind.table).name]))

    def _wanted(self, kind: Kind, plains: Collection[Plain]) -> tuple[Column[Any], set[Any]]:
        """The column to look records up by, and what is looked for."""
        if kind is PERSON:
            return WORKER.c.key, {self.names.key_of(WORKER, plain["uid"]) or 0 for plain in plains}
        if not kind.owner:
            return kind.table.c.key, {self.names.key_of(kind.table, name_in(kind, plain)) or 0 for plain in plains}
        column = kind.table.c[kind.owner[0]]
        target = foreign(column)
        keys = {
            plain[column.name] if target is None else self.names.key_of(target, plain[column.name]) for plain in plains
        }
        return column, keys - {None}

    def _put(
        self, kind: Kind, own: Held, rows: Sequence[Row], matched: Sequence[int | None], plains: Sequence[Plain]
    ) -> None:
        """Writes the rows of a record in their order."""
        before: int | None = None
        for row, position, plain in zip(rows, matched, plains, strict=True):
            if position is None:
                values = row | ({kind.previous: before} if kind.previous else {})
                before = self._moved(kind, values) or self._inserted(kind, values, plain)
            elif "revision" in kind.table.c:
                kept = {name: value for name, value in row.items() if name not in _FIRST_ONLY}
                self._context.revise(kind.table, own.keys[position], kept, expected_revision=None)
                before = own.keys[position]
            else:
                before = own.keys[position]
                self._connection.execute(update(kind.table).where(identity(kind.table) == before).values(row))

    def _moved(self, kind: Kind, row: Row) -> int | None:
        """The key of a row that stood with another record here until now: two people were found to be one."""
        if not kind.owner or not row.get("uid"):
            return None
        table = kind.table
        found = self._connection.scalar(select(table.c.key).where(table.c.uid == row["uid"]))
        if found is not None:
            self._connection.execute(update(table).where(table.c.key == found).values(row))
        return None if found is None else int(found)

    def _inserted(self, kind: Kind, row: Row, plain: Plain) -> int | None:
        """The key of a new row."""
        inserted = self._connection.execute(insert(kind.table).values(row)).inserted_primary_key
        key = int(inserted[0]) if inserted is not None else None
        if key is not None and (not kind.owner or "uid" in row):
            self.names.note(kind.table, name_in(kind, plain) if not kind.owner else row["uid"], key)
        return key

    def _delete(self, table: Table, keys: Sequence[int]) -> None:
        """Rows that are no longer part of a record."""
        for part in chunks(keys):
            self._connection.execute(delete(table).where(identity(table).in_(part)))

    def _settle_openings(self, last: Row) -> None:
        """Who started takes an opening, whoever did not gives it back."""
        openings, posting, worker = Openings(self._context), last["posting_key"], last["worker_key"]
        if last["answer"] == AnswerKind.STARTED.value:
            openings.take(posting, on=last["answered_on"], worker_key=worker)
        else:
            openings.give_back(posting, worker_key=worker)

    def _point_anew(self, own: Held) -> None:
        """Slips that name an answer by its key name it by the key it has got."""
        moved = {}
        for before, stored in zip(own.keys, own.stored, strict=True):
            query = select(PLAN_ANSWER.c.key).where(PLAN_ANSWER.c.uid == stored["uid"])
            moved[before] = self._connection.scalar(query) or 0
        if any(before != now for before, now in moved.items()):
            SlipReturns(self._context).renumber(own.stored[0]["worker_key"], moved)
            for stored in own.stored:
                self.names.forget(PLAN_ANSWER, str(stored["uid"]))

    def _take_back(self, before: Plain, now: Row) -> None:
        """A slip that was mistyped: the answers it became here go with it."""
        if before["taken_back_at"] is None and now["taken_back_at"] is not None:
            names = [kept["answer_key"] for kept in before["body"]["ticks"]]
            keys = [key for name in names if (key := self.names.key_of(PLAN_ANSWER, name)) is not None]
            Answers(self._context).take_back(keys, on=now["taken_back_at"].date())

    def printed(self, key: int, on: date | None) -> bool:
        """Notes an earlier day of printing; whether that was news."""
        c = PLAN.c
        if on is None:
            return False
        earlier = update(PLAN).where(c.key == key, func.coalesce(c.printed_on, date.max) > on)
        return self._connection.execute(earlier.values(printed_on=on)).rowcount == 1


def name_in(kind: Kind, plain: Plain) -> str:
    """What a row is called everywhere, out of what travels."""
    told = plain["body"] if kind in (JOB, COURSE) else plain
    return spelled([told[name] for name in name_columns(kind.table)])


def _matched(here: Sequence[Plain], plains: Sequence[Plain], *, ordered: bool = False) -> list[int | None]:
    """For each row that comes the position of the one it is here: by name, by content, or as the only one.

    Of `ordered` rows the only one of each side may be two: what was said before, and what was said since.
    """
    if len(here) == len(plains) == 1 and not ordered:
        return [0]
    free = dict(enumerate(here))
    found: list[int | None] = []
    for plain in plains:
        same = next(
            (at for at, row in free.items() if row == plain or (row.get("uid") and row["uid"] == plain.get("uid"))),
            None,
        )
        if same is not None:
            del free[same]
        found.append(same)
    return found
