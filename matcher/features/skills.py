"""Skills the work lives by: how many of them the person has."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.features.base import Finding, Sight

WITHOUT = np.array([0.4, 0.4, 0.2, 0.0], dtype=np.float32)
"""What no skill is worth, by how hard the work is to enter."""
SKILL, WORK = (Evidence("技能特长"),), (Evidence("工作经历"),)
"""The columns alone, where there are no words to point to."""


def skills(pairs: Pairs) -> Floats:
    """Share of the wanted skills the person has; work that names none says nothing."""
    cover = pairs.skill_cover
    start = WITHOUT[pairs.vocabulary.entry[pairs.p.occupation[pairs.pi]]]
    value = np.maximum(cover, start)
    silent = pairs.p.profiles.sum(axis=1)[pairs.p.profile[pairs.pi]] == 0
    return np.where(silent, np.float32(np.nan), value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """Which skills of the person's the work asks for."""
    wanted, stated = sight.asked.skills, sight.asked.stated
    mine = [held for held, implied in sight.own.plain if not wanted.isdisjoint(implied)]
    if mine:
        words = tuple(piece for held in mine[:2] for piece in held.evidence)
        asked = tuple(piece for held in mine[:2] for piece in stated.get(held.skill, ()))
        listed = " ".join(held.skill for held in mine[:2])
        return ("SKILL_HELD", {"skill": listed}, words + asked or SKILL)
    if sight.cover > 0:
        return ("SKILL_FROM_WORK", {}, _from_work(sight))
    return ("SKILL_MISSING" if sight.value < 0.3 else "SKILL_LEARNT_THERE", {}, sight.asked.title)


def _from_work(sight: Sight) -> tuple[Evidence, ...]:
    """The words about work done that the skill is taken from."""
    return sight.own.work_words or WORK
