"""Public-welfare posts: who is put forward, shown on the notice board, taken on, kept on, and leaves.

In: an office, an account's scope, what was typed. Out: the change, whole or not at all; every step is checked against
need, money, the gate and the days of the notice, and can be taken back. Who holds a post carries it in the own record,
so that the plan of somebody whose post ends is an exit plan (tracks.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matcher.domain.service.around.local_work import Member, PublicPost, Said, Site, SiteKind, SiteState, Stage
from matcher.listings import Scope
from matcher.local_work.gate import Gate, Known, check_gate, ground_of
from matcher.local_work.refusing import LocalRefused
from matcher.local_work.register import seen_site
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork
from matcher.store.workers import StoredWorker
from matcher.told import corrected

HERE = frozenset({Stage.CANDIDATE, Stage.PUBLICISED, Stage.SERVING})
EXITS = ("market", "flexible", "own", "other_post", "pension", "none")
"""Where somebody goes from a post; none = nothing found yet, so the person is owed the whole service."""
BACK = {
    Stage.ENDED: Stage.SERVING,
    Stage.SERVING: Stage.PUBLICISED,
    Stage.PUBLICISED: Stage.CANDIDATE,
    Stage.REFUSED: Stage.CANDIDATE,
}
_OWN_POSTS = frozenset({SiteKind.POST})
_LEAST_REASON = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Somebody of a post within a scope, with the post."""

    member: Member
    site: Site
    post: PublicPost
    person: StoredWorker


def post_of(site: Site) -> PublicPost:
    """What is said of a post."""
    assert isinstance(site.details, PublicPost)
    return site.details


def seen_member(unit: UnitOfWork, key: int, scope: Scope) -> Held:
    """Somebody of a post; RecordNotFound where post or person lie outside the scope."""
    member = unit.local_work.members.get(key)
    site = seen_site(unit, member.site_key, scope, kinds=_OWN_POSTS)
    person = unit.workers.get(member.worker_key, division=scope.division, villages=scope.villages)
    return Held(member=member, site=site, post=post_of(site), person=person)


def known_of(
    unit: UnitOfWork,
    members: Sequence[Member],
    policy: PolicyAt,
    *,
    market: bool = True,
    people: Mapping[int, StoredWorker] | None = None,
) -> dict[int, Known]:
    """What is known of people at posts, by the key of their entry; some few looks, however many people.

    Without `market` what the gate needs beside the person (plans, answers, other posts) is left out.
    """
    workers = sorted({one.worker_key for one in members})
    stored = unit.workers.many(workers) if people is None else people
    spells = unit.aftercare.spells.of_people(workers, only_open=True)
    plans = unit.plans.current_of(workers) if market else {}
    closed = unit.plans.answers.closed(workers) if market and workers else {}
    everywhere = unit.local_work.members.of_people(workers) if market else {}
    found: dict[int, Known] = {}
    for one in members:
        person = stored.get(one.worker_key)
        if person is None or person.facts is None:
            continue
        worker, facts = corrected(person.value, person.facts, person.told)
        plan = plans.get(one.worker_key)
        found[one.key] = Known(
            worker=worker,
            facts=facts,
            policy=policy,
            said=one.said,
            plan=None if plan is None else plan.plan,
            closed=closed.get(one.worker_key, frozenset()),
            in_work=bool(spells.get(one.worker_key)),
            others=tuple(other for other in everywhere.get(one.worker_key, ()) if other.key != one.key),
        )
    return found


def gate_of(unit: UnitOfWork, member: Member, policy: PolicyAt) -> Gate:
    """The checklist of one person."""
    known = known_of(unit, [member], policy).get(member.key)
    if known is None:
        raise LocalRefused("LOCAL_NOT_READ")
    return check_gate(known)


def propose(office: Office, post_key: int, worker_key: int, scope: Scope, *, actor: str) -> int:
    """Somebody is put forward for a post; the key of the entry. Who is under age is not put down at all."""
    with office.unit(actor) as unit:
        seen_site(unit, post_key, scope, kinds=_OWN_POSTS)
        unit.workers.get(worker_key, division=scope.division, villages=scope.villages)
        members = unit.local_work.members
        if any(
            one.worker_key == worker_key and one.stage in HERE for one in members.of_sites([post_key]).get(post_key, ())
        ):
            raise LocalRefused("LOCAL_ALREADY_HERE")
        member = Member(site_key=post_key, worker_key=worker_key, stage=Stage.CANDIDATE)
        key = members.add(member)
        age = gate_of(unit, replace(member, key=key), office.policy.at(office.today())).of("AGE")
        if age.verdict.value == "no":
            raise LocalRefused(age.why.code, **(age.why.args or {}))
        unit.audit.note("post_candidate", subject=f"worker:{worker_key}", fields=f"site:{post_key}")
    return key


def write_down(office: Office, key: int, scope: Scope, said: Said, *, actor: str) -> None:
    """What the office wrote down: why somebody cannot leave, why the market is no way, the plan for afterwards."""
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        _keep(unit, replace(held.member, said=said), "post_written")


def publicise(office: Office, key: int, scope: Scope, first: date, last: date, *, actor: str) -> None:
    """On the notice board from one day to another; only through the open gate."""
    policy = office.policy.at(office.today())
    least = policy.whole("local_work.notice_days")
    if last < first + timedelta(days=least - 1):
        raise LocalRefused("LOCAL_NOTICE_SHORT", days=least)
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        _expect(held.member, Stage.CANDIDATE)
        gate = gate_of(unit, held.member, policy)
        _through(gate)
        shown = replace(held.member, stage=Stage.PUBLICISED, notice_from=first, notice_to=last, ground=ground_of(gate))
        _keep(unit, shown, "post_publicised")


def place(office: Office, key: int, scope: Scope, member: Member, *, actor: str) -> None:
    """Somebody begins: the gate still open, the notice over, a head free, the money there."""
    policy, started, ends = office.policy.at(office.today()), member.started_on, member.term_end
    if started is None or ends is None:
        raise LocalRefused("LOCAL_NO_TERM")
    if ends <= started:
        raise LocalRefused("LOCAL_ENDS_BEFORE")
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        _expect(held.member, Stage.PUBLICISED)
        notice = held.member.notice_to
        if notice is not None and max(office.today(), started) <= notice:
            raise LocalRefused("LOCAL_NOTICE_RUNS", notice_until=notice.isoformat())
        _through(gate_of(unit, held.member, policy))
        _room(unit, held)
        began = replace(
            held.member, stage=Stage.SERVING, started_on=started, term_end=ends, hours_week=member.hours_week
        )
        _keep(unit, began, "post_placed")
        _carry(unit, held.member.worker_key, until=ends)


def _room(unit: UnitOfWork, held: Held) -> None:
    """Whether need and money leave a head for one more (notice 二(二): by need, within means)."""
    post, site = held.post, held.site
    if site.state is not SiteState.RUNNING:
        raise LocalRefused("LOCAL_POST_NOT_RUNNING")
    missing = [
        name for name in ("need", "headcount", "allowance_yuan", "months", "budget_yuan") if not getattr(post, name)
    ]
    if missing or not post.need_note:
        raise LocalRefused("LOCAL_POST_UNFINISHED")
    there = serving(unit.local_work.members.of_sites([site.key]).get(site.key, ()))
    if len(there) >= (post.headcount or 0):
        raise LocalRefused("LOCAL_POST_FULL", many=len(there), headcount=post.headcount or 0)


def serving(members: Sequence[Member]) -> list[Member]:
    """Who is at work."""
    return [one for one in members if one.stage is Stage.SERVING]


def extend(office: Office, key: int, scope: Scope, until: date, why: str, *, actor: str) -> None:
    """The term goes on; with the reason, and only while the gate would open again."""
    _reason(why)
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        _expect(held.member, Stage.SERVING)
        if held.member.term_end is not None and until <= held.member.term_end:
            raise LocalRefused("LOCAL_NOT_LONGER")
        _through(gate_of(unit, held.member, office.policy.at(office.today())), still=True)
        said = replace(held.member.said, note=why)
        longer = replace(held.member, term_end=until, extended=held.member.extended + 1, said=said)
        _keep(unit, longer, "post_extended")
        _carry(unit, held.member.worker_key, until=until)


def end(office: Office, key: int, scope: Scope, on: date, said: Said, *, actor: str) -> None:
    """Somebody leaves: when, why, where to."""
    _reason(said.end_reason)
    if said.exit_to not in EXITS:
        raise LocalRefused("LOCAL_NO_EXIT")
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        _expect(held.member, Stage.SERVING)
        if on > office.today() or (held.member.started_on is not None and on < held.member.started_on):
            raise LocalRefused("LOCAL_BAD_END")
        kept = replace(held.member.said, end_reason=said.end_reason, exit_to=said.exit_to)
        _keep(unit, replace(held.member, stage=Stage.ENDED, ended_on=on, said=kept), "post_ended")
        _carry(unit, held.member.worker_key, until=None)


def refuse(office: Office, key: int, scope: Scope, why: str, *, actor: str) -> None:
    """Somebody is not taken; the reason is kept and told."""
    _reason(why)
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        if held.member.stage not in {Stage.CANDIDATE, Stage.PUBLICISED}:
            raise LocalRefused("LOCAL_OTHER_STEP")
        said = replace(held.member.said, end_reason=why)
        _keep(unit, replace(held.member, stage=Stage.REFUSED, said=said), "post_refused")


def step_back(office: Office, key: int, scope: Scope, *, actor: str) -> bool:
    """The last step is taken back; whether there is still an entry (who was put forward by mistake is gone)."""
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        member = held.member
        if member.stage is Stage.CANDIDATE:
            unit.local_work.members.remove(key)
            unit.audit.note("post_candidate_gone", subject=f"worker:{member.worker_key}")
            return False
        back = replace(member, stage=BACK[member.stage])
        if member.stage is Stage.ENDED:
            _room(unit, held)
            back = replace(back, ended_on=None, said=replace(member.said, end_reason="", exit_to=""))
        if member.stage is Stage.SERVING:
            back = replace(back, started_on=None, term_end=None, extended=0)
        if member.stage is Stage.PUBLICISED:
            back = replace(back, notice_from=None, notice_to=None)
        _keep(unit, back, "post_step_back")
        _carry(unit, member.worker_key, until=back.term_end if back.stage is Stage.SERVING else None)
    return True


def carry_again(office: Office, key: int, scope: Scope, *, actor: str) -> None:
    """The person's own record says again that the post is held, where a roster handed in later said otherwise."""
    with office.unit(actor) as unit:
        held = seen_member(unit, key, scope)
        _expect(held.member, Stage.SERVING)
        _carry(unit, held.member.worker_key, until=held.member.term_end)
        unit.audit.note("post_carried", subject=f"worker:{held.member.worker_key}", fields=f"site:{held.site.key}")


def _expect(member: Member, stage: Stage) -> None:
    """A step is taken from the step before only."""
    if member.stage is not stage:
        raise LocalRefused("LOCAL_OTHER_STEP")


def _through(gate: Gate, *, still: bool = False) -> None:
    """The first line of the checklist that is not yes stops everything; who holds the post is at work there."""
    own = {"FREE", "MARKET"} if still else set()
    for check in gate.checks:
        if check.verdict.value != "yes" and check.code not in own:
            raise LocalRefused(check.why.code, **(check.why.args or {}))


def _reason(why: str) -> None:
    """A reason in words."""
    if len(why.strip()) < _LEAST_REASON:
        raise LocalRefused("LOCAL_NO_REASON")


def _keep(unit: UnitOfWork, member: Member, act: str) -> None:
    """Keeps somebody as of now and notes it."""
    unit.local_work.members.change(member, expected_revision=member.revision)
    unit.audit.note(act, subject=f"worker:{member.worker_key}", fields=f"site:{member.site_key}")


def _carry(unit: UnitOfWork, worker_key: int, *, until: date | None) -> None:
    """Whether a person holds a post, in the own record, where the tracks look."""
    stored = unit.workers.get(worker_key)
    value = replace(stored.value, public_post=until is not None, public_post_until=until)
    if value != stored.value:
        unit.workers.replace(worker_key, value, stored.facts, expected_revision=stored.revision)
