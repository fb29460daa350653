"""What the reports count of people, as columns whose small cells can be hidden.

In: names of measures, steps of waiting, families of occupations. Out: `Counting`s with their columns in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.reference.lexicon import Lexicon
from matcher.reports.ageing import steps_of
from matcher.reports.coverage import MEASURES
from matcher.reports.evidence.indicators import INDICATORS, counts_of
from matcher.reports.outside.masking import Counting
from matcher.reports.supply import wishing_of
from matcher.reports.traits import Trait

COVERAGE = tuple(MEASURES)
_OF_ALL = frozenset({"PEOPLE", "UNPLANNED", "ENTITLED"})


def coverage_counting() -> Counting:
    """The measures of coverage: who is owed a plan is part of everybody, all else of those who are owed one."""
    at = {name: place for place, name in enumerate(COVERAGE)}
    wholes = {at[name]: at["ENTITLED"] for name in COVERAGE if name not in _OF_ALL}
    wholes |= {at[name]: at["PEOPLE"] for name in _OF_ALL - {"PEOPLE"}}
    tests = list(MEASURES.values())
    sums = ((at["ENTITLED"], at["THREE"], at["SHORTFALL"]),)
    return Counting(count=lambda people: [sum(map(test, people)) for test in tests], wholes=wholes, sums=sums)


def indicator_counting() -> Counting:
    """The indicators counted in people, each part of the one its share is of."""
    names = [one.name for one in INDICATORS]
    at = {name: place for place, name in enumerate(names)}
    wholes = {at[one.name]: at[one.whole] for one in INDICATORS if one.whole}

    def count(people: Sequence[Trait]) -> list[int]:
        found = counts_of(people)
        return [found[name] for name in names]

    return Counting(count=count, wholes=wholes, sums=((at["ENTITLED"], at["THREE"], at["SHORTFALL"]),))


def waiting_counting(wait: str, steps: Sequence[int], today: date) -> Counting:
    """Everybody who waits, then by step; the steps add up to everybody."""
    columns = tuple(range(len(steps) + 2))

    def count(people: Sequence[Trait]) -> list[int]:
        found = steps_of(people, wait, today, steps)
        return [sum(found), *found]

    return Counting(count=count, wholes=dict.fromkeys(columns[1:], 0), sums=(columns,))


def wishing_counting(families: Sequence[str], lexicon: Lexicon) -> Counting:
    """People who are owed postings, then those who wish for work of each family, then those who can do it."""

    def count(people: Sequence[Trait]) -> list[int]:
        owed = [one for one in people if one.owed]
        wish = wishing_of(owed, lexicon, able=False)
        able = wishing_of(owed, lexicon, able=True)
        return [len(owed), *(wish[one] for one in families), *(able[one] for one in families)]

    return Counting(count=count, wholes=dict.fromkeys(range(1, 1 + 2 * len(families)), 0))
