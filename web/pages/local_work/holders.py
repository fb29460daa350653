"""Somebody at a public-welfare post: the gate as a checklist, each step, days, reviews, the way out.

In: what an office types. Out: pages and the change; what cannot be done yet says why.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.local_work import Attendance, Member, Review, ReviewResult, Said, Stage
from matcher.domain.service.months import month_before, month_of
from matcher.intake.correcting import replan
from matcher.listings import Scope
from matcher.local_work.gate import check_gate
from matcher.local_work.looking_after import (
    WELFARE_FLAGS,
    drop_review,
    exit_days,
    looked_at,
    note_month,
    review,
)
from matcher.local_work.posts import (
    EXITS,
    carry_again,
    end,
    extend,
    known_of,
    place,
    publicise,
    refuse,
    seen_member,
    step_back,
    write_down,
)
from web.auth import may_see_identity, scope
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.local_work.common import actor, in_words
from web.pages.local_work.posts import bp
from web.pages.local_work.projects import WORDS
from web.phrases import t

RESULTS = tuple(one.value for one in ReviewResult)
STEPS = ("candidate", "publicised", "serving", "ended")


@bp.get("/holders/<int:key>")
def holder(key: int) -> str:
    """One person at a post: where things stand and what comes next."""
    office, mine = the_office(), scope()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        held = seen_member(unit, key, mine)
        member, people = held.member, {held.member.worker_key: held.person}
        before = member.stage in {Stage.CANDIDATE, Stage.PUBLICISED}
        known = known_of(unit, [member], policy, market=before, people=people).get(key)
        months = [] if before else unit.local_work.members.months([key]).get(key, [])
        reviews = [] if before else unit.local_work.members.reviews([key]).get(key, [])
        plan = unit.plans.current(member.worker_key) if member.stage is Stage.SERVING else None
    last = reviews[0].reviewed_on if reviews else None
    looked = looked_at(member, known, tuple(months), last, policy) if member.stage is Stage.SERVING else None
    return render_template(
        "local_work/holder.html",
        key=key,
        held=held,
        member=member,
        worker=held.person.value,
        case_no=case_number(member.worker_key),
        gate=check_gate(known) if before and known else None,
        looked=looked,
        welfare=WELFARE_FLAGS,
        months=months,
        reviews=reviews,
        track=plan.plan.track.value if plan else "",
        exit_days=exit_days(policy),
        least_days=policy.whole("local_work.notice_days"),
        last_month=month_before(month_of(office.today())),
        exits=EXITS,
        results=RESULTS,
        steps=STEPS,
        may_see=may_see_identity(),
        today=office.today(),
        year_on=office.today() + timedelta(days=364),
        **WORDS,
    )


@bp.post("/holders/<int:key>/write")
def write(key: int) -> Response:
    """Why somebody cannot leave, why the market is no way, the plan for afterwards."""
    before = _said(key)
    texts = ("cannot_leave", "market", "objections", "exit_plan")
    said = replace(before, **{name: typed(name, limit=300) for name in texts if typed(f"has_{name}")})
    with in_words():
        write_down(the_office(), key, scope(), said, actor=actor())
    flash(t("LOCAL_SAVED"), "done")
    return _back(key)


@bp.post("/holders/<int:key>/notice")
def notice(key: int) -> Response:
    """The name goes on the notice board."""
    first, last = typed_date("first"), typed_date("last")
    if first is None or last is None:
        raise InputRefused(t("LOCAL_NOTICE_NEEDS"))
    with in_words():
        publicise(the_office(), key, scope(), first, last, actor=actor())
    flash(t("LOCAL_NOTICE_KEPT"), "done")
    return _back(key)


@bp.post("/holders/<int:key>/place")
def begin(key: int) -> Response:
    """Somebody begins."""
    wanted = replace(
        _member(key),
        started_on=typed_date("started_on"),
        term_end=typed_date("term_end"),
        hours_week=typed_key("hours"),
    )
    with in_words():
        place(the_office(), key, scope(), wanted, actor=actor())
    return _changed(key, "LOCAL_PLACED")


@bp.post("/holders/<int:key>/extend")
def longer(key: int) -> Response:
    """The term goes on."""
    until = typed_date("until")
    if until is None:
        raise InputRefused(t("LOCAL_UNTIL_NEEDS"))
    with in_words():
        extend(the_office(), key, scope(), until, typed("why", limit=200), actor=actor())
    return _changed(key, "LOCAL_EXTENDED")


@bp.post("/holders/<int:key>/leave")
def leave(key: int) -> Response:
    """Somebody leaves the post."""
    on = typed_date("on")
    if on is None:
        raise InputRefused(t("LOCAL_LEFT_NEEDS"))
    said = Said(end_reason=typed("why", limit=200), exit_to=chosen(typed("exit_to", limit=20), EXITS))
    with in_words():
        end(the_office(), key, scope(), on, said, actor=actor())
    return _changed(key, "LOCAL_LEFT")


@bp.post("/holders/<int:key>/refuse")
def not_taken(key: int) -> Response:
    """Somebody is not taken, with the reason."""
    with in_words():
        refuse(the_office(), key, scope(), typed("why", limit=200), actor=actor())
    flash(t("LOCAL_REFUSED_KEPT"), "done")
    return _back(key)


@bp.post("/holders/<int:key>/back")
def back(key: int) -> Response:
    """The last step is taken back."""
    mine = scope()
    with the_office().reading() as unit:
        held = seen_member(unit, key, mine)
    with in_words():
        there = step_back(the_office(), key, mine, actor=actor())
    if there:
        return _changed(key, "LOCAL_UNDONE")
    flash(t("LOCAL_UNDONE"), "done")
    return redirect(url_for("posts.one", key=held.site.key), 303)


@bp.post("/holders/<int:key>/carry")
def carry(key: int) -> Response:
    """The person's own record says again that the post is held."""
    with in_words():
        carry_again(the_office(), key, scope(), actor=actor())
    return _changed(key, "LOCAL_CARRIED")


@bp.post("/holders/<int:key>/month")
def month(key: int) -> Response:
    """The days of a month."""
    due, came = typed_key("due"), typed_key("came")
    if due is None or came is None:
        raise InputRefused(t("LOCAL_MONTH_NEEDS"))
    told = Attendance(
        member_key=key, month=typed("month", limit=7), days_due=due, days_present=came, note=typed("note", limit=100)
    )
    with in_words():
        note_month(the_office(), told, scope(), actor=actor())
    flash(t("LOCAL_MONTH_KEPT", many=1), "done")
    return _back(key, "months")


@bp.post("/holders/<int:key>/review")
def look(key: int) -> Response:
    """A review, or one that was noted by mistake."""
    if typed("act") == "remove":
        drop_review(the_office(), key, typed_key("review") or 0, scope(), actor=actor())
        flash(t("LOCAL_UNDONE"), "done")
        return _back(key, "reviews")
    on, result = typed_date("on"), chosen(typed("result", limit=10), RESULTS)
    if on is None or not result:
        raise InputRefused(t("LOCAL_REVIEW_NEEDS"))
    found = Review(member_key=key, reviewed_on=on, result=ReviewResult(result), note=typed("note", limit=300))
    with in_words():
        review(the_office(), found, scope(), actor=actor())
    flash(t("LOCAL_REVIEW_KEPT"), "done")
    return _back(key, "reviews")


def _member(key: int) -> Member:
    """What stands of somebody."""
    with the_office().reading() as unit:
        return seen_member(unit, key, scope()).member


def _said(key: int) -> Said:
    """What was written down of somebody."""
    with the_office().reading() as unit:
        return seen_member(unit, key, scope()).member.said


def _changed(key: int, code: str) -> Response:
    """After a step that changes what the person is owed: the plan is made anew."""
    worker_key = _worker(key, scope())
    replan(the_office(), worker_key, actor=actor())
    flash(t(code), "done")
    return _back(key)


def _worker(key: int, mine: Scope) -> int:
    """Whom an entry is about."""
    with the_office().reading() as unit:
        return seen_member(unit, key, mine).member.worker_key


def _back(key: int, anchor: str = "") -> Response:
    """The page of the person at the post."""
    return redirect(url_for("posts.holder", key=key) + (f"#{anchor}" if anchor else ""), 303)
