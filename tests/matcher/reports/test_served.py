"""Classes, notices and subsidies among the indicators: of this year, each person once, what was undone left out."""

from __future__ import annotations

from dataclasses import replace

from matcher.aftercare.work import begin_work
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.service.claim import Claim, ClaimState
from matcher.domain.service.policies.catalogue import NoticeIssue, Receipt, Told
from matcher.listings import Scope
from matcher.reports.book import count_book, shelf
from matcher.reports.evidence.indicators import evidence, people_behind
from tests.factories import a_course
from tests.matcher.aftercare.books import Book
from tests.matcher.aftercare.conftest import book as book
from tests.matcher.aftercare.conftest import made_book as made_book

CITY = Scope()
NAMES = ("JOINED", "PASSED", "AFTER_CLASS", "INFORMED", "CLAIMED", "PAID")


def figures(of: Book) -> dict[str, int]:
    """The indicators of an office."""
    with of.office.reading() as unit:
        counted = count_book(of.office, unit)
    found = {one.name: one.value for one in evidence(counted, CITY)}
    for name in NAMES:
        assert len(people_behind(counted, CITY, "", name)) == found[name]
    return {name: found[name] for name in NAMES}


def a_claim(of: Book, number: int = 0) -> Claim:
    """A claim of this year."""
    day = of.today
    return Claim(
        kind="STABILITY",
        worker_key=of.people[number],
        division="150525",
        year=day.year,
        since=day,
        until=day,
        made_on=day,
    )


def test_nothing_was_done_and_nothing_is_counted(book: Book) -> None:
    assert figures(book) == dict.fromkeys(NAMES, 0)


def test_classes_count_by_how_far_people_got(book: Book) -> None:
    with book.office.unit("window") as unit:
        course = unit.classes.add(replace(a_course().training, ref="C-9"), a_course().facts)
        unit.class_life.enrol(course, book.people[0], EnrolmentState.PASSED)
        unit.class_life.enrol(course, book.people[1], EnrolmentState.LEFT)
    assert (figures(book)["JOINED"], figures(book)["PASSED"], figures(book)["AFTER_CLASS"]) == (1, 1, 0)
    book.clock.move(20)
    began = Spell(key=0, worker_key=book.people[0], started_on=book.today, said_by=SaidBy.WORKER, employer="示例厂")
    with book.office.unit("window") as unit:
        begin_work(book.office, unit, began)
    assert figures(book)["AFTER_CLASS"] == 1
    book.clock.now = book.clock.now.replace(year=2027)
    assert figures(book)["JOINED"] == 0, "of last year"


def test_notices_and_claims_count_until_they_are_taken_back(book: Book) -> None:
    before = shelf(book.office).book
    with book.office.unit("window") as unit:
        issue = NoticeIssue(worker_key=book.people[0], issued_on=book.today, how=Told.HANDED, receipt=Receipt.NONE)
        number = unit.catalogue.issues.add(issue)
        key = unit.claims.make(a_claim(book))
        unit.claims.make(a_claim(book, 1))
    assert shelf(book.office).book is not before, "the figures know that something was done"
    assert figures(book) == dict.fromkeys(NAMES, 0) | {"INFORMED": 1, "CLAIMED": 2}
    with book.office.unit("window") as unit:
        unit.catalogue.issues.take_back(number, worker_key=book.people[0])
        for state in (ClaimState.APPROVED, ClaimState.POSTED, ClaimState.PUBLICISED, ClaimState.PAID):
            unit.claims.move(unit.claims.get(key), state, on=book.today, yuan=500)
    assert figures(book) == dict.fromkeys(NAMES, 0) | {"CLAIMED": 2, "PAID": 1}
