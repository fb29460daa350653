"""Conditions, amounts and faults as sentences, for pages, papers and the command alike.

In: data and a wording. Out: text.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.catalogue.checking import Fault
from matcher.domain.service.policies.catalogue import Amount, Item, Tier
from matcher.domain.service.policies.rules import AtLeast, Compare, Condition, FactKind, Form, Ground, Not, Rule, Value
from matcher.reference.offers import fact_kinds
from matcher.wording import Wording
from matcher.wording.sentences import separator_of


def one_after_another(wording: Wording, sentences: Sequence[str]) -> str:
    """Conditions or amounts on one line."""
    return ("; " if wording.language == "en" else "；").join(sentences)


def fact_name(wording: Wording, name: str) -> str:
    """What a fact is called; one nobody knows by its own name."""
    code = f"NEEDF_{name.upper()}"
    return wording.text(code) if wording.has(code) else name


def said_value(wording: Wording, kind: FactKind, value: Value) -> str:
    """A value of a fact in words."""
    if kind.form is Form.CHOICE:
        code = f"CHOICE_{kind.name}_{value}".upper()
        return wording.text(code) if wording.has(code) else str(value)
    return wording.text(f"VALUE_{value}".upper()) if kind.form is Form.FLAG else str(value)


def said_rule(wording: Wording, rule: Rule) -> str:
    """A rule in one sentence."""
    if isinstance(rule, Condition):
        return _said_condition(wording, rule)
    if isinstance(rule, Not):
        return wording.text("RULE_NOT", rule=said_rule(wording, rule.rule))
    parts = [said_rule(wording, part) for part in rule.of]
    if rule.many == len(parts):
        return _joined(wording, "RULE_AND", parts)
    joined = _joined(wording, "RULE_OR", parts)
    return (
        wording.text("RULE_ANY", rules=joined)
        if rule.many == 1
        else wording.text("RULE_AT_LEAST", many=rule.many, rules=joined)
    )


def _joined(wording: Wording, code: str, parts: Sequence[str]) -> str:
    """Parts with a word between them; where words are written apart, apart."""
    word = wording.text(code)
    return (f" {word} " if wording.language == "en" else word).join(parts)


def _said_condition(wording: Wording, condition: Condition) -> str:
    """One condition."""
    fact, kind = fact_name(wording, condition.fact), fact_kinds().get(condition.fact)
    first = condition.values[0] if condition.values else ""
    if kind is None:
        return fact
    if condition.compare in {Compare.FROM, Compare.UP_TO}:
        return wording.text(f"RULE_{condition.compare.value.upper()}", fact=fact, number=str(first))
    if kind.form is Form.FLAG:
        return wording.text("RULE_YES" if first is True else "RULE_NO", fact=fact)
    if kind.form is Form.NUMBER:
        return wording.text("RULE_EXACT", fact=fact, number=str(first))
    words = [said_value(wording, kind, value) for value in condition.values]
    return wording.text("RULE_AMONG", fact=fact, choices=separator_of(wording.language).join(words))


def condition_lines(rule: Rule) -> Sequence[Rule]:
    """The parts that all have to hold, one a line."""
    return rule.of if isinstance(rule, AtLeast) and rule.many == len(rule.of) else (rule,)


def said_grounds(wording: Wording, grounds: Sequence[Ground], *, met: bool, private: bool = True) -> list[str]:
    """The conditions that decided; `private` False leaves out what no paper may give as a reason."""
    kinds = fact_kinds()
    return [
        said_rule(wording, one.condition)
        for one in grounds
        if one.met is met and (private or not kinds[one.condition.fact].private)
    ]


def said_amount(wording: Wording, amount: Amount) -> str:
    """An amount with its tier and day; one that is not entered says so."""
    tier = "" if amount.tier is Tier.ANY else wording.text(f"CHOICE_WORK_AREA_{amount.tier.value.upper()}")
    start = wording.text("AMOUNT_TIER", tier=tier) + (" " * (wording.language == "en")) if tier else ""
    if amount.value is None:
        return start + wording.text("AMOUNT_OPEN")
    unit = wording.text(f"UNIT_{amount.unit.upper()}") if wording.has(f"UNIT_{amount.unit.upper()}") else amount.unit
    return start + wording.text("AMOUNT_SAID", value=f"{amount.value:f}", unit=unit, since_on=amount.since.isoformat())


def said_amounts(wording: Wording, amounts: Sequence[Amount]) -> list[str]:
    """Amounts one a line; where none of several is entered, that once."""
    if amounts and all(amount.value is None for amount in amounts):
        return [wording.text("AMOUNT_OPEN")]
    return [said_amount(wording, amount) for amount in amounts]


def said_fault(wording: Wording, fault: Fault) -> str:
    """A fault in words."""
    args = dict(fault.args)
    if "fact" in args:
        args["fact"] = fact_name(wording, args["fact"])
    lines = one_after_another(wording, [said_rule(wording, rule) for rule in fault.rules])
    return wording.text(fault.code, lines=lines, **args)


def said_material(wording: Wording, code: str) -> str:
    """What a paper is called."""
    return wording.text(f"MATERIAL_{code}") if wording.has(f"MATERIAL_{code}") else code


def said_basis(item: Item) -> str:
    """The documents and paragraphs of an offer."""
    return "；".join(str(basis) for basis in item.basis)
