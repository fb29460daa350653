"""Why: the reasons of a match in order of effect, its cautions, and why not.

In: one pair with its exact scores. Out: Reasons that sum to their part, cautions to ask about, Exclusions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.columns import Pairs
from matcher.columns.traits import limit_codes
from matcher.domain.facts import Evidence, Phrase, PhraseValue
from matcher.domain.match import Exclusion, Part, Reason
from matcher.domain.posting import Shift, Wage
from matcher.features import FEATURES, Sight
from matcher.filters import LIMITS
from matcher.scoring import Scorecard, Scores

SMALLEST = 1e-12


def sight_of(pairs: Pairs, at: int) -> Sight:
    """One pair of a list, seen whole."""
    person, posting = int(pairs.wi[at]), int(pairs.pi[at])
    home, place = int(pairs.w.home[person]), int(pairs.p.place[posting])
    km, minutes, age = float(pairs.road_km[at]), float(pairs.minutes[at]), float(pairs.w.age[person])
    sure = bool(pairs.exact[at]) or not bool(pairs.same_county[at])
    return Sight(
        worker=pairs.w.rows[person],
        posting=pairs.p.rows[posting],
        vocabulary=pairs.vocabulary,
        km=round(km, 1) if sure and not np.isnan(km) else None,
        minutes=round(minutes) if sure and not np.isnan(minutes) else None,
        within_day=bool(pairs.within_day[at]),
        same_township=bool(pairs.places.same_township[home, place]),
        same_county=bool(pairs.places.same_county[home, place]),
        age=None if np.isnan(age) else age,
        cover=float(pairs.skill_cover[at]),
    )


def reasons_for(sight: Sight, scores: Scores, at: int, card: Scorecard) -> tuple[Reason, ...]:
    """The lines of both scorecards, strongest first; with each part's BASE they sum to the part."""
    lines = []
    for feature in FEATURES:
        effect = float(scores.effects[feature.name][at])
        if abs(effect) > SMALLEST:
            sight.value = float(scores.values[feature.name][at])
            finding = feature.describe(sight)
            lines.append(Reason(finding.code, feature.part, effect, finding.args, finding.evidence))
    lines.sort(key=lambda reason: (-abs(reason.effect), reason.code))
    bases = tuple(Reason("BASE", part, card.base[part]) for part in Part)
    return (*lines, *bases)


def cautions_for(sight: Sight, pairs: Pairs, at: int) -> tuple[Phrase, ...]:
    """What is not known and has to be asked before anybody sets out."""
    posting, facts = sight.posting.posting, sight.posting.facts
    place = posting.place.name or posting.place.text
    found: list[tuple[bool, str, dict[str, PhraseValue]]] = [
        (facts.wage is None or (facts.wage.low is None and facts.wage.high is None), "CAUTION_PAY_UNKNOWN", {}),
        (bool(facts.wage and facts.wage.assumption), *_converted(facts.wage)),
        (pairs.policy.minimum_wage(posting.place.code) is None, "CAUTION_MINIMUM_WAGE", {}),
        (bool(pairs.distance_unsure[at]) and not sight.within_day, "CAUTION_DISTANCE", {"place": place}),
        (not posting.place.known, "CAUTION_PLACE_UNKNOWN", {"place": posting.place.text}),
        (facts.shift.value is None, "CAUTION_SHIFT_UNKNOWN", {}),
        (facts.shift.value in {Shift.NIGHT, Shift.ROTATING}, "CAUTION_NIGHT", {}),
        (not sight.within_day and facts.lodging.value is None, "CAUTION_LODGING", {}),
        (facts.age is not None and sight.age is None, "CAUTION_AGE_UNKNOWN", {}),
        (sight.worker.facts.birth_estimated and facts.age is not None, "CAUTION_AGE_ESTIMATED", {}),
        (_schooling_open(sight), "CAUTION_EDUCATION", {}),
        (facts.sex_asked.value is not None, "CAUTION_SEX_ASKED", {}),
        (facts.ethnic_asked.value is not None, "CAUTION_ETHNIC_ASKED", {}),
        (facts.several_jobs or posting.several_jobs, "CAUTION_SEVERAL_JOBS", {}),
        (not posting.verified_by and posting.verified_on is None, "CAUTION_NOT_VERIFIED", {}),
        (_health_paper_missing(sight), "CAUTION_HEALTH_PAPER", {}),
        (posting.openings is None, "CAUTION_OPENINGS", {}),
    ]
    cautions = [Phrase(code, args) for holds, code, args in found if holds]
    asked = _asked_limits(pairs, at)
    return (*(_limit_to_ask(code) for code in asked), *cautions)


def _limit_to_ask(code: str) -> Phrase:
    """What to ask about a need on which the advert is silent."""
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


def _health_paper_missing(sight: Sight) -> bool:
    """Whether the work needs a health certificate that is not held."""
    occupation = sight.vocabulary.lexicon.occupations.get(sight.posting.facts.occupation)
    if occupation is None or not occupation.health_certificate:
        return False
    skills = sight.vocabulary.lexicon.skills
    held = {item.skill for item in sight.worker.facts.skills if item.skill in skills}
    return not any(skills[code].kind == "health_certificate" for code in held)


def _asked_limits(pairs: Pairs, at: int) -> list[str]:
    """Constraint codes of the person on which the posting is silent."""
    codes = limit_codes(pairs.vocabulary)
    common = int(pairs.w.bits[pairs.wi[at]]) & int(pairs.p.ask[pairs.pi[at]])
    if bool(pairs.within_day[at]):
        common &= ~(1 << codes.index("NEED_LODGING"))
    lexicon = pairs.vocabulary.lexicon.constraints
    return [code for position, code in enumerate(codes) if common >> position & 1 and code in lexicon]


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
            found.append(Exclusion(f"EXCLUDED_{limit.code}", limit.basis, _exclusion_args(one, limit.code)))
    return tuple(found)


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
        return {"certificate": " ".join(missing_papers(one, 0))}
    if code in {"REFUSED", "UNRELATED", "ABILITY"}:
        return {"occupation": facts.occupation}
    if code == "REACH":
        km = float(one.road_km[0])
        return {"km": None if np.isnan(km) else round(km, 1), "place": posting.posting.place.name}
    return {}


def missing_papers(pairs: Pairs, at: int) -> Sequence[str]:
    """Required papers the person of a pair does not hold."""
    vocabulary = pairs.vocabulary
    missing = [
        int(pairs.p.required[pairs.pi[at], word]) & ~int(pairs.w.licences[pairs.wi[at], word])
        for word in range(vocabulary.words)
    ]
    from_word = len(vocabulary.licences) and 63
    return [
        code
        for number, code in enumerate(vocabulary.licences)
        if missing[number // from_word] >> number % from_word & 1
    ]
