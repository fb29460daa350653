"""Why: the reasons of a match in order of effect, its cautions, and why not.

In: one pair with its exact scores. Out: Reasons that sum to their part, cautions to ask about, Exclusions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from matcher.columns import Pairs, Vocabulary
from matcher.columns.traits import limit_codes
from matcher.columns.vocabulary import WORD
from matcher.domain.facts import Evidence, Phrase, PhraseValue
from matcher.domain.match import Exclusion, Part, Reason
from matcher.domain.posting import Shift, Wage
from matcher.features import FEATURES, Feature, Sight
from matcher.filters import LIMITS
from matcher.policy import PolicyAt
from matcher.scoring import Scorecard, Scores

SMALLEST = 1e-12
OWN = tuple((number, feature) for number, feature in enumerate(FEATURES) if not feature.of_posting)
OF_POSTING = tuple((number, feature) for number, feature in enumerate(FEATURES) if feature.of_posting)
"""Features with their numbers: those that tell of the pair, and those that are the same for many people."""


Line = tuple[float, str, int, Reason]
"""A reason after what it is sorted by: how strong it is, its code, and the number of its feature."""
Numbers = tuple[float, ...]


class Said:
    """What was said of one market's postings already: lines that do not depend on who the person is."""

    def __init__(self) -> None:
        self.lines: dict[tuple[int, bool, Numbers], list[Line]] = {}
        """By posting, being home at night, and effects, which unlike values are never NaN."""
        self.lasting: set[int] = set()
        """Identities of the reasons in these lines."""
        self.cautions: dict[tuple[object, ...], tuple[Phrase, ...]] = {}
        self.limits: dict[int, tuple[Phrase, ...]] = {}


class CloseLook:
    """A list of pairs with their exact scores, explained one after the other."""

    def __init__(self, pairs: Pairs, scores: Scores, card: Scorecard, said: Said | None = None) -> None:
        self._pairs = pairs
        self._said = said or Said()
        self._own = _by_pair(OWN, scores)
        self._of_posting = _by_pair(OF_POSTING, scores)
        self._bases = tuple(Reason("BASE", part, card.base[part]) for part in Part)
        self._postings: list[int] = pairs.pi.tolist()

    def reasons(self, sight: Sight, at: int) -> tuple[Reason, ...]:
        """The lines of both scorecards, strongest first; with each part's BASE they sum to the part."""
        values, effects = self._of_posting[at]
        key = (self._postings[at], sight.within_day, effects)
        of_posting = self._said.lines.get(key)
        if of_posting is None:
            of_posting = self._said.lines[key] = _lines(OF_POSTING, values, effects, sight)
            self._said.lasting.update(id(line[3]) for line in of_posting)
        lines = of_posting + _lines(OWN, *self._own[at], sight)
        lines.sort()
        return (*[line[3] for line in lines], *self._bases)

    def cautions(self, sight: Sight, at: int) -> tuple[Phrase, ...]:
        """What is not known and has to be asked before anybody sets out."""
        said, person = self._said, sight.worker.facts
        own = (sight.unsure, sight.within_day, sight.age is None, person.birth_estimated)
        key = (self._postings[at], own, person.education.value is None, sight.own.health_paper)
        found = said.cautions.get(key)
        if found is None:
            found = said.cautions[key] = _cautions(sight, self._pairs.policy)
        if not sight.limits:
            return found
        asked = said.limits.get(sight.limits)
        if asked is None:
            asked = said.limits[sight.limits] = _limits_to_ask(sight.limits, self._pairs.vocabulary)
        return asked + found


def _by_pair(features: Sequence[tuple[int, Feature]], scores: Scores) -> list[tuple[Numbers, Numbers]]:
    """Values and effects of some features, pair by pair."""
    values = zip(*(scores.values[feature.name].tolist() for _, feature in features), strict=True)
    effects = zip(*(scores.effects[feature.name].tolist() for _, feature in features), strict=True)
    return list(zip(values, effects, strict=True))


def _lines(features: Sequence[tuple[int, Feature]], values: Numbers, effects: Numbers, sight: Sight) -> list[Line]:
    """The lines of some features that have an effect on a pair."""
    found: list[Line] = []
    for (number, feature), value, effect in zip(features, values, effects, strict=True):
        strength = abs(effect)
        if strength > SMALLEST:
            sight.value = value
            code, args, evidence = feature.describe(sight)
            found.append((-strength, code, number, Reason(code, feature.part, effect, args, evidence)))
    return found


def _cautions(sight: Sight, policy: PolicyAt) -> tuple[Phrase, ...]:
    """Cautions that depend on the posting and on a few yes-or-no questions about the person."""
    posting, facts = sight.posting.posting, sight.posting.facts
    far, place = not sight.within_day, posting.place
    found: tuple[tuple[bool, str], ...] = (
        (facts.wage is None or (facts.wage.low is None and facts.wage.high is None), "CAUTION_PAY_UNKNOWN"),
        (facts.wage is not None and bool(facts.wage.assumption), "CAUTION_PAY_BY"),
        (policy.minimum_wage(place.code) is None, "CAUTION_MINIMUM_WAGE"),
        (sight.unsure and far, "CAUTION_DISTANCE"),
        (not place.known, "CAUTION_PLACE_UNKNOWN"),
        (facts.shift.value is None, "CAUTION_SHIFT_UNKNOWN"),
        (facts.shift.value in {Shift.NIGHT, Shift.ROTATING}, "CAUTION_NIGHT"),
        (far and facts.lodging.value is None, "CAUTION_LODGING"),
        (facts.age is not None and sight.age is None, "CAUTION_AGE_UNKNOWN"),
        (facts.age is not None and sight.worker.facts.birth_estimated, "CAUTION_AGE_ESTIMATED"),
        (_schooling_open(sight), "CAUTION_EDUCATION"),
        (facts.sex_asked.value is not None, "CAUTION_SEX_ASKED"),
        (facts.ethnic_asked.value is not None, "CAUTION_ETHNIC_ASKED"),
        (facts.several_jobs or posting.several_jobs, "CAUTION_SEVERAL_JOBS"),
        (not posting.verified_by and posting.verified_on is None, "CAUTION_NOT_VERIFIED"),
        (sight.asked.health_paper and not sight.own.health_paper, "CAUTION_HEALTH_PAPER"),
        (posting.openings is None, "CAUTION_OPENINGS"),
    )
    warned = tuple(_plain(f"CAUTION_{code}") for code in sight.posting.cautions)
    return warned + tuple(_caution(code, sight) for holds, code in found if holds)


def _caution(code: str, sight: Sight) -> Phrase:
    """One caution with what it speaks of."""
    place = sight.posting.posting.place
    if code == "CAUTION_PAY_BY":
        return Phrase(*_converted(sight.posting.facts.wage))
    if code == "CAUTION_DISTANCE":
        return Phrase(code, {"place": place.name or place.text})
    return Phrase(code, {"place": place.text}) if code == "CAUTION_PLACE_UNKNOWN" else _plain(code)


@cache
def _plain(code: str) -> Phrase:
    """A caution that speaks of nothing but itself."""
    return Phrase(code, {})


def _limits_to_ask(bits: int, vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """What to ask about needs on which the advert is silent."""
    lexicon = vocabulary.lexicon.constraints
    codes = [code for position, code in enumerate(limit_codes(vocabulary)) if bits >> position & 1 and code in lexicon]
    return tuple(_limit_to_ask(code) for code in codes)


def _limit_to_ask(code: str) -> Phrase:
    """What to ask about one need."""
    if code == "AGE_CONSTRUCTION":
        return Phrase("CAUTION_SITE_AGE", {})
    return Phrase("CAUTION_ASK_LIMIT", {"constraint": code})


def _converted(wage: Wage | None) -> tuple[str, dict[str, PhraseValue]]:
    """By which assumption pay was brought to a month: DAYS_26, HOURS_8_DAYS_26, MONTHS_12."""
    words = wage.assumption.split("_") if wage else []
    numbers: dict[str, PhraseValue] = {
        name.lower(): float(number) for name, number in zip(words[::2], words[1::2], strict=False)
    }
    return "CAUTION_PAY_BY_" + ("HOUR" if "hours" in numbers else "DAY" if "days" in numbers else "YEAR"), numbers


def _schooling_open(sight: Sight) -> bool:
    """Whether schooling is asked for and the person's is not known."""
    asked = sight.posting.facts.education.value
    return asked is not None and asked > 0 and sight.worker.facts.education.value is None


def exclusions_for(pairs: Pairs, at: int) -> tuple[Exclusion, ...]:
    """Every hard limit one pair breaks, with its basis; empty where the posting is suitable."""
    found: list[Exclusion] = []
    one = Pairs(
        pairs.w, pairs.p, pairs.places, pairs.vocabulary, pairs.policy, pairs.wi[at : at + 1], pairs.pi[at : at + 1]
    )
    for limit in LIMITS:
        if not bool(limit.breaks(one)[0]):
            continue
        if limit.code == "CONSTRAINT":
            found += _broken_constraints(one, limit.basis)
        else:
            code = "FAR_TOWNSHIP" if limit.code == "REACH" and _only_assumed(one) else limit.code
            found.append(Exclusion(f"EXCLUDED_{code}", limit.basis, _exclusion_args(one, code)))
    return tuple(found)


def _only_assumed(one: Pairs) -> bool:
    """Whether the way is that between two townships nobody has coordinates of: no kilometres are told then."""
    return bool(one.same_county[0] & ~one.exact[0])


def _broken_constraints(one: Pairs, basis: str) -> list[Exclusion]:
    """One exclusion for every need the posting goes against."""
    codes = limit_codes(one.vocabulary)
    common = int(one.w.bits[one.wi[0]]) & int(one.p.hard[one.pi[0]])
    broken = [code for position, code in enumerate(codes) if common >> position & 1]
    lexicon = one.vocabulary.lexicon.constraints
    stated: dict[str, tuple[Evidence, ...]] = {
        item.code: item.evidence for item in one.w.rows[int(one.wi[0])].facts.constraints
    }
    return [
        Exclusion("EXCLUDED_CONSTRAINT", basis, {"constraint": code}, stated.get(code, ()))
        if code in lexicon
        else Exclusion(f"EXCLUDED_{code}", basis)
        for code in broken
    ]


def _exclusion_args(one: Pairs, code: str) -> dict[str, PhraseValue]:
    """The numbers and codes an exclusion speaks of."""
    posting = one.p.rows[int(one.pi[0])]
    facts = posting.facts
    if code == "AGE":
        return {"low": facts.age.low if facts.age else None, "high": facts.age.high if facts.age else None}
    if code == "CERTIFICATE":
        return {"certificate": " ".join(papers_of(lacking_papers(one)[0].tolist(), one.vocabulary))}
    if code in {"REFUSED", "UNRELATED", "ABILITY"}:
        return {"occupation": facts.occupation}
    if code == "FAR_TOWNSHIP":
        return {"place": posting.posting.place.name}
    if code in {"REACH", "NEARER"}:
        km = float(one.road_km[0])
        return {"km": None if np.isnan(km) else round(km, 1), "place": posting.posting.place.name}
    return {}


def lacking_papers(pairs: Pairs) -> npt.NDArray[np.uint64]:
    """Required papers that people do not hold, of a choice the first, as bits; shape (pairs, words)."""
    held = pairs.w.licences[pairs.wi]
    choice = pairs.p.either[pairs.pi]
    open_choice = ((choice & held) == 0).all(axis=1, keepdims=True)
    first = choice & (~choice + np.uint64(1))
    first[:, 1:] = np.where((choice[:, :1] != 0), np.uint64(0), first[:, 1:])
    return np.asarray(
        (pairs.p.required[pairs.pi] & ~held) | np.where(open_choice, first, np.uint64(0)), dtype=np.uint64
    )


def papers_of(words: Sequence[int], vocabulary: Vocabulary) -> list[str]:
    """The codes of papers given as bits."""
    return [code for at, code in enumerate(vocabulary.licences) if words[at // WORD] >> at % WORD & 1]


def lone_papers(pairs: Pairs) -> npt.NDArray[np.int64]:
    """Where exactly one required paper is lacking, its place among the licences, else -1; shape (pairs,)."""
    words = lacking_papers(pairs)
    bits = np.bitwise_count(words)
    word = np.argmax(bits, axis=1)
    lone = np.take_along_axis(words, word[:, None], axis=1)[:, 0]
    place = word * WORD + np.log2(np.maximum(lone, 1).astype(np.float64)).astype(np.int64)
    return np.where(bits.sum(axis=1) == 1, place, -1)
