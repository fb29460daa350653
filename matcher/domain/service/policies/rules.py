"""Conditions as data, each yes, no or not known yet, and the one question that settles most.

In: a tree of tests over named facts, and the facts as far as they are known. Out: what holds in every way the open
facts could turn out, why, and what to ask. Settling an open fact never contradicts a verdict that was settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = bool | int | str
Facts = Mapping[str, Value | None]
"""What is known; None, or no entry at all, is a fact nobody has settled."""


class Form(StrEnum):
    """What values a fact has."""

    FLAG = "flag"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """A named fact: its form, what it can be, and how it behaves."""

    name: str
    form: Form
    low: int = 0
    high: int = 1
    choices: tuple[str, ...] = ()
    grows: bool = False
    """Time alone raises it: a no may become a yes without anybody doing anything."""
    private: bool = False
    """Never given as a reason on a paper that others may see."""
    subject: str = "P"


Kinds = Mapping[str, FactKind]


class Compare(StrEnum):
    """How a fact is held against values."""

    IS = "is"
    AMONG = "among"
    FROM = "from"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a fact, how it is compared, with what, and the paragraph it stands in."""

    fact: str
    compare: Compare
    values: tuple[Value, ...]
    basis: str = ""

    def meets(self, value: Value) -> bool:
        """Whether a value meets the condition."""
        if self.compare is Compare.FROM:
            return value >= self.values[0]  # type: ignore[operator]
        if self.compare is Compare.UP_TO:
            return value <= self.values[0]  # type: ignore[operator]
        return value in self.values


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a rule."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of these; all of them is “all”, one of them is “any”."""

    many: int
    of: tuple[Rule, ...]


Rule = Condition | Not | AtLeast


def all_of(*rules: Rule) -> AtLeast:
    """Every one of these; of nothing, it holds."""
    return AtLeast(len(rules), rules)


def any_of(*rules: Rule) -> AtLeast:
    """One of these; of nothing, it never holds."""
    return AtLeast(1, rules)


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """Every condition of a rule, in its order."""
    if isinstance(rule, Condition):
        yield rule
    else:
        for part in (rule.rule,) if isinstance(rule, Not) else rule.of:
            yield from conditions_of(part)


def samples(kind: FactKind, rule: Rule) -> tuple[Value, ...]:
    """Values of a fact, one for all that the rule cannot tell apart; of a number the first of each stretch."""
    if kind.form is Form.FLAG:
        return (True, False)
    if kind.form is Form.CHOICE:
        return kind.choices
    starts = {kind.low}
    for one in (one for one in conditions_of(rule) if one.fact == kind.name):
        for value in map(int, one.values):
            starts |= {value} if one.compare is Compare.FROM else {value + 1}
            starts |= {value} if one.compare in {Compare.IS, Compare.AMONG} else set()
    return tuple(sorted(value for value in starts if kind.low <= value <= kind.high))


def kleene(rule: Rule, facts: Facts, kinds: Kinds) -> bool | None:
    """What the parts alone say: strong Kleene logic, a condition no value could miss or meet being settled."""
    if isinstance(rule, Condition):
        value = facts.get(rule.fact)
        if value is not None:
            return rule.meets(value)
        met = {rule.meets(one) for one in samples(kinds[rule.fact], rule)}
        return met.pop() if len(met) == 1 else None
    if isinstance(rule, Not):
        inner = kleene(rule.rule, facts, kinds)
        return None if inner is None else not inner
    found = Counter(kleene(part, facts, kinds) for part in rule.of)
    if found[True] >= rule.many:
        return True
    return False if found[True] + found[None] < rule.many else None


def truth(rule: Rule, facts: Facts, kinds: Kinds) -> bool | None:
    """True or False where every way the open facts could turn out says so, else None.

    Parts that share no open fact are settled by Kleene logic alone; a fact that stands twice is tried value by value.
    """
    plain = kleene(rule, facts, kinds)
    if plain is not None:
        return plain
    often = Counter(one.fact for one in conditions_of(rule) if facts.get(one.fact) is None)
    again = next((fact for fact, times in often.items() if times > 1), None)
    if again is None:
        return None
    found = {truth(rule, {**facts, again: value}, kinds) for value in samples(kinds[again], rule)}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Ground:
    """A condition that decided, and whether it was met."""

    condition: Condition
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Yes, no or not known yet (None); why; what to ask; whether time alone may turn a no."""

    holds: bool | None
    because: tuple[Ground, ...] = ()
    question: str = ""
    later: bool = False


def evaluate(rule: Rule, facts: Facts, kinds: Kinds) -> Verdict:
    """The verdict on a rule; a no that time alone does not turn names only what time does not mend."""
    holds = truth(rule, facts, kinds)
    if holds is None:
        return Verdict(holds=None, question=best_question(rule, facts, kinds))
    grown = with_time(rule, facts, kinds)
    later = holds is False and truth(rule, grown, kinds) is not False
    lasting = grown if holds is False and not later else facts
    return Verdict(holds=holds, because=tuple(dict.fromkeys(_grounds(rule, lasting, kinds, holds))), later=later)


def with_time(rule: Rule, facts: Facts, kinds: Kinds) -> Facts:
    """The facts after as much time as it takes."""
    growing = {one.fact for one in conditions_of(rule) if kinds[one.fact].grows}
    return {**facts, **{fact: kinds[fact].high for fact in growing}}


def _grounds(rule: Rule, facts: Facts, kinds: Kinds, holds: bool) -> Iterator[Ground]:
    """The conditions that made a rule hold, or not."""
    if isinstance(rule, Condition):
        yield Ground(rule, holds)
    elif isinstance(rule, Not):
        yield from _grounds(rule.rule, facts, kinds, not holds)
    else:
        for part in rule.of:
            if truth(part, facts, kinds) is holds:
                yield from _grounds(part, facts, kinds, holds)


def open_facts(rule: Rule, facts: Facts, kinds: Kinds) -> list[str]:
    """Facts that are not settled and could still change the verdict, in the order of the rule."""
    if kleene(rule, facts, kinds) is not None:
        return []
    if isinstance(rule, Condition):
        return [rule.fact]
    parts = (rule.rule,) if isinstance(rule, Not) else rule.of
    return list(dict.fromkeys(fact for part in parts for fact in open_facts(part, facts, kinds)))


def best_question(rule: Rule, facts: Facts, kinds: Kinds) -> str:
    """The open fact whose answer decides most: settles the verdict most often, else leaves least open."""

    def gain(fact: str) -> tuple[float, float]:
        """The share of answers that settle the verdict; how little the others leave open."""
        answered = [{**facts, fact: value} for value in samples(kinds[fact], rule)]
        settled = [truth(rule, one, kinds) is not None for one in answered]
        left = sum(len(open_facts(rule, one, kinds)) for one in answered)
        return sum(settled) / len(answered), -left / len(answered)

    return max(open_facts(rule, facts, kinds), key=gain, default="")
