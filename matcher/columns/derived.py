"""Limits that follow from what a person is, beside those that were stated.

In: a worker with facts and age. Out: codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.worker import Health, LabourSkill, Sex, Worker, WorkerFacts
from matcher.policy import PolicyAt

HOME_SUITS = frozenset({"AT_HOME", "MIDDAY_HOME", "PART_TIME", "HOURS", "LACTATION", "STEP_FREE_ACCESS"})
"""Limits with which work at home is a gain; to others it is one kind of work among many."""
CANNOT_LEAVE = frozenset({"MIDDAY_HOME", "PART_TIME", "AT_HOME"})
"""Limits of people who cannot go out to work (notice 二(二), row 35)."""


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """Ages from which a limit follows, in years."""

    adult: float
    elderly: float
    special_operation: float
    construction_male: float
    construction_female: float

    @classmethod
    def of(cls, policy: PolicyAt) -> AgeLimits:
        """The ages of a policy."""
        return cls(
            policy.number("entitlement.age_adult"),
            policy.number("entitlement.age_on_request"),
            policy.number("limits.special_operation_age_max"),
            policy.number("limits.construction_age_male"),
            policy.number("limits.construction_age_female"),
        )


def derived_codes(
    worker: Worker, facts: WorkerFacts, held: Iterable[str], age: float, limits: AgeLimits
) -> frozenset[str]:
    """Limits that follow from age, labour ability and language, with those `held` already."""
    codes = set(held)
    if "AGE_CONSTRUCTION" in codes:
        codes.add("SITE_SHUT")
    if worker.daily_return:
        codes.add("DAY_RETURN")
    if age < limits.adult:
        codes.add("MINOR_16_18")
    if age >= limits.elderly:
        codes.add("AGE_OVER_60")
    if age >= limits.special_operation:
        codes.add("SPECIAL_OPERATION_AGE")
    if age >= (limits.construction_male if facts.sex.value is Sex.MALE else limits.construction_female):
        codes.add("AGE_CONSTRUCTION")
    if worker.labour_skill is LabourSkill.WEAK:
        codes.add("WEAK_LABOUR")
    if not _public_post_open(worker, codes):
        codes.add("PUBLIC_POST_GATE")
    if "COUPLE_POST" not in codes and facts.situation("COUPLE") is None:
        codes.add("ALONE")
    if facts.speaks_mandarin.value is False:
        codes.add("NO_MANDARIN")
    return frozenset(codes)


def _public_post_open(worker: Worker, codes: set[str]) -> bool:
    """Public-welfare posts: weak or half labour, disabled people, people who cannot go out; never skilled workers."""
    if worker.labour_skill is LabourSkill.SKILLED:
        return False
    weak = worker.labour_skill is LabourSkill.WEAK or Health.DISABLED in worker.health
    return weak or bool(codes & CANNOT_LEAVE)
