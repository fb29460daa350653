"""The plans of one person one after the other, and what changed from one to the next and why.

In: a unit of work and a person. Out: `Version`s, newest first, and the `Difference` between two of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.choosing.choices import Choice
from matcher.domain.errors import RecordNotFound
from matcher.domain.match import Match
from matcher.domain.run import MatchRun
from matcher.store.plans import StoredPlan
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class Version:
    """One plan, the run that stored it, and the last change by hand that made it or put it back."""

    stored: StoredPlan
    run: MatchRun
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different in the newer of two plans."""

    came: tuple[Match, ...]
    left: tuple[Match, ...]
    stayed: tuple[Match, ...]
    first_changed: bool
    class_changed: bool
    hour_changed: bool
    track_changed: bool
    policy_changed: bool
    """Whether the policy settings of the two are different."""

    @property
    def nothing(self) -> bool:
        """Whether both say the same of postings, class, hour and track."""
        parts = (self.first_changed, self.class_changed, self.hour_changed, self.track_changed)
        return not (self.came or self.left or any(parts))


def versions(unit: UnitOfWork, worker_key: int) -> list[Version]:
    """All plans of a person, newest first."""
    plans, choices = unit.plans.history(worker_key), unit.choices.of_worker(worker_key)
    runs = unit.runs.many([stored.run_key for stored in plans])
    last = {choice.plan_key: choice for choice in choices}
    return [Version(stored, runs[stored.run_key], last.get(stored.key)) for stored in plans]


def one_of(found: list[Version], plan_key: int) -> Version:
    """One plan of a person's."""
    for version in found:
        if version.stored.key == plan_key:
            return version
    raise RecordNotFound("没有这份服务方案，或不在您的范围内", ref=str(plan_key))


def difference(older: Version, newer: Version) -> Difference:
    """What is different in the newer one."""
    before, after = older.stored.plan, newer.stored.plan
    had = {one.posting_key for one in before.matches}
    has = {one.posting_key for one in after.matches}
    return Difference(
        came=tuple(one for one in after.matches if one.posting_key not in had),
        left=tuple(one for one in before.matches if one.posting_key not in has),
        stayed=tuple(one for one in after.matches if one.posting_key in had),
        first_changed=_first(before.matches) != _first(after.matches),
        class_changed=_class_of(older) != _class_of(newer),
        hour_changed=_hour_of(older) != _hour_of(newer),
        track_changed=before.track is not after.track,
        policy_changed=older.run.policy_digest != newer.run.policy_digest,
    )


def _first(matches: tuple[Match, ...]) -> int | None:
    """The posting to go to first."""
    return matches[0].posting_key if matches else None


def _class_of(version: Version) -> int | None:
    """The class of a plan."""
    training = version.stored.plan.training
    return training.training_key if training is not None else None


def _hour_of(version: Version) -> str:
    """The hour of guidance of a plan."""
    guidance = version.stored.plan.guidance
    return guidance.starts_at if guidance is not None else ""
