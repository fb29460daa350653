"""Training subsidies: proved by any one proof, once for an occupation at a level, never twice over the provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.claims.boards import topic_of_claim, waiting_by_topic
from matcher.claims.bodies import make_body_claim
from matcher.claims.claiming import decide
from matcher.claims.picking import class_choices, months_in, of_class, of_employer
from matcher.claims.training import TrainingClock, prepare_training_claim, training_clocks
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.service.claim import ClaimPerson, ClaimRefused, ClaimState
from matcher.domain.service.timer import TimerState
from matcher.domain.training import TrainingFacts
from matcher.domain.worker import HouseholdType, WorkerFacts
from matcher.listings import Scope
from matcher.store.cooperation.books import Engagement
from tests.factories import a_course, holds, terms
from tests.matcher.claims.desks import ALL, Desk

SEWING = TrainingFacts(occupations=terms(["sewing_worker"]), skills=terms(["cert_sewing"]), level=5)


def a_class(desk: Desk, ref: str, facts: TrainingFacts = SEWING, ended: date = date(2026, 6, 12)) -> int:
    """A class that is over."""
    training = replace(a_course().training, ref=ref, starts_on=date(2026, 5, 20), ends_on=ended)
    with desk.office.unit("window") as unit:
        return int(unit.classes.add(training, facts))


def join(desk: Desk, course: int, number: int = 0, state: EnrolmentState = EnrolmentState.PASSED) -> None:
    """Somebody is so far with a class; lifted, so that the subsidy is for them."""
    with desk.office.unit("window") as unit:
        stored = unit.workers.get(desk.people[number])
        lifted = replace(stored.value, household_type=HouseholdType.LIFTED)
        unit.workers.replace(stored.key, lifted, stored.facts or WorkerFacts())
        unit.class_life.enrol(course, desk.people[number], state)


def clocks(desk: Desk, number: int = 0, scope: Scope = ALL) -> list[TrainingClock]:
    """The classes of somebody."""
    with desk.office.reading() as unit:
        policy = desk.office.policy.at(desk.office.today())
        return training_clocks(unit, desk.people[number], scope, policy)


def claim(desk: Desk, course: int, number: int = 0, scope: Scope = ALL) -> int:
    """A claim for a class."""
    return prepare_training_claim(desk.office, desk.people[number], course, scope, actor="window")


def refusal(desk: Desk, course: int, number: int = 0) -> str:
    """Why there is no claim."""
    with pytest.raises(ClaimRefused) as refused:
        claim(desk, course, number)
    assert refused.value.message
    return refused.value.code


def test_a_pass_is_proof_and_the_amount_is_left_to_the_office(desk: Desk) -> None:
    course = a_class(desk, "C-1")
    join(desk, course, state=EnrolmentState.ENROLLED)
    (clock,) = clocks(desk)
    assert (clock.state, clock.proofs) == (TimerState.MISSING_PROOF, ())
    assert refusal(desk, course) == "CLAIM_CLASS_NOT_PROVED"
    join(desk, course)
    (clock,) = clocks(desk)
    assert (clock.state, clock.proofs, clock.may_claim) == (TimerState.MAY_CLAIM, ("passed",), True)
    key = claim(desk, course)
    with desk.office.reading() as unit:
        made = unit.claims.get(key)
    assert (made.kind, made.class_key, made.year, made.yuan) == ("TRAINING", course, 2026, None)
    assert (made.since, made.until, made.proofs) == (date(2026, 5, 20), date(2026, 6, 12), ("passed",))
    assert clocks(desk)[0].state is TimerState.CLAIMED
    assert refusal(desk, course) == "CLAIM_THERE"


def test_a_class_that_still_runs_is_not_claimed_yet(desk: Desk) -> None:
    course = a_class(desk, "C-1", ended=date(2026, 6, 30))
    join(desk, course)
    assert clocks(desk)[0].state is TimerState.NOT_YET
    assert refusal(desk, course) == "CLAIM_CLASS_NOT_PROVED"


def test_the_certificate_of_the_class_is_proof_as_well(desk: Desk) -> None:
    course = a_class(desk, "C-1")
    join(desk, course, state=EnrolmentState.ATTENDED)
    assert clocks(desk)[0].proofs == ()
    with desk.office.unit("window") as unit:
        stored = unit.workers.get(desk.people[0])
        unit.workers.replace(stored.key, stored.value, WorkerFacts(skills=(holds("cert_sewing"),)))
    assert clocks(desk)[0].proofs == ("training_certificate",)
    assert claim(desk, course)


def test_an_occupation_is_subsidised_once_at_a_level(desk: Desk) -> None:
    first, again = a_class(desk, "C-1"), a_class(desk, "C-2")
    higher = a_class(desk, "C-3", replace(SEWING, level=4))
    for course in (first, again, higher):
        join(desk, course)
    key = claim(desk, first)
    assert refusal(desk, again) == "CLAIM_STOPPED_SAME_LEVEL"
    assert claim(desk, higher)
    decide(desk.office, key, ClaimState.WITHDRAWN, ALL, actor="window", note="本人不要了")
    assert claim(desk, again), "what was withdrawn does not count"


def test_more_than_so_many_a_year_are_refused(desk: Desk) -> None:
    works = ("sewing_worker", "cook", "cleaner", "electrician")
    courses = [a_class(desk, f"C-{work}", replace(SEWING, occupations=terms([work]))) for work in works]
    for course in courses:
        join(desk, course)
    for course in courses[:3]:
        claim(desk, course)
    assert refusal(desk, courses[3]) == "CLAIM_STOPPED_MOST_CLASSES"


def test_a_claim_goes_through_a_board_of_its_own(desk: Desk) -> None:
    course = a_class(desk, "C-1")
    join(desk, course)
    key = claim(desk, course)
    decide(desk.office, key, ClaimState.APPROVED, ALL, actor="window", yuan=800)
    with desk.office.reading() as unit:
        assert topic_of_claim(unit.claims.get(key)) == "TRAINING"
        assert [one.key for one in waiting_by_topic(unit, ALL)["TRAINING"]] == [key]


def provider(desk: Desk, course: int | None, *numbers: int) -> int:
    """The claim of a provider for some people."""
    people = [ClaimPerson(worker_key=desk.people[number], months=1) for number in numbers]
    return make_body_claim(
        desk.office, "TRAINING_BODY", "示例技工学校", people, ALL, actor="window", division="150525", year=2026,
        class_key=course,
    )  # fmt: skip


def test_person_and_provider_cannot_both_claim_for_a_class(desk: Desk) -> None:
    course = a_class(desk, "C-1")
    join(desk, course, 0)
    join(desk, course, 1)
    claim(desk, course, 0)
    for numbers, code in (((0,), "CLAIM_CLAIMED_BY_PERSON"), ((2,), "CLAIM_NOT_IN_CLASS")):
        with pytest.raises(ClaimRefused) as refused:
            provider(desk, course, *numbers)
        assert refused.value.code == code
    with pytest.raises(ClaimRefused, match="培训班"):
        provider(desk, None, 1)
    assert provider(desk, course, 1)
    assert refusal(desk, course, 1) == "CLAIM_STOPPED_PROVIDER"
    with pytest.raises((ClaimRefused, EditConflict)):
        provider(desk, course, 1)


def test_nobody_claims_for_people_of_another_division(desk: Desk) -> None:
    course = a_class(desk, "C-1")
    join(desk, course)
    with pytest.raises(RecordNotFound):
        claim(desk, course, scope=Scope(division="150523"))


def test_people_are_picked_from_a_class_or_from_an_employer(desk: Desk) -> None:
    course = a_class(desk, "C-1")
    join(desk, course, 0)
    join(desk, course, 1, EnrolmentState.LEFT)
    desk.work(2, date(2026, 1, 10))
    with desk.office.reading() as unit:
        assert [one.key for one in class_choices(unit, ALL)] == [course]
        assert [one.worker_key for one in of_class(unit, course, ALL)] == [desk.people[0]]
        listed = of_employer(desk.office, unit, "示例 公司", ALL, year=2026)
        assert [(one.worker_key, one.months) for one in listed] == [(desk.people[2], 5)]
        assert of_employer(desk.office, unit, "示例公司", Scope(division="150523"), year=2026) == []
        assert of_employer(desk.office, unit, "", ALL, year=2026) == []


@pytest.mark.parametrize(
    ("began", "ended", "year", "months"),
    [
        (date(2025, 11, 1), None, 2025, 2),
        (date(2025, 11, 1), None, 2026, 5),
        (date(2025, 1, 1), date(2025, 12, 31), 2025, 11),
        (date(2024, 1, 1), None, 2025, 12),
        (date(2026, 6, 1), None, 2026, 0),
    ],
)
def test_only_full_months_of_the_year_count(began: date, ended: date | None, year: int, months: int) -> None:
    work = Engagement(1, 1, "某厂", began, ended, "150525", "东村", None)
    assert months_in(work, year, date(2026, 6, 22)) == months
