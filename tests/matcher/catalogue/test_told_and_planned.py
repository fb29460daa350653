"""What was answered at a desk reaches the next plan, and the sheet made from it."""

from __future__ import annotations

from dataclasses import replace

from matcher.casework import plan_people
from matcher.domain.plan import PolicyState
from matcher.welfare import as_values, policy_notes
from tests.factories import a_person
from tests.matcher.aftercare.books import Book
from tests.matcher.aftercare.conftest import book as book
from tests.matcher.aftercare.conftest import made_book as made_book
from tests.worlds import policy


def states(notes: tuple[object, ...]) -> dict[str, PolicyState]:
    """How each offer stands on a plan."""
    return {note.code: note.state for note in notes}  # type: ignore[attr-defined]


def test_an_answer_settles_what_the_plan_had_to_ask() -> None:
    person = a_person(1)
    before = states(policy_notes(person, policy()))
    told = states(policy_notes(replace(person, told=(("wants_business", "yes"),)), policy()))
    assert before["POLICY_LOAN"] is PolicyState.UNKNOWN
    assert told["POLICY_LOAN"] is PolicyState.YES
    assert "POLICY_LOAN" not in states(policy_notes(replace(person, told=(("wants_business", "no"),)), policy()))


def test_papers_and_nonsense_are_no_facts() -> None:
    assert as_values([("material:ID_CARD", "yes"), ("no_such_fact", "yes")]) == {}
    assert as_values([("wants_business", "vielleicht")]) == {"wants_business": None}


def test_what_was_said_stands_on_the_next_plan_of_one_person_and_of_a_run(book: Book) -> None:
    with book.office.unit("window") as unit:
        unit.catalogue.answers.say(book.people[0], "wants_business", "yes", on=book.today)
    book.plan_again()
    assert states(book.plan().plan.policy)["POLICY_LOAN"] is PolicyState.YES
    assert states(book.plan(1).plan.policy).get("POLICY_LOAN") is not PolicyState.YES
    with book.office.unit("window") as unit:
        unit.catalogue.answers.say(book.people[0], "wants_business", "", on=book.today)
    with book.office.reading() as unit:
        ref = unit.workers.get(book.people[0]).value.ref
    plan_people(book.office, worker_ref=ref)
    assert states(book.plan().plan.policy)["POLICY_LOAN"] is PolicyState.UNKNOWN, "taken back"
