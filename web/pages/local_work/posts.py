"""Public-welfare posts: all of a scope, one with its people and months, who is put forward, the ledger.

In: what an office types; coordinators write days for their villages. Out: pages, the change, the ledger as a
spreadsheet for a stated purpose.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.local_work import Attendance, Member, PublicPost, Site, SiteKind, Stage
from matcher.domain.service.months import month_before, month_of
from matcher.local_work.looking_after import (
    WELFARE_FLAGS,
    Looked,
    look_after,
    note_month,
    post_flags,
)
from matcher.local_work.posts import known_of, post_of, propose, serving
from matcher.local_work.register import seen_site
from matcher.office import StoredWorker
from web.auth import allowed, scope
from web.config import the_office
from web.forms import typed, typed_key
from web.pages.local_work.common import actor, back_to, in_words, key_asked, seen_here
from web.pages.local_work.projects import WORDS, about_site
from web.phrases import t

bp = Blueprint("posts", __name__, url_prefix="/posts")
POSTS = frozenset({SiteKind.POST})
ORDER = (Stage.CANDIDATE, Stage.PUBLICISED, Stage.SERVING, Stage.ENDED, Stage.REFUSED)


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post of the list."""

    site: Site
    post: PublicPost
    there: int
    waiting: int
    flags: tuple[str, ...]
    holder_flags: int
    ending: int


@bp.get("/")
def index() -> str:
    """All posts of the scope with heads, money and what has to be looked at."""
    office, mine = the_office(), scope()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        sites = unit.local_work.sites.all([SiteKind.POST], division=mine.division, villages=mine.villages)
        members = unit.local_work.members.of_sites([site.key for site in sites])
        there = [one for found in members.values() for one in serving(found)]
        looked = look_after(unit, there, known_of(unit, there, policy, market=False), policy)
    lines = [_line(site, members.get(site.key, []), looked) for site in sites]
    return render_template("local_work/posts.html", lines=lines, gone=key_asked("gone"), **_sums(lines), **WORDS)


def _sums(lines: list[PostLine]) -> dict[str, int]:
    """What all posts come to."""
    return {
        "planned": sum(line.post.headcount or 0 for line in lines),
        "held": sum(line.there for line in lines),
        "cost": sum(line.post.cost_yuan or 0 for line in lines),
        "flagged": sum(line.holder_flags for line in lines),
        "ending": sum(line.ending for line in lines),
    }


def _line(site: Site, members: list[Member], looked: list[Looked]) -> PostLine:
    """One post with its people counted."""
    mine, there = [one for one in looked if one.member.site_key == site.key], len(serving(members))
    return PostLine(
        site=site,
        post=post_of(site),
        there=there,
        waiting=sum(1 for one in members if one.stage in {Stage.CANDIDATE, Stage.PUBLICISED}),
        flags=post_flags(site, post_of(site), there),
        holder_flags=sum(1 for one in mine if set(one.flags) & set(WELFARE_FLAGS)),
        ending=sum(1 for one in mine if "ENDING" in one.flags),
    )


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody at a post, with the days of last month."""

    member: Member
    person: StoredWorker
    looked: Looked | None
    month: Attendance | None


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One post: the plan, its people by step, the days of last month."""
    office, mine = the_office(), scope()
    policy, month = office.policy.at(office.today()), month_before(month_of(office.today()))
    names = allowed("posts.holder")
    with office.reading() as unit:
        site = seen_site(unit, key, mine, kinds=POSTS)
        about = about_site(unit, site, mine)
        members = unit.local_work.members.of_sites([key]).get(key, [])
        people = unit.workers.many([one.worker_key for one in members]) if names else {}
        known = known_of(unit, members, policy, market=False, people=people)
        looked = {one.member.key: one for one in look_after(unit, members, known, policy)}
    lines = [
        PersonLine(one, people[one.worker_key], looked.get(one.key), _month_of(looked.get(one.key), month))
        for one in members
        if seen_here(people.get(one.worker_key), mine)
    ]
    there = len(serving(members))
    return render_template(
        "local_work/post.html",
        post=post_of(site),
        there=there,
        flags=post_flags(site, post_of(site), there),
        groups=[(stage, [line for line in lines if line.member.stage is stage]) for stage in ORDER],
        names=names,
        month=month,
        case_number=case_number,
        today=office.today(),
        **about,
    )


def _month_of(looked: Looked | None, month: str) -> Attendance | None:
    """The days of one month, where they were told."""
    return next((one for one in looked.months if one.month == month), None) if looked else None


@bp.post("/<int:key>/people")
def put_forward(key: int) -> Response:
    """Somebody is put forward; the checklist is the next page."""
    worker = read_case_number(typed("case", limit=20)) or typed_key("worker")
    if worker is None:
        raise InputRefused(t("LOCAL_CASE_NEEDS"))
    with in_words():
        member = propose(the_office(), key, worker, scope(), actor=actor())
    return redirect(url_for("posts.holder", key=member), 303)


@bp.post("/<int:key>/months")
def months(key: int) -> Response:
    """The days of a month for everybody of a post that was filled in."""
    office, mine, month = the_office(), scope(), typed("month", limit=7)
    with office.reading() as unit:
        seen_site(unit, key, mine, kinds=POSTS)
        members = serving(unit.local_work.members.of_sites([key]).get(key, []))
        people = unit.workers.many([one.worker_key for one in members])
    kept = 0
    for one in members:
        due, came = typed_key(f"due-{one.key}"), typed_key(f"came-{one.key}")
        if due is None or came is None or not seen_here(people.get(one.worker_key), mine):
            continue
        told = Attendance(member_key=one.key, month=month, days_due=due, days_present=came)
        with in_words():
            note_month(office, told, mine, actor=actor())
        kept += 1
    if not kept:
        raise InputRefused(t("LOCAL_MONTH_NEEDS"))
    flash(t("LOCAL_MONTH_KEPT", many=kept), "done")
    return back_to(key, mine, "months")
