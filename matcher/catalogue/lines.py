"""Conditions as the lines of a form: lines that must hold, and groups of which so many must.

In: a rule. Out: lines, or None where a rule is too involved for a form; and lines turned into a rule again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.service.policies.rules import AtLeast, Condition, Rule, all_of

MUST = "all"
GROUPS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One condition with the group it stands in."""

    group: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class RuleForm:
    """All lines, and of each group how many must hold."""

    lines: tuple[RuleLine, ...]
    needs: Mapping[str, int]


def form_of(rule: Rule) -> RuleForm | None:
    """A rule as lines; None where it nests deeper or has more groups than a form shows."""
    parts = rule.of if isinstance(rule, AtLeast) and rule.many == len(rule.of) else (rule,)
    letters, lines, needs = iter(GROUPS), list[RuleLine](), dict[str, int]()
    for part in parts:
        if isinstance(part, Condition):
            lines.append(RuleLine(MUST, part))
            continue
        letter = next(letters, None)
        if letter is None or not isinstance(part, AtLeast):
            return None
        inner = [one for one in part.of if isinstance(one, Condition)]
        if len(inner) != len(part.of):
            return None
        needs[letter] = part.many
        lines += [RuleLine(letter, one) for one in inner]
    return RuleForm(tuple(lines), needs)


def rule_of(form: RuleForm) -> Rule:
    """The rule of lines."""
    return all_of(*_parts(form.lines, form.needs))


def _parts(lines: Sequence[RuleLine], needs: Mapping[str, int]) -> Iterator[Rule]:
    """What must hold, then the groups."""
    yield from (line.condition for line in lines if line.group == MUST)
    for letter in GROUPS:
        inner = tuple(line.condition for line in lines if line.group == letter)
        if inner:
            yield AtLeast(min(max(needs.get(letter, 1), 1), len(inner)), inner)
