"""An employer at the counter: a posting given to several people, and everybody called once it is filled.

In: a posting, people, who acts. Out: for each person what became of it; plans made anew for those who lost one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.casework import plan_people
from matcher.choosing.changing import Wish, change_plan
from matcher.domain.errors import InputRefused, Job131Error
from matcher.office import Office

LEAST_REASON = 2


class Given(StrEnum):
    """What became of giving a posting to one person."""

    ADDED = "added"
    FULL = "full"
    """The plan holds all it can: something has to leave."""
    THERE = "there"
    NO_PLAN = "no_plan"
    REFUSED = "refused"
    """Something speaks against it that has to be looked at person by person."""


@dataclass(frozen=True, slots=True)
class GivenTo:
    """One person of a list."""

    worker_key: int
    name: str
    became: Given


def give(office: Office, posting_key: int, people: Sequence[int], *, reason: str, actor: str) -> list[GivenTo]:
    """Puts a posting on the plans of people where a place is free; whoever asks has checked the scope."""
    if len(reason.strip()) < LEAST_REASON:
        raise InputRefused("请写明理由（两个字以上）；没有改动任何方案")
    return [_give(office, posting_key, key, reason, actor) for key in dict.fromkeys(people)]


def _give(office: Office, posting_key: int, worker_key: int, reason: str, actor: str) -> GivenTo:
    """One person."""
    most = office.policy.at(office.today()).whole("package.postings")
    with office.reading() as unit:
        name = unit.workers.get(worker_key).value.name
        current = unit.plans.current(worker_key)
    if current is None:
        return GivenTo(worker_key, name, Given.NO_PLAN)
    held = {match.posting_key for match in current.plan.matches}
    if posting_key in held:
        return GivenTo(worker_key, name, Given.THERE)
    if len(held) >= most:
        return GivenTo(worker_key, name, Given.FULL)
    try:
        change_plan(office, worker_key, Wish(plan_key=current.key, came=posting_key, reason=reason), actor=actor)
    except Job131Error:
        return GivenTo(worker_key, name, Given.REFUSED)
    return GivenTo(worker_key, name, Given.ADDED)


def plan_again(office: Office, people: Sequence[int], *, actor: str) -> int:
    """Makes the plans of some people anew; how many. Whoever asks has checked the scope."""
    most = office.policy.at(office.today()).whole("desk.at_once")
    if not people:
        raise InputRefused("没有选人，没有改动任何方案")
    if len(people) > most:
        raise InputRefused(f"一次最多重排{most}人，请分几次；没有改动任何方案")
    with office.reading() as unit:
        workers = [unit.workers.get(key).value for key in dict.fromkeys(people)]
    for worker in workers:
        plan_people(office, worker_ref=f"{worker.sender}:{worker.ref}", actor=actor)
    return len(workers)
