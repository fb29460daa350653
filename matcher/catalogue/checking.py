"""The rule checker: what is wrong with an offer, in plain words, before it is saved.

In: an offer, the versions beside it. Out: faults, which keep it from being saved, and warnings, which do not. Whether
conditions contradict each other is decided for every way the facts could turn out, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from matcher.domain.service.policies.catalogue import Amount, Audience, Item, KeptItem, Tier
from matcher.domain.service.policies.rules import (
    AtLeast,
    Compare,
    Condition,
    Form,
    Not,
    Rule,
    all_of,
    any_of,
    conditions_of,
    truth,
)
from matcher.reference.offers import fact_kinds, shared_materials

CODE = re.compile(r"[A-Z][A-Z0-9_]{2,39}")
PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, or worth knowing; `rules` are conditions the sentence names as `lines`."""

    code: str
    args: dict[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @property
    def hinders(self) -> bool:
        """Whether the offer cannot be saved so."""
        return self.code.startswith("CAT_FAULT_")


def check_item(item: Item, others: Sequence[KeptItem] = (), *, regions: Sequence[str] = (), today: date) -> list[Fault]:
    """Everything wrong with an offer, the worst first; `others` are the versions of its code."""
    found = [*_texts(item, regions), *_dates(item, others, today), *_amounts(item), *_names(item)]
    if not any(fault.code in {"CAT_FAULT_UNKNOWN_FACT", "CAT_FAULT_UNKNOWN_CHOICE"} for fault in found):
        found += _logic(item)
    return sorted(found, key=lambda fault: not fault.hinders)


def _texts(item: Item, regions: Sequence[str]) -> Iterator[Fault]:
    """What is not said at all."""
    if not CODE.fullmatch(item.code):
        yield Fault(code="CAT_FAULT_NO_CODE")
    if not item.title.zh:
        yield Fault(code="CAT_FAULT_NO_TITLE")
    if not item.plain.zh:
        yield Fault(code="CAT_FAULT_NO_PLAIN")
    if not any(basis.doc for basis in item.basis):
        yield Fault(code="CAT_FAULT_NO_BASIS")
    if not (item.title.en and item.plain.en):
        yield Fault(code="CAT_WARN_NO_ENGLISH")
    if regions and not any(code.startswith(item.region) for code in regions):
        yield Fault(code="CAT_FAULT_UNKNOWN_REGION", args={"name": item.region})


def _dates(item: Item, others: Sequence[KeptItem], today: date) -> Iterator[Fault]:
    """Days that are missing, turned round, or meet those of another version."""
    if item.valid_from is None:
        yield Fault(code="CAT_FAULT_UNDATED")
        return
    if item.valid_to is not None and item.valid_to < item.valid_from:
        yield Fault(code="CAT_FAULT_ENDS_FIRST")
    if others and item.valid_from < today:
        yield Fault(code="CAT_WARN_PAST")
    for other in (kept.item for kept in others):
        if other.region != item.region or other.valid_from is None:
            continue
        if other.valid_from == item.valid_from:
            yield Fault(code="CAT_WARN_SAME_DAY")
        elif other.valid_from > item.valid_from and (item.valid_to is None or other.valid_from <= item.valid_to):
            yield Fault(code="CAT_WARN_OVERLAP", args={"first_on": other.valid_from.isoformat()})


def _amounts(item: Item) -> Iterator[Fault]:
    """Amounts without basis, below zero, turned round or twice; those still open."""
    for amount in item.amounts:
        name = {"name": _named(amount)}
        if amount.value is not None and not amount.basis.strip():
            yield Fault(code="CAT_FAULT_AMOUNT_BASIS", args=name)
        if amount.value is not None and (amount.value < 0 or not amount.value.is_finite()):
            yield Fault(code="CAT_FAULT_AMOUNT_NEGATIVE", args=name)
        if amount.until is not None and amount.until < amount.since:
            yield Fault(code="CAT_FAULT_AMOUNT_ENDS", args=name)
    for one, other in combinations(item.amounts, 2):
        if (one.tier, one.months) == (other.tier, other.months) and _meet(one, other):
            yield Fault(code="CAT_FAULT_AMOUNT_TWICE", args={"name": _named(one)})
    if any(amount.value is None for amount in item.amounts):
        yield Fault(code="CAT_WARN_OPEN_AMOUNT")


def _named(amount: Amount) -> str:
    """Which amount a fault speaks of, as the lines of the form are named."""
    return f"{amount.since.isoformat()} {amount.tier.value}".strip()


def _meet(one: Amount, other: Amount) -> bool:
    """Whether two amounts are in force on one day; a later one simply replaces one that is open at its end."""
    first, second = sorted((one, other), key=lambda amount: amount.since)
    if first.since == second.since:
        return True
    return first.until is not None and second.since <= first.until


def _names(item: Item) -> Iterator[Fault]:
    """Facts, choices and papers nobody knows, and facts about somebody else."""
    kinds = fact_kinds()
    for condition in dict.fromkeys(conditions_of(item.rule)):
        kind = kinds.get(condition.fact)
        if kind is None:
            yield Fault(code="CAT_FAULT_UNKNOWN_FACT", args={"name": condition.fact})
            continue
        if kind.subject != item.audience.value:
            yield Fault(code="CAT_FAULT_WRONG_SUBJECT", args={"fact": condition.fact})
        for value in condition.values:
            if not _possible(kind.form, kind.choices, condition.compare, value):
                yield Fault(code="CAT_FAULT_UNKNOWN_CHOICE", args={"fact": condition.fact, "name": str(value)})
    for code in item.materials:
        if code not in shared_materials():
            yield Fault(code="CAT_FAULT_UNKNOWN_MATERIAL", args={"name": code})
    if any(condition.basis == PRACTICE for condition in conditions_of(item.rule)):
        yield Fault(code="CAT_WARN_PRACTICE")


def _possible(form: Form, choices: Sequence[str], compare: Compare, value: object) -> bool:
    """Whether a fact of this form could be held against a value this way."""
    if form is Form.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if compare in {Compare.FROM, Compare.UP_TO}:
        return False
    return isinstance(value, bool) if form is Form.FLAG else value in choices


def _logic(item: Item) -> Iterator[Fault]:
    """Conditions nobody can meet, everybody meets, or that say nothing beyond the others."""
    kinds, rule = fact_kinds(), item.rule
    holds = truth(rule, {}, kinds)
    if holds is True:
        yield Fault(code="CAT_WARN_ALWAYS")
    if holds is False:
        yield Fault(code="CAT_FAULT_NEVER", rules=_conflict(rule))
        return
    parts = rule.of if isinstance(rule, AtLeast) and rule.many == len(rule.of) else ()
    for part in parts:
        others = tuple(other for other in parts if other is not part)
        if others and truth(any_of(Not(all_of(*others)), part), {}, kinds) is True:
            yield Fault(code="CAT_WARN_IDLE", rules=(part,))
    if item.audience is Audience.PERSON and any(one.fact == "work_area" for one in conditions_of(rule)):
        for tier in {amount.tier for amount in item.amounts} - {Tier.ANY}:
            there = Condition("work_area", Compare.IS, (tier.value,))
            if truth(all_of(there, rule), {}, kinds) is False:
                yield Fault(code="CAT_FAULT_NEVER_TIER", args={"name": tier.value})


def _conflict(rule: Rule) -> tuple[Rule, ...]:
    """The fewest parts that already contradict each other."""
    parts = rule.of if isinstance(rule, AtLeast) and rule.many == len(rule.of) else (rule,)
    for many in range(1, len(parts) + 1):
        for some in combinations(parts, many):
            if truth(all_of(*some), {}, fact_kinds()) is False:
                return some
    return parts
