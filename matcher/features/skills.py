"""Skills the work lives by: how many of them the person has."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.features.base import Finding, Sight

WITHOUT = np.array([0.4, 0.4, 0.2, 0.0], dtype=np.float32)
"""What no skill is worth, by how hard the work is to enter."""


def skills(pairs: Pairs) -> Floats:
    """Share of the wanted skills the person has; work that names none says nothing."""
    cover = pairs.skill_cover
    start = WITHOUT[pairs.vocabulary.entry[pairs.p.occupation[pairs.pi]]]
    value = np.maximum(cover, start)
    silent = pairs.p.profiles.sum(axis=1)[pairs.p.profile[pairs.pi]] == 0
    return np.where(silent, np.float32(np.nan), value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """Which skills of the person's the work asks for."""
    occupation = sight.vocabulary.lexicon.occupations.get(sight.posting.facts.occupation)
    wanted = {code for code, _ in occupation.skills} if occupation else set()
    stated = {asked.skill: asked.evidence for asked in sight.posting.facts.skills}
    wanted |= stated.keys()
    mine = [held for held in sight.worker.facts.skills if wanted & sight.vocabulary.with_implied([held.skill])]
    mine = [held for held in mine if held.skill not in sight.vocabulary.licence_at]
    if mine:
        words = tuple(piece for held in mine[:2] for piece in held.evidence)
        asked = tuple(piece for held in mine[:2] for piece in stated.get(held.skill, ()))
        listed = " ".join(held.skill for held in mine[:2])
        return Finding("SKILL_HELD", {"skill": listed}, words + asked or (Evidence("技能特长"),))
    if sight.cover > 0:
        return Finding("SKILL_FROM_WORK", {}, _from_work(sight))
    title = (Evidence("岗位名称", sight.posting.posting.title),)
    return Finding("SKILL_MISSING" if sight.value < 0.3 else "SKILL_LEARNT_THERE", {}, title)


def _from_work(sight: Sight) -> tuple[Evidence, ...]:
    """The words about work done that the skill is taken from."""
    words = tuple(piece for item in sight.worker.facts.experience if item.current for piece in item.evidence)
    return words or (Evidence("工作经历"),)
