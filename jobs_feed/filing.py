"""The desks where drafts are filed: people, postings, classes.

In: drafts. Out: what is to be done with each, what reading understood of those that change, and the writing of
them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from jobs_feed.postings import with_reference as posting_with_reference
from jobs_feed.reading_pool import Reader, read_all
from jobs_feed.reconcile import FilePlan, plan_people, plan_records, settle_references
from jobs_feed.splitting import split_posting
from jobs_feed.staging import DraftRow
from jobs_feed.training import with_reference as class_with_reference
from matcher.domain.placed_name import NameKind
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Worker, WorkerFacts
from matcher.placing import placed_name
from matcher.reading import ReadingTools, load_tools, read_class, read_posting, read_worker
from matcher.store import UnitOfWork

T = TypeVar("T")
F = TypeVar("F")
Step = Callable[[float, str], None]
_CHECK_EVERY = 100


def _read_person(worker: Worker, read_on: date) -> WorkerFacts:
    """What was understood of a person."""
    return read_worker(worker, load_tools(), read_on=read_on)


def _read_posting(posting: Posting, _: date) -> PostingFacts:
    """What was understood of a posting."""
    return read_posting(posting, load_tools())


def _read_class(found: TrainingClass, _: date) -> TrainingFacts:
    """What was understood of a class."""
    return read_class(found, load_tools())


PEOPLE_READER = Reader(Worker, WorkerFacts, _read_person)
POSTING_READER = Reader(Posting, PostingFacts, _read_posting)
CLASS_READER = Reader(TrainingClass, TrainingFacts, _read_class)


class Desk(Generic[T, F]):
    """One kind of record, from drafts to storage: what is to be done is worked out twice, before and inside the
    transaction, so that reading texts never holds the database."""

    def __init__(self, rows: Sequence[tuple[DraftRow, T]], reader: Reader[T, F], read_on: date) -> None:
        self._rows, self._reader, self._read_on = rows, reader, read_on
        self._facts: dict[T, F] = {}
        self.planned: FilePlan[T] = FilePlan()

    def plan(self, unit: UnitOfWork) -> None:
        """Works out what is to be done against what is stored now."""
        self.planned = self._planned(unit)

    def understand(self, step: Step) -> None:
        """Reads the texts of the records that change."""
        todo = [one.value for one in self.planned.steps]
        found = read_all(self._reader, todo, self._read_on)
        for done, (value, facts) in enumerate(zip(todo, found, strict=True)):
            if done % _CHECK_EVERY == 0:
                step(0.4 + 0.5 * done / len(todo), "IMPORT_STEP_READ")
            self._facts[value] = facts

    def store(self, unit: UnitOfWork) -> None:
        """Writes new and changed records."""
        raise NotImplementedError

    def _planned(self, unit: UnitOfWork) -> FilePlan[T]:
        """The plan against a unit of work."""
        raise NotImplementedError

    def _facts_of(self, value: T) -> F:
        """What was understood of a record, read once."""
        if value not in self._facts:
            self._facts[value] = self._reader.read(value, self._read_on)
        return self._facts[value]

    def _inserts(self) -> list[tuple[T, F]]:
        """New records with their facts."""
        return [(value, self._facts_of(value)) for value in self.planned.inserts]

    def _updates(self) -> list[tuple[int, T, F]]:
        """Changed records with their facts."""
        return [(key, value, self._facts_of(value)) for key, value in self.planned.updates]


class PeopleDesk(Desk[Worker, WorkerFacts]):
    """People of a roster."""

    def _planned(self, unit: UnitOfWork) -> FilePlan[Worker]:
        """Found again by their keys."""
        return plan_people(unit.workers, self._rows)

    def store(self, unit: UnitOfWork) -> None:
        """Writes people."""
        unit.workers.add_many(self._inserts())
        unit.workers.replace_many(self._updates())


class PostingDesk(Desk[Posting, PostingFacts]):
    """Postings of a list; what asks for money or papers is held for a person to decide."""

    def __init__(
        self,
        rows: Sequence[tuple[DraftRow, Posting]],
        split: Callable[[Posting], Sequence[Posting]],
        read_on: date,
    ) -> None:
        settled = settle_references(rows, posting_with_reference, _ref_of)
        parts = []
        for row, posting in settled.rows:
            found = split(posting)
            parts += [(row, part) for part in found]
            if len(found) > 1:
                settled.repeats.tell(row, "IMPORT_SPLIT", other=len(found))
            elif found[0].several_jobs:
                settled.repeats.tell(row, "IMPORT_SEVERAL")
        super().__init__(parts, POSTING_READER, read_on)
        self._repeats = settled.repeats
        self._gone: list[int] = []

    @property
    def postings(self) -> tuple[Posting, ...]:
        """The postings on the desk, each with its reference."""
        return tuple(posting for _, posting in self._rows)

    def _planned(self, unit: UnitOfWork) -> FilePlan[Posting]:
        """Found again by sender and reference; jobs an advert no longer names are withdrawn with its change."""
        known = unit.postings.by_source(self._rows[0][1].sender) if self._rows else {}
        self._rows = _as_placed(self._rows, unit)
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

    def store(self, unit: UnitOfWork) -> None:
        """Writes postings."""
        inserts, updates = self._inserts(), self._updates()
        unit.postings.add_many([item for item in inserts if not item[1].conduct])
        unit.postings.add_many([item for item in inserts if item[1].conduct], state=PostingState.HELD)
        unit.postings.replace_many(updates)
        for key, _, facts in updates:
            if facts.conduct:
                unit.postings.set_state(key, PostingState.HELD)
        held = {value.ref for value, facts in inserts if facts.conduct} | {
            value.ref for _, value, facts in updates if facts.conduct
        }
        for row, posting in self._rows:
            if posting.ref in held:
                self.planned.tell(row, "IMPORT_HELD")
        for key in self._gone:
            unit.postings.set_state(key, PostingState.WITHDRAWN)


def _as_placed(rows: Sequence[tuple[DraftRow, Posting]], unit: UnitOfWork) -> list[tuple[DraftRow, Posting]]:
    """Postings whose title or place staff have placed before."""
    titles, places = unit.placed_names.all(NameKind.TITLE), unit.placed_names.all(NameKind.PLACE)
    if not titles and not places:
        return list(rows)
    return [(row, placed_name(posting, titles, places)) for row, posting in rows]


class ClassDesk(Desk[TrainingClass, TrainingFacts]):
    """Classes of a list."""

    def __init__(self, rows: Sequence[tuple[DraftRow, TrainingClass]], read_on: date) -> None:
        settled = settle_references(rows, class_with_reference, _ref_of)
        super().__init__(settled.rows, CLASS_READER, read_on)
        self._repeats = settled.repeats

    def _planned(self, unit: UnitOfWork) -> FilePlan[TrainingClass]:
        """Found again by sender and reference."""
        known = unit.classes.by_source(self._rows[0][1].sender) if self._rows else {}
        classes = [found for _, found in self._rows]
        return plan_records(classes, known, unit.classes.digest_of, _ref_of, self._repeats)

    def store(self, unit: UnitOfWork) -> None:
        """Writes classes."""
        unit.classes.add_many(self._inserts())
        unit.classes.replace_many(self._updates())


def _ref_of(record: Posting | TrainingClass) -> str:
    """The reference of a record."""
    return record.ref


AnyDesk = PeopleDesk | PostingDesk | ClassDesk


def one_job(posting: Posting) -> tuple[Posting]:
    """A posting whose advert has been told apart already."""
    return (posting,)


def desk_for(kind: str, rows: Sequence[DraftRow], tools: ReadingTools, *, as_of: date, apart: bool = False) -> AnyDesk:
    """The desk of one kind of file; an advert that holds several jobs is split before it is filed."""
    if kind == "workers":
        return PeopleDesk([(row, row.draft) for row in rows if isinstance(row.draft, Worker)], PEOPLE_READER, as_of)
    if kind == "training":
        return ClassDesk([(row, row.draft) for row in rows if isinstance(row.draft, TrainingClass)], as_of)
    postings = [(row, row.draft) for row in rows if isinstance(row.draft, Posting)]
    split = one_job if apart else partial(split_posting, tools=tools)
    return PostingDesk(postings, split, as_of)
