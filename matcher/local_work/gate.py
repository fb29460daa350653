"""The gate of public-welfare posts: for whom, and only after the market.

In: what is stored of a person and what the office wrote down. Out: a checklist; each line is yes, no, or what is still
to be shown, with the evidence that was found (notice 二(二): weak and half labour and people who cannot leave and
find nothing; the order is market, workshop, public post). Nobody is refused silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.columns.derived import CANNOT_LEAVE
from matcher.columns.workers import age_on
from matcher.domain.facts import Phrase
from matcher.domain.plan import ServicePlan
from matcher.domain.posting import PostingKind
from matcher.domain.service.around.local_work import Member, Said, Stage
from matcher.domain.worker import Health, HouseholdType, LabourSkill, Worker, WorkerFacts, WorkStatus
from matcher.policy import PolicyAt

LEAST_WORDS = 6
"""A reason of fewer characters says nothing."""
_WORKING = frozenset({WorkStatus.EMPLOYED, WorkStatus.FLEXIBLE, WorkStatus.SELF_EMPLOYED})


class Verdict(StrEnum):
    """What a line of the checklist says."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what is asked for, the verdict, why."""

    code: str
    verdict: Verdict
    why: Phrase


@dataclass(frozen=True, slots=True)
class Gate:
    """All lines for one person."""

    checks: tuple[Check, ...]

    @property
    def open(self) -> bool:
        """Whether everything asked for is there."""
        return all(check.verdict is Verdict.YES for check in self.checks)

    @property
    def refused(self) -> bool:
        """Whether something speaks against it that no further paper changes."""
        return any(check.verdict is Verdict.NO for check in self.checks)

    def of(self, code: str) -> Check:
        """One line."""
        return next(check for check in self.checks if check.code == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a person on a day; `others` are posts and workshops the person is at beside this one."""

    worker: Worker
    facts: WorkerFacts
    policy: PolicyAt
    said: Said = Said()
    plan: ServicePlan | None = None
    closed: frozenset[int] = frozenset()
    """Postings the person has turned down, or tried without being hired."""
    in_work: bool = False
    others: Sequence[Member] = ()


Test = Callable[[Known], Check]


def _population(known: Known) -> Check:
    """The household belongs to those the notice speaks of."""
    worker = known.worker
    if worker.monitor_category is not None or worker.household_type in {HouseholdType.LIFTED, HouseholdType.MONITORED}:
        return Check("POPULATION", Verdict.YES, Phrase("GATE_POPULATION_YES", {}))
    if worker.household_type is HouseholdType.ORDINARY:
        return Check("POPULATION", Verdict.NO, Phrase("GATE_POPULATION_NO", {}))
    return Check("POPULATION", Verdict.ASK, Phrase("GATE_POPULATION_ASK", {}))


def _age(known: Known) -> Check:
    """Of age; sixteen and seventeen are for school."""
    age = age_on(known.facts.birth_date.value, known.policy.on)
    adult = known.policy.whole("entitlement.age_adult")
    if age != age:
        return Check("AGE", Verdict.ASK, Phrase("GATE_AGE_ASK", {}))
    if age < adult:
        return Check("AGE", Verdict.NO, Phrase("GATE_AGE_NO", {"age": int(age), "least": adult}))
    return Check("AGE", Verdict.YES, Phrase("GATE_AGE_YES", {"age": int(age)}))


def cannot_leave(worker: Worker, facts: WorkerFacts) -> bool:
    """Whether what is stored says that somebody cannot go out to work."""
    return any(facts.holds(code) for code in CANNOT_LEAVE)


def weak(worker: Worker) -> bool:
    """Weak or half labour, by the ledger, or disabled."""
    return worker.labour_skill is LabourSkill.WEAK or Health.DISABLED in worker.health


def _labour(known: Known) -> Check:
    """Weak or half labour, or somebody who cannot leave; never a skilled worker, never an able-bodied one."""
    worker = known.worker
    if worker.labour_skill in {LabourSkill.LOST, LabourSkill.NONE}:
        return Check("LABOUR", Verdict.NO, Phrase("GATE_LABOUR_NONE", {}))
    if worker.labour_skill is LabourSkill.SKILLED:
        return Check("LABOUR", Verdict.NO, Phrase("GATE_LABOUR_SKILLED", {}))
    if weak(worker):
        return Check("LABOUR", Verdict.YES, Phrase("GATE_LABOUR_WEAK", {}))
    if cannot_leave(worker, known.facts):
        return Check("LABOUR", Verdict.YES, Phrase("GATE_LABOUR_BOUND", {}))
    if len(known.said.cannot_leave.strip()) >= LEAST_WORDS:
        return Check("LABOUR", Verdict.YES, Phrase("GATE_LABOUR_WRITTEN", {}))
    if worker.labour_skill is None:
        return Check("LABOUR", Verdict.ASK, Phrase("GATE_LABOUR_ASK", {}))
    return Check("LABOUR", Verdict.NO, Phrase("GATE_LABOUR_ABLE", {}))


def _market(known: Known) -> Check:
    """The way over the market failed, or is impossible; shown by plan and answers, or written down."""
    written = len(known.said.market.strip()) >= LEAST_WORDS
    if known.plan is None:
        code = "GATE_MARKET_WRITTEN" if written else "GATE_MARKET_NO_PLAN"
        return Check("MARKET", Verdict.YES if written else Verdict.ASK, Phrase(code, {}))
    offered = [one for one in known.plan.matches if one.posting.kind != PostingKind.PUBLIC_WELFARE.value]
    made_on = known.plan.made_on.isoformat()
    if not offered:
        return Check("MARKET", Verdict.YES, Phrase("GATE_MARKET_NOTHING", {"made_on": made_on}))
    open_ones = [one for one in offered if one.posting_key not in known.closed]
    if not open_ones:
        return Check("MARKET", Verdict.YES, Phrase("GATE_MARKET_FAILED", {"many": len(offered), "made_on": made_on}))
    if written:
        return Check("MARKET", Verdict.YES, Phrase("GATE_MARKET_WRITTEN_OPEN", {"many": len(open_ones)}))
    first = open_ones[0].posting.title
    return Check("MARKET", Verdict.ASK, Phrase("GATE_MARKET_OPEN", {"many": len(open_ones), "title": first}))


def _free(known: Known) -> Check:
    """Not in work."""
    if known.in_work or known.worker.work_status in _WORKING:
        return Check("FREE", Verdict.NO, Phrase("GATE_FREE_NO", {}))
    return Check("FREE", Verdict.YES, Phrase("GATE_FREE_YES", {}))


def _one_post(known: Known) -> Check:
    """No other post or workshop at the same time."""
    if any(one.stage is Stage.SERVING for one in known.others):
        return Check("ONE", Verdict.NO, Phrase("GATE_ONE_NO", {}))
    return Check("ONE", Verdict.YES, Phrase("GATE_ONE_YES", {}))


TESTS: tuple[Test, ...] = (_population, _age, _labour, _market, _free, _one_post)
GROUNDS: Mapping[str, str] = {"GATE_LABOUR_WEAK": "weak", "GATE_LABOUR_BOUND": "bound", "GATE_LABOUR_WRITTEN": "bound"}
"""Why the gate opened, by the sentence of the line about labour."""


def check_gate(known: Known) -> Gate:
    """The checklist of a person."""
    return Gate(tuple(test(known) for test in TESTS))


def ground_of(gate: Gate) -> str:
    """Why the gate opened: weak, or bound to the place; "" where it did not."""
    return GROUNDS.get(gate.of("LABOUR").why.code, "")
