"""The desks where drafts are filed: people, postings, classes.

In: drafts. Out: what is to be done with each, what reading understood of those that change, and the writing of
them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from jobs_feed.postings import with_reference as posting_with_reference
from jobs_feed.reading_pool import Reader, read_all
from jobs_feed.reconcile import FilePlan, plan_people, plan_records, settle_references
from jobs_feed.splitting import split_posting
from jobs_feed.staging import DraftRow
from jobs_feed.training import with_reference as class_with_reference
from jobs_feed.trust.checking import Bench, bench_of, settle, settle_new
from jobs_feed.trust.judge import holds
from jobs_feed.trust.pay import usual_pay
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.trust import Flag
from matcher.domain.worker import Worker, WorkerFacts
from matcher.policy import PolicyAt
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
    """Postings of a list; what must not be suggested as it stands is held for a person to decide."""

    def __init__(
        self,
        rows: Sequence[tuple[DraftRow, Posting]],
        split: Callable[[Posting], Sequence[Posting]],
        policy: PolicyAt,
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
        super().__init__(parts, POSTING_READER, policy.on)
        self._repeats, self._policy = settled.repeats, policy
        self._flags: dict[Posting, tuple[Flag, ...]] = {}
        self._gone: list[int] = []

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

    def plan(self, unit: UnitOfWork) -> None:
        """Works out what is to be done, and what is known of employers and pay."""
        super().plan(unit)
        self._bench = bench_of(unit, self._policy)

    def understand(self, step: Step) -> None:
        """Reads the texts and judges them, where the usual pay is not known yet against one another."""
        super().understand(step)
        if not self._bench.ranges:
            ranges = usual_pay(self._facts.items(), self._policy.whole("trust.pay_range_least"))
            self._bench = Bench(self._policy, self._bench.book, ranges)
        self._flags = {value: self._bench.flags(value, facts) for value, facts in self._facts.items()}

    def store(self, unit: UnitOfWork) -> None:
        """Writes postings, each where its flags put it."""
        inserts, updates = self._inserts(), self._updates()
        keys = dict(zip((value for value, _ in inserts), unit.postings.add_many(inserts), strict=True))
        before = unit.postings.many([key for key, _, _ in updates])
        unit.postings.replace_many(updates)
        wanted = {key for key, value, _ in updates if value.openings and before[key].value.openings != value.openings}
        unit.postings.move_many(wanted, PostingState.FILLED, PostingState.OPEN, why="OPENINGS_RESTATED")
        fresh = {key: self._flags_of(value) for value, key in keys.items() if self._flags_of(value)}
        settle_new(
            unit, fresh, {key: unit.postings.text_digest_of(value) for value, key in keys.items() if key in fresh}
        )
        changed = {key: self._flags_of(value) for key, value, _ in updates}
        settle(unit, unit.postings.many(list(changed)), changed)
        self._tell_held(keys | {value: key for key, value, _ in updates}, fresh | changed)
        for key in self._gone:
            unit.postings.set_state(key, PostingState.WITHDRAWN, why="NOT_NAMED_ANY_MORE")

    def _flags_of(self, posting: Posting) -> tuple[Flag, ...]:
        """What is held against a posting, judged once."""
        if posting not in self._flags:
            self._flags[posting] = self._bench.flags(posting, self._facts_of(posting))
        return self._flags[posting]

    def _tell_held(self, keys: Mapping[Posting, int], found: Mapping[int, tuple[Flag, ...]]) -> None:
        """A notice at each row whose posting waits for a person."""
        for row, posting in self._rows:
            key = keys.get(posting)
            if key is not None and holds(found.get(key, ())):
                self.planned.tell(row, "IMPORT_HELD", fault=found[key][0].code)


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


def desk_for(kind: str, rows: Sequence[DraftRow], tools: ReadingTools, *, policy: PolicyAt) -> AnyDesk:
    """The desk of one kind of file; an advert that holds several jobs is split before it is filed."""
    if kind == "workers":
        return PeopleDesk([(row, row.draft) for row in rows if isinstance(row.draft, Worker)], PEOPLE_READER, policy.on)
    if kind == "training":
        return ClassDesk([(row, row.draft) for row in rows if isinstance(row.draft, TrainingClass)], policy.on)
    postings = [(row, row.draft) for row in rows if isinstance(row.draft, Posting)]
    return PostingDesk(postings, lambda posting: split_posting(posting, tools), policy)
