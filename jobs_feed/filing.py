"""The desks where drafts are filed: people, postings, classes.

In: drafts. Out: what is to be done with each, what reading understood of those that change, and the writing of
them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Generic, Protocol, TypeVar

from jobs_feed.pace import PLAN, READ
from jobs_feed.postings import with_reference as posting_with_reference
from jobs_feed.reconcile import FilePlan, plan_people, plan_records, settle_references
from jobs_feed.reconcile import Step as FileStep
from jobs_feed.report import RowProblem
from jobs_feed.splitting import split_posting
from jobs_feed.staging import DraftRow
from jobs_feed.training import with_reference as class_with_reference
from matcher.domain.facts import Phrase
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Worker, WorkerFacts
from matcher.reading import ReadingTools, load_tools, read_class, read_posting
from matcher.reading_pool import Reader, read_all
from matcher.store import Stored, UnitOfWork
from matcher.store.context import Row, chunks, without_collection
from matcher.unread import PEOPLE_READER, READ_LATER_FROM

T = TypeVar("T")
F = TypeVar("F")
Step = Callable[[str, int, int], None]
"""Told the step, the records done and all of them; stops the import where a person asked to."""
_CHECK_EVERY = 100
_READY_AT_ONCE = 1_000
"""Rows made ready between two looks at whether somebody wants to stop."""


def _read_posting(posting: Posting, _: date) -> PostingFacts:
    """What was understood of a posting."""
    return read_posting(posting, load_tools())


def _read_class(found: TrainingClass, _: date) -> TrainingFacts:
    """What was understood of a class."""
    return read_class(found, load_tools())


def _said(posting: Posting) -> Posting:
    """A posting without what reading does not look at."""
    named = replace(posting, ref="", sender="", source_ref="", uscc="", contact="", phone="", source="")
    return replace(named, openings=None, deadline=None, verified_by="", verified_on=None)


POSTING_READER = Reader(Posting, PostingFacts, _read_posting, _said)
CLASS_READER = Reader(TrainingClass, TrainingFacts, _read_class)


class Records(Protocol[T, F]):
    """The table of one kind of record, as a desk uses it."""

    def state(self) -> tuple[int, int, int]:
        """Changes whenever a record does."""

    def many(self, keys: Sequence[int]) -> Mapping[int, Stored[T, F]]:
        """Stored records by key."""

    def prepare(self, values: Sequence[tuple[T, F | None]], /) -> list[Row]:
        """Rows of new records."""

    def prepare_changes(self, values: Sequence[tuple[int, T, F | None]], /) -> list[Row]:
        """Rows of changed records."""

    def add_prepared(self, rows: Sequence[Row]) -> None:
        """Stores new rows."""

    def replace_prepared(self, rows: Sequence[Row]) -> None:
        """Stores changed rows."""


class Desk(Generic[T, F]):
    """One kind of record, from drafts to storage. What is to be done is worked out, and every row made ready, before
    the transaction; inside it both are used as they are, or done again where somebody else stored meanwhile."""

    def __init__(self, rows: Sequence[tuple[DraftRow, T]], reader: Reader[T, F], read_on: date) -> None:
        self._rows, self._reader, self._read_on = rows, reader, read_on
        self._ready: list[Row] = []
        self._seen: tuple[int, int, int] | None = None
        self.planned: FilePlan[T] = FilePlan()

    def plan(self, unit: UnitOfWork) -> None:
        """Works out what is to be done against what is stored now."""
        self.planned = self._planned(unit)
        self._seen = self._table(unit).state()

    def understand(self, reading: Callable[[], AbstractContextManager[UnitOfWork]], step: Step) -> None:
        """Reads the texts of the records that change and makes their rows ready."""
        steps = self.planned.steps
        found = read_all(self._reader, [one.value for one in steps], self._read_on)
        done = 0
        for part in chunks(steps, _CHECK_EVERY):
            step(READ, done, len(steps))
            facts = [next(found) for _ in part]
            with reading() as unit:
                self._ready += self._made(unit, part, facts)
            done += len(part)

    def settle(self, unit: UnitOfWork) -> None:
        """Makes sure that the plan fits what is stored at this moment."""
        if self._seen != self._table(unit).state():
            self._again(unit)

    def store(self, unit: UnitOfWork) -> None:
        """Writes new and changed records, as settled."""
        steps = self.planned.steps
        with without_collection():
            ready = list(zip(steps, self._ready, strict=True))
            self._write(unit, [row for one, row in ready if one.key is None], [row for one, row in ready if one.key])

    def stored(self, unit: UnitOfWork, keys: Sequence[int]) -> dict[int, T]:
        """Stored records by key."""
        return {key: found.value for key, found in self._table(unit).many(keys).items()}

    def _again(self, unit: UnitOfWork) -> None:
        """Somebody stored meanwhile: what is still to be done keeps its row, the rest is read now."""
        made = {(one.key, one.value): row for one, row in zip(self.planned.steps, self._ready, strict=True)}
        self.plan(unit)
        self._ready = []
        for one in self.planned.steps:
            row = made.get((one.key, one.value))
            fresh = [] if row else self._made(unit, [one], [self._reader.read(one.value, self._read_on)])
            self._ready.append(row or fresh[0])

    def _made(self, unit: UnitOfWork, steps: Sequence[FileStep[T]], facts: Sequence[F | None]) -> list[Row]:
        """The rows of some steps, in their order."""
        table = self._table(unit)
        told = list(zip(steps, facts, strict=True))
        with without_collection():
            new = iter(table.prepare([(one.value, found) for one, found in told if one.key is None]))
            changes = [(one.key, one.value, found) for one, found in told if one.key is not None]
            changed = iter(table.prepare_changes(changes))
            return [next(new if one.key is None else changed) for one in steps]

    def _write(self, unit: UnitOfWork, new: Sequence[Row], changed: Sequence[Row]) -> None:
        """Writes rows."""
        self._table(unit).add_prepared(new)
        self._table(unit).replace_prepared(changed)

    def _table(self, unit: UnitOfWork) -> Records[T, F]:
        """The table of the records."""
        raise NotImplementedError

    def _planned(self, unit: UnitOfWork) -> FilePlan[T]:
        """The plan against a unit of work."""
        raise NotImplementedError


class PeopleDesk(Desk[Worker, WorkerFacts]):
    """People of a roster."""

    def _table(self, unit: UnitOfWork) -> Records[Worker, WorkerFacts]:
        """People."""
        return unit.workers

    def _planned(self, unit: UnitOfWork) -> FilePlan[Worker]:
        """Found again by their keys."""
        return plan_people(unit.workers, self._rows)

    def understand(self, reading: Callable[[], AbstractContextManager[UnitOfWork]], step: Step) -> None:
        """A large roster is stored first and read before anybody of it is planned for."""
        steps = self.planned.steps
        if len(steps) < READ_LATER_FROM:
            super().understand(reading, step)
            return
        self.planned.notices.append(RowProblem(Phrase("IMPORT_READ_LATER", {"count": len(steps)})))
        for start in range(0, len(steps), _READY_AT_ONCE):
            step(READ, start, len(steps))
            part = steps[start : start + _READY_AT_ONCE]
            with reading() as unit:
                self._ready += self._made(unit, part, [None] * len(part))


class PostingDesk(Desk[Posting, PostingFacts]):
    """Postings of a list; what asks for money or papers is held for a person to decide.

    Jobs a list numbers itself (GW-7, GW-7#2) are told apart already.
    """

    def __init__(
        self,
        rows: Sequence[tuple[DraftRow, Posting]],
        split: Callable[[Posting], Sequence[Posting]],
        read_on: date,
        step: Step,
    ) -> None:
        settled = settle_references(rows, posting_with_reference, _ref_of)
        apart = {posting.source_ref for _, posting in settled.rows if posting.ref != posting.source_ref}
        parts = []
        for done, (row, posting) in enumerate(settled.rows):
            if done % _CHECK_EVERY == 0:
                step(PLAN, done, len(settled.rows))
            found = (posting,) if posting.source_ref in apart else split(posting)
            parts += [(row, part) for part in found]
            if len(found) > 1:
                settled.repeats.tell(row, "IMPORT_SPLIT", other=len(found))
            elif found[0].several_jobs:
                settled.repeats.tell(row, "IMPORT_SEVERAL")
        super().__init__(parts, POSTING_READER, read_on)
        self._repeats = settled.repeats
        self._gone: list[int] = []
        self._held: set[str] = set()

    def _table(self, unit: UnitOfWork) -> Records[Posting, PostingFacts]:
        """Postings."""
        return unit.postings

    @property
    def refs(self) -> frozenset[str]:
        """The references of all postings filed, those of split adverts included."""
        return frozenset(posting.ref for _, posting in self._rows)

    def _planned(self, unit: UnitOfWork) -> FilePlan[Posting]:
        """Found again by sender and reference; jobs an advert no longer names are withdrawn with its change."""
        known = unit.postings.by_source(self._rows[0][1].sender) if self._rows else {}
        postings = [posting for _, posting in self._rows]
        plan = plan_records(postings, known, unit.postings.digest_of, _ref_of, self._repeats)
        named = {posting.ref for posting in postings}
        changed = {posting.source_ref for _, posting in plan.updates}
        self._gone = [
            stored.key
            for ref, stored in known.items()
            if "#" in ref and ref not in named and ref.rpartition("#")[0] in changed
        ]
        return plan

    def _made(
        self, unit: UnitOfWork, steps: Sequence[FileStep[Posting]], facts: Sequence[PostingFacts | None]
    ) -> list[Row]:
        """The rows of some steps; a new posting that has to be decided on is held from the start."""
        rows = super()._made(unit, steps, facts)
        for one, found, row in zip(steps, facts, rows, strict=True):
            if found is not None and found.conduct:
                self._held.add(one.value.ref)
                if one.key is None:
                    row["state"] = PostingState.HELD.value
        return rows

    def _write(self, unit: UnitOfWork, new: Sequence[Row], changed: Sequence[Row]) -> None:
        """Writes postings."""
        super()._write(unit, new, changed)
        unit.postings.reopen_taken_back([key for key, _ in self.planned.updates])
        for key, posting in self.planned.updates:
            if posting.ref in self._held:
                unit.postings.set_state(key, PostingState.HELD)
        written = {one.value.ref for one in self.planned.steps}
        for row, posting in self._rows:
            if posting.ref in self._held & written:
                self.planned.tell(row, "IMPORT_HELD")
        for key in self._gone:
            unit.postings.set_state(key, PostingState.WITHDRAWN)


class ClassDesk(Desk[TrainingClass, TrainingFacts]):
    """Classes of a list."""

    def __init__(self, rows: Sequence[tuple[DraftRow, TrainingClass]], read_on: date) -> None:
        settled = settle_references(rows, class_with_reference, _ref_of)
        super().__init__(settled.rows, CLASS_READER, read_on)
        self._repeats = settled.repeats

    def _table(self, unit: UnitOfWork) -> Records[TrainingClass, TrainingFacts]:
        """Classes."""
        return unit.classes

    def _planned(self, unit: UnitOfWork) -> FilePlan[TrainingClass]:
        """Found again by sender and reference."""
        known = unit.classes.by_source(self._rows[0][1].sender) if self._rows else {}
        classes = [found for _, found in self._rows]
        return plan_records(classes, known, unit.classes.digest_of, _ref_of, self._repeats)


def _ref_of(record: Posting | TrainingClass) -> str:
    """The reference of a record."""
    return record.ref


AnyDesk = PeopleDesk | PostingDesk | ClassDesk


def _silent(code: str, done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def desk_for(kind: str, rows: Sequence[DraftRow], tools: ReadingTools, *, as_of: date, step: Step = _silent) -> AnyDesk:
    """The desk of one kind of file; an advert that holds several jobs is split before it is filed."""
    if kind == "workers":
        return PeopleDesk([(row, row.draft) for row in rows if isinstance(row.draft, Worker)], PEOPLE_READER, as_of)
    if kind == "training":
        return ClassDesk([(row, row.draft) for row in rows if isinstance(row.draft, TrainingClass)], as_of)
    postings = [(row, row.draft) for row in rows if isinstance(row.draft, Posting)]
    return PostingDesk(postings, lambda posting: split_posting(posting, tools), as_of, step)
