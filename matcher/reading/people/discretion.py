"""What people wrote that is never repeated: illness, debt, record, poverty, private life, judgements.

In: words of a person's file, or all facts. Out: whether words may be quoted back on a paper or in a question, and
the facts of somebody in hiding with all that tells of her life marked private.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.worker import WorkerFacts
from matcher.reference.tables import read_table

T = TypeVar("T")
OF_LIFE = frozenset({"情况说明", "家庭照料"})
"""Columns that tell how somebody lives, where and with whom."""
OF_WORK = frozenset({"WORKS_WELL", "READY_NOW", "VETERAN", "GRADUATE", "NO_EXPERIENCE"})
"""Situations that speak of work and may be repeated of anybody."""


@lru_cache(maxsize=1)
def _unquoted() -> re.Pattern[str]:
    """Anything that keeps words from being quoted."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("unquoted_words")))


def quotable(words: str) -> bool:
    """Whether words may stand on a paper that is handed out."""
    return _unquoted().search(words) is None


def discreet(facts: WorkerFacts) -> WorkerFacts:
    """The facts; of somebody whose case is confidential, only words of work, skills and wishes stay open."""
    if not facts.holds("CONFIDENTIAL"):
        return facts
    return replace(
        facts,
        constraints=tuple(replace(item, evidence=_closed(item.evidence)) for item in facts.constraints),
        situations=tuple(_closed_term(term) for term in facts.situations),
        transport=_closed_fact(facts.transport),
        willing_to_move=_closed_fact(facts.willing_to_move),
        wished_places=tuple((place, _closed((told,))[0]) for place, told in facts.wished_places),
        avoided_places=tuple((place, _closed((told,))[0]) for place, told in facts.avoided_places),
        lives_at=_closed_fact(facts.lives_at),
    )


def _closed(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence with the words of the columns of life made private."""
    return tuple(replace(item, private=True) if item.field in OF_LIFE else item for item in evidence)


def _closed_term(term: LinkedTerm) -> LinkedTerm:
    """A situation with its words made private, unless it speaks of work."""
    return term if term.code in OF_WORK else replace(term, evidence=_closed(term.evidence))


def _closed_fact(fact: Fact[T]) -> Fact[T]:
    """A fact with its words made private."""
    return replace(fact, evidence=_closed(fact.evidence))
