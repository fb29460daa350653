"""The desks where drafts are filed: people, postings, classes.

In: drafts. Out: what is to be done with each, what reading understood of those that change, and the writing of
them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import partial

from jobs_feed.desk import CHECK_EVERY, Desk, Records, Step
from jobs_feed.pace import PLAN
from jobs_feed.postings import with_reference as posting_with_reference
from jobs_feed.reconcile import FilePlan, plan_records, settle_references
from jobs_feed.reconcile import Step as FileStep
from jobs_feed.rosters import PeopleDesk
from jobs_feed.rosters.asking import Limits
from jobs_feed.splitting import split_posting
from jobs_feed.staging import DraftRow, Staged
from jobs_feed.training import with_reference as class_with_reference
from jobs_feed.trust.checking import bench_of, settle, settle_new
from jobs_feed.trust.judge import holds, in_order
from jobs_feed.trust.pay import far_off, usual_pay
from jobs_feed.within import EVERYWHERE, Within
from matcher.domain.incoming.placed_name import NameKind
from matcher.domain.incoming.trust import Flag
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Worker
from matcher.placing import placed_name
from matcher.policy import PolicyAt
from matcher.reading import ReadingTools, load_tools, read_class, read_posting
from matcher.reading_pool import Reader
from matcher.store import UnitOfWork
from matcher.store.context import Row


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


class PostingDesk(Desk[Posting, PostingFacts]):
    """Postings of a list; what must not be suggested as it stands is held for a person to decide.

    Jobs a list numbers itself (GW-7, GW-7#2) are told apart already.
    """

    def __init__(
        self,
        rows: Sequence[tuple[DraftRow, Posting]],
        split: Callable[[Posting], Sequence[Posting]],
        policy: PolicyAt,
        step: Step,
    ) -> None:
        settled = settle_references(rows, posting_with_reference, _ref_of)
        apart = {posting.source_ref for _, posting in settled.rows if posting.ref != posting.source_ref}
        parts = []
        for done, (row, posting) in enumerate(settled.rows):
            if done % CHECK_EVERY == 0:
                step(PLAN, done, len(settled.rows))
            found = (posting,) if posting.source_ref in apart else split(posting)
            parts += [(row, part) for part in found]
            if len(found) > 1:
                settled.repeats.tell(row, "IMPORT_SPLIT", other=len(found))
            elif found[0].several_jobs:
                settled.repeats.tell(row, "IMPORT_SEVERAL")
        super().__init__(parts, POSTING_READER, policy.on)
        self._repeats, self._policy = settled.repeats, policy
        self._flags: dict[str, tuple[Flag, ...]] = {}
        self._paid: dict[str, tuple[Posting, PostingFacts]] = {}
        self._gone: list[int] = []
        self._delivered: list[int] = []

    def _table(self, unit: UnitOfWork) -> Records[Posting, PostingFacts]:
        """Postings."""
        return unit.postings

    @property
    def refs(self) -> frozenset[str]:
        """The references of all postings filed, those of split adverts included."""
        return frozenset(posting.ref for _, posting in self._rows)

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
        self._delivered = [stored.key for ref, stored in known.items() if ref in named]
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

    def understand(self, reading: Callable[[], AbstractContextManager[UnitOfWork]], step: Step) -> None:
        """Reads the texts and judges them; where the usual pay is not known yet, pay against one another."""
        super().understand(reading, step)
        ranges = usual_pay(self._paid.values(), self._policy.whole("trust.pay_range_least"))
        for ref, (posting, facts) in self._paid.items():
            if far := tuple(far_off(posting, facts, self._policy, ranges)):
                self._flags[ref] = in_order((*self._flags.get(ref, ()), *far))
        self._paid = {}

    def _made(
        self, unit: UnitOfWork, steps: Sequence[FileStep[Posting]], facts: Sequence[PostingFacts | None]
    ) -> list[Row]:
        """The rows of some steps; what is held against each is judged on the way."""
        for one, found in zip(steps, facts, strict=True):
            if found is None:
                continue
            posting = one.value
            if flags := self._bench.flags(posting, found):
                self._flags[posting.ref] = flags
            if not self._bench.ranges and found.wage is not None and found.occupation:
                self._paid[posting.ref] = (posting, PostingFacts(occupations=found.occupations[:1], wage=found.wage))
        return super()._made(unit, steps, facts)

    def _write(self, unit: UnitOfWork, new: Iterable[Row], changed: Iterable[Row]) -> list[int]:
        """Writes postings, each where its flags put it; the keys of the new ones."""
        updates = self.planned.updates
        before = unit.postings.many([key for key, _ in updates])
        keys = super()._write(unit, new, changed)
        unit.postings.reopen_taken_back([key for key, _ in updates])
        restated = {key for key, value in updates if value.openings and before[key].value.openings != value.openings}
        unit.postings.move_many(restated, PostingState.FILLED, PostingState.OPEN, why="OPENINGS_RESTATED")
        self._judge(unit, dict(zip(keys, self.planned.inserts, strict=True)), dict(updates))
        for key in self._gone:
            unit.postings.set_state(key, PostingState.WITHDRAWN, why="NOT_NAMED_ANY_MORE")
        unit.sameness.signs.seen(self._delivered)
        return keys

    def _judge(self, unit: UnitOfWork, new: Mapping[int, Posting], changed: Mapping[int, Posting]) -> None:
        """Stores what is held against postings, and holds those that must wait."""
        fresh = {key: flags for key, posting in new.items() if (flags := self._flags.get(posting.ref))}
        settle_new(unit, fresh, {key: unit.postings.text_digest_of(new[key]) for key in fresh})
        again = {key: self._flags.get(posting.ref, ()) for key, posting in changed.items()}
        settle(unit, unit.postings.many(list(again)), again)
        held = {
            posting.ref for posting in (*new.values(), *changed.values()) if holds(self._flags.get(posting.ref, ()))
        }
        for row, posting in self._rows:
            if posting.ref in held:
                self.planned.tell(row, "IMPORT_HELD", fault=self._flags[posting.ref][0].code)


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


def one_job(posting: Posting) -> tuple[Posting]:
    """A posting whose advert has been told apart already."""
    return (posting,)


def untold(code: str, done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def desk_for(
    kind: str,
    staged: Staged,
    tools: ReadingTools,
    policy: PolicyAt,
    *,
    step: Step = untold,
    within: Within = EVERYWHERE,
) -> AnyDesk:
    """The desk of one kind of file; an advert that holds several jobs is split before it is filed."""
    rows = staged.drafts
    if kind == "workers":
        people = [(row, row.draft) for row in rows if isinstance(row.draft, Worker)]
        unread = staged.unread_names
        return PeopleDesk(people, policy.on, Limits.of(policy), unread, within, whole=staged.whole)
    if kind == "training":
        return ClassDesk([(row, row.draft) for row in rows if isinstance(row.draft, TrainingClass)], policy.on)
    postings = [(row, row.draft) for row in rows if isinstance(row.draft, Posting)]
    split = one_job if staged.apart else partial(split_posting, tools=tools)
    return PostingDesk(postings, split, policy, step)
