"""Policies a person may be able to use: yes, no, or the one question that settles it.

In: a worker row and the catalogue of the policy. Out: facts as far as they are known, and PolicyNotes for the back of
the sheet. Amounts are never stated here: they are for the office to enter. Everybody who is alike is judged once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from matcher.columns import WorkerRow
from matcher.domain.facts import Phrase, PhraseValue
from matcher.domain.localtime import full_years
from matcher.domain.plan import PolicyNote, PolicyState
from matcher.domain.service.policies.catalogue import Audience, Catalogue, KeptItem
from matcher.domain.service.policies.rules import (
    FactKind,
    Form,
    Value,
    Verdict,
    best_question,
    conditions_of,
    evaluate,
    with_time,
)
from matcher.domain.worker import HouseholdType, LabourSkill, Willingness, Worker, WorkerFacts, WorkStatus
from matcher.policy import PolicyAt
from matcher.reference.offers import fact_kinds

YES, NO = "yes", "no"
"""What is said of a fact that is so or not."""
Known = dict[str, Value | None]
_LABOUR = {
    LabourSkill.ORDINARY: "ordinary",
    LabourSkill.SKILLED: "skilled",
    LabourSkill.WEAK: "weak",
    LabourSkill.LOST: "none",
    LabourSkill.NONE: "none",
}
_WORK = {
    WorkStatus.UNEMPLOYED: "none",
    WorkStatus.NEWLY_UNEMPLOYED: "none",
    WorkStatus.EMPLOYED: "employed",
    WorkStatus.FLEXIBLE: "flexible",
    WorkStatus.SELF_EMPLOYED: "self_employed",
}
_AREA = {
    "乡镇内": "banner",
    "乡镇外县内": "banner",
    "县外市内": "city",
    "市外区内": "region",
    "区外": "outside",
    "境外": "outside",
}
OF_AGE, ROUGH = 17, 2
_WILLING = {Willingness.WILLING: True, Willingness.UNWILLING: False}


def known_facts(worker: Worker, facts: WorkerFacts, on: date) -> Known:
    """What the roster, the ledger and the texts say of a person; None where they say nothing."""
    work = "public_post" if worker.public_post else _WORK.get(worker.work_status) if worker.work_status else None
    graduate = facts.situation("GRADUATE") is not None
    return {
        "in_population": in_population(worker),
        "monitored": _monitored(worker),
        "resettled": worker.resettled,
        "age": _age(worker, facts, on),
        "at_school": _at_school(worker, facts),
        "labour": _LABOUR.get(worker.labour_skill) if worker.labour_skill else None,
        "willing": _WILLING.get(worker.willingness) if worker.willingness else None,
        "work": work,
        "wants_business": True if facts.situation("WANTS_BUSINESS") is not None else None,
        "graduate": graduate or None,
        **_away(worker, facts, work, on),
    }


def _away(worker: Worker, facts: WorkerFacts, work: str | None, on: date) -> Known:
    """Where work is, or will be, and for how long; of somebody without work the months are none."""
    ledger = worker.ledger
    claimed = ledger.transport_claimed if ledger is not None else None
    if work == "none":
        none_yet: Known = {"months_in_work": 0, "stability_claimed": False}
        return none_yet | {"work_area": _will_go(worker, facts), "travel_claimed": claimed}
    if ledger is None:
        return {"months_in_work": None, "work_area": None, "travel_claimed": claimed}
    months = None
    if ledger.work_from is not None:
        months = full_months(ledger.work_from, min(on, ledger.work_until or on))
    return {"months_in_work": months, "work_area": _AREA.get(ledger.work_area), "travel_claimed": claimed}


def full_months(start: date, end: date) -> int:
    """Whole months between two days."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


def _will_go(worker: Worker, facts: WorkerFacts) -> str | None:
    """Somebody who will not leave works in the banner; one who would leave may go anywhere."""
    willing = facts.willing_to_move.value
    willing = worker.willing_to_move if willing is None else willing
    return "banner" if willing is False or worker.daily_return else None


def in_population(worker: Worker) -> bool | None:
    """Whether the household belongs to the population the notice speaks of."""
    if worker.monitor_category is not None:
        return True
    return None if worker.household_type is None else worker.household_type is not HouseholdType.ORDINARY


def _monitored(worker: Worker) -> bool | None:
    """Whether the household is monitored against relapse."""
    if worker.monitor_category is not None:
        return True
    return None if worker.household_type is None else worker.household_type is HouseholdType.MONITORED


def _age(worker: Worker, facts: WorkerFacts, on: date) -> int | None:
    """Years on a day; an estimate from 虚岁 or 属相 is a question where it may lie on either side of coming of age."""
    born = facts.birth_date.value or worker.birth_date
    if born is None:
        return None
    years = full_years(born, on)
    return None if facts.birth_estimated and abs(years - OF_AGE) <= ROUGH else max(years, 0)


def _at_school(worker: Worker, facts: WorkerFacts) -> bool | None:
    """The ledger leaves the column empty for whoever is not at school; field and text that disagree are a question."""
    if facts.at_school.contradicted:
        return None
    return bool(worker.school_status) if facts.at_school.value is None else facts.at_school.value


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What plans tell of in a place on a day, with what was judged already by how the facts stand to the limits."""

    offers: tuple[KeptItem, ...]
    edges: dict[str, tuple[int, ...]]
    judged: dict[tuple[Value | None, ...], tuple[PolicyNote, ...]] = field(default_factory=dict)

    def notes(self, facts: Known) -> tuple[PolicyNote, ...]:
        """What may be got, leaving out what certainly may not."""
        alike = tuple(self._side(name, facts.get(name)) for name in self.edges)
        if alike not in self.judged:
            self.judged[alike] = tuple(_notes(self.offers, facts))
        return self.judged[alike]

    def _side(self, name: str, value: Value | None) -> Value | None:
        """A fact as far as limits tell it from others: of a number, between which limits it lies."""
        edges = self.edges[name]
        return value if not edges or value is None or isinstance(value, (bool, str)) else bisect_right(edges, value)


@lru_cache(maxsize=64)
def standing_of(catalogue: Catalogue, on: date, division: str) -> Standing:
    """What plans tell of in a county on a day."""
    found = [catalogue.version_on(code, on=on, division=division) for code in catalogue.codes()]
    offers = tuple(kept for kept in found if kept and kept.item.on_plan and kept.item.audience is Audience.PERSON)
    edges: dict[str, set[int]] = {}
    for condition in (one for kept in offers for one in conditions_of(kept.item.rule)):
        limits = edges.setdefault(condition.fact, set())
        if fact_kinds()[condition.fact].form is Form.NUMBER:
            limits |= {int(value) + step for value in condition.values for step in (0, 1)}
    return Standing(offers, {name: tuple(sorted(limits)) for name, limits in edges.items()})


def policy_notes(row: WorkerRow, policy: PolicyAt) -> tuple[PolicyNote, ...]:
    """What may be got, leaving out what certainly may not."""
    standing = standing_of(policy.catalogue, policy.on, county_of(row.worker))
    known = known_facts(row.worker, row.facts, policy.on)
    return standing.notes(known | as_values(row.told))


def as_values(told: Iterable[tuple[str, str]]) -> Known:
    """What was said at a desk as values of facts; what is said of papers is no fact."""
    kinds = fact_kinds()
    return {about: value_of(kinds[about], text) for about, text in told if about in kinds}


def value_of(kind: FactKind, text: str) -> Value | None:
    """What was said as a value of a fact; None where it is none."""
    if kind.form is Form.FLAG:
        return {YES: True, NO: False}.get(text)
    if kind.form is Form.CHOICE:
        return text if text in kind.choices else None
    return min(max(int(text), kind.low), kind.high) if text.isdecimal() and len(text) < 7 else None


def county_of(worker: Worker) -> str:
    """The digits of the county a person lives in; of the city where it is not known."""
    return worker.home.code[:6] or "1505"


def _notes(offers: tuple[KeptItem, ...], facts: Known) -> Iterator[PolicyNote]:
    """The notes on everybody who is alike; what time alone opens is told with what to see to until then."""
    kinds = fact_kinds()
    for kept in offers:
        item = kept.item
        verdict = evaluate(item.rule, facts, kinds)
        if verdict.holds is False and not verdict.later:
            continue
        shipped = kept.key == 0 and item.code in SENTENCES
        own: dict[str, PhraseValue] = {"benefit": item.code, "benefit_plain": item.code}
        text = Phrase(item.code, {}) if shipped else Phrase("POLICY_OFFER", own)
        state = PolicyState.YES if verdict.holds else PolicyState.UNKNOWN
        question = None if verdict.holds else Phrase(_asks(kept, facts, verdict), {})
        yield PolicyNote(code=item.code, state=state, text=text, question=question)


SENTENCES = frozenset({"POLICY_TRAINING", "POLICY_TRAVEL", "POLICY_STABILITY", "POLICY_INSURANCE", "POLICY_LOAN"})
"""Offers as they ship whose sentence on the sheet stands in the catalogue of sentences."""
AFTER_A_TIME = frozenset({"POLICY_TRAVEL", "POLICY_STABILITY"})
"""Offers as they ship that open after some months of work, with a question of their own until then."""


def _asks(kept: KeptItem, facts: Known, verdict: Verdict) -> str:
    """The question that settles it; of what time opens, what would still be open then, else the time itself."""
    item, kinds = kept.item, fact_kinds()
    if not verdict.later:
        return asked_on_paper(verdict.question)
    if kept.key == 0 and item.code in AFTER_A_TIME:
        return f"ASK_{item.code}"
    asked = best_question(item.rule, with_time(item.rule, facts, kinds), kinds) or "months_in_work"
    return asked_on_paper(asked)


def asked_on_paper(fact: str) -> str:
    """The question about a fact as it may stand on a paper: the kind of household is asked without naming one."""
    return "ASK_HOUSEHOLD" if fact == "in_population" else f"ASKF_{fact.upper()}"
