"""One person as figures count them: no name, no number, no text – and sealed all the same.

In: a stored person, the facts read, the lines of the current plan, answers and takings. Out: `Trait`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from matcher.domain.plan import Track
from matcher.domain.worker import IN_WORK, Health, HouseholdType, LabourSkill, Sex, Worker, WorkerFacts, WorkStatus
from matcher.listings import age_band
from matcher.reports.filled import filled_of
from matcher.store.figures.pages import PlanLine

OWED = frozenset(track.value for track in Track if track.carries_postings)
AWAY_AREAS = ("乡镇内", "乡镇外县内", "县外市内", "市外区内", "区外", "境外")
"""务工区域 of the monitoring ledger, from near to far."""


class Work(msgspec.Struct, frozen=True):
    """What was told of a person's work; named as in the traits."""

    working: bool = False
    worked: bool = False
    coop_now: bool = False
    coop_year: bool = False
    stable: bool = False


NO_WORK = Work()


class Service(msgspec.Struct, frozen=True):
    """What was done for a person this year beside plans and work; named as in the traits."""

    joined: bool = False
    passed: bool = False
    after_class: bool = False
    informed: bool = False
    claimed: bool = False
    paid: bool = False


NO_SERVICE = Service()


class Trait(msgspec.Struct, frozen=True, array_like=True):
    """What is counted of one person; "" and None mean unknown, `track` "" = no plan yet."""

    key: int
    home: str
    village: str
    sex: str
    age: str
    ethnicity: str
    status: str
    resettled: bool | None
    area: str
    wish: float | None
    wished: tuple[str, ...]
    able: tuple[str, ...]
    track: str = ""
    postings: tuple[int, ...] = ()
    missing: int = 0
    trained: bool = False
    printed: bool = False
    guided: bool = False
    answered: bool = False
    made_on: date | None = None
    score: float = 0.0
    pays: tuple[float, ...] = ()
    hired: str = ""
    opened_on: date | None = None
    due_on: date | None = None
    ordinary: bool = False
    """Whether the roster says that the household is neither lifted out of poverty nor monitored."""
    filled: int = 0
    """Which columns of the base ledger say something, a bit each (matcher.reports.filled)."""
    hidden: bool = False
    """Whether the person stands on no list."""
    learn: tuple[str, ...] = ()
    """What the person wants to learn, by codes of the lexicon."""
    here: bool = True
    """Whether nobody has said that the person died or moved away for good."""
    listed_work: bool = False
    """Whether the monitoring ledger names work of the person."""
    monitored: bool = False
    lost_on: date | None = None
    """Since when somebody without work has had none, by the roster or by what was told."""
    household: str = ""
    """The same for everybody of a household, telling nothing else."""
    sole: bool = False
    """Whether the remarks say that the family lives on this person's work."""
    fit: bool = True
    """Whether the roster leaves the person able to work and of working age."""
    public_until: date | None = None
    certificate_until: date | None = None
    """When the first certificate that still holds expires."""
    income: float | None = None
    work_place: str = ""
    """Where the ledger says the person works or worked."""
    working: bool = False
    """Whether work that was told of goes on."""
    worked: bool = False
    """Whether there was work this year that was told of."""
    coop_now: bool = False
    coop_year: bool = False
    accepted: bool = False
    """Whether the person said yes to a posting of the current plan."""
    disabled: bool | None = None
    """Whether the roster says so; None where it says nothing of health."""
    stable: bool = False
    """Whether three months in work are proved."""
    joined: bool = False
    """Whether the person joined a class this year and did not leave it."""
    passed: bool = False
    after_class: bool = False
    """Whether work began within some months after a pass."""
    informed: bool = False
    """Whether the one-time notice was handed over this year."""
    claimed: bool = False
    """Whether a claim of this year stands."""
    paid: bool = False

    @property
    def in_work(self) -> bool:
        """Whether the roster says the person works."""
        return self.status in IN_WORK

    @property
    def owed(self) -> bool:
        """Whether the plan's track carries guidance, postings and a class."""
        return self.track in OWED

    @property
    def county(self) -> str:
        """The banner of the home."""
        return self.home[:6]

    @property
    def township(self) -> str:
        """The township of the home, "" where the roster names none."""
        return self.home[:9] if len(self.home) >= 9 else ""


def trait_of(
    key: int,
    worker: Worker,
    facts: WorkerFacts,
    as_of: date,
    *,
    plan: PlanLine | None,
    postings: Sequence[int],
    pay_of: Mapping[int, float],
    answered: frozenset[int] | set[int],
    hired: str,
    case: tuple[date, date] | None,
    here: bool = True,
    work: Work = NO_WORK,
    service: Service = NO_SERVICE,
    accepted: frozenset[int] | set[int] = frozenset(),
) -> Trait:
    """What is counted of one person."""
    sex = facts.sex.value or worker.sex
    ledger = worker.ledger
    more = {} if plan is None else _of_plan(plan, postings, pay_of, answered)
    return Trait(
        key=key,
        home=worker.home.code,
        village=worker.village,
        sex={Sex.FEMALE: "F", Sex.MALE: "M"}[sex] if sex else "",
        age=age_band(facts.birth_date.value or worker.birth_date, as_of),
        ethnicity=worker.ethnicity,
        status=worker.work_status.value if worker.work_status else "",
        resettled=worker.resettled,
        area=ledger.work_area if ledger else "",
        wish=facts.wage_wish.yuan_per_month if facts.wage_wish else None,
        wished=tuple(dict.fromkeys(term.code for term in facts.wished)),
        able=tuple(dict.fromkeys(done.occupation for done in facts.experience if done.current)),
        hired=hired,
        opened_on=case[0] if case else None,
        due_on=case[1] if case else None,
        ordinary=worker.household_type is HouseholdType.ORDINARY,
        filled=filled_of(worker, facts),
        hidden=facts.holds("CONFIDENTIAL"),
        learn=tuple(dict.fromkeys(term.code for term in facts.training_wished)),
        here=here,
        listed_work=ledger is not None and bool(ledger.work_place.text or ledger.work_area or ledger.work_from),
        accepted=plan is not None and plan.key in accepted,
        **_of_person(worker, facts, as_of),  # type: ignore[arg-type]
        **msgspec.structs.asdict(work),
        **msgspec.structs.asdict(service),
        **more,  # type: ignore[arg-type]
    )


def _of_person(worker: Worker, facts: WorkerFacts, as_of: date) -> dict[str, object]:
    """What alerts and the evidence need of a person."""
    ledger = worker.ledger
    ends = [skill.valid_to for skill in facts.skills if skill.valid_to is not None and skill.valid_to >= as_of]
    without = worker.work_status in {WorkStatus.UNEMPLOYED, WorkStatus.NEWLY_UNEMPLOYED}
    able = worker.labour_skill not in {LabourSkill.LOST, LabourSkill.NONE} and not facts.at_school.value
    return {
        "monitored": worker.monitor_category is not None or worker.household_type is HouseholdType.MONITORED,
        "lost_on": worker.unemployed_since if without else None,
        "household": _household(worker),
        "sole": facts.situation("SOLE_EARNER") is not None,
        "fit": able and age_band(facts.birth_date.value or worker.birth_date, as_of) not in {"<16", "60+"},
        "public_until": worker.public_post_until if worker.public_post else None,
        "certificate_until": min(ends, default=None),
        "income": ledger.income_yuan_per_month if ledger else None,
        "work_place": ledger.work_place.code if ledger else "",
        "disabled": Health.DISABLED in worker.health if worker.health else None,
    }


def _household(worker: Worker) -> str:
    """A mark that the people of one household share."""
    number = worker.household_no.strip()
    place = f"{worker.home.county}|{worker.village}|{number}"
    return hashlib.blake2s(place.encode(), digest_size=8).hexdigest() if number else ""


def _of_plan(
    plan: PlanLine, postings: Sequence[int], pay_of: Mapping[int, float], answered: frozenset[int] | set[int]
) -> dict[str, object]:
    """What is counted of the current plan."""
    return {
        "track": plan.track,
        "postings": tuple(postings),
        "missing": plan.missing,
        "trained": plan.has_training,
        "printed": plan.printed,
        "guided": plan.guided,
        "answered": plan.key in answered,
        "made_on": plan.made_on,
        "score": plan.score_sum,
        "pays": tuple(pay_of[one] for one in postings if one in pay_of),
    }
