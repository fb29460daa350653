"""Whether a class suits a person at all, and how much it was asked for.

In: classes as read, people as columns. Out: masks over people: whose trade it is not, who may renew a paper; and
what a wish for the class or its trade adds to its worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matcher.columns import Vocabulary, WorkerColumns, WorkerRow
from matcher.columns.arrays import Bools
from matcher.policy import PolicyAt

if TYPE_CHECKING:
    from matcher.training_choice import ClassRow, Effect


def may_renew(row: ClassRow, workers: WorkerColumns, vocabulary: Vocabulary) -> Bools:
    """For a class that renews papers: who has one of them, in force or run out; everybody for other classes."""
    if not row.facts.renewal:
        return np.ones(len(workers), dtype=np.bool_)
    papers = {term.code for term in row.facts.skills if term.code in vocabulary.licence_at}
    had = ({item.skill for item in person.facts.skills} & papers for person in workers.rows)
    return np.fromiter((bool(found) for found in had), np.bool_, len(workers))


def of_ones_trade(row: ClassRow, workers: WorkerColumns, vocabulary: Vocabulary, policy: PolicyAt) -> Bools:
    """Whose work a class has to do with: wished for, done, or near to either; lived by skills that are held; or asked
    for as a class.

    A person of whom neither work nor wish is known may learn anything; a class whose trade is not recognised is
    nobody's, one on starting a business is for those who want one.
    """
    if row.facts.business:
        wants = (person.facts.situation("WANTS_BUSINESS") is not None for person in workers.rows)
        return np.fromiter(wants, np.bool_, len(workers))
    taught = [term.code for term in row.facts.occupations if term.code in vocabulary.occupation_at]
    teaches = {*taught, *(term.code for term in row.facts.skills)}
    least = policy.number("training.relevance")
    near = nearness_to(taught, vocabulary)
    skilled = _skilled_for(taught, workers, vocabulary) >= least
    found = np.zeros(len(workers), dtype=np.bool_)
    for at, person in enumerate(workers.rows):
        known = _known_work(person)
        asked = any(term.code in teaches for term in person.facts.training_wished)
        unknown = bool(taught) and not known
        found[at] = asked or unknown or any(near.get(code, 0.0) >= least for code in known)
    return found | skilled


def nearness_to(taught: Sequence[str], vocabulary: Vocabulary) -> dict[str, float]:
    """How near every occupation is to the nearest trade of a class; the same family counts half."""
    if not taught:
        return {}
    targets = [vocabulary.occupation_at[one] for one in taught]
    family = np.isin(vocabulary.family, vocabulary.family[targets])
    near = np.maximum(vocabulary.nearness[:, targets].max(axis=1), np.where(family, 0.5, 0.0))
    return dict(zip(vocabulary.occupations, near.tolist(), strict=True))


def _skilled_for(taught: Sequence[str], workers: WorkerColumns, vocabulary: Vocabulary) -> npt.NDArray[np.float64]:
    """Share of the skills a trade of the class lives by that each person holds, the best of its trades."""
    best = np.zeros(len(workers))
    for code in taught:
        weights = {
            vocabulary.skill_at[skill]: weight
            for skill, weight in vocabulary.lexicon.occupations[code].skills
            if skill in vocabulary.skill_at and skill not in vocabulary.licence_at
        }
        if weights:
            share = workers.held[:, list(weights)] @ np.array(list(weights.values()))
            best = np.maximum(best, share / sum(weights.values()))
    return best


def _known_work(person: WorkerRow) -> list[str]:
    """Work wished for and work done."""
    done = [item.occupation for item in person.facts.experience if item.current]
    return [*(term.code for term in person.facts.wished), *done]


def wish_bonus(
    effects: Sequence[Effect], workers: WorkerColumns, vocabulary: Vocabulary, policy: PolicyAt
) -> tuple[npt.NDArray[np.float64], Bools]:
    """What a wish adds to the worth of a class, and whether the class itself was asked for, both (people, effects).

    A class on starting a business is worth a wish to those who want one; one that leads to wished work, or near it,
    is worth the more the nearer it leads.
    """
    bonus = np.zeros((len(workers), len(effects)))
    asked = np.zeros((len(workers), len(effects)), dtype=np.bool_)
    near = [nearness_to(effect.occupations, vocabulary) for effect in effects]
    class_bonus, trade_bonus = policy.number("training.wish_bonus"), policy.number("training.trade_bonus")
    for at, person in enumerate(workers.rows):
        classes = {term.code for term in person.facts.training_wished}
        trades = [term.code for term in person.facts.wished]
        wants_business = person.facts.situation("WANTS_BUSINESS") is not None
        for number, effect in enumerate(effects):
            leads = max((near[number].get(code, 0.0) for code in trades), default=0.0)
            asked[at, number] = bool(classes & {*effect.occupations, *effect.skills})
            wanted = asked[at, number] or (effect.business and wants_business)
            bonus[at, number] = class_bonus if wanted else trade_bonus * leads
    return bonus, asked
