"""Public-welfare posts from being put forward to leaving: every step has its conditions, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.plan import Track
from matcher.domain.service.around.local_work import (
    Attendance,
    Member,
    PublicPost,
    Review,
    ReviewResult,
    Said,
    Site,
    SiteState,
    Stage,
)
from matcher.listings import Scope
from matcher.local_work.looking_after import drop_review, look_after, note_month, review
from matcher.local_work.posts import (
    carry_again,
    end,
    extend,
    gate_of,
    known_of,
    place,
    propose,
    publicise,
    refuse,
    seen_member,
    step_back,
    write_down,
)
from matcher.local_work.refusing import LocalRefused
from matcher.local_work.register import keep, remove
from matcher.tracks import decide_track
from tests.matcher.local_work.conftest import DAY, EVERYWHERE, Near
from tests.matcher.store.records import a_plan
from tests.web.local_work.making import POST

ASKED = Member(site_key=0, worker_key=0, stage=Stage.SERVING, hours_week=15)


def a_post(near: Near, **changes: object) -> int:
    details = replace(POST.details, **changes)  # type: ignore[arg-type]
    return keep(near.office, replace(POST, details=details), EVERYWHERE, actor="window")


def a_holder(near: Near, post: int, who: str = "weak", *, until: date = DAY + timedelta(days=200)) -> int:
    """Somebody at work since the day after a notice of one day."""
    key = propose(near.office, post, near.people[who], EVERYWHERE, actor="window")
    publicise(near.office, key, EVERYWHERE, DAY - timedelta(days=1), DAY - timedelta(days=1), actor="window")
    wanted = replace(ASKED, started_on=DAY, term_end=until)
    place(near.office, key, EVERYWHERE, wanted, actor="window")
    return key


def refused(code: str, near: Near, act: object, *args: object, **more: object) -> None:
    with pytest.raises(LocalRefused) as told:
        act(near.office, *args, actor="window", **more)  # type: ignore[operator]
    assert told.value.phrase.code == code


def of(near: Near, key: int) -> Member:
    with near.office.reading() as unit:
        return seen_member(unit, key, EVERYWHERE).member


def test_the_whole_way_to_a_post_and_out_of_it(near: Near) -> None:
    post = a_post(near)
    key = a_holder(near, post, until=DAY + timedelta(days=40))
    with near.office.reading() as unit:
        worker = unit.workers.get(near.people["weak"])
        assert (worker.value.public_post, worker.value.public_post_until) == (True, DAY + timedelta(days=40))
        policy = near.office.policy.at(DAY)
        assert worker.facts is not None
        assert decide_track(worker.value, worker.facts, policy).track is Track.PUBLIC_POST_EXIT
    near.turn(DAY + timedelta(days=40))
    said = Said(end_reason="任期满了", exit_to="none")
    end(near.office, key, EVERYWHERE, near.day[0], said, actor="window")
    with near.office.reading() as unit:
        worker = unit.workers.get(near.people["weak"])
        assert (worker.value.public_post, worker.value.public_post_until) == (False, None)
        assert worker.facts is not None
        assert decide_track(worker.value, worker.facts, policy).track is Track.FULL
    assert (of(near, key).stage, of(near, key).said.exit_to) == (Stage.ENDED, "none")


@pytest.mark.parametrize("who", ["youth", "child"])
def test_nobody_under_age_is_put_down_at_all(near: Near, who: str) -> None:
    post = a_post(near)
    refused("GATE_AGE_NO", near, propose, post, near.people[who], EVERYWHERE)
    with near.office.reading() as unit:
        assert unit.local_work.members.of_sites([post]) == {}


@pytest.mark.parametrize(("who", "why"), [("able", "GATE_LABOUR_ABLE"), ("skilled", "GATE_LABOUR_SKILLED")])
def test_the_able_bodied_and_the_skilled_are_refused_with_the_reason(near: Near, who: str, why: str) -> None:
    key = propose(near.office, a_post(near), near.people[who], EVERYWHERE, actor="window")
    refused(why, near, publicise, key, EVERYWHERE, DAY, DAY)
    refuse(near.office, key, EVERYWHERE, "有技术，先走市场", actor="window")
    assert (of(near, key).stage, of(near, key).said.end_reason) == (Stage.REFUSED, "有技术，先走市场")


def test_who_cannot_leave_by_what_was_written_down_comes_through(near: Near) -> None:
    key = propose(near.office, a_post(near), near.people["able"], EVERYWHERE, actor="window")
    write_down(near.office, key, EVERYWHERE, Said(cannot_leave="丈夫瘫痪在床，村委会核实"), actor="window")
    publicise(near.office, key, EVERYWHERE, DAY, DAY, actor="window")
    assert (of(near, key).stage, of(near, key).ground) == (Stage.PUBLICISED, "bound")


def test_answers_to_the_plan_open_the_market_line(near: Near) -> None:
    worker, key = near.people["weak"], propose(near.office, a_post(near), near.people["weak"], EVERYWHERE, actor="w")
    with near.office.unit() as unit:
        run = unit.runs.create(unit.runs.get(1))
        unit.plans.put_many(run, [a_plan(worker, near.sewing)])
        plan = unit.plans.current(worker)
        member = unit.local_work.members.get(key)
        policy = near.office.policy.at(DAY)
        assert gate_of(unit, member, policy).of("MARKET").why.code == "GATE_MARKET_OPEN"
        assert plan is not None
        unit.plans.answers.record(plan.key, near.sewing, AnswerKind.TRIED_NOT_HIRED, on=DAY)
        assert gate_of(unit, member, policy).of("MARKET").why.code == "GATE_MARKET_FAILED"


def test_no_more_people_than_the_plan_has_heads(near: Near) -> None:
    post = a_post(near, headcount=1)
    a_holder(near, post)
    key = propose(near.office, post, near.people["second"], EVERYWHERE, actor="window")
    publicise(near.office, key, EVERYWHERE, DAY - timedelta(days=1), DAY - timedelta(days=1), actor="window")
    wanted = replace(ASKED, started_on=DAY, term_end=DAY + timedelta(days=9))
    refused("LOCAL_POST_FULL", near, place, key, EVERYWHERE, wanted)


@pytest.mark.parametrize("missing", ["allowance_yuan", "budget_yuan", "months", "need", "headcount"])
def test_until_need_and_money_are_entered_nobody_begins(near: Near, missing: str) -> None:
    key = propose(near.office, a_post(near, **{missing: None}), near.people["weak"], EVERYWHERE, actor="window")
    publicise(near.office, key, EVERYWHERE, DAY - timedelta(days=1), DAY - timedelta(days=1), actor="window")
    wanted = replace(ASKED, started_on=DAY, term_end=DAY + timedelta(days=9))
    refused("LOCAL_POST_UNFINISHED", near, place, key, EVERYWHERE, wanted)


def test_nobody_begins_while_the_notice_runs(near: Near) -> None:
    key = propose(near.office, a_post(near), near.people["weak"], EVERYWHERE, actor="window")
    publicise(near.office, key, EVERYWHERE, DAY, DAY + timedelta(days=6), actor="window")
    wanted = replace(ASKED, started_on=DAY, term_end=DAY + timedelta(days=90))
    refused("LOCAL_NOTICE_RUNS", near, place, key, EVERYWHERE, wanted)
    near.turn(DAY + timedelta(days=7))
    place(near.office, key, EVERYWHERE, replace(wanted, started_on=near.day[0]), actor="window")
    assert of(near, key).stage is Stage.SERVING


def test_somebody_is_put_forward_once_and_holds_one_post(near: Near) -> None:
    post = a_post(near)
    a_holder(near, post)
    refused("LOCAL_ALREADY_HERE", near, propose, post, near.people["weak"], EVERYWHERE)
    other = propose(near.office, a_post(near), near.people["weak"], EVERYWHERE, actor="window")
    refused("GATE_ONE_NO", near, publicise, other, EVERYWHERE, DAY, DAY)
    refused("LOCAL_STILL_PEOPLE", near, remove, post, EVERYWHERE)


def test_every_step_can_be_taken_back(near: Near) -> None:
    key = a_holder(near, a_post(near))
    end(near.office, key, EVERYWHERE, DAY, Said(end_reason="找到活了", exit_to="market"), actor="window")
    stages = []
    while step_back(near.office, key, EVERYWHERE, actor="window"):
        stages.append(of(near, key).stage)
        with near.office.reading() as unit:
            held = unit.workers.get(near.people["weak"]).value.public_post
        assert held is (stages[-1] is Stage.SERVING)
    assert stages == [Stage.SERVING, Stage.PUBLICISED, Stage.CANDIDATE]
    with near.office.reading() as unit, pytest.raises(RecordNotFound):
        unit.local_work.members.get(key)


def test_a_term_is_extended_with_a_reason_and_twice_is_flagged(near: Near) -> None:
    key = a_holder(near, a_post(near), until=DAY + timedelta(days=30))
    refused("LOCAL_NO_REASON", near, extend, key, EVERYWHERE, DAY + timedelta(days=60), "")
    refused("LOCAL_NOT_LONGER", near, extend, key, EVERYWHERE, DAY + timedelta(days=30), "还没人接")
    for days in (60, 90):
        extend(near.office, key, EVERYWHERE, DAY + timedelta(days=days), "还没有人接手", actor="window")
    with near.office.reading() as unit:
        assert unit.workers.get(near.people["weak"]).value.public_post_until == DAY + timedelta(days=90)
    assert "EXTENDED_TWICE" in flags(near, key)


def flags(near: Near, key: int) -> tuple[str, ...]:
    policy = near.office.policy.at(near.day[0])
    with near.office.reading() as unit:
        members = [unit.local_work.members.get(key)]
        (found,) = look_after(unit, members, known_of(unit, members, policy, market=False), policy)
    return found.flags


def test_days_and_reviews_keep_a_holder_clear_of_flags(near: Near) -> None:
    key = a_holder(near, a_post(near), until=DAY + timedelta(days=300))
    assert flags(near, key) == ()
    near.turn(date(2026, 8, 1))
    assert flags(near, key) == ("NO_ATTENDANCE",)
    note_month(
        near.office, Attendance(member_key=key, month="2026-07", days_due=22, days_present=0), EVERYWHERE, actor="c"
    )
    assert flags(near, key) == ("NO_ATTENDANCE",)
    note_month(
        near.office, Attendance(member_key=key, month="2026-07", days_due=22, days_present=20), EVERYWHERE, actor="c"
    )
    assert flags(near, key) == ()
    near.turn(date(2026, 9, 30))
    assert flags(near, key) == ("NO_ATTENDANCE", "REVIEW_OVERDUE")
    looked = Review(member_key=key, reviewed_on=near.day[0], result=ReviewResult.KEEP, note="路段干净，还需要")
    made = review(near.office, looked, EVERYWHERE, actor="window")
    assert "REVIEW_OVERDUE" not in flags(near, key)
    drop_review(near.office, key, made, EVERYWHERE, actor="window")
    assert "REVIEW_OVERDUE" in flags(near, key)


def test_a_term_that_ends_and_one_that_is_over(near: Near) -> None:
    key = a_holder(near, a_post(near), until=DAY + timedelta(days=61))
    assert "ENDING" not in flags(near, key)
    near.turn(DAY + timedelta(days=1))
    assert "ENDING" in flags(near, key)
    near.turn(DAY + timedelta(days=62))
    assert "TERM_OVER" in flags(near, key)
    assert "ENDING" not in flags(near, key)


def test_a_roster_that_says_otherwise_is_seen_and_put_right(near: Near) -> None:
    key, who = a_holder(near, a_post(near), until=DAY + timedelta(days=200)), near.people["weak"]
    with near.office.unit() as unit:
        person = unit.workers.get(who)
        unit.workers.replace(who, replace(person.value, public_post=False, public_post_until=None), person.facts)
    assert flags(near, key) == ("RECORD_DIFFERS",)
    carry_again(near.office, key, EVERYWHERE, actor="window")
    assert flags(near, key) == ()
    with near.office.reading() as unit:
        assert unit.workers.get(who).value.public_post_until == DAY + timedelta(days=200)


@pytest.mark.parametrize(
    ("month", "due", "came", "code"),
    [
        ("2026-13", 20, 20, "LOCAL_BAD_MONTH_OF"),
        ("2026-07", 20, 20, "LOCAL_BAD_MONTH_OF"),
        ("2026-06", 20, 21, "LOCAL_BAD_DAYS"),
        ("2026-06", 32, 1, "LOCAL_BAD_DAYS"),
        ("2026-05", 20, 20, "LOCAL_NOT_YET_THERE"),
    ],
)
def test_days_that_cannot_be_are_not_kept(near: Near, month: str, due: int, came: int, code: str) -> None:
    key = a_holder(near, a_post(near))
    told = Attendance(member_key=key, month=month, days_due=due, days_present=came)
    refused(code, near, note_month, told, EVERYWHERE)


def test_posts_and_people_of_other_places_are_not_found(near: Near) -> None:
    post = a_post(near)
    key = a_holder(near, post)
    for scope in (Scope(division="150523"), Scope(division="150525", villages=("西村",))):
        with pytest.raises(RecordNotFound):
            end(near.office, key, scope, DAY, Said(end_reason="找到活了", exit_to="market"), actor="x")
        with pytest.raises(RecordNotFound):
            propose(near.office, post, near.people["second"], scope, actor="x")


def test_a_post_that_is_only_planned_takes_nobody(near: Near) -> None:
    planned = keep(near.office, replace(POST, state=SiteState.PLANNED), EVERYWHERE, actor="window")
    key = propose(near.office, planned, near.people["weak"], EVERYWHERE, actor="window")
    publicise(near.office, key, EVERYWHERE, DAY - timedelta(days=1), DAY - timedelta(days=1), actor="window")
    wanted = replace(ASKED, started_on=DAY, term_end=DAY + timedelta(days=9))
    refused("LOCAL_POST_NOT_RUNNING", near, place, key, EVERYWHERE, wanted)


def test_a_plan_over_need_or_money_is_not_kept(near: Near) -> None:
    def over(**changes: object) -> Site:
        return replace(POST, details=replace(POST.details, **changes))  # type: ignore[arg-type]

    refused("LOCAL_OVER_NEED", near, keep, over(headcount=4), EVERYWHERE)
    refused("LOCAL_OVER_BUDGET", near, keep, over(budget_yuan=11_999), EVERYWHERE)
    assert isinstance(POST.details, PublicPost)
