"""A class has to do with the person: the trade, the paper, the wish."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.class_gains import ClassRow
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.plan import ServicePlan
from matcher.domain.training import TrainingMode
from tests.factories import KERQIN, a_course, a_person, an_opening, did, holds, known, limit, term
from tests.worlds import plan_of

MARKET = [an_opening(n, "electrician", pay=5000.0) for n in (1, 2, 3)] + [an_opening(n, "cleaner") for n in (4, 5, 6)]


def plan(person: WorkerRow, course: ClassRow, market: list[PostingRow] | None = None) -> ServicePlan:
    """The plan of one person with one class to be had."""
    return plan_of(person, market or MARKET, [course])


def renewing() -> ClassRow:
    """A class that renews an electrician's licence."""
    return a_course(1, ("electrician",), ("cert_low_voltage",), renewal=True)


def test_a_licence_that_has_run_out_is_renewed() -> None:
    person = a_person(
        1,
        wished=(term("electrician"),),
        experience=(did("electrician", 6),),
        skills=(holds("cert_low_voltage", date(2026, 5, 20)),),
    )
    assert plan(person, renewing()).training is not None


@pytest.mark.parametrize("work", ["electrician", "cleaner"])
def test_nobody_renews_a_licence_they_never_had(work: str) -> None:
    person = a_person(1, wished=(term(work),), experience=(did(work, 6),))
    assert plan(person, renewing()).training is None


def test_a_class_far_from_all_work_wished_and_done_is_not_recommended() -> None:
    person = a_person(1, wished=(term("bricklayer"),), experience=(did("bricklayer", 9),))
    found = plan(person, a_course(1, ("sewing_worker",), ("sewing",)), [*MARKET, an_opening(9, "sewing_worker")])
    assert found.training is None
    assert found.training_none is not None


def test_a_class_that_was_asked_for_is_recommended_however_far_it_is_from_work_done() -> None:
    person = a_person(
        1, wished=(term("cleaner"),), experience=(did("bricklayer", 9),), training_wished=(term("sewing_worker"),)
    )
    assert plan(person, a_course(1, ("sewing_worker",), ("sewing",))).training is not None


def test_a_class_that_leads_to_wished_work_is_recommended_though_no_posting_asks_for_it_today() -> None:
    person = a_person(1, wished=(term("excavator_operator"),), experience=(did("forklift_operator", 3),))
    course = a_course(1, ("excavator_operator",), ("excavator_operation", "cert_excavator"))
    assert plan(person, course).training is not None


@pytest.mark.parametrize(("moves", "taken"), [(True, True), (None, True), (False, False)])
def test_a_class_for_work_in_beijing_is_for_who_would_go(moves: bool | None, taken: bool) -> None:
    course = a_course(1, ("electrician",), ("cert_low_voltage",), title="电工（赴京订单班）")
    person = a_person(1, wished=(term("electrician"),), willing_to_move=moves)
    assert (plan(person, course).training is not None) is taken


def test_guards_are_not_trained_where_the_law_shuts_the_post() -> None:
    course = a_course(1, ("security_guard",), ("cert_security_guard",))
    free = a_person(1, wished=(term("security_guard"),))
    barred = a_person(1, wished=(term("security_guard"),), constraints=(limit("NO_SECURITY"),))
    assert plan(free, course).training is not None
    assert plan(barred, course).training is None


def test_starting_a_business_is_for_those_who_want_one() -> None:
    course = a_course(1, (), (), business=True)
    wants = a_person(1, wished=(term("cleaner"),), situations=(term("WANTS_BUSINESS"),))
    assert plan(wants, course).training is not None
    assert plan(a_person(1, wished=(term("cleaner"),)), course).training is None


def test_a_short_class_with_a_bed_suits_also_those_who_would_not_go_away_for_work() -> None:
    person = a_person(1, wished=(term("electrician"),), willing_to_move=False)
    long = a_course(1, ("electrician",), ("cert_low_voltage",), place=KERQIN, lodging=known(True))
    short = a_course(
        1,
        ("electrician",),
        ("cert_low_voltage",),
        place=KERQIN,
        lodging=known(True),
        ends_on=date(2026, 7, 5),
        mode=TrainingMode.FULL_TIME,
    )
    assert plan(person, long).training is None
    assert plan(person, short).training is not None


@pytest.mark.parametrize(
    ("codes", "mode", "goes"),
    [
        (("AT_HOME",), TrainingMode.FULL_TIME, False),
        (("AT_HOME",), TrainingMode.EVENING, False),
        (("AT_HOME",), TrainingMode.ONLINE, True),
        (("PART_TIME",), TrainingMode.FULL_TIME, False),
        (("PART_TIME",), TrainingMode.EVENING, True),
        (("NO_NIGHT",), TrainingMode.EVENING, False),
        (("NO_NIGHT",), TrainingMode.FULL_TIME, True),
        (("LACTATION",), TrainingMode.EVENING, False),
    ],
)
def test_nobody_is_sent_to_a_class_at_hours_they_have_to_be_home(
    codes: tuple[str, ...], mode: TrainingMode, goes: bool
) -> None:
    person = a_person(1, wished=(term("electrician"),), constraints=tuple(limit(code) for code in codes))
    course = a_course(1, ("electrician",), ("cert_low_voltage",), mode=mode)
    assert (plan(person, course).training is not None) is goes


@pytest.mark.parametrize(("start", "end", "goes"), [(540, 780, False), (540, 900, True), (480, 1080, True)])
def test_a_class_of_whole_days_needs_more_than_a_few_free_hours(start: int, end: int, goes: bool) -> None:
    person = a_person(1, wished=(term("electrician"),), constraints=(limit("HOURS", start, end),))
    course = a_course(1, ("electrician",), ("cert_low_voltage",))
    assert (plan(person, course).training is not None) is goes
