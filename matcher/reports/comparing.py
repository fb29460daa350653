"""Two runs beside each other: their figures, who got other postings, who gained or lost, what of policy differs.

In: an office, two runs, a scope. Out: `RunsCompared`; only people who have a plan in both are compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.run import MatchRun
from matcher.listings import Scope
from matcher.policy import Entry
from matcher.policy.rules import Value
from matcher.store.figures.compared import RunLine
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """One person whose postings differ."""

    key: int
    name: str
    village: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """One parameter that differs; None = the run's policy had none."""

    key: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How people fared from one run to the next."""

    both: int
    only_before: int
    only_after: int
    changed: tuple[int, ...]
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    class_changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsCompared:
    """Everything two runs are compared by."""

    moves: Moves
    people: tuple[PersonChange, ...]
    policy: tuple[PolicyChange, ...]
    policy_known: bool


def moves_between(before: Mapping[int, RunLine], after: Mapping[int, RunLine]) -> Moves:
    """Who changed, gained or lost postings."""
    both = sorted(before.keys() & after.keys())
    pairs = [(key, before[key], after[key]) for key in both]
    return Moves(
        both=len(both),
        only_before=len(before.keys() - after.keys()),
        only_after=len(after.keys() - before.keys()),
        changed=tuple(key for key, old, new in pairs if set(old.postings) != set(new.postings)),
        gained=tuple(key for key, old, new in pairs if len(new.postings) > len(old.postings)),
        lost=tuple(key for key, old, new in pairs if len(new.postings) < len(old.postings)),
        class_changed=sum(old.has_training != new.has_training for _, old, new in pairs),
    )


def compare_runs(unit: UnitOfWork, first: MatchRun, second: MatchRun, scope: Scope, *, shown: int) -> RunsCompared:
    """Two runs; `shown` people are named, those who lost postings first."""
    before = unit.run_plans.lines(first.key or 0, scope.division)
    after = unit.run_plans.lines(second.key or 0, scope.division)
    moves = moves_between(before, after)
    ordered = list(dict.fromkeys((*moves.lost, *moves.gained, *moves.changed)))[:shown]
    one = unit.policy_values.stand(first.policy_digest, first.as_of)
    other = unit.policy_values.stand(second.policy_digest, second.as_of)
    return RunsCompared(
        moves=moves,
        people=people_changed(unit, ordered, before, after, scope),
        policy=policy_changes(one, other) if one and other else (),
        policy_known=bool(one and other),
    )


def people_changed(
    unit: UnitOfWork, keys: list[int], before: Mapping[int, RunLine], after: Mapping[int, RunLine], scope: Scope
) -> tuple[PersonChange, ...]:
    """These people with what went and what came, by title."""
    names = unit.run_plans.names(keys, scope.division)
    postings = {key for person in keys for key in (*before[person].postings, *after[person].postings)}
    titles = unit.run_plans.titles(sorted(postings))
    changes = []
    for key in keys:
        if key not in names:
            continue
        old, new = before[key].postings, after[key].postings
        changes.append(
            PersonChange(
                key=key,
                name=names[key][0],
                village=names[key][1],
                gone=tuple(titles.get(one, "") for one in old if one not in new),
                new=tuple(titles.get(one, "") for one in new if one not in old),
                before=len(old),
                after=len(new),
            )
        )
    return tuple(changes)


def policy_changes(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> tuple[PolicyChange, ...]:
    """Parameters whose values differ, by name."""
    differing = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        values = (old.value if old else None, new.value if new else None)
        if values[0] != values[1]:
            differing.append(PolicyChange(key=key, before=values[0], after=values[1]))
    return tuple(differing)
