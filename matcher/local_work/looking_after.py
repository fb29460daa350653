"""Looking after who holds a post: days of a month, the quarterly review, and what speaks of too much welfare.

In: what was typed; people with months and reviews. Out: the change; flags for people and posts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.domain.service.around.local_work import Attendance, Member, PublicPost, Review, Site, Stage
from matcher.domain.service.months import month_before, month_of
from matcher.domain.worker import LabourSkill
from matcher.listings import Scope
from matcher.local_work.gate import LEAST_WORDS, Known, cannot_leave, weak
from matcher.local_work.posts import seen_member, serving
from matcher.local_work.refusing import LocalRefused
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
MOST_DAYS = 31
FLAGS = (
    *("ABLE_BODIED", "ALSO_EMPLOYED", "EXTENDED_TWICE", "NO_ATTENDANCE", "REVIEW_OVERDUE"),
    *("ENDING", "TERM_OVER", "RECORD_DIFFERS"),
)
WELFARE_FLAGS = ("ABLE_BODIED", "ALSO_EMPLOYED", "EXTENDED_TWICE", "NO_ATTENDANCE", "TERM_OVER")
"""Those that speak of welfare without need; the others are dates to keep."""


def note_month(office: Office, month: Attendance, scope: Scope, *, actor: str) -> None:
    """The days somebody came in a month; coordinators tell them for their villages."""
    if not _MONTH.fullmatch(month.month) or month.month > office.today().isoformat()[:7]:
        raise LocalRefused("LOCAL_BAD_MONTH_OF", value=month.month[:10])
    if not 0 <= month.days_present <= month.days_due <= MOST_DAYS:
        raise LocalRefused("LOCAL_BAD_DAYS", due=month.days_due, present=month.days_present)
    with office.unit(actor) as unit:
        held = seen_member(unit, month.member_key, scope)
        if held.member.started_on is None or month.month < held.member.started_on.isoformat()[:7]:
            raise LocalRefused("LOCAL_NOT_YET_THERE")
        unit.local_work.members.note_month(month)
        unit.audit.note("post_month", subject=f"worker:{held.member.worker_key}", fields=month.month)


def review(office: Office, found: Review, scope: Scope, *, actor: str) -> int:
    """A review; its key."""
    if found.reviewed_on > office.today():
        raise LocalRefused("LOCAL_REVIEW_LATER")
    if len(found.note.strip()) < LEAST_WORDS:
        raise LocalRefused("LOCAL_REVIEW_WORDS")
    with office.unit(actor) as unit:
        held = seen_member(unit, found.member_key, scope)
        if held.member.stage is not Stage.SERVING:
            raise LocalRefused("LOCAL_OTHER_STEP")
        key = unit.local_work.members.add_review(found)
        unit.audit.note("post_review", subject=f"worker:{held.member.worker_key}", fields=found.result.value)
    return key


def drop_review(office: Office, member_key: int, review_key: int, scope: Scope, *, actor: str) -> None:
    """A review noted by mistake is taken back."""
    with office.unit(actor) as unit:
        held = seen_member(unit, member_key, scope)
        unit.local_work.members.drop_review(review_key, member_key=member_key)
        unit.audit.note("post_review_gone", subject=f"worker:{held.member.worker_key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Somebody who holds a post, with what speaks of too much welfare and the next days to keep."""

    member: Member
    known: Known | None
    months: tuple[Attendance, ...]
    reviewed_on: date | None
    review_due: date
    flags: tuple[str, ...]


def look_after(
    unit: UnitOfWork, members: Sequence[Member], known: Mapping[int, Known], policy: PolicyAt
) -> list[Looked]:
    """Flags and due days of everybody at work; two looks, however many."""
    there = serving(members)
    keys = [one.key for one in there]
    since = (policy.on - timedelta(days=400)).isoformat()[:7]
    months, reviews = unit.local_work.members.months(keys, since=since), unit.local_work.members.last_reviews(keys)
    return [
        looked_at(one, known.get(one.key), tuple(months.get(one.key, ())), reviews.get(one.key), policy)
        for one in there
    ]


def looked_at(
    member: Member, known: Known | None, months: tuple[Attendance, ...], reviewed_on: date | None, policy: PolicyAt
) -> Looked:
    """Flags and due days of one person."""
    last = reviewed_on or member.started_on or policy.on
    due = last + timedelta(days=policy.whole("local_work.review_days"))
    tests = {
        "ABLE_BODIED": known is not None and able_bodied(known),
        "ALSO_EMPLOYED": known is not None and known.in_work,
        "EXTENDED_TWICE": member.extended >= policy.whole("local_work.extensions_flagged"),
        "NO_ATTENDANCE": _absent(member, months, policy.on),
        "REVIEW_OVERDUE": due < policy.on,
        "ENDING": member.term_end is not None and 0 <= (member.term_end - policy.on).days <= exit_days(policy),
        "RECORD_DIFFERS": known is not None and not known.worker.public_post,
        "TERM_OVER": member.term_end is not None and member.term_end < policy.on,
    }
    return Looked(
        member=member,
        known=known,
        months=months,
        reviewed_on=reviewed_on,
        review_due=due,
        flags=tuple(code for code in FLAGS if tests[code]),
    )


def exit_days(policy: PolicyAt) -> int:
    """How long before the end of a post the way out is planned."""
    return policy.whole("entitlement.public_post_exit_days")


def able_bodied(known: Known) -> bool:
    """Neither weak labour nor bound to the place, by all that is known now."""
    if known.worker.labour_skill is LabourSkill.SKILLED:
        return True
    if weak(known.worker) or cannot_leave(known.worker, known.facts):
        return False
    return len(known.said.cannot_leave.strip()) < LEAST_WORDS


def _absent(member: Member, months: Sequence[Attendance], on: date) -> bool:
    """Nobody wrote a day of last month down, or the person did not come once, though at work all that month."""
    month = month_before(month_of(on))
    if member.started_on is None or member.started_on.isoformat()[:7] >= month:
        return False
    told = next((one for one in months if one.month == month), None)
    return told is None or (told.days_due > 0 and told.days_present == 0)


def post_flags(site: Site, post: PublicPost, there: int) -> tuple[str, ...]:
    """What is wrong with a post itself: more heads than planned, needed or paid for; something still to be entered."""
    found = []
    if post.need is not None and max(there, post.headcount or 0) > post.need:
        found.append("OVER_NEED")
    if post.headcount is not None and there > post.headcount:
        found.append("OVER_HEADCOUNT")
    if post.cost_yuan is not None and post.budget_yuan is not None and post.cost_yuan > post.budget_yuan:
        found.append("OVER_BUDGET")
    if not post.need_note or post.need is None or post.headcount is None:
        found.append("NEED_MISSING")
    if post.allowance_yuan is None or post.budget_yuan is None or post.months is None:
        found.append("MONEY_MISSING")
    return tuple(found)
