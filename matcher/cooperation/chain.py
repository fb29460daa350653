"""From the base to the work: who is enrolled in a class of a base, who passed, who was sent on, who began.

In: bases of the scope, their classes, enrolments, answers. Out: a line a class; people beyond the scope are counted by
nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.incoming.trust import employer_key
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.service.around.cooperation import BaseClass, CareBase
from matcher.listings import Scope
from matcher.store.cooperation.books import Engagement
from matcher.store.store import UnitOfWork

_PASSED = frozenset({EnrolmentState.PASSED})
_THERE = frozenset({EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.PASSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLine:
    """One class of a base."""

    base: CareBase
    link: BaseClass
    title: str
    starts_on: str
    enrolled: int
    passed: int
    working: int
    """Of those who were enrolled: at work with the employer of the base, or anywhere where none is named."""


def chain(unit: UnitOfWork, scope: Scope, engagements: Sequence[Engagement]) -> list[ChainLine]:
    """Every class of every base of the scope."""
    bases = unit.cooperation.bases.where(division=scope.division)
    links = unit.cooperation.base_classes.of("base_key", [base.key for base in bases])
    by_key = {base.key: base for base in bases}
    keys = [link.class_key for link in links]
    found = unit.classes.many(keys)
    enrolled: dict[int, dict[int, EnrolmentState]] = {}
    for class_key, worker, state in unit.cooperation.outcomes.enrolled(keys, division=scope.division):
        enrolled.setdefault(class_key, {})[worker] = state
    running: dict[int, set[str]] = {}
    for one in engagements:
        if one.ended_on is None:
            running.setdefault(one.worker_key, set()).add(employer_key(one.employer))
    lines = []
    for link in links:
        states = enrolled.get(link.class_key, {})
        counted = Counter(states.values())
        there = [key for key, state in states.items() if state in _THERE]
        wanted = employer_key(link.employer)
        working = sum(bool(running.get(key)) and (not wanted or wanted in running[key]) for key in there)
        training = found.get(link.class_key)
        lines.append(
            ChainLine(
                base=by_key[link.base_key],
                link=link,
                title=training.value.title if training else "",
                starts_on=training.value.starts_on.isoformat() if training and training.value.starts_on else "",
                enrolled=sum(counted[state] for state in _THERE),
                passed=sum(counted[state] for state in _PASSED),
                working=working,
            )
        )
    return lines
