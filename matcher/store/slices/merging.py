"""A slice taken in: record by record, in one transaction, nothing of either side lost without a person saying so.

In: the records of a file and which office they come from. Out: figures; what was changed on both sides waits as a
conflict, people who were erased do not come back, who hangs on somebody that waits is left for the next time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from matcher.domain.intake.errands import Tell, untold
from matcher.domain.worker import Worker
from matcher.store.context import StoreContext
from matcher.store.schema import MATCH_RUN, PLAN, SLICE_BASE, WORKER
from matcher.store.slices.agreeing import Step, step
from matcher.store.slices.bases import Bases
from matcher.store.slices.book import SliceBook
from matcher.store.slices.collecting import named_as, ref_of
from matcher.store.slices.conflicts import Conflict, Conflicts, ConflictState, Sides
from matcher.store.slices.kinds import KINDS, PERSON, SHEET, SPELL, Kind, Plain
from matcher.store.slices.names import Names
from matcher.store.slices.records import Agreed, Record
from matcher.store.slices.rows import content_digest
from matcher.store.slices.settling import retire, settle
from matcher.store.slices.standing import Held, Standing
from matcher.store.workers import Workers

ALIAS = "alias"
"""Kind of a mark that leads from a person of another office to the one it was found to be here."""
_MOMENTS = ("updated_at", "recorded_at", "chosen_at", "changed_at", "edited_at")
"""Columns that tell when a record was last worked on."""
MayTake = Callable[[str, str], bool]
"""Whether whoever takes a slice in may see people of a division and village."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Where a slice comes from."""

    office: str
    number: int
    by: str
    at: datetime
    whole: bool = False
    """Whether it hands out everything it has, as a laptop does."""


@dataclass(slots=True)
class Figures:
    """What became of the records of a slice."""

    new: int = 0
    changed: int = 0
    kept: int = 0
    conflicts: int = 0
    erased: int = 0
    waiting: int = 0
    """Records that hang on somebody who is not here, or not yet."""
    people_new: int = 0
    people_changed: int = 0
    renumbered: list[int] = field(default_factory=list)
    """Keys of people whose case number was somebody else's here."""
    outside: int = 0
    """People the account may not see; nothing is taken in then."""


class Merging:
    """Takes in the records of one file."""

    def __init__(
        self, context: StoreContext, sender: Sender, *, own: str, own_number: int, erased: Collection[str], may: MayTake
    ) -> None:
        self._context, self._sender, self._own, self._own_number = context, sender, own, own_number
        self._erased, self._may, self.figures = erased, may, Figures()
        self._names = Names(context)
        self._standing, self._bases = Standing(context, self._names), Bases(context)
        self._conflicts, self._book, self._workers = Conflicts(context), SliceBook(context), Workers(context)
        self._known = self._bases.all_of(sender.office)
        self._open = self._conflicts.open_marks()
        self._stopped: set[str] = set()
        """Names of people who do not land: erased, or waiting for a decision."""
        self._planned: dict[int, dict[int, list[str]]] = defaultdict(dict)
        """By person: plans that came as the ones that count, with the work wished."""

    def take(self, records: Iterable[Record], tell: Tell = untold) -> Figures:
        """Everything, kind by kind."""
        grouped: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            grouped[record.kind].append(record)
        people = {record.ref for record in grouped[PERSON.name]}
        for done, kind in enumerate(KINDS):
            tell(done / len(KINDS))
            records = grouped.get(kind.name, [])
            self._kind(kind, [record for record in records if not record.gone])
            if kind.fades:
                gone = [record for record in records if record.gone]
                self._placed(kind, gone + self._unsaid(kind, records, people))
            settle(self._context, kind)
        self._choose_current()
        retire(self._context)
        return self.figures

    def _unsaid(self, kind: Kind, records: list[Record], people: Collection[str]) -> list[Record]:
        """Records that office had told of, which a file of everything it has does not name any more."""
        if not self._sender.whole:
            return []
        named = {
            self._bases.mark(kind.name, ref_of(kind, self._standing.local(kind, record.rows[0]))) for record in records
        }
        found = []
        for mark, agreed in self._known.items():
            if agreed.rows and mark not in named and agreed.rows[0].get("worker_key", "") in {"", *people}:
                ref = named_as(kind, agreed.rows, mark, self._bases)
                if ref is not None:
                    found.append(Record(kind=kind.name, ref=ref, rows=agreed.rows, gone=True))
        return found

    def _kind(self, kind: Kind, records: list[Record]) -> None:
        """All records of a kind; people who are known first, so that newcomers meet them as they now are."""
        if kind is PERSON:
            self._names.ready(WORKER, names=[record.ref for record in records])
            known = [one for one in records if self._names.key_of(WORKER, one.ref) is not None]
            fresh = [one for one in records if self._names.key_of(WORKER, one.ref) is None]
            for part in (known, fresh):
                self._placed(kind, [record for record in part if self._person_comes(record)])
            self._follow(records)
        else:
            self._placed(kind, records)

    def _placed(self, kind: Kind, records: list[Record]) -> None:
        """Records beside what stands here of them."""
        plains = [row for record in records for row in record.rows]
        if kind is SHEET or (not kind.owner and "uid" in kind.table.c):
            self._names.ready(kind.table, names=[row["uid"] for row in plains if "uid" in row])
        placed = [(record, self._standing.place(kind, record.rows[0])) for record in records]
        held = self._standing.held(kind, [record.rows[0] for record, place in placed if place is not None])
        for record, place in placed:
            if place is None:
                self.figures.waiting += not record.gone
            else:
                self._record(kind, record, held.get(place))

    def _person_comes(self, record: Record) -> bool:
        """Whether somebody lands: not erased, seen by the account, and nobody else under the same reference."""
        [plain] = record.rows
        worker = msgspec.convert(plain["body"], Worker)
        if self._was_erased(record.ref, worker):
            self.figures.erased += 1
            self._stopped.add(record.ref)
            return False
        if not self._may(worker.home.code, worker.village):
            self.figures.outside += 1
        if self._names.key_of(WORKER, record.ref) is not None:
            return True
        twin = self._same_person(record, worker)
        if twin is None:
            return True
        key, sure = twin
        if sure:
            self._names.name_of(WORKER, key)
            self._names.note(WORKER, record.ref, key)
            return True
        self._note_conflict(PERSON, record, record.ref, worker_key=None, worker=worker, twin=True)
        self._stopped.add(record.ref)
        return False

    def _was_erased(self, ref: str, worker: Worker) -> bool:
        """Whether this person was erased; by reference and ID number only where the person did not come anew since."""
        if f"uid:{ref}" in self._erased:
            return True
        marks = set(self._workers.marks_of(ref, worker))
        return self._names.key_of(WORKER, ref) is None and not marks.isdisjoint(self._erased)

    def _same_person(self, record: Record, worker: Worker) -> tuple[int, bool] | None:
        """Somebody here whom a newcomer is, or may be: key, and whether that is sure."""
        alias = select(SLICE_BASE.c.worker_key).where(SLICE_BASE.c.mark == self._bases.mark(ALIAS, record.ref))
        decided = self._context.connection.scalar(alias)
        if decided is not None:
            return int(decided), True
        c, index = WORKER.c, self._workers.columns_of("", worker, None)
        query = select(c.key, c.id_index, c.name, c.sender, c.ref).where(
            ((c.sender == worker.sender) & (c.ref == worker.ref))
            | ((c.id_index != "") & (c.id_index == index["id_index"]))
        )
        rows = self._context.connection.execute(query.order_by(c.key)).all()
        for key, number, _name, _sender, _ref in rows:
            if number and number == index["id_index"]:
                return int(key), True
        for key, number, name, _sender, _ref in rows:
            alike = name == worker.name and not (number and index["id_index"])
            return int(key), alike
        return None

    def _record(self, kind: Kind, record: Record, held: Held | None) -> None:
        """One record: compared, and put in its place where that loses nothing."""
        if kind is SPELL and held is not None:
            self._standing.lead(kind, held, record.rows)
        rows = [self._standing.local(kind, row) for row in record.rows]
        if kind.union or record.gone:
            (self._fade if record.gone else self._unite)(kind, record, held)
            return
        ref = ref_of(kind, rows[0])
        mark, incoming = self._bases.mark(kind.name, ref), content_digest(kind, rows)
        here = None if held is None else content_digest(kind, held.rows)
        known, told = self._known.get(mark), record.bases.get(self._own)
        done = step(incoming, here, number=self._sender.number, known=known, told=told)
        if done in (Step.OLDER, Step.GONE):
            return
        if done is Step.CONFLICT and not self._standing.lands(kind, rows):
            self.figures.waiting += 1
            return
        if done is Step.CONFLICT:
            worker = msgspec.convert(held.rows[0]["body"], Worker) if kind is PERSON and held is not None else None
            key = held.keys[0] if kind is PERSON and held is not None else self._worker_of(rows[0])
            self._note_conflict(kind, record, ref, worker_key=key, worker=worker, rows=rows)
            return
        if done in (Step.NEW, Step.TAKE) and not self._write(kind, rows, held):
            self.figures.waiting += 1
            return
        self._count(kind, done)
        if mark in self._open and done is not Step.KEEP:
            self._conflicts.settle(mark)
        self._agree(kind, mark, incoming, rows)

    def _count(self, kind: Kind, done: Step) -> None:
        """Adds to the figures."""
        if done is Step.NEW:
            self.figures.new += 1
            self.figures.people_new += kind is PERSON
        elif done is Step.TAKE:
            self.figures.changed += 1
            self.figures.people_changed += kind is PERSON
        else:
            self.figures.kept += 1

    def _write(self, kind: Kind, rows: list[Plain], held: Held | None) -> bool:
        """Rows into their place; somebody new keeps the case number of the other side where it is free."""
        if kind is PERSON and held is None:
            key, kept = self._standing.insert_person(rows[0])
            self.figures.renumbered += [] if kept else [key]
            return True
        return self._standing.write(kind, held, rows)

    def _agree(self, kind: Kind, mark: str, digest: str, rows: list[Plain]) -> None:
        """Notes what was taken in."""
        kept = rows if kind is PERSON or kind.fades else None
        agreed = Agreed(digest, self._sender.number, self._own_number, rows=kept)
        key = self._names.key_of(WORKER, rows[0]["uid"]) if kind is PERSON else self._worker_of(rows[0])
        self._bases.put(self._sender.office, mark, agreed, worker_key=key, known=mark in self._known)
        self._known[mark] = agreed

    def _worker_of(self, plain: Plain) -> int | None:
        """The person a row is about, None where about none."""
        name = plain.get("worker_key")
        return self._names.key_of(WORKER, str(name)) if name else None

    def _fade(self, kind: Kind, record: Record, held: Held | None) -> None:
        """What was taken away there goes here, too, unless it was changed here since."""
        rows = [self._standing.local(kind, row) for row in record.rows]
        mark, nothing = self._bases.mark(kind.name, ref_of(kind, rows[0])), content_digest(kind, [])
        here = None if held is None else content_digest(kind, held.rows)
        known, told = self._known.get(mark), record.bases.get(self._own)
        done = step(nothing, here, number=self._sender.number, known=known, told=told)
        if held is not None and done is Step.TAKE:
            self._standing.remove(kind, held)
            self._agree(kind, mark, nothing, rows)
            self.figures.changed += 1

    def _unite(self, kind: Kind, record: Record, held: Held | None) -> None:
        """What is only ever added: comes where it is not here."""
        plain = record.rows[0]
        if kind is SHEET:
            self._plan(plain, held)
        elif held is None:
            if not self._standing.write(kind, None, record.rows):
                self.figures.waiting += 1
                return
            self.figures.new += 1

    def _plan(self, plain: Plain, held: Held | None) -> None:
        """A plan that is not here comes; one that is may have been printed there."""
        if held is not None:
            on = None if plain["printed_on"] is None else datetime.fromisoformat(plain["printed_on"]).date()
            self.figures.changed += self._standing.printed(held.keys[0], on)
            return
        key = self._standing.insert_plan(plain)
        if key is None:
            self.figures.waiting += 1
            return
        self._book.codes_used([plain["code"]])
        self.figures.new += 1
        if plain["current"]:
            worker = self._names.key_of(WORKER, plain["worker_key"]) or 0
            self._planned[worker][key] = plain["wishes"] or []

    def _choose_current(self) -> None:
        """Of the plans that hold on either side the newer one holds from now on; the other stays readable."""
        c, connection = PLAN.c, self._context.connection
        for worker, fresh in self._planned.items():
            rows = select(c.key, c.current, MATCH_RUN.c.created_at, c.uid).join(MATCH_RUN, MATCH_RUN.c.key == c.run_key)
            found = connection.execute(rows.where(c.worker_key == worker, c.current | c.key.in_(fresh))).all()
            newest = max(found, key=lambda row: (row[2], row[3]))
            if not newest[1]:
                connection.execute(update(PLAN).where(c.worker_key == worker, c.current).values(current=False))
                connection.execute(update(PLAN).where(c.key == newest[0]).values(current=True))
                self._standing.wish(worker, fresh[newest[0]])

    def _follow(self, records: list[Record]) -> None:
        """Whoever was merged into somebody that landed later leads there, too."""
        for record in records:
            leader = record.rows[0]["merged_into"]
            key, target = self._names.key_of(WORKER, record.ref), self._names.key_of(WORKER, leader)
            waits = self._bases.mark(PERSON.name, record.ref) in self._open
            if target is not None and key is not None and not waits:
                alone = update(WORKER).where(WORKER.c.key == key, WORKER.c.merged_into.is_(None))
                self._context.connection.execute(alone.values(merged_into=target))
                retired = update(PLAN).where(PLAN.c.worker_key == key, PLAN.c.current).values(current=False)
                self._context.connection.execute(retired)

    def _note_conflict(
        self,
        kind: Kind,
        record: Record,
        ref: str,
        *,
        worker_key: int | None,
        worker: Worker | None = None,
        rows: list[Plain] | None = None,
        twin: bool = False,
    ) -> None:
        """Keeps both sides for a person to decide."""
        mark, told = self._bases.mark(kind.name, ref), rows or record.rows
        known = self._known.get(mark)
        if known is not None and self._sender.number <= known.number:
            return
        agreed = record.bases.get(self._own) or known
        sides = Sides(
            ref=ref,
            foreign_ref=record.ref,
            theirs=told,
            digest=content_digest(kind, told),
            own_number=self._own_number,
            base=agreed.rows if agreed is not None else None,
            twin=twin,
        )
        home = self._home(worker_key, worker)
        at = next((record.rows[-1][name] for name in _MOMENTS if record.rows[-1].get(name)), None)
        new = self._conflicts.find(
            Conflict(
                key=0, peer=self._sender.office, mark=mark, kind=kind.name, worker_key=worker_key,
                home_code=home[0], village=home[1], state=ConflictState.OPEN, number=self._sender.number, sides=sides,
                theirs_by=record.by or self._sender.by, theirs_at=datetime.fromisoformat(at) if at else self._sender.at,
                found_at=self._context.clock(), decided_by="", decided_at=None,
            )
        )  # fmt: skip
        self._open.add(mark)
        self.figures.conflicts += new

    def _home(self, worker_key: int | None, worker: Worker | None) -> tuple[str, str]:
        """Where the person of a conflict lives."""
        if worker is not None:
            return worker.home.code, worker.village
        if worker_key is None:
            return "", ""
        row = self._context.connection.execute(
            select(WORKER.c.home_code, WORKER.c.village).where(WORKER.c.key == worker_key)
        ).one()
        return str(row[0]), str(row[1])
