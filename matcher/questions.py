"""What to ask first: the question on whose answer most of a plan hangs.

In: a person, the postings of the plan, what is missing and what would open more. Out: at most three questions.
A question that decides whether a plan is owed at all comes before all others; of the rest each counts the printed
postings that a wrong guess would cost, and the missing ones that an answer could bring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matcher.domain.facts import Phrase
from matcher.domain.match import Match
from matcher.domain.plan import Shortfall
from matcher.domain.worker import LabourSkill, Willingness, Worker, WorkerFacts, WorkStatus

MOST = 3
BOUND = frozenset({"DAY_RETURN", "AT_HOME", "MIDDAY_HOME", "MAX_KM"})
OWN_WORK = frozenset({"WISH_EXACT", "EXPERIENCE_SAME", "EXPERIENCE_SAME_YEARS"})
IDLE = frozenset({WorkStatus.UNEMPLOYED, WorkStatus.NEWLY_UNEMPLOYED})
ORDERS_ONLY = 0.5
"""What a posting counts that an answer could only move up or down."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: whether it is open, which printed postings hang on it, and what more an answer could open."""

    code: str
    is_open: Callable[[Worker, WorkerFacts], bool]
    hangs: Callable[[Match], float] = lambda match: 0.0
    opens: frozenset[str] = frozenset()
    """Relaxations whose postings a welcome answer would bring."""
    first: bool = False
    """Decides whether a plan is owed, or where it looks."""


def _willingness_open(worker: Worker, facts: WorkerFacts) -> bool:
    """Whether willingness was never asked, or column and remarks disagree."""
    doubtful = worker.willingness is Willingness.WILLING and facts.situation("UNWILLING") is not None
    return doubtful or worker.willingness in {None, Willingness.NOT_ASKED}


def _status_open(worker: Worker, facts: WorkerFacts) -> bool:
    """Whether it is not known if the person works, or column and remarks disagree."""
    doubtful = worker.work_status in IDLE and facts.situation("ALREADY_WORKING") is not None
    return worker.work_status is None or doubtful


def _movement_open(worker: Worker, facts: WorkerFacts) -> bool:
    """Whether it is not known how far the person would go."""
    bound = BOUND & {item.code for item in facts.constraints}
    return not bound and facts.willing_to_move.value is None and worker.willing_to_move is None


def _health_open(worker: Worker, facts: WorkerFacts) -> bool:
    """Whether the ledger says ill, disabled or weak, and nobody said what that means at work."""
    stated = any(item.name != "HEALTHY" for item in worker.health) or worker.labour_skill is LabourSkill.WEAK
    codes = {item.code for item in facts.constraints}
    known = any(code.startswith("NO_") for code in codes) or bool(codes & {"STEP_FREE_ACCESS", "SUPERVISED"})
    return stated and not known


def _warned(code: str) -> Callable[[Match], float]:
    """Postings that carry a caution."""
    return lambda match: float(any(caution.code == code for caution in match.cautions))


def _away(match: Match) -> float:
    """A posting one does not come home from the same day."""
    return float(match.minutes is None)


def _by_guess(match: Match) -> float:
    """A posting whose way was worked out for the bus."""
    return float(match.minutes is not None and match.minutes > 0)


def _offered_beside(match: Match) -> float:
    """A posting that is neither wished for by name nor work done."""
    return float(not any(reason.code in OWN_WORK for reason in match.reasons))


def _compared_by_pay(match: Match) -> float:
    """A posting with pay, which an answer could move up or down."""
    return ORDERS_ONLY * (1 - _warned("CAUTION_PAY_UNKNOWN")(match))


QUESTIONS: tuple[Question, ...] = (
    Question("ASK_AGE", lambda worker, facts: facts.birth_date.value is None, first=True),
    Question("ASK_AGE_CONTRADICTED", lambda worker, facts: facts.birth_date.contradicted, first=True),
    Question("ASK_WILLING", _willingness_open, first=True),
    Question("ASK_STATUS", _status_open, first=True),
    Question("ASK_HOME", lambda worker, facts: not worker.home.known, first=True),
    Question(
        "ASK_WISH",
        lambda worker, facts: not facts.wished and not facts.experience,
        lambda match: 1.0,
        frozenset({"RELAX_UNRELATED", "RELAX_ABILITY"}),
    ),
    Question("ASK_UNLINKED", lambda worker, facts: bool(facts.unlinked), _offered_beside, frozenset({"RELAX_ABILITY"})),
    Question("ASK_HEALTH", _health_open, lambda match: 1.0),
    Question("ASK_MOVE", _movement_open, _away, frozenset({"RELAX_REACH"})),
    Question("ASK_EDUCATION", lambda worker, facts: facts.education.value is None, _warned("CAUTION_EDUCATION")),
    Question(
        "ASK_AGE_ESTIMATED",
        lambda worker, facts: facts.birth_estimated and not facts.birth_date.contradicted,
        _warned("CAUTION_AGE_ESTIMATED"),
    ),
    Question(
        "ASK_TRANSPORT",
        lambda worker, facts: facts.transport.value is None and worker.transport is None,
        _by_guess,
        frozenset({"RELAX_REACH"}),
    ),
    Question("ASK_PAY", lambda worker, facts: facts.wage_wish is None, _compared_by_pay),
    Question("ASK_HOUSEHOLD", lambda worker, facts: worker.household_type is None and worker.monitor_category is None),
    Question("ASK_PHONE", lambda worker, facts: not worker.phone),
)
"""All questions; those on which equally much hangs are asked in this order."""


def hanging_on(question: Question, matches: Iterable[Match], shortfall: Shortfall) -> float:
    """How many of the three postings hang on the answer: printed ones at stake, missing ones it could bring."""
    brought = sum(item.postings for item in shortfall.relaxations if item.code in question.opens)
    return sum(question.hangs(match) for match in matches) + min(shortfall.missing, brought)


def to_ask(worker: Worker, facts: WorkerFacts, matches: Sequence[Match], shortfall: Shortfall) -> tuple[Phrase, ...]:
    """At most three questions, the most telling first."""
    found = [one for one in QUESTIONS if one.code not in facts.answered and one.is_open(worker, facts)]
    found.sort(key=lambda question: (not question.first, -hanging_on(question, matches, shortfall)))
    return tuple(_asked(question, facts) for question in found[:MOST])


def _asked(question: Question, facts: WorkerFacts) -> Phrase:
    """The question with what it speaks of."""
    if question.code == "ASK_UNLINKED":
        return Phrase(question.code, {"words": "、".join(facts.unlinked[:2])})
    if question.code == "ASK_AGE_CONTRADICTED":
        return Phrase(question.code, {}, facts.birth_date.evidence)
    return Phrase(question.code, {})
