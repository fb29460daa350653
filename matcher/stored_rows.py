"""Stored records as rows ready for planning.

In: a person or a posting as stored, and the office with its reading tools. Out: the record with its facts, read now
where that was not done yet; of a person what only the texts tell stands where the columns would.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.by_hand import conceded
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.choosing.choices import Concession
from matcher.domain.worker import LabourSkill, Worker, WorkerFacts
from matcher.office import Office
from matcher.reading import read_posting, read_worker
from matcher.store import StoredPosting
from matcher.store.workers import StoredWorker


def facts_of(stored: StoredWorker, office: Office, on: date) -> WorkerFacts:
    """What was understood of a stored person, read now where that was not done yet."""
    return stored.facts or read_worker(stored.value, office.tools, read_on=on)


def worker_row(
    stored: StoredWorker,
    office: Office,
    on: date,
    *,
    refused: frozenset[int] = frozenset(),
    kept: frozenset[int] = frozenset(),
    printed: frozenset[int] = frozenset(),
    given: frozenset[int] = frozenset(),
    said: Concession | None = None,
) -> WorkerRow:
    """A stored person ready for planning, read now where that was not done yet, with what was said at the desk since;
    the rest are keys of postings."""
    facts = facts_of(stored, office, on)
    row = WorkerRow(
        stored.key,
        _as_told(stored.value, facts),
        facts,
        refused_postings=refused,
        kept_postings=kept,
        printed_postings=printed,
        given_postings=given,
    )
    return row if said is None else conceded(row, said.switches, office.policy.at(on))


def _as_told(worker: Worker, facts: WorkerFacts) -> Worker:
    """The person with what only the texts tell, as if the columns said so: labour ability, and where she lives now."""
    if facts.lives_at.value is not None:
        worker = replace(worker, home=facts.lives_at.value)
    if worker.labour_skill is LabourSkill.WEAK and facts.situation("LABOUR_MISTAKEN") is not None:
        return replace(worker, labour_skill=LabourSkill.ORDINARY)
    if worker.labour_skill is not None or facts.situation("WEAK_LABOUR") is None:
        return worker
    return replace(worker, labour_skill=LabourSkill.WEAK)


def posting_row(stored: StoredPosting, office: Office, *, cautions: tuple[str, ...] = ()) -> PostingRow:
    """A stored posting ready for planning, read now where that was not done yet; the newest verification counts."""
    facts = stored.facts or read_posting(stored.value, office.tools)
    posting, how = stored.value, ""
    if stored.checked_on is not None and (posting.verified_on is None or stored.checked_on >= posting.verified_on):
        posting = replace(posting, verified_on=stored.checked_on, verified_by=stored.checked_by)
        how = stored.checked_how.value if stored.checked_how else ""
    return PostingRow(
        stored.key,
        posting,
        facts,
        stored.state,
        openings_left=stored.openings_left,
        cleared=stored.cleared,
        cautions=cautions,
        checked_how=how,
    )
