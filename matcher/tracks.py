"""What a person is owed: the track, why, and in which order people are served.

In: a worker, the facts, the day. Out: the track of the file formats, section 4 (the first line that holds
decides) and its reasons. Nothing here looks at postings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from matcher.columns.workers import age_on
from matcher.domain.facts import Phrase
from matcher.domain.plan import Track
from matcher.domain.worker import (
    HouseholdType,
    LabourSkill,
    MonitorCategory,
    Willingness,
    Worker,
    WorkerFacts,
    WorkStatus,
)
from matcher.policy import PolicyAt


@dataclass(frozen=True, slots=True)
class Case:
    """One person on one day."""

    worker: Worker
    facts: WorkerFacts
    policy: PolicyAt
    age: float
    """Whole years, NaN unknown."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The track with its reasons, and whether the person belongs to it for sure."""

    track: Track
    reasons: tuple[Phrase, ...]


Test = Callable[[Case], tuple[Phrase, ...]]


def _under_16(case: Case) -> tuple[Phrase, ...]:
    """Under the age of work."""
    if case.age < case.policy.number("entitlement.age_min"):
        return (Phrase("TRACK_UNDER_16", {"age": int(case.age)}),)
    return ()


def _at_school(case: Case) -> tuple[Phrase, ...]:
    """At school, or sixteen and seventeen without a vocational school's leaving: schooling is open to them."""
    at_school = case.facts.at_school
    if at_school.value:
        return (Phrase("TRACK_AT_SCHOOL", {}, at_school.evidence),)
    if case.age < case.policy.number("entitlement.age_adult") and not case.facts.situation("GRADUATE"):
        return (Phrase("TRACK_SCHOOL_OPEN", {"age": int(case.age)}),)
    return ()


def _not_entitled(case: Case) -> tuple[Phrase, ...]:
    """Outside the population, without labour, unwilling, away or dead."""
    worker, facts = case.worker, case.facts
    reasons = [Phrase(f"TRACK_{code}", {}) for code in ("DEAD", "AWAY", "MOVED_AWAY") if facts.situation(code)]
    if worker.household_type is HouseholdType.ORDINARY and worker.monitor_category is None:
        reasons.append(Phrase("TRACK_ORDINARY_HOUSEHOLD", {}))
    if worker.labour_skill in {LabourSkill.LOST, LabourSkill.NONE} or _says(case, "LOST_LABOUR", worker.labour_skill):
        reasons.append(Phrase("TRACK_NO_LABOUR", {}))
    if worker.willingness is Willingness.UNWILLING or _says(case, "UNWILLING", worker.willingness):
        days = timedelta(days=case.policy.whole("entitlement.reask_days"))
        reasons.append(Phrase("TRACK_UNWILLING", {"again_on": (case.policy.on + days).isoformat()}))
    return tuple(reasons)


def _says(case: Case, situation: str, field: object) -> bool:
    """Whether the remarks say something on which the column is silent; a column that speaks is asked about instead."""
    return field in {None, Willingness.NOT_ASKED} and case.facts.situation(situation) is not None


def _public_post_ends(case: Case) -> tuple[Phrase, ...]:
    """Holds a public-welfare post whose end is near."""
    ends = case.worker.public_post_until
    soon = case.policy.on + timedelta(days=case.policy.whole("entitlement.public_post_exit_days"))
    if case.worker.public_post and ends is not None and ends <= soon:
        return (Phrase("TRACK_PUBLIC_POST_ENDS", {"ends_on": ends.isoformat()}),)
    told = case.facts.situation("PUBLIC_POST_ENDS")
    if case.worker.public_post and ends is None and told is not None:
        return (Phrase("TRACK_PUBLIC_POST_NOT_RENEWED", {}, told.evidence),)
    return ()


def _self_employed(case: Case) -> tuple[Phrase, ...]:
    """A farm, herd or business carries the household."""
    found = case.facts.situation("SELF_EMPLOYED")
    if found or case.worker.work_status is WorkStatus.SELF_EMPLOYED:
        return (Phrase("TRACK_SELF_EMPLOYED", {}, found.evidence if found else ()),)
    return ()


def _employed(case: Case) -> tuple[Phrase, ...]:
    """In work, or holding a public-welfare post that goes on."""
    if case.worker.work_status in {WorkStatus.EMPLOYED, WorkStatus.FLEXIBLE}:
        return (Phrase("TRACK_EMPLOYED", {"status": case.worker.work_status.value}),)
    if case.worker.public_post or _says(case, "PUBLIC_POST_HELD", case.worker.public_post):
        return (Phrase("TRACK_PUBLIC_POST_HELD", {}),)
    working = case.facts.situation("ALREADY_WORKING")
    if working is not None and case.worker.work_status is None:
        return (Phrase("TRACK_EMPLOYED", {"status": WorkStatus.EMPLOYED.value}, working.evidence),)
    return ()


def _on_request(case: Case) -> tuple[Phrase, ...]:
    """Past the usual age: served where asked for."""
    if case.age >= case.policy.number("entitlement.age_on_request"):
        return (Phrase("TRACK_ON_REQUEST", {"age": int(case.age)}),)
    return ()


def _info_first(case: Case) -> tuple[Phrase, ...]:
    """Cannot be estimated, found or matched."""
    worker, facts = case.worker, case.facts
    reasons = []
    if facts.birth_date.value is None:
        reasons.append(Phrase("TRACK_NO_AGE", {}))
    if not worker.phone and not worker.home.known and not worker.village:
        reasons.append(Phrase("TRACK_CANNOT_BE_FOUND", {}))
    if not reasons and not _anything_known(worker, facts):
        reasons.append(Phrase("TRACK_NOTHING_TO_MATCH", {}))
    return tuple(reasons)


def _anything_known(worker: Worker, facts: WorkerFacts) -> bool:
    """Whether there is any hint of what the person could do or wants."""
    texts = (worker.skills_text, worker.experience_text, worker.wish_text, worker.remarks, worker.certificates_text)
    return bool(facts.experience or facts.skills or facts.wished or facts.constraints or any(texts)) or (
        facts.education.value is not None and worker.home.known
    )


LADDER: tuple[tuple[Track, Test], ...] = (
    (Track.REFUSE_UNDER16, _under_16),
    (Track.SCHOOL_RETURN, _at_school),
    (Track.NOT_ENTITLED, _not_entitled),
    (Track.PUBLIC_POST_EXIT, _public_post_ends),
    (Track.SELF_EMPLOYED, _self_employed),
    (Track.STABILISE, _employed),
    (Track.ON_REQUEST, _on_request),
    (Track.INFO_FIRST, _info_first),
)


def decide_track(worker: Worker, facts: WorkerFacts, policy: PolicyAt) -> Entitlement:
    """The first line that holds; whoever meets none of them is owed the whole service."""
    case = Case(worker, facts, policy, age_on(facts.birth_date.value, policy.on))
    for track, test in LADDER:
        reasons = test(case)
        if reasons:
            return Entitlement(track, reasons)
    return Entitlement(Track.FULL, (_entry_door(case),))


def _entry_door(case: Case) -> Phrase:
    """By which of the two doors the person comes in."""
    since = case.worker.unemployed_since
    if case.worker.work_status is WorkStatus.NEWLY_UNEMPLOYED:
        return Phrase("TRACK_NEWLY_UNEMPLOYED", {"since_on": since.isoformat()} if since else {"since_on": ""})
    return Phrase("TRACK_UNEMPLOYED", {})


def service_priority(worker: Worker, facts: WorkerFacts, policy: PolicyAt) -> int:
    """Order of service, lower first: unstable work, other monitored, resettled, graduates, newly unemployed, others."""
    monitored = worker.monitor_category is not None or worker.household_type is HouseholdType.MONITORED
    if monitored and "就业不稳" in worker.risk_reason:
        return 0
    if monitored or worker.monitor_category is MonitorCategory.SUDDEN:
        return 1
    if facts.situation("SOLE_EARNER"):
        return 2
    if worker.resettled:
        return 3
    if facts.situation("GRADUATE"):
        return 4
    since = worker.unemployed_since
    if since is not None and (policy.on - since).days <= policy.whole("entitlement.newly_unemployed_days"):
        return 5
    return 6
