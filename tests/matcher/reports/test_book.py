"""The book of figures: what is counted equals what the plans say; sealed pages say the same and tell nothing."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.answer import AnswerKind
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from matcher.policy import Entry
from matcher.reports.book import Book, counts_at_once, shelf, write_pages
from matcher.reports.coverage import coverage
from matcher.upkeep.person import erase_person


def only_pages(office: Office) -> None:
    """From now on the office is too large to count when asked."""
    with office.unit("city") as unit:
        unit.policy_values.add([Entry("reports.at_once", 0, "person", date(2022, 6, 9), "试验")])
    office.policies.look_again()


def the_book(office: Office) -> Book:
    """The book there is."""
    book = shelf(office).book
    assert book is not None
    return book


def test_every_count_is_what_the_opened_plans_say(planned: Office) -> None:
    book = the_book(planned)
    with planned.reading() as unit:
        plans = {one.plan.worker_key: one.plan for one in unit.plans.current_bodies()}
        people = {one.key: one.value for one in unit.workers.all_for_planning()}
    assert {one.key for one in book.people} == set(people)
    for one in book.people:
        plan = plans[one.key]
        assert one.track == plan.track.value
        assert one.guided == (plan.guidance is not None and bool(plan.guidance.starts_at))
        assert one.postings == tuple(match.posting_key for match in plan.matches)
        assert (one.missing, one.trained) == (plan.shortfall.missing, plan.training is not None)
        assert one.home == people[one.key].home.code
    owed = [plan for plan in plans.values() if plan.track.carries_postings]
    total = coverage(book, Scope(), "").total
    assert total is not None
    assert total.cells[2] == len(owed)
    assert total.cells[7] == sum(plan.shortfall.missing > 0 for plan in owed)


def test_the_same_book_is_kept_while_nothing_changes(planned: Office) -> None:
    assert shelf(planned).book is shelf(planned).book
    assert not shelf(planned).stale


def test_a_large_office_reads_sealed_pages_that_say_the_same(office: Office) -> None:
    counted = the_book(office)
    only_pages(office)
    assert not counts_at_once(office)
    again = Office.open(office.config)
    assert shelf(again).book is None
    assert shelf(again).stale
    write_pages(again)
    read = the_book(again)
    assert sorted(read.people, key=lambda one: one.key) == sorted(counted.people, key=lambda one: one.key)
    assert read.jobs == counted.jobs
    assert not shelf(again).stale
    again.close()


def test_an_answer_makes_the_figures_stale_and_changes_them(office: Office) -> None:
    only_pages(office)
    write_pages(office)
    person = next(one for one in the_book(office).people if one.owed and one.postings)
    with office.unit("window") as unit:
        plan = unit.plans.current(person.key)
        assert plan is not None
        unit.plans.answers.record(plan.key, person.postings[0], AnswerKind.STARTED, on=office.today())
    assert shelf(office).stale
    write_pages(office)
    after = next(one for one in the_book(office).people if one.key == person.key)
    assert after.answered
    assert after.hired


def test_an_erased_person_is_in_no_count_after_the_next_one(office: Office) -> None:
    only_pages(office)
    write_pages(office)
    before = the_book(office)
    with office.reading() as unit:
        ref = next(iter(unit.workers.all_for_planning())).value.ref
    erase_person(office, ref, reason="本人要求")
    assert shelf(office).stale
    write_pages(office)
    assert len(the_book(office).people) == len(before.people) - 1


def test_pages_tell_nothing_in_clear(office: Office) -> None:
    write_pages(office)
    with sqlite3.connect(office.config.home / "job131.db") as opened:
        bodies = [row[0] for row in opened.execute("SELECT body FROM figure_page")]
    opened.close()
    assert bodies
    for body in bodies:
        assert "未就业".encode() not in body
        with pytest.raises(zlib.error):
            zlib.decompress(body)


def test_an_empty_office_has_an_empty_book(tmp_path: Path) -> None:
    config = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    init_office(config)
    empty = Office.open(config)
    assert the_book(empty).people == ()
    assert coverage(the_book(empty), Scope(), "").lines == ()
    empty.close()
