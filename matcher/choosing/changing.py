"""A plan changed by hand: a posting added, swapped, taken out; the plan before put back.

In: who, what comes, what leaves, why, what was known and set aside. Out: a new current plan with a code of its own
that keeps guidance hour and class; or an error in one clear line, and nothing stored.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from matcher.choosing.grounds import Stance, Verdict, verdict_of
from matcher.choosing.seat import Seat, seat_of, seated_as
from matcher.composing import compose
from matcher.domain.answer import AnswerKind
from matcher.domain.choosing.choices import Hand, Verb
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.match import Match
from matcher.domain.plan import GuidanceSession, ServicePlan, Shortfall
from matcher.domain.run import MatchRun, RunQuality, RunState
from matcher.office import Office
from matcher.reference.tables import reference_digest
from matcher.store.plans import StoredPlan
from matcher.store.store import UnitOfWork
from matcher.training_choice import Offer
from matcher.warm import settle_warm

LEAST_REASON = 2
"""Characters of a reason that say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A change somebody asks for; `plan_key` is the plan that stood on the page."""

    plan_key: int
    came: int | None = None
    left: int | None = None
    reason: str
    known: bool = False
    """Whether the warnings were read and set aside."""

    @property
    def verb(self) -> Verb:
        """What is done."""
        if self.came is None:
            return Verb.TAKE_OUT
        return Verb.ADD if self.left is None else Verb.SWAP


def change_plan(office: Office, worker_key: int, wish: Wish, *, actor: str) -> StoredPlan:
    """Changes the current plan of a person; the new one. Whoever asks has checked the scope."""
    if len(wish.reason.strip()) < LEAST_REASON:
        raise InputRefused("请写明理由（两个字以上）；方案没有改动")
    with office.reading() as unit:
        seat = seat_of(office, unit, worker_key)
        before = _current(seat, wish.plan_key)
        verdict = verdict_of(office, unit, seat, wish.came) if wish.came is not None else None
    keys = _keys_after(before.plan, wish, seat.market.policy.whole("package.postings"))
    if verdict is not None:
        _check(verdict, known=wish.known)
    hand = seat.hand.after(wish.came, wish.left)
    plan = plan_of(seat, before.plan, keys, hand)
    overridden = verdict.warnings if verdict is not None else ()
    with office.unit(actor) as unit:
        key = _store(office, unit, plan, before)
        unit.choices.note(
            worker_key,
            plan_key=key,
            from_plan_key=before.key,
            verb=wish.verb,
            hand=hand,
            reason=wish.reason.strip(),
            came=wish.came,
            left=wish.left,
            overridden=overridden,
        )
        if wish.came is not None and "DESK_NOT_WANTED" in overridden:
            unit.plans.answers.record(key, wish.came, AnswerKind.WANTED, on=office.today(), reason=wish.reason.strip())
        unit.audit.note("plan_changed", subject=f"worker:{worker_key}", fields=wish.verb.value)
        return unit.plans.get(key)


def restore_plan(office: Office, worker_key: int, plan_key: int, *, shown: int, actor: str) -> StoredPlan:
    """Puts an older plan back as the current one, so that its paper holds again; `shown` is the plan on the page."""
    with office.unit(actor) as unit:
        current = unit.plans.current(worker_key)
        if current is None or current.key != shown:
            raise EditConflict("方案刚刚变过，没有恢复；请看过新方案再决定", ref=str(worker_key))
        older = unit.plans.get(plan_key)
        if older.plan.worker_key != worker_key:
            raise RecordNotFound("没有这份服务方案，或不在您的范围内", ref=str(plan_key))
        if older.key == current.key:
            raise InputRefused("这份就是现在的方案，没有改动")
        hand = unit.choices.hand_under(worker_key, plan_key)
        held = {match.posting_key for match in older.plan.matches}
        unit.plans.reinstate(worker_key, plan_key)
        unit.choices.note(
            worker_key,
            plan_key=plan_key,
            from_plan_key=current.key,
            verb=Verb.RESTORE,
            hand=Hand(hand.given & held, hand.taken - held),
            reason="",
        )
        unit.audit.note("plan_restored", subject=f"worker:{worker_key}", fields=f"plan {plan_key}")
        return unit.plans.get(plan_key)


def _current(seat: Seat, plan_key: int) -> StoredPlan:
    """The plan to be changed, as it stood on the page."""
    stored = seat.stored
    if stored is None:
        raise InputRefused("还没有方案，请先生成方案")
    if stored.key != plan_key:
        raise EditConflict("方案刚刚变过，您的修改没有保存；请看过新方案再改", ref=str(plan_key))
    if not stored.plan.track.carries_postings or not seat.row.track.carries_postings:
        raise InputRefused("这个人目前不推荐岗位（见方案里的原因），方案没有改动")
    return stored


def _keys_after(plan: ServicePlan, wish: Wish, most: int) -> tuple[int, ...]:
    """The postings after the change; what is swapped in takes the place of what leaves."""
    held = [match.posting_key for match in plan.matches]
    if wish.came is None and wish.left is None:
        raise InputRefused("没有选岗位，方案没有改动")
    if wish.left is not None and wish.left not in held:
        raise InputRefused("要换掉的岗位不在现在的方案里，方案没有改动")
    if wish.came is not None and wish.came in held:
        raise InputRefused("这个岗位已经在方案里，方案没有改动")
    if wish.came is None:
        return tuple(key for key in held if key != wish.left)
    if wish.left is not None:
        return tuple(wish.came if key == wish.left else key for key in held)
    if len(held) >= most:
        raise InputRefused(f"方案里已有{most}个岗位，请选一个换掉；方案没有改动")
    return (*held, wish.came)


def _check(verdict: Verdict, *, known: bool) -> None:
    """Refuses what law and rules forbid, what the posting is not ready for, and what was not read."""
    if verdict.stance is Stance.NEVER:
        raise InputRefused("法律法规或岗位规定不允许，不能加；方案没有改动")
    if verdict.stance is Stance.FIRST:
        raise InputRefused("这个岗位现在不能推荐（已招满、已截止、待核实等），先处理岗位再加；方案没有改动")
    if verdict.stance is Stance.WARN and not known:
        raise InputRefused("有提醒没有确认：请看过提醒、打上勾再加；方案没有改动")


def plan_of(seat: Seat, old: ServicePlan, keys: Sequence[int], hand: Hand) -> ServicePlan:
    """The plan with these postings: what stays is as it was, guidance speaks of the new list at the same hour."""
    at_desk = seated_as(seat, replace(seat.row, given_postings=hand.given))
    at = {int(key): place for place, key in enumerate(seat.market.postings.key.tolist())} if keys else {}
    start = old.guidance.starts_at if old.guidance is not None else ""
    fresh = _composed(at_desk, old, [at[key] for key in keys if key in at], start)
    matches = _merged(old.matches, fresh.matches, keys, hand.given)
    most = seat.market.policy.whole("package.postings")
    missing = most - len(matches)
    shortfall = replace(fresh.shortfall, missing=missing) if missing else Shortfall()
    return replace(
        fresh,
        matches=matches,
        guidance=_same_hour(fresh.guidance, old.guidance),
        training=old.training,
        training_none=old.training_none,
        shortfall=shortfall,
        valid_until=_valid(seat, old, matches),
    )


def _composed(seat: Seat, old: ServicePlan, places: Sequence[int], start: str) -> ServicePlan:
    """A plan with just these postings of the market."""
    settled = settle_warm([seat.row], seat.warm, {})
    many = settled.chosen.shape[1]
    chosen = np.full((1, many), -1, dtype=np.int64)
    chosen[0, : len(places)] = places
    settled = replace(settled, chosen=chosen, offers=(_same_class(seat, old, settled.offers[0]),))
    return next(iter(compose([seat.person], settled, {seat.row.key: start}, seat.warm.workshop)))


def _same_class(seat: Seat, old: ServicePlan, offer: Offer) -> Offer:
    """The class of the old plan, as far as it can still be joined."""
    if old.training is None:
        return Offer(None, none_code=old.training_none.code if old.training_none is not None else offer.none_code)
    row = next((one for one in seat.warm.classes if one.key == old.training.training_key), None)
    if row is None:
        return offer
    return replace(offer, row=row, gain=old.training.gain, unlocked=old.training.unlocked_postings, none_code="")


def _merged(
    old: Sequence[Match], fresh: Sequence[Match], keys: Sequence[int], given: Collection[int]
) -> tuple[Match, ...]:
    """The postings in order: those that stay as they were, the new one as it is today."""
    stays, comes = {one.posting_key: one for one in old}, {one.posting_key: one for one in fresh}
    found = [stays.get(key) or comes[key] for key in keys]
    return tuple(
        replace(one, rank=rank, first_choice=rank == 1, by_hand=one.posting_key in given)
        for rank, one in enumerate(found, start=1)
    )


def _same_hour(fresh: GuidanceSession | None, old: GuidanceSession | None) -> GuidanceSession | None:
    """The session that was agreed, with what there is to say now."""
    if fresh is None or old is None:
        return old or fresh
    agreed = {name: getattr(old, name) for name in ("starts_at", "minutes", "place", "guide", "guide_phone", "mode")}
    return replace(fresh, **agreed)


def _valid(seat: Seat, old: ServicePlan, matches: Sequence[Match]) -> date:
    """Until when the plan holds: as before, or anew where that is over; never longer than its first deadline."""
    policy = seat.market.policy
    last = old.valid_until
    if last < policy.on:
        last = policy.on + timedelta(days=policy.whole("plan.valid_days"))
    ends = [date.fromisoformat(match.posting.deadline) for match in matches if match.posting.deadline]
    return min([last, *(day for day in ends if day >= policy.on)])


def _store(office: Office, unit: UnitOfWork, plan: ServicePlan, before: StoredPlan) -> int:
    """Stores the plan under a run of its own, unless somebody was first."""
    current = unit.plans.current(plan.worker_key)
    if current is None or current.key != before.key:
        raise EditConflict("别人刚刚改过这份方案，您的修改没有保存；请看过新方案再改", ref=str(before.key))
    worker, now = unit.workers.get(plan.worker_key).value, office.clock()
    policy = office.policy.at(plan.made_on)
    owed, complete = int(plan.track.carries_postings), int(not plan.shortfall.missing)
    run = MatchRun(
        worker_ref=f"{worker.sender}:{worker.ref}",
        as_of=plan.made_on,
        policy_digest=policy.digest,
        reference_digest=reference_digest(),
        state=RunState.DONE,
        progress=1.0,
        started_at=now,
        ended_at=now,
        quality=RunQuality(
            people=1,
            with_postings_owed=owed,
            complete=complete,
            short=owed - complete,
            with_training=int(plan.training is not None),
            score_sum=sum(match.score for match in plan.matches),
        ),
    )
    return unit.plans.put_many(unit.runs.create(run), [plan])[0]
