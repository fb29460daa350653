"""Which questions a plan asks: at most three, the one on which most hangs first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.facts import Phrase
from matcher.domain.match import Match
from matcher.domain.plan import Relaxation, Shortfall
from matcher.domain.worker import Willingness
from matcher.questions import QUESTIONS, hanging_on, to_ask
from tests.factories import a_person
from tests.web.papers.plans import a_match

NOTHING_MISSING = Shortfall()


def asked(person: object = None, matches: tuple[Match, ...] = (), shortfall: Shortfall = NOTHING_MISSING) -> list[str]:
    """Codes of the questions of a person of whom everything is known but what a test takes away."""
    row = person or a_person()
    return [question.code for question in to_ask(row.worker, row.facts, matches, shortfall)]  # type: ignore[attr-defined]


def a_match_away() -> Match:
    """A posting one does not come home from at night."""
    return replace(a_match(), minutes=None)


def test_at_most_three_are_asked() -> None:
    person = a_person(birth_date=None, willing_to_move=None, education=None, transport=None, wage_wish=None)
    assert len(asked(person)) <= 3


def test_whether_a_plan_is_owed_comes_before_everything() -> None:
    person = a_person(willing_to_move=None)
    person = replace(person, worker=replace(person.worker, willingness=Willingness.NOT_ASKED))
    assert asked(person, (a_match_away(),) * 3)[0] == "ASK_WILLING"


def test_moving_is_asked_first_where_the_postings_are_far_and_schooling_where_they_ask_for_it() -> None:
    person = a_person(willing_to_move=None, education=None)
    near_but_schooled = replace(a_match(), minutes=20, cautions=(Phrase("CAUTION_EDUCATION", {}),))
    far, schooled = asked(person, (a_match_away(),)), asked(person, (near_but_schooled,))
    assert far.index("ASK_MOVE") < far.index("ASK_EDUCATION")
    assert schooled.index("ASK_EDUCATION") < schooled.index("ASK_MOVE")


def test_what_could_fill_a_gap_counts_up_to_the_gap() -> None:
    moving = next(question for question in QUESTIONS if question.code == "ASK_MOVE")
    short = Shortfall(missing=2, relaxations=(Relaxation(code="RELAX_REACH", args={}, postings=40),))
    assert hanging_on(moving, (), short) == 2
    assert hanging_on(moving, (), NOTHING_MISSING) == 0


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_nothing_hangs_on_a_plan_without_postings_and_gaps(question: object) -> None:
    assert hanging_on(question, (), NOTHING_MISSING) == 0  # type: ignore[arg-type]
