"""The scorecards: exact, additive, bounded, monotone, and the same as adding them up by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings

from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.division import Precision
from matcher.domain.match import Part
from matcher.domain.posting import PostingKind
from matcher.domain.worker import Transport
from matcher.features import FEATURES
from matcher.scoring import scorecard
from tests import oracles
from tests.factories import (
    BEIJING,
    KERQIN,
    NAIMAN,
    NAIMAN_EAST,
    a_person,
    an_opening,
    did,
    holds,
    known,
    limit,
    term,
)
from tests.strategies import openings, people
from tests.worlds import codes_against, policy, reasons_of, scores_of, value_of

FEW = settings(max_examples=30, deadline=None)


def nearest_work(work: str) -> list[str]:
    """Neighbours of an occupation, the nearest first."""
    near = load_vocabulary().lexicon.neighbours[work]
    return sorted(near, key=lambda code: -near[code])


def _score(person: WorkerRow, posting: PostingRow) -> float:
    """The score of a pair."""
    return float(scores_of(person, posting).score[0])


@FEW
@given(people(), openings())
def test_reasons_of_a_part_sum_to_the_part(person: WorkerRow, posting: PostingRow) -> None:
    scores, reasons = scores_of(person, posting), reasons_of(person, posting)
    for part, value in ((Part.FIT, scores.fit[0]), (Part.WISH, scores.wish[0])):
        assert math.isclose(sum(reason.effect for reason in reasons if reason.part is part), value, abs_tol=1e-9)
        assert [reason.code for reason in reasons if reason.part is part].count("BASE") == 1


@FEW
@given(people(), openings())
def test_scores_lie_between_nought_and_one_and_multiply(person: WorkerRow, posting: PostingRow) -> None:
    scores = scores_of(person, posting)
    for value in (scores.fit[0], scores.wish[0], scores.score[0]):
        assert -1e-9 <= value <= 1 + 1e-9
    assert scores.score[0] == scores.fit[0] * scores.wish[0]
    for values in scores.values.values():
        assert math.isnan(values[0]) or -1e-6 <= values[0] <= 1 + 1e-6


@FEW
@given(people(), openings())
def test_the_arrays_say_what_adding_up_by_hand_says(person: WorkerRow, posting: PostingRow) -> None:
    scores = scores_of(person, posting)
    expected = oracles.values_of(person, posting, policy())
    for name, value in expected.items():
        found = float(scores.values[name][0])
        assert (math.isnan(found) and value is None) or found == pytest.approx(value, abs=2e-4), name
    fit, wish = oracles.score(person, posting, policy())
    assert (float(scores.fit[0]), float(scores.wish[0])) == pytest.approx((fit, wish), abs=2e-4)


@FEW
@given(people(), openings())
def test_no_reason_but_the_base_is_without_evidence(person: WorkerRow, posting: PostingRow) -> None:
    assert [reason.code for reason in reasons_of(person, posting) if not reason.evidence] == ["BASE", "BASE"]


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    assert {feature.name for feature in FEATURES} == set(scorecard(policy()).weights)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        pytest.param(an_opening(pay=2600.0), an_opening(pay=2800.0), id="more pay"),
        pytest.param(an_opening(pay=3000.0), an_opening(pay=5000.0), id="much more pay"),
        pytest.param(an_opening(place=NAIMAN_EAST), an_opening(place=NAIMAN), id="nearer"),
        pytest.param(an_opening(place=KERQIN), an_opening(place=NAIMAN_EAST), id="nearer than the next banner"),
        pytest.param(an_opening(board=known(False)), an_opening(board=known(True)), id="meals"),
        pytest.param(an_opening(insurance=known(False)), an_opening(insurance=known(True)), id="insurance"),
        pytest.param(an_opening(occupation="sewing_worker"), an_opening(), id="the wished work"),
    ],
)
def test_a_better_posting_scores_higher(worse: PostingRow, better: PostingRow) -> None:
    person = a_person(transport=None)
    assert _score(person, worse) < _score(person, better)


@FEW
@given(people(), openings())
def test_adding_a_skill_or_paper_or_work_never_lowers_a_score(person: WorkerRow, posting: PostingRow) -> None:
    before = _score(person, posting)
    for skill in ("cert_welding", "cattle_raising", "cert_security_guard"):
        more = a_person_with(person, skills=(*person.facts.skills, holds(skill)))
        assert _score(more, posting) >= before - 1e-9
    if any(item.occupation == posting.facts.occupation for item in person.facts.experience):
        longer = a_person_with(person, experience=(*person.facts.experience, did(posting.facts.occupation, 10.0)))
        assert _score(longer, posting) >= before - 1e-9


def a_person_with(person: WorkerRow, **facts: object) -> WorkerRow:
    """The same person with other facts."""
    return replace(person, facts=replace(person.facts, **facts))  # type: ignore[arg-type]


def test_work_that_is_over_no_longer_counts() -> None:
    able = a_person(experience=(did("cook", 5.0),), wished=())
    past = a_person(experience=(did("cook", 5.0, current=False),), wished=())
    assert _score(past, an_opening(occupation="cook")) < _score(able, an_opening(occupation="cook"))


def test_a_move_is_worth_more_to_the_willing_than_to_those_not_asked() -> None:
    willing, silent = a_person(willing_to_move=True), a_person(willing_to_move=None)
    assert _score(willing, an_opening(place=BEIJING)) > _score(silent, an_opening(place=BEIJING))


def test_simple_work_is_open_to_whoever_wished_for_something_else_and_says_so() -> None:
    person = a_person(1, wished=(term("electrician"),))
    offered = an_opening(1, "warehouse_worker")
    assert "UNRELATED" not in " ".join(codes_against(person, offered))
    assert "WISH_OPEN" in {reason.code for reason in reasons_of(person, offered)}


def test_skilled_work_far_from_the_wish_stays_shut() -> None:
    person = a_person(1, wished=(term("electrician"),))
    assert "EXCLUDED_UNRELATED" in codes_against(person, an_opening(1, "hairdresser"))


def test_the_wished_work_is_always_nearer_than_what_is_open_to_anybody() -> None:
    person = a_person(1, wished=(term("electrician"),))
    neighbours = nearest_work("electrician")
    wished, near, simple = (an_opening(n, work) for n, work in enumerate(("electrician", neighbours[0], "cleaner"), 1))
    values = [value_of("occupation", person, posting) for posting in (wished, near, simple)]
    assert values == sorted(values, reverse=True)


def test_one_township_is_daily_reach_on_foot() -> None:
    person = a_person(1, transport=Transport.FOOT, home=replace(NAIMAN, precision=Precision.COUNTY), daily_return=True)
    here = an_opening(1, place=replace(NAIMAN, precision=Precision.COUNTY))
    assert codes_against(person, here) == set()


def test_work_sent_by_post_reaches_another_banner() -> None:
    person = a_person(1, daily_return=True, constraints=(limit("DAY_RETURN"),), wished=(term("home_assembly"),))
    sent = an_opening(1, "home_assembly", place=KERQIN, at_home=known(True), anywhere=known(True))
    fetched = an_opening(2, "home_assembly", place=KERQIN, at_home=known(True))
    assert codes_against(person, sent) == set()
    assert "EXCLUDED_REACH" in codes_against(person, fetched)


def test_a_bed_has_to_be_promised_only_far_from_home() -> None:
    person = a_person(1, constraints=(limit("NEED_LODGING"),), willing_to_move=True)
    assert codes_against(person, an_opening(1, lodging=known(False))) == set()
    assert codes_against(person, an_opening(1, place=BEIJING, lodging=known(True))) == set()
    for silent in (an_opening(1, place=BEIJING), an_opening(1, place=BEIJING, lodging=known(False))):
        assert "EXCLUDED_CONSTRAINT" in codes_against(person, silent)


def test_work_that_is_lived_at_comes_with_a_bed() -> None:
    person = a_person(1, constraints=(limit("NEED_LODGING"),), willing_to_move=True, wished=(term("live_in_helper"),))
    assert codes_against(person, an_opening(1, "live_in_helper", place=BEIJING)) == set()


def test_what_is_offered_beside_ones_own_work_follows_where_one_comes_from() -> None:
    builder, shopkeeper = a_person(1, wished=(term("rebar_worker"),)), a_person(2, wished=(term("cashier"),))
    site, counter = an_opening(1, "process_helper"), an_opening(2, "receptionist")
    assert value_of("occupation", builder, site) > value_of("occupation", builder, counter)
    assert value_of("occupation", shopkeeper, counter) > value_of("occupation", shopkeeper, site)


def test_work_at_home_is_a_gain_only_to_whom_it_is_one() -> None:
    sent = an_opening(1, "home_assembly", at_home=known(True), anywhere=known(True))
    free, bound = a_person(1), a_person(2, constraints=(limit("PART_TIME", 4),))
    assert value_of("distance", free, sent) < value_of("distance", bound, sent) == 1


def test_outside_the_places_a_search_was_limited_to_nothing_is_suggested() -> None:
    person = a_person(1, constraints=(limit("WANT_PLACE", 110000),), willing_to_move=True)
    assert codes_against(person, an_opening(1, place=BEIJING, lodging=known(True))) == set()
    assert "EXCLUDED_PLACE" in codes_against(person, an_opening(2))


def test_several_places_a_search_was_limited_to_are_all_open() -> None:
    both = (limit("WANT_PLACE", 110000), limit("WANT_PLACE", 150525))
    person = a_person(1, constraints=both, willing_to_move=True)
    assert codes_against(person, an_opening(1)) == set()
    assert codes_against(person, an_opening(2, place=BEIJING, lodging=known(True))) == set()


def test_work_relief_is_for_people_of_the_place() -> None:
    far = an_opening(1, "relief_labourer", place=KERQIN, lodging=known(True), kind=PostingKind.WORK_RELIEF)
    assert "EXCLUDED_LOCAL_FIRST" in codes_against(a_person(1, willing_to_move=True), far)


def test_a_couple_is_sent_far_only_where_both_may_live() -> None:
    person = a_person(1, constraints=(limit("COUPLE_POST"),), willing_to_move=True)
    silent = an_opening(1, place=BEIJING, lodging=known(True))
    assert "EXCLUDED_CONSTRAINT" in codes_against(person, silent)
    assert codes_against(person, an_opening(2, place=BEIJING, lodging=known(True), couples=known(True))) == set()
    assert codes_against(person, an_opening(3)) == set()


def test_years_of_practice_that_are_asked_for_are_a_limit_to_who_has_none() -> None:
    asking = an_opening(1, "waiter", experience_years=known(2.0))
    assert "EXCLUDED_ABILITY" in codes_against(a_person(1), asking)
    assert "EXCLUDED_ABILITY" not in codes_against(a_person(2, experience=(did("waiter", 3.0),)), asking)


def test_a_kitchen_that_is_not_halal_is_shut_to_who_keeps_to_it() -> None:
    person = a_person(1, constraints=(limit("HALAL"),), wished=(term("kitchen_helper"),))
    assert "EXCLUDED_CONSTRAINT" in codes_against(person, an_opening(1, "kitchen_helper"))
    assert codes_against(person, an_opening(2, "kitchen_helper", halal=known(True))) == set()
