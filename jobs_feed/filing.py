"""The desks where drafts are filed: people, postings, classes.

In: drafts. Out: what is to be done with each, what reading understood of those that change, and the writing of
them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from jobs_feed.desk import Desk, Records, Step
from jobs_feed.pace import PLAN
from jobs_feed.postings import with_reference as posting_with_reference
from jobs_feed.reconcile import FilePlan, plan_records, settle_references
from jobs_feed.reconcile import Step as FileStep
from jobs_feed.rosters import PeopleDesk
from jobs_feed.rosters.asking import Limits
from jobs_feed.splitting import split_posting
from jobs_feed.staging import DraftRow, Staged
from jobs_feed.training import with_reference as class_with_reference
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Worker
from matcher.policy import PolicyAt
from matcher.reading import ReadingTools, load_tools, read_class, read_posting
from matcher.reading_pool import Reader
from matcher.store import UnitOfWork
from matcher.store.context import Row

_CHECK_EVERY = 100


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


def desk_for(kind: str, staged: Staged, tools: ReadingTools, policy: PolicyAt, *, step: Step = _silent) -> AnyDesk:
    """The desk of one kind of file; an advert that holds several jobs is split before it is filed."""
    rows, as_of = staged.drafts, policy.on
    if kind == "workers":
        people = [(row, row.draft) for row in rows if isinstance(row.draft, Worker)]
        return PeopleDesk(people, as_of, Limits.of(policy), staged.unread_names)
    if kind == "training":
        return ClassDesk([(row, row.draft) for row in rows if isinstance(row.draft, TrainingClass)], as_of)
    postings = [(row, row.draft) for row in rows if isinstance(row.draft, Posting)]
    return PostingDesk(postings, lambda posting: split_posting(posting, tools), as_of, step)
