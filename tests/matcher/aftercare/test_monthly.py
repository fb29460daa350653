"""The monthly round: only what changed is marked, the rest is confirmed at once, and changes are told on."""

from __future__ import annotations

import pytest

from matcher.aftercare.monthly import confirm_one, confirm_rest, mark_changed, round_line, round_page
from matcher.aftercare.slips import Whose
from matcher.domain.aftercare import RoundState, SlipRefused
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.months import month_of
from matcher.domain.worker import WorkStatus
from tests.matcher.aftercare.books import EVERYTHING, Book

IN_WORK = RoundState(status=WorkStatus.EMPLOYED.value, where="奈曼旗砖厂", yuan=3600)
WITHOUT = RoundState(status=WorkStatus.UNEMPLOYED.value)


def mark(book: Book, state: RoundState, number: int = 0) -> None:
    """One person has changed."""
    mark_changed(book.office, book.people[number], state, EVERYTHING, actor="xie")


def waiting(book: Book) -> int:
    """How many are newly without work."""
    with book.office.reading() as unit:
        return unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)[1]


def test_the_rest_is_confirmed_at_once_and_only_the_rest(book: Book) -> None:
    mark(book, IN_WORK)
    assert confirm_rest(book.office, EVERYTHING, actor="xie") == 1
    assert confirm_rest(book.office, EVERYTHING, actor="xie") == 0
    with book.office.reading() as unit:
        page = round_page(unit, month_of(book.today), EVERYTHING, first=0, size=10)
    assert (page.total, page.seen, page.changed) == (2, 2, 1)
    assert [(line.seen, line.changed) for line in page.lines] == [(True, True), (True, False)]
    assert {line.known_on for line in page.lines} == {book.today}


def test_next_month_begins_with_what_was_found(book: Book) -> None:
    mark(book, IN_WORK)
    book.clock.move(30)
    with book.office.reading() as unit:
        line = round_line(unit, month_of(book.today), book.people[0], EVERYTHING)
    assert (line.state, line.seen) == (IN_WORK, False)
    confirm_one(book.office, book.people[0], EVERYTHING, actor="xie")
    with book.office.reading() as unit:
        rows = unit.aftercare.rounds.of_person(book.people[0])
    assert [(row.month, row.changed, row.state) for row in rows] == [
        ("2026-06", True, IN_WORK),
        ("2026-07", False, IN_WORK),
    ]


def test_a_slip_that_came_meanwhile_is_filled_in(book: Book) -> None:
    confirm_rest(book.office, EVERYTHING, actor="xie")
    book.tick(0, AnswerKind.STARTED)
    with book.office.reading() as unit:
        line = round_line(unit, month_of(book.today), book.people[0], EVERYTHING)
    assert line.state.status == WorkStatus.EMPLOYED.value
    assert line.state.where


def test_work_begun_is_a_spell_with_calls_and_work_lost_opens_a_case(book: Book) -> None:
    mark(book, IN_WORK)
    with book.office.reading() as unit:
        (spell,) = unit.aftercare.spells.of_people(book.people)[book.people[0]]
    assert (spell.place, spell.yuan, spell.said_by.value) == ("奈曼旗砖厂", 3600, "village")
    book.clock.move(40)
    mark(book, WITHOUT)
    assert waiting(book) == 1
    with book.office.reading() as unit:
        worker = unit.workers.get(book.people[0]).value
        assert unit.aftercare.calls.due(book.today)[1] == 0
    assert (worker.work_status, worker.unemployed_since) == (WorkStatus.NEWLY_UNEMPLOYED, book.today)


def test_what_was_marked_by_mistake_goes_back_the_same_day(book: Book) -> None:
    mark(book, IN_WORK)
    mark(book, WITHOUT)
    assert waiting(book) == 0
    with book.office.reading() as unit:
        assert unit.aftercare.spells.of_people(book.people) == {}
        assert unit.workers.get(book.people[0]).value.work_status is WorkStatus.UNEMPLOYED
    mark(book, IN_WORK)
    book.clock.move(10)
    mark(book, WITHOUT)
    mark(book, IN_WORK)
    assert waiting(book) == 0
    with book.office.reading() as unit:
        (spell,) = unit.aftercare.spells.of_people(book.people)[book.people[0]]
        assert spell.ended_on is None
        assert [one["after_days"] for one in unit.aftercare.calls.of_person(book.people[0])] == [7, 30, 90]


def test_a_state_that_is_none_and_another_village_are_refused(book: Book) -> None:
    with pytest.raises(SlipRefused):
        mark(book, RoundState(status="睡觉"))
    elsewhere = Whose(villages=("别的村",))
    with pytest.raises(RecordNotFound):
        mark_changed(book.office, book.people[0], WITHOUT, elsewhere, actor="xie")
    with pytest.raises(RecordNotFound):
        confirm_one(book.office, book.people[0], elsewhere, actor="xie")
    assert confirm_rest(book.office, elsewhere, actor="xie") == 0
