"""Whether what a plan says would open more postings really would: every count is worked out again.

In: plans and the desk they were made from. Out: how many of the counts are not borne out, of those that can be re-run
(the paper got, the hours, the season, the way and the kinds of work widened; learning a trade is another matter).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from matcher.casework import Desk
from matcher.columns import WorkerRow, load_vocabulary
from matcher.domain.facts import Evidence, Fact
from matcher.domain.plan import Relaxation, ServicePlan
from matcher.domain.worker import SkillHeld
from matcher.filters import broken
from matcher.planning import build_market, encode_people, entitle
from matcher.policy import PolicyAt
from matcher.scoring import exact_scores, scorecard
from matcher.trials.judged.figures import Tally

TOLD = (Evidence("", "", False),)
HOME = frozenset({"DAY_RETURN", "WEEKEND_HOME", "MAX_KM", "MIDDAY_HOME"})


def _with_paper(row: WorkerRow, relaxation: Relaxation) -> WorkerRow:
    """The papers got, however many are named."""
    named = str(relaxation.args.get("certificate") or "").split()
    held = tuple(SkillHeld(skill=code, evidence=TOLD) for code in named)
    return replace(row, facts=replace(row.facts, skills=(*row.facts.skills, *held)))


def _without(codes: frozenset[str]) -> Callable[[WorkerRow, Relaxation], WorkerRow]:
    """Some limits given up."""

    def given_up(row: WorkerRow, relaxation: Relaxation) -> WorkerRow:
        kept = tuple(item for item in row.facts.constraints if item.code not in codes)
        return replace(row, facts=replace(row.facts, constraints=kept))

    return given_up


def _farther(row: WorkerRow, relaxation: Relaxation) -> WorkerRow:
    """Willing to go away, and bound by nothing."""
    free = _without(HOME)(row, relaxation)
    worker = replace(free.worker, daily_return=None, willing_to_move=True)
    return replace(free, worker=worker, facts=replace(free.facts, willing_to_move=Fact(True, TOLD)))


def _whatever(row: WorkerRow, relaxation: Relaxation) -> WorkerRow:
    """Any kind of work."""
    return replace(row, facts=replace(row.facts, any_work=Fact(True, TOLD)))


def _nothing_refused(row: WorkerRow, relaxation: Relaxation) -> WorkerRow:
    """Nothing said no to."""
    return replace(row, facts=replace(row.facts, refused=()))


CHANGES: Mapping[str, Callable[[WorkerRow, Relaxation], WorkerRow]] = {
    "RELAX_CERTIFICATE": _with_paper,
    "RELAX_HOURS": _without(frozenset({"HOURS"})),
    "RELAX_SEASON": _without(frozenset({"SEASONAL"})),
    "RELAX_REACH": _farther,
    "RELAX_UNRELATED": _whatever,
    "RELAX_REFUSED": _nothing_refused,
}


def suitable(rows: Iterable[WorkerRow], desk: Desk, policy: PolicyAt) -> list[frozenset[int]]:
    """Keys of the postings that break no limit and score enough, for each row."""
    people = [person.row for person in entitle(rows, policy)]
    market, homes = build_market(people, desk.postings, load_vocabulary(), policy)
    everything = np.arange(len(market.postings), dtype=np.intp)
    found = []
    for person in people:
        workers = encode_people([person], homes, market)
        pairs = market.pairs(workers, np.zeros(len(everything), dtype=np.intp), everything)
        good = exact_scores(pairs, scorecard(policy)).score >= policy.number("plan.minimum_score")
        for hit in broken(pairs).values():
            good &= ~np.broadcast_to(hit, good.shape)
        found.append(frozenset(int(key) for key in market.postings.key[good]))
    return found


def tally_relaxations(plans: Iterable[ServicePlan], desk: Desk, policy: PolicyAt) -> Tally:
    """Counts that a re-run does not bear out, of all that were re-run."""
    rows = {row.worker.ref: row for row in desk.people}
    asked = [
        (rows[plan.worker_ref], item)
        for plan in plans
        for item in plan.shortfall.relaxations
        if item.code in CHANGES and plan.worker_ref in rows
    ]
    before = suitable((row for row, _ in asked), desk, policy)
    after = suitable((CHANGES[item.code](row, item) for row, item in asked), desk, policy)
    false = [len(new - old) < item.postings for (_, item), old, new in zip(asked, before, after, strict=True)]
    return Tally(sum(false), len(false))
