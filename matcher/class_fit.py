"""Whether a class suits a person at all, and how much it was asked for.

In: classes as read, people as columns. Out: masks over people: whose trade it is not, who may renew a paper; and
what a wish for the class or its trade adds to its worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.class_gains import ClassRow, Effect
from matcher.columns import Vocabulary, WorkerColumns
from matcher.columns.arrays import Bools, Index
from matcher.policy import PolicyAt


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """Codes that people speak of, as a list of pairs of a person and a code."""

    names: tuple[str, ...]
    person: Index
    name: Index
    people: int

    def any_of(self, codes: Iterable[str]) -> Bools:
        """Who speaks of one of some codes."""
        found = np.zeros(self.people, dtype=np.bool_)
        wanted = set(codes)
        among = np.array([name in wanted for name in self.names], dtype=np.bool_)
        if among.any():
            found[self.person[among[self.name]]] = True
        return found

    def best_of(self, worth: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """The most that any code somebody speaks of is worth, nought where there is none."""
        best = np.zeros(self.people)
        values = np.array([worth.get(name, 0.0) for name in self.names])
        if values.any():
            np.maximum.at(best, self.person, values[self.name])
        return best


def _mentions(codes: Sequence[Sequence[str]]) -> Mentions:
    """Pairs of everybody with every code of theirs."""
    seen: dict[str, int] = {}
    name = np.array([seen.setdefault(code, len(seen)) for found in codes for code in found], dtype=np.intp)
    return Mentions(tuple(seen), np.repeat(np.arange(len(codes)), [len(found) for found in codes]), name, len(codes))


@dataclass(frozen=True, slots=True, eq=False)
class Ambitions:
    """What people wish for and come from, as far as classes go."""

    work: Mentions
    """Work wished for and work done."""
    wished: Mentions
    """Work wished for."""
    classes: Mentions
    """Skills, papers and trades of classes asked for."""
    papers: Mentions
    """Skills and papers, in force or run out."""
    business: Bools
    """Who wants to start a business."""


def ambitions(workers: WorkerColumns) -> Ambitions:
    """The ambitions of everybody."""
    facts = [row.facts for row in workers.rows]
    wished = [[term.code for term in fact.wished] for fact in facts]
    done = [[item.occupation for item in fact.experience if item.current] for fact in facts]
    return Ambitions(
        work=_mentions([[*one, *other] for one, other in zip(wished, done, strict=True)]),
        wished=_mentions(wished),
        classes=_mentions([[term.code for term in fact.training_wished] for fact in facts]),
        papers=_mentions([[item.skill for item in fact.skills] for fact in facts]),
        business=np.fromiter((fact.situation("WANTS_BUSINESS") is not None for fact in facts), np.bool_, len(facts)),
    )


def may_renew(row: ClassRow, people: Ambitions, vocabulary: Vocabulary) -> Bools:
    """For a class that renews papers: who has one of them, in force or run out; everybody for other classes."""
    if not row.facts.renewal:
        return np.ones(people.papers.people, dtype=np.bool_)
    return people.papers.any_of(term.code for term in row.facts.skills if term.code in vocabulary.licence_at)


def of_ones_trade(
    row: ClassRow, people: Ambitions, workers: WorkerColumns, vocabulary: Vocabulary, policy: PolicyAt
) -> Bools:
    """Whose work a class has to do with: wished for, done, or near to either; lived by skills that are held; or asked
    for as a class.

    A person of whom neither work nor wish is known may learn anything; a class whose trade is not recognised is
    nobody's, one on starting a business is for those who want one.
    """
    if row.facts.business:
        return people.business.copy()
    taught = [term.code for term in row.facts.occupations if term.code in vocabulary.occupation_at]
    least = policy.number("training.relevance")
    found = people.classes.any_of([*taught, *(term.code for term in row.facts.skills)])
    if taught:
        unknown = np.ones(len(workers), dtype=np.bool_)
        unknown[people.work.person] = False
        found |= unknown | (people.work.best_of(nearness_to(tuple(taught), vocabulary)) >= least)
    return found | (_skilled_for(taught, workers, vocabulary) >= least)


@lru_cache(maxsize=1024)
def nearness_to(taught: tuple[str, ...], vocabulary: Vocabulary) -> Mapping[str, float]:
    """How near every occupation is to the nearest trade of a class; the same family counts half."""
    if not taught:
        return {}
    targets = [vocabulary.occupation_at[one] for one in taught]
    family = np.isin(vocabulary.family, vocabulary.family[targets])
    near = np.maximum(vocabulary.nearness[:, targets].max(axis=1), np.where(family, 0.5, 0.0))
    return dict(zip(vocabulary.occupations, near.tolist(), strict=True))


def _skilled_for(taught: Sequence[str], workers: WorkerColumns, vocabulary: Vocabulary) -> npt.NDArray[np.float64]:
    """Share of the skills a trade of the class lives by that each person holds, the best of its trades."""
    best = np.zeros(len(workers.held.table))
    for code in taught:
        skills, weights, whole = _lived_by(code, vocabulary)
        if skills:
            best = np.maximum(best, (workers.held.table[:, skills] @ weights) / whole)
    return np.asarray(best[workers.held.kind])


@lru_cache(maxsize=1024)
def _lived_by(code: str, vocabulary: Vocabulary) -> tuple[list[int], npt.NDArray[np.float64], float]:
    """Positions and weights of the skills a trade lives by that are no papers, and the sum of the weights."""
    found = {
        vocabulary.skill_at[skill]: weight
        for skill, weight in vocabulary.lexicon.occupations[code].skills
        if skill in vocabulary.skill_at and skill not in vocabulary.licence_at
    }
    return list(found), np.array(list(found.values())), sum(found.values())


def wish_bonus(
    effects: Sequence[Effect], is_open: Bools, people: Ambitions, vocabulary: Vocabulary, policy: PolicyAt
) -> tuple[npt.NDArray[np.float64], Bools]:
    """What a wish adds to the worth of a class, and whether the class itself was asked for, both (people, effects).

    Effects that are open to nobody stay at nought. A class on starting a business is worth a wish to those who want
    one; one that leads to wished work, or near it, is worth the more the nearer it leads.
    """
    size = (people.work.people, len(effects))
    bonus, asked = np.zeros(size), np.zeros(size, dtype=np.bool_)
    class_bonus, trade_bonus = policy.number("training.wish_bonus"), policy.number("training.trade_bonus")
    for number in np.flatnonzero(is_open).tolist():
        effect = effects[number]
        asked[:, number] = people.classes.any_of([*effect.occupations, *effect.skills])
        leads = people.wished.best_of(nearness_to(effect.occupations, vocabulary))
        wanted = asked[:, number] | (people.business & effect.business)
        bonus[:, number] = np.where(wanted, class_bonus, trade_bonus * leads)
    return bonus, asked
