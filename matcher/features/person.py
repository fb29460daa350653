"""Schooling, age, strength and language against what the posting asks."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence, PhraseValue
from matcher.features.base import Finding, Sight

NAN = np.float32(np.nan)
COMFORT_YEARS = np.float32(8)
"""So many years below an age limit, the limit no longer matters."""
BY_LOAD = np.array(
    [[np.nan, np.nan, np.nan], [1.0, 0.9, 0.9], [0.8, 0.9, 0.85], [0.2, 0.85, 0.65], [0.0, 0.65, 0.35]],
    dtype=np.float32,
)
"""Load 0 (unknown) to 4 by weak labour, ordinary labour, ordinary labour from fifty on."""
BY_TALK = np.array([1.0, 0.5, 0.2], dtype=np.float32)
"""For somebody without much Mandarin: little talk, some, much."""


def education(pairs: Pairs) -> Floats:
    """1 where the schooling asked for is there; NaN where none is asked or it is not known."""
    unknown = (pairs.p.education[pairs.pi] <= 0) | (pairs.w.education[pairs.wi] < 0)
    met = pairs.w.education[pairs.wi] >= pairs.p.education[pairs.pi]
    return np.where(unknown, NAN, met.astype(np.float32)).astype(np.float32)


def describe_education(sight: Sight) -> Finding:
    """The schooling asked and had."""
    words = sight.posting.facts.education.evidence + sight.worker.facts.education.evidence
    met = sight.value >= 1
    return ("EDUCATION_MET" if met else "EDUCATION_SHORT", {}, words or (Evidence("学历要求"),))


def age(pairs: Pairs) -> Floats:
    """How far the person is from the upper age limit; NaN where there is none or the age is unknown."""
    high = pairs.p.age_high[pairs.pi]
    margin = np.clip((high - pairs.w.age[pairs.wi]) / COMFORT_YEARS, 0, 1)
    return np.where(high > 150, NAN, np.float32(0.3) + np.float32(0.7) * margin).astype(np.float32)


def describe_age(sight: Sight) -> Finding:
    """The limit and the person's age."""
    limit = sight.posting.facts.age
    words = limit.evidence if limit else ()
    args: dict[str, PhraseValue] = {
        "limit": limit.high if limit else None,
        "age": int(sight.age) if sight.age is not None else None,
    }
    return ("AGE_FITS" if sight.value >= 0.6 else "AGE_NEAR_LIMIT", args, words or (Evidence("年龄要求"),))


def ability(pairs: Pairs) -> Floats:
    """How well the load of the work suits the strength of the person."""
    group = np.where(pairs.w.weak, 0, np.where(pairs.w.age >= 50, 2, 1))
    load = np.clip(pairs.p.load, 0, 4)
    return BY_LOAD[load[pairs.pi], group[pairs.wi]]


def describe_ability(sight: Sight) -> Finding:
    """The load, in the words of the posting or of its kind of work."""
    words = sight.posting.facts.load.evidence or sight.asked.title
    if sight.value >= 0.85:
        return ("LOAD_LIGHT", {}, words)
    return ("LOAD_FITS" if sight.value >= 0.7 else "LOAD_HARD", {}, words)


def language(pairs: Pairs) -> Floats:
    """1 where the work needs no Mandarin or the person speaks it; less the more talk it takes."""
    free = (pairs.p.talk[pairs.pi] == 0) & (pairs.p.mandarin_needed[pairs.pi] != 1)
    free = free | (pairs.p.mongolian_ok[pairs.pi] == 1)
    speaks = pairs.w.mandarin[pairs.wi]
    value = np.where(speaks == 1, np.float32(1), BY_TALK[np.clip(pairs.p.talk[pairs.pi], 0, 2)])
    value = np.where(speaks < 0, NAN, value)
    return np.where(free, np.float32(1), value).astype(np.float32)


def describe_language(sight: Sight) -> Finding:
    """Whether talking is part of the work."""
    facts = sight.posting.facts
    if facts.mongolian_ok.value:
        return ("LANGUAGE_MONGOLIAN_OK", {}, facts.mongolian_ok.evidence)
    words = facts.mandarin_needed.evidence or sight.asked.title
    mine = sight.worker.facts.speaks_mandarin.evidence + sight.worker.facts.mongolian_first.evidence
    if sight.value >= 1:
        return ("LANGUAGE_NO_HURDLE", {}, words + mine)
    return ("LANGUAGE_HURDLE", {}, mine or words)
