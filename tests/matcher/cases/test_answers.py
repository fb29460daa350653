"""When a case is owed, and what counts as an answer about the class."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.aftercare.slips import keep_slip
from matcher.aftercare.work import end_work
from matcher.appointments import add_working_days
from matcher.cases.due import Todo, due_of
from matcher.cases.gathering import PersonCase
from matcher.cases.recording import answer_class, deliver, hold_session, person_case
from matcher.cases.referring import take_back
from matcher.cases.refusing import CaseRefused
from matcher.domain.aftercare import THE_CLASS, SaidBy, Spell, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.service.casefile import ClassWord, DeliveryWay, GuidanceWay
from matcher.domain.service.casestate import CaseFacts, CaseState, Missing, state_of
from matcher.domain.worker import WorkerFacts
from tests.factories import a_course, an_opening, terms
from tests.matcher.aftercare.books import EVERYTHING, Book

ACTOR = "xie"


def now(book: Book) -> PersonCase:
    """Where the first person's case stands."""
    with book.office.reading() as unit:
        return person_case(unit, book.people[0], EVERYTHING, book.office.policy.at(book.today))


@pytest.fixture
def taught(book: Book) -> Book:
    """A book whose plans hold a class."""
    row = a_course(1, ("sewing_worker",), ("sewing",))
    with book.office.unit() as unit:
        person = unit.workers.get(book.people[0])
        wishing = replace(
            person.facts or WorkerFacts(), wished=terms(["sewing_worker"]), training_wished=terms(["sewing_worker"])
        )
        unit.workers.replace(book.people[0], person.value, wishing)
        sewing = an_opening(9, "sewing_worker")
        unit.postings.add_many([(replace(sewing.posting, ref="P-9"), sewing.facts)])
        unit.classes.add_many([(replace(row.training, ref="C-1"), row.facts)])
    book.plan_again()
    assert book.plan().plan.training is not None
    return book


def served(book: Book) -> None:
    """A session, and the plan handed over."""
    key, on = book.people[0], book.today
    hold_session(
        book.office, key, EVERYTHING, actor=ACTOR, on=on, way=GuidanceWay.VISIT, minutes=30, guide="示例指导人"
    )
    deliver(book.office, key, EVERYTHING, actor=ACTOR, on=on, way=DeliveryWay.PHONE)


def answered(book: Book) -> bool:
    """Whether the class has its answer."""
    return now(book).facts.training_answered


def test_a_plan_that_was_only_handed_over_is_no_answer(taught: Book) -> None:
    served(taught)
    found = now(taught)
    assert found.standing.state is CaseState.MATCHED
    assert found.standing.missing == (Missing.TRAINING,)
    assert found.due is not None
    assert found.due.todo is Todo.ANSWER
    assert not found.standing.done_131


@pytest.mark.parametrize(("word", "note"), [(ClassWord.WANTED, ""), (ClassWord.REFUSED, "家里老人离不开")])
def test_what_the_person_said_is_an_answer_and_can_be_taken_back(taught: Book, word: ClassWord, note: str) -> None:
    served(taught)
    number = answer_class(taught.office, taught.people[0], EVERYTHING, word, actor=ACTOR, on=taught.today, note=note)
    assert answered(taught)
    assert now(taught).standing.done_131
    take_back(taught.office, taught.people[0], EVERYTHING, number, "记错了人", actor=ACTOR)
    assert not answered(taught)


def test_a_place_in_the_class_is_an_answer_and_leaving_it_is_none(taught: Book) -> None:
    served(taught)
    plan = taught.plan().plan
    assert plan.training is not None
    with taught.office.unit() as unit:
        unit.class_life.enrol(plan.training.training_key, taught.people[0], EnrolmentState.ENROLLED)
    assert answered(taught)
    with taught.office.unit() as unit:
        unit.class_life.enrol(plan.training.training_key, taught.people[0], EnrolmentState.LEFT)
    assert not answered(taught)


def test_a_slip_that_says_so_is_an_answer_one_about_postings_is_not(taught: Book) -> None:
    served(taught)
    plan = taught.plan()
    posting = Tick(posting_key=plan.plan.matches[0].posting_key, kind=AnswerKind.WANTED)
    keep_slip(taught.office, plan.code, [posting], EVERYTHING, actor=ACTOR)
    assert not answered(taught)
    keep_slip(taught.office, plan.code, [Tick(posting_key=THE_CLASS, kind=AnswerKind.WANTED)], EVERYTHING, actor=ACTOR)
    assert answered(taught)


def test_where_no_class_fits_the_delivered_sheet_is_the_answer(book: Book) -> None:
    assert not answered(book)
    served(book)
    assert book.plan().plan.training is None
    assert answered(book)
    assert now(book).standing.done_131


def test_what_makes_no_sense_of_the_class_is_refused(taught: Book) -> None:
    served(taught)
    for word, code in ((ClassWord.REFUSED, "CASE_CLASS_NO_REASON"), (ClassWord.NONE_FITS, "CASE_CLASS_THERE")):
        with pytest.raises(CaseRefused) as refused:
            answer_class(taught.office, taught.people[0], EVERYTHING, word, actor=ACTOR, on=taught.today)
        assert refused.value.code == code
    assert not answered(taught)


def test_a_case_is_owed_from_the_day_somebody_was_listed_not_from_the_plan(book: Book) -> None:
    listed = book.today
    first = now(book)
    assert first.facts.since_on == listed
    assert first.due is not None
    assert first.due.on == add_working_days(listed, 5)
    book.clock.move(20)
    book.plan_again()
    late = now(book)
    assert late.standing.state is CaseState.SCREENED
    assert late.due == first.due


def test_whoever_lost_the_job_since_is_owed_one_from_then_on(book: Book) -> None:
    key = book.people[0]
    book.clock.move(60)
    with book.office.unit() as unit:
        stored = unit.workers.get(key)
        lost = book.today - timedelta(days=3)
        unit.workers.replace(key, replace(stored.value, unemployed_since=lost), stored.facts)
    assert now(book).facts.since_on == lost


def test_a_job_that_ended_is_owed_a_case_within_some_working_days(book: Book) -> None:
    policy = book.office.policy.at(book.today)
    ended = date(2026, 6, 12)
    facts = CaseFacts(started_on=date(2026, 3, 1), ended_on=ended, since_on=ended)
    due = due_of(state_of(facts), facts, policy, book.today, made_on=None)
    assert due is not None
    assert due.on == add_working_days(ended, 5)


def test_work_that_ended_after_the_listing_moves_the_day(book: Book) -> None:
    key = book.people[0]
    book.clock.move(40)
    with book.office.unit(ACTOR) as unit:
        spell = Spell(key=0, worker_key=key, started_on=book.today - timedelta(days=9), said_by=SaidBy.WORKER)
        unit.aftercare.spells.begin(spell)
        spells = unit.aftercare.spells.of_people([key], only_open=True)[key]
        end_work(book.office, unit, key, spells, on=book.today, said_by=SaidBy.WORKER)
    assert now(book).facts.opened_on == book.today, "losing work opens a case the same day"
