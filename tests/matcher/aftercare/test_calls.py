"""Calls after 7, 30 and 90 days: due on working days, one at a time, and a new case the day somebody has left."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.aftercare.following import record_result
from matcher.aftercare.slips import Whose
from matcher.aftercare.work import begin_work, call_days
from matcher.appointments import is_working_day
from matcher.domain.aftercare import Call, CallResult, SaidBy, Spell
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.rosters.records import EntryType
from matcher.domain.worker import WorkStatus
from matcher.policy import load_policy
from tests.matcher.aftercare.books import EVERYTHING, Book

POLICY = load_policy().at(date(2026, 6, 15))


def due(book: Book) -> list[Call]:
    """The calls that are due today."""
    with book.office.reading() as unit:
        return unit.aftercare.calls.due(book.today)[0]


def test_calls_fall_on_working_days() -> None:
    days = call_days(date(2026, 9, 26), POLICY)
    assert [after for after, _ in days] == [7, 30, 90]
    assert all(is_working_day(day) for _, day in days)
    assert days[0][1] > date(2026, 10, 3)  # within the National Day holidays


def test_calls_come_one_after_the_other_and_a_missed_one_gives_way(book: Book) -> None:
    book.tick(0, AnswerKind.STARTED)
    assert due(book) == []
    book.clock.move(7)
    assert [call.after_days for call in due(book)] == [7]
    book.clock.move(25)
    assert [call.after_days for call in due(book)] == [30]
    record_result(book.office, due(book)[0].key, CallResult.STILL, EVERYTHING, actor="xie")
    assert due(book) == []
    with book.office.reading() as unit:
        told = unit.aftercare.calls.of_person(book.people[0])
    assert [one["result"] for one in told] == ["missed", "still", ""]


def test_who_has_left_is_newly_without_work_the_same_day(book: Book) -> None:
    book.tick(0, AnswerKind.STARTED)
    book.clock.move(8)
    record_result(book.office, due(book)[0].key, CallResult.LEFT, EVERYTHING, actor="xie", note="老板不发工资")
    with book.office.reading() as unit:
        (case,), total = unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)
        worker = unit.workers.get(book.people[0]).value
        spell = unit.aftercare.spells.of_people(book.people)[book.people[0]][0]
        told = unit.aftercare.calls.of_person(book.people[0])
    assert (total, case.opened_on, case.worker_key) == (1, book.today, book.people[0])
    assert (worker.work_status, worker.unemployed_since) == (WorkStatus.NEWLY_UNEMPLOYED, book.today)
    assert spell.ended_on == book.today
    assert [(one["result"], one["note"]) for one in told] == [("left", "老板不发工资")]


def test_who_has_left_one_of_two_jobs_is_still_in_work(book: Book) -> None:
    book.tick(0, AnswerKind.STARTED)
    book.clock.move(3)
    with book.office.unit("xie") as unit:
        second = Spell(key=0, worker_key=book.people[0], started_on=book.today, said_by=SaidBy.WORKER, place="开鲁镇")
        begin_work(book.office, unit, second)
    book.clock.move(5)
    record_result(book.office, due(book)[0].key, CallResult.LEFT, EVERYTHING, actor="xie")
    with book.office.reading() as unit:
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)[1] == 0
        assert unit.workers.get(book.people[0]).value.work_status is WorkStatus.EMPLOYED
        running = unit.aftercare.spells.of_people(book.people, only_open=True)[book.people[0]]
    assert [spell.place for spell in running] == ["开鲁镇"]


def test_a_posting_somebody_worked_at_is_not_suggested_to_them_again(book: Book) -> None:
    had = book.plan().plan.matches[0].posting_key
    book.tick(0, AnswerKind.STARTED)
    book.clock.move(8)
    record_result(book.office, due(book)[0].key, CallResult.LEFT, EVERYTHING, actor="xie")
    book.plan_again()
    assert had not in {match.posting_key for match in book.plan().plan.matches}


def test_nobody_answering_stays_due_until_tried_often_enough(book: Book) -> None:
    book.tick(0, AnswerKind.STARTED)
    book.clock.move(8)
    for tries in range(POLICY.whole("aftercare.call_tries")):
        (call,) = due(book)
        assert call.tries == tries
        record_result(book.office, call.key, CallResult.NOT_REACHED, EVERYTHING, actor="xie")
    assert due(book) == []


def test_a_call_of_another_village_or_made_before_is_not_there(book: Book) -> None:
    book.tick(0, AnswerKind.STARTED)
    book.clock.move(8)
    (call,) = due(book)
    with pytest.raises(RecordNotFound):
        record_result(book.office, call.key, CallResult.STILL, Whose(villages=("别的村",)), actor="xie")
    record_result(book.office, call.key, CallResult.STILL, EVERYTHING, actor="xie")
    with pytest.raises(RecordNotFound):
        record_result(book.office, call.key, CallResult.LEFT, EVERYTHING, actor="xie")
