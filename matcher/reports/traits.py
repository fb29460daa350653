"""One person as figures count them: no name, no number, no text – and sealed all the same.

In: a stored person, the facts read, the lines of the current plan, answers and takings. Out: `Trait`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from matcher.domain.plan import Track
from matcher.domain.worker import HouseholdType, Sex, Worker, WorkerFacts, WorkStatus
from matcher.listings import age_band
from matcher.reports.filled import filled_of
from matcher.store.figures.pages import PlanLine

IN_WORK = frozenset({WorkStatus.EMPLOYED.value, WorkStatus.FLEXIBLE.value, WorkStatus.SELF_EMPLOYED.value})
OWED = frozenset(track.value for track in Track if track.carries_postings)
AWAY_AREAS = ("乡镇内", "乡镇外县内", "县外市内", "市外区内", "区外", "境外")
"""务工区域 of the monitoring ledger, from near to far."""


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
    worked: bool = False
    """Whether the monitoring ledger names work of the person."""

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
        worked=ledger is not None and bool(ledger.work_place.text or ledger.work_area or ledger.work_from),
        **more,  # type: ignore[arg-type]
    )


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
