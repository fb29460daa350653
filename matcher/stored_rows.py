"""Stored records as rows ready for planning.

In: a person or a posting as stored, and the office with its reading tools. Out: the record with its facts, read now
where that was not done yet; of a person what staff corrected wins, and what only the texts tell stands where the
columns would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from matcher.aftercare.heard import with_heard
from matcher.aftercare.staying import Records, records
from matcher.by_hand import conceded
from matcher.class_gains import ClassRow
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.aftercare import SlipReturn
from matcher.domain.choosing.choices import Concession
from matcher.domain.intake.classes import ClassEdit
from matcher.domain.service.policies.catalogue import FactAnswer
from matcher.domain.worker import LabourSkill, Worker, WorkerFacts
from matcher.office import Office
from matcher.reading import read_class, read_posting, read_worker
from matcher.store import StoredPosting, UnitOfWork
from matcher.store.workers import StoredWorker
from matcher.told import corrected
from matcher.warm import Adverts

NOTHING_KNOWN = Records()


def facts_of(stored: StoredWorker, office: Office, on: date, *, slips: Sequence[SlipReturn] = ()) -> WorkerFacts:
    """What is known of a stored person: read now where that was not done yet, slips and corrections laid over it."""
    return as_corrected(stored, office, on, slips=slips)[1]


def as_corrected(
    stored: StoredWorker, office: Office, on: date, *, slips: Sequence[SlipReturn] = ()
) -> tuple[Worker, WorkerFacts]:
    """A stored person and what is known of it: what slips said since, and over that what staff corrected."""
    read = stored.facts or read_worker(stored.value, office.tools, read_on=on)
    heard = with_heard(read, slips, office.policy.at(on)) if slips else read
    return corrected(stored.value, heard, stored.told)


def worker_row(
    stored: StoredWorker,
    office: Office,
    on: date,
    *,
    refused: frozenset[int] = frozenset(),
    kept: frozenset[int] = frozenset(),
    printed: frozenset[int] = frozenset(),
    given: frozenset[int] = frozenset(),
    slips: Sequence[SlipReturn] = (),
    said: Concession | None = None,
    told: Sequence[FactAnswer] = (),
) -> WorkerRow:
    """A stored person ready for planning, read now where that was not done yet, with what slips, corrections and
    words at the desk say since; the rest are keys of postings."""
    worker, facts = as_corrected(stored, office, on, slips=slips)
    row = WorkerRow(
        stored.key,
        as_told(worker, facts),
        facts,
        refused_postings=refused,
        kept_postings=kept,
        printed_postings=printed,
        given_postings=given,
        told=tuple(sorted((one.about, one.value) for one in told)),
    )
    return row if said is None else conceded(row, said.switches, office.policy.at(on))


def as_told(worker: Worker, facts: WorkerFacts) -> Worker:
    """The person with what only the texts tell, as if the columns said so: labour ability, and where she lives now."""
    if facts.lives_at.value is not None:
        worker = replace(worker, home=facts.lives_at.value)
    if worker.labour_skill is LabourSkill.WEAK and facts.situation("LABOUR_MISTAKEN") is not None:
        return replace(worker, labour_skill=LabourSkill.ORDINARY)
    if worker.labour_skill is not None or facts.situation("WEAK_LABOUR") is None:
        return worker
    return replace(worker, labour_skill=LabourSkill.WEAK)


def posting_row(
    stored: StoredPosting, office: Office, *, cautions: tuple[str, ...] = (), known: Records = NOTHING_KNOWN
) -> PostingRow:
    """A stored posting ready for planning, read now where that was not done yet; the newest verification counts.

    `known` is how long people stay at employers; without it nothing is said of that.
    """
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
        record=known.of(posting.employer),
    )


def class_rows(office: Office, unit: UnitOfWork) -> tuple[ClassRow, ...]:
    """All classes ready for planning, as staff changed them; cancelled ones are not offered, seats taken are gone."""
    edits, taken = unit.class_life.edits(), unit.class_life.taken()
    rows = []
    for stored in unit.classes.all_for_planning():
        edit = edits.get(stored.key, ClassEdit())
        facts = stored.facts or read_class(stored.value, office.tools)
        value = edit.over(stored.value)
        left = None if value.seats is None else value.seats - taken.get(stored.key, 0)
        if not edit.cancelled:
            rows.append(ClassRow(stored.key, value, facts, left))
    return tuple(rows)


def adverts_stored(office: Office, unit: UnitOfWork, spoken: Mapping[int, int], *, on: date) -> Adverts:
    """All postings with their facts; `spoken` are those another advert of the same job speaks for on the day."""
    cautions, known = unit.checks.cautions(), records(office, unit, on)
    last = unit.sharing.version()
    rows = {
        stored.key: posting_row(stored, office, cautions=cautions.get(stored.key, ()), known=known)
        for stored in unit.postings.all_for_planning(only_open=False)
    }
    return Adverts(rows, spoken, last)


def adverts_since(
    office: Office, unit: UnitOfWork, before: Adverts, spoken: Mapping[int, int], *, on: date
) -> tuple[Adverts, set[int]]:
    """The postings as they stand now, and which of them are not as they were, have come or are gone."""
    cautions, known = unit.checks.cautions(), records(office, unit, on)
    staying = {key for key, row in before.rows.items() if row.record != known.of(row.posting.employer)}
    warned = {
        key
        for key in {*cautions, *(key for key, row in before.rows.items() if row.cautions)} & before.rows.keys()
        if cautions.get(key, ()) != before.rows[key].cautions
    }
    turned = {key for key in spoken.keys() | before.spoken.keys() if spoken.get(key) != before.spoken.get(key)}
    stored = unit.postings.many(sorted(warned.union(staying, unit.postings.changed_after(before.last_change))))
    fresh = {key: posting_row(one, office, cautions=cautions.get(key, ()), known=known) for key, one in stored.items()}
    gone = before.rows.keys() - unit.postings.keys() if unit.sharing.gone(before.last_change) else set[int]()
    rows = {key: row for key, row in before.rows.items() if key not in gone} | fresh
    return Adverts(rows, spoken, unit.sharing.version()), {*fresh, *turned, *gone}
