"""Training subsidies: the classes of a person with where each stands, what is checked, and the claim.

In: a person of a scope, a class. Out: `TrainingClock`s, a claim made, or `ClaimRefused` and nothing stored. Proved is a
class by the result staff wrote down, or by the certificate the person holds since; once for an occupation at a level,
so many a year as the policy says, and never to the person where the provider claims it. Amounts and last days stand in
the catalogue, to be entered by the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.catalogue import HOME, catalogue_of
from matcher.claims.kinds import ClaimKind, kinds
from matcher.claims.person_clock import File, file_of
from matcher.claims.refusing import refused
from matcher.domain.intake.classes import ClassEdit, Enrolment, EnrolmentState
from matcher.domain.service.claim import Claim, ClaimState
from matcher.domain.service.policies.catalogue import Amount, Tier
from matcher.domain.service.timer import Check, Settled, TimerState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Worker, WorkerFacts
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork
from matcher.welfare import in_population

PASSED, CERTIFICATE = "passed", "training_certificate"
"""What proves a class: any of them is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingClock:
    """One class of one person with all that hangs on the claim for it."""

    kind: ClaimKind
    class_key: int
    training: TrainingClass
    state: TimerState
    joined: EnrolmentState
    proofs: tuple[str, ...]
    checks: tuple[Check, ...]
    last_day: date | None
    amount: Amount | None
    claim: Claim | None

    @property
    def may_claim(self) -> bool:
        """Whether nothing stands in the way of a claim."""
        stopped = any(check.settled is Settled.STOP for check in self.checks)
        return self.state in {TimerState.MAY_CLAIM, TimerState.REFUSED} and not stopped


@dataclass(frozen=True, slots=True)
class _Course:
    """A class as it was, with what was understood of it."""

    key: int
    value: TrainingClass
    facts: TrainingFacts

    @property
    def same(self) -> tuple[frozenset[str], int | None]:
        """Occupations and level: what is subsidised once."""
        return frozenset(term.code for term in self.facts.occupations), self.facts.level

    @property
    def over_on(self) -> date | None:
        """The day after which it may be claimed."""
        return self.value.ends_on or self.value.starts_on


def learner_kind() -> ClaimKind:
    """The kind a person claims for a class."""
    return next(kind for kind in kinds().values() if kind.of_learner)


def provider_kind() -> ClaimKind:
    """The kind a provider claims for its classes."""
    return next(kind for kind in kinds().values() if kind.of_body and kind.of_class)


def training_clocks(
    unit: UnitOfWork, worker_key: int, scope: Scope, policy: PolicyAt, *, file: File | None = None
) -> list[TrainingClock]:
    """The classes of one person of a scope, the newest first; nothing of those that were left."""
    known = file or file_of(unit, worker_key, scope)
    joined = [one for one in unit.class_life.of_person(worker_key) if one.state.takes_seat]
    if not joined:
        return []
    named = provider_claims(unit, worker_key)
    claimed = {one.class_key for one in (*known.claims, *named) if one.class_key is not None}
    courses = _courses(unit, {one.class_key for one in joined} | claimed)
    facts = known.stored.facts or WorkerFacts()
    person = _Person(known.stored.value, facts, known.claims, named, courses, known.gone)
    return [_clock(unit, person, one, courses[one.class_key], policy) for one in joined if one.class_key in courses]


@dataclass(frozen=True, slots=True)
class _Person:
    """What the checks look at."""

    worker: Worker
    facts: WorkerFacts
    claims: Sequence[Claim]
    named: Sequence[Claim]
    """Standing claims of providers that name the person."""
    courses: Mapping[int, _Course]
    gone: bool


def provider_claims(unit: UnitOfWork, worker_key: int) -> list[Claim]:
    """Standing claims of training providers that name a person."""
    return unit.claims.naming_standing(worker_key, provider_kind().code)


def _courses(unit: UnitOfWork, keys: set[int]) -> dict[int, _Course]:
    """Classes as staff changed them."""
    edits = unit.class_life.edits(sorted(keys))
    return {
        key: _Course(key, edits.get(key, ClassEdit()).over(stored.value), stored.facts or TrainingFacts())
        for key, stored in unit.classes.many(sorted(keys)).items()
    }


def _clock(unit: UnitOfWork, person: _Person, joined: Enrolment, course: _Course, policy: PolicyAt) -> TrainingClock:
    """One class."""
    kind, catalogue = learner_kind(), catalogue_of(unit)
    where = person.worker.home.code or HOME
    kept = catalogue.version_on(kind.item, on=policy.on, division=where)
    over = course.over_on
    days = kept.item.deadline_days if kept else None
    last = over + timedelta(days=days) if over is not None and days is not None else None
    mine = [one for one in person.claims if one.kind == kind.code and one.class_key == course.key]
    claim = next((one for one in reversed(mine) if one.state.standing), mine[-1] if mine else None)
    proofs = _proofs(person.facts, joined, course)
    return TrainingClock(
        kind=kind,
        class_key=course.key,
        training=course.value,
        state=_state(claim, course, proofs, last, policy.on),
        joined=joined.state,
        proofs=proofs,
        checks=_checks(person, course, proofs, policy),
        last_day=last,
        amount=catalogue.amount_of(kind.item, tier=Tier.ANY, on=policy.on, division=where),
        claim=claim,
    )


def _proofs(facts: WorkerFacts, joined: Enrolment, course: _Course) -> tuple[str, ...]:
    """What shows that the class was finished: the result written down, or a certificate it leads to."""
    taught = {term.code for term in course.facts.skills if term.code.startswith("cert_")}
    held = {one.skill for one in facts.skills}
    found = [PASSED] if joined.state is EnrolmentState.PASSED else []
    return (*found, CERTIFICATE) if joined.state is not EnrolmentState.ENROLLED and taught & held else tuple(found)


def _state(claim: Claim | None, course: _Course, proofs: tuple[str, ...], last: date | None, on: date) -> TimerState:
    """Where it stands on a day; a claim goes before everything but its withdrawal."""
    if claim is not None and claim.state is not ClaimState.WITHDRAWN:
        return TimerState(claim.state.value)
    over = course.over_on
    if over is not None and over >= on:
        return TimerState.NOT_YET
    if not proofs:
        return TimerState.NOT_YET if over is None else TimerState.MISSING_PROOF
    return TimerState.LAPSED if last is not None and on > last else TimerState.MAY_CLAIM


def _checks(person: _Person, course: _Course, proofs: tuple[str, ...], policy: PolicyAt) -> tuple[Check, ...]:
    """Everything that is looked at before money may be claimed, in the order it is read."""
    year = _year(course, policy.on)
    standing = [one for one in person.claims if one.kind == learner_kind().code and one.state.standing]
    others = [one for one in [*standing, *person.named] if one.class_key not in {None, course.key}]
    again = [person.courses[key].same for one in others if (key := one.class_key or 0) in person.courses]
    known = bool(course.same[0]) and course.same[1] is not None
    found = [
        ("BELONGS", _wanted(in_population(person.worker), True)),
        ("HERE", Settled.STOP if person.gone else Settled.FINE),
        ("CLASS_PROOF", Settled.FINE if proofs else Settled.STOP),
        ("SAME_LEVEL", Settled.STOP if _repeated(course, again) else Settled.FINE if known else Settled.ASK),
        (
            "MOST_CLASSES",
            Settled.STOP
            if sum(one.year == year for one in others) >= policy.whole("claims.training_most")
            else Settled.FINE,
        ),
        ("PROVIDER", Settled.STOP if any(one.class_key == course.key for one in person.named) else Settled.FINE),
    ]
    return tuple(Check(code=code, settled=settled) for code, settled in found)


def _repeated(course: _Course, before: Sequence[tuple[frozenset[str], int | None]]) -> bool:
    """Whether an occupation was subsidised at this level already; an unknown level is the same as an unknown one."""
    occupations, level = course.same
    return any(occupations & others and level == its for others, its in before)


def _year(course: _Course, on: date) -> int:
    """The year a claim counts in: that of the end of the class."""
    return (course.over_on or on).year


def _wanted(value: bool | None, wanted: bool) -> Settled:
    """Fine where it is as wanted, a question where nobody knows."""
    return Settled.ASK if value is None else Settled.FINE if value is wanted else Settled.STOP


def prepare_training_claim(
    office: Office, worker_key: int, class_key: int, scope: Scope, *, actor: str, note: str = ""
) -> int:
    """A claim for a class of a person; its key. Refused while anything speaks against it."""
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        clocks = training_clocks(unit, worker_key, scope, policy)
        clock = next((one for one in clocks if one.class_key == class_key), None)
        if clock is None:
            raise refused("CLAIM_NO_ENROLMENT")
        if not clock.may_claim:
            raise _why_not(clock)
        key = unit.claims.make(_claim(unit, clock, worker_key, note, on=office.today()))
        unit.audit.note("claim_made", subject=f"worker:{worker_key}", fields=clock.kind.code)
    return key


def _why_not(clock: TrainingClock) -> Exception:
    """The first thing that speaks against a claim."""
    if clock.state in {TimerState.NOT_YET, TimerState.MISSING_PROOF}:
        return refused("CLAIM_CLASS_NOT_PROVED")
    if clock.state is TimerState.LAPSED:
        return refused("CLAIM_TOO_LATE")
    stopped = next((check.code for check in clock.checks if check.settled is Settled.STOP), "")
    return refused(f"CLAIM_STOPPED_{stopped}") if stopped else refused("CLAIM_THERE")


def _claim(unit: UnitOfWork, clock: TrainingClock, worker_key: int, note: str, *, on: date) -> Claim:
    """The claim of a class, with what it rests on."""
    training, home = clock.training, unit.workers.get(worker_key).value.home
    first = training.starts_on or training.ends_on or on
    last = training.ends_on or first
    value = clock.amount.value if clock.amount is not None else None
    return Claim(
        kind=clock.kind.code,
        worker_key=worker_key,
        class_key=clock.class_key,
        division=home.code,
        year=last.year,
        since=first,
        until=last,
        employer=training.provider,
        place=training.title,
        proofs=clock.proofs,
        note=note,
        yuan=None if value is None else int(value),
        made_on=on,
    )


def check_class(unit: UnitOfWork, class_key: int, people: Sequence[int], names: Mapping[int, str]) -> None:
    """A provider claims for those who passed its class and have not claimed for it themselves."""
    states = {one.worker_key: one.state for one in unit.class_life.enrolments(class_key)}
    claims = unit.claims.of_people(people)
    own = learner_kind().code
    for key in people:
        if states.get(key) is not EnrolmentState.PASSED:
            raise refused("CLAIM_NOT_IN_CLASS", name=names[key])
        mine = [one for one in claims.get(key, ()) if one.kind == own and one.class_key == class_key]
        if any(one.state.standing for one in mine):
            raise refused("CLAIM_CLAIMED_BY_PERSON", name=names[key])
