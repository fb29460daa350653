"""What can never be, looked for in every record at the end of a month.

In: an office. Out: one line for each thing that cannot be; a sound system gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.aftercare.slips import Whose
from matcher.cases.gathering import Whom, gather
from matcher.cases.recording import person_case
from matcher.domain.aftercare import Spell
from matcher.domain.posting import PostingState
from matcher.domain.rosters.records import ServiceCase
from matcher.domain.service.casestate import CaseState
from matcher.domain.worker import IN_WORK, WorkStatus
from matcher.office import Office, StoredPlan, StoredPosting, StoredWorker, UnitOfWork

Postings = dict[int, StoredPosting]
ALONE_EVERY, ALONE_AT_MOST = 7, 300
"""Every so many people are asked for alone, too; of many people at most so many, spread over all."""
_AT_ONCE = 500


def impossible(office: Office, unit: UnitOfWork) -> Iterator[str]:
    """Everything that cannot be, by the case number of the person or the key of the posting."""
    postings = {stored.key: stored for stored in unit.postings.all_for_planning(only_open=False)}
    closed = unit.plans.answers.closed()
    keys = [person.key for person in unit.casefile.rows.people(Whom())]
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        plans, cases, spells = (
            unit.plans.current_of(part),
            unit.cases.of_people(part),
            unit.aftercare.spells.of_people(part),
        )
        for key, stored in unit.workers.many(part).items():
            plan = plans.get(key)
            faults = [*_of_case(cases.get(key, []), stored), *_of_work(spells.get(key, []), stored)]
            if plan is not None:
                faults += _of_plan(plan, postings)
                again = closed.get(key, frozenset()) & {match.posting_key for match in plan.plan.matches}
                faults += [f"posting {one} answered and suggested again" for one in again if _before(unit, plan, one)]
            yield from (f"person {key}: {fault}" for fault in faults)
    yield from _of_postings(unit, postings)
    yield from _of_standing(office, unit)


def _of_standing(office: Office, unit: UnitOfWork) -> Iterator[str]:
    """A case stands where its facts say, asked for everybody at once and for one person alone."""
    today = office.today()
    policy = office.policy.at(today)
    found = gather(unit, Whom(), today, policy)
    running = unit.aftercare.spells.of_people([one.person.key for one in found], only_open=True)
    apart = max(ALONE_EVERY, len(found) // ALONE_AT_MOST)
    for number, one in enumerate(found):
        state, name = one.standing.state, f"person {one.person.key}"
        if state.works and not running.get(one.person.key):
            yield f"{name}: in work by the case, and nobody told of work that goes on"
        if state is CaseState.STABLE_3M and not (one.stable and one.stable.proved):
            yield f"{name}: stable without proof"
        if number % apart == 0:
            alone = person_case(unit, one.person.key, Whose(), policy)
            if (alone.standing, alone.due) != (one.standing, one.due):
                yield f"{name}: {alone.standing.state.value} alone, {state.value} among all"


def _before(unit: UnitOfWork, plan: StoredPlan, posting_key: int) -> bool:
    """Whether a posting was answered before the plan that suggests it was made."""
    return all(answer.posting_key != posting_key for answer in unit.plans.answers.of_plan(plan.key))


def _of_case(cases: Sequence[ServiceCase], stored: StoredWorker) -> Iterator[str]:
    """A case stands with the work of the person, and knows the one before it."""
    opened = [case for case in cases if case.open]
    status = stored.value.work_status
    if len(opened) > 1:
        yield "two open cases"
    if opened and status in IN_WORK and not stored.value.public_post:
        yield "in work with an open case"
    if not opened and status is WorkStatus.NEWLY_UNEMPLOYED and cases:
        yield "newly without work, and the case closed"
    for before, after in zip(cases, cases[1:], strict=False):
        if after.previous_key != before.key:
            yield "a case that does not know the one before it"
        if before.open:
            yield "a later case beside an open one"
    for case in cases:
        if case.closed_on is not None and case.closed_on < case.opened_on:
            yield "a case closed before it was opened"


def _of_work(spells: Sequence[Spell], stored: StoredWorker) -> Iterator[str]:
    """Spells end after they begin, and open ones stand with the status."""
    running = [spell for spell in spells if spell.ended_on is None]
    if running and stored.value.work_status not in IN_WORK:
        yield "a spell goes on, and the person is without work"
    for spell in spells:
        if spell.ended_on is not None and spell.ended_on < spell.started_on:
            yield "a spell that ends before it begins"


def _of_plan(plan: StoredPlan, postings: Postings) -> Iterator[str]:
    """A plan holds at most three different postings, which stood on the day it was made."""
    keys = [match.posting_key for match in plan.plan.matches]
    if len(keys) > 3 or len(set(keys)) != len(keys):
        yield "more than three postings, or one twice"
    if not plan.plan.track.carries_postings and keys:
        yield "postings on a track that carries none"
    for key in keys:
        deadline = postings[key].value.deadline
        if deadline is not None and deadline < plan.plan.made_on:
            yield f"posting {key} was over when it was suggested"


def _of_postings(unit: UnitOfWork, postings: Postings) -> Iterator[str]:
    """Nobody starts where no opening is left."""
    for key, stored in postings.items():
        left = stored.openings_left
        if left is not None and left < 0:
            yield f"posting {key}: more started than openings"
        if stored.state is PostingState.HELD and left == 0 and unit.plans.holders(key):
            yield f"posting {key}: held, full and still on a plan"
