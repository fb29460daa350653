"""What one guidance session says to this person and to nobody else.

In: the person, the plan so far, and the start of the session. Out: strengths proved by the person's own words,
the real obstacles with who does what by when, dated steps, what to avoid. Everything as codes and arguments;
a sentence that would fit anybody is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from matcher.columns.workers import age_on
from matcher.domain.facts import Evidence, Phrase, PhraseValue
from matcher.domain.match import Match
from matcher.domain.plan import Shortfall, Track, TrainingChoice
from matcher.domain.worker import Education, SkillHeld, Transport, Worker, WorkerFacts
from matcher.policy import PolicyAt
from matcher.reference.lexicon import Lexicon
from matcher.reference.tables import read_table

CARE_CODES = ("HOURS", "MIDDAY_HOME", "DAY_RETURN", "PART_TIME", "AT_HOME", "MAX_KM")
MOST_OBSTACLES = 3
SHORTEST = 2
"""“是” and “否” in a column are no words of a person's own."""
LONG = 18
"""Characters of a person's own words that are quoted at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything a session can speak of."""

    worker: Worker
    facts: WorkerFacts
    policy: PolicyAt
    lexicon: Lexicon
    track: Track
    matches: tuple[Match, ...]
    occupations: tuple[str, ...]
    """Occupation codes of the matches, in their order."""
    training: TrainingChoice | None
    shortfall: Shortfall
    missing_paper: str
    """The paper that keeps the most postings away, "" where none does."""
    kept_away: int
    local_pay: float | None
    """Median pay of the first choice's kind of work, yuan a month."""

    @property
    def first(self) -> Match | None:
        """The posting to go to first."""
        return self.matches[0] if self.matches else None


@dataclass(frozen=True, slots=True)
class Tactic:
    """A row of the obstacle catalogue."""

    step: str
    who: str
    days: int


@lru_cache(maxsize=1)
def tactics() -> dict[str, Tactic]:
    """The obstacle catalogue by code."""
    return {row["code"]: Tactic(row["step"], row["who"], int(row["days"])) for row in read_table("obstacles")}


def quote(evidence: Iterable[Evidence]) -> str:
    """The person's own words, short; "" where there are none that may be shown."""
    words = next((item.words for item in evidence if len(item.words) >= SHORTEST and not item.private), "")
    return words if len(words) <= LONG else words[:LONG] + "…"


def strengths(case: Situation) -> tuple[Phrase, ...]:
    """Two strengths, each proved by a fact, the most useful for the first choice before the rest."""
    wanted = set(case.occupations)
    done = sorted(
        (item for item in case.facts.experience if item.current),
        key=lambda item: (item.occupation not in wanted, -(item.years or 0), item.occupation),
    )
    found: list[Phrase] = []
    for item in done[:1]:
        code = "STRENGTH_YEARS" if item.years else "STRENGTH_DONE"
        found.append(_told(code, item.evidence, {"done": item.occupation, "years": item.years}))
    found += [_paper(held) for held in _valid_papers(case)[:1]]
    for held in [item for item in case.facts.skills if _is_plain_skill(item, case)][:2]:
        found.append(_told("STRENGTH_SKILL", held.evidence, {"skill": held.skill}))
    found += _general_strengths(case)
    return tuple(found[:2])


def _told(code: str, evidence: tuple[Evidence, ...], args: dict[str, PhraseValue]) -> Phrase:
    """A phrase that quotes the person where there are words to quote."""
    words = quote(evidence)
    return Phrase(f"{code}_QUOTED" if words else code, {**args, "words": words}, evidence or (Evidence("技能特长"),))


def _valid_papers(case: Situation) -> list[SkillHeld]:
    """Papers in force, those with a date last."""
    skills, on = case.lexicon.skills, case.policy.on
    kinds = {"certificate", "licence"}
    papers = [item for item in case.facts.skills if item.skill in skills and skills[item.skill].kind in kinds]
    return [item for item in papers if item.valid_to is None or item.valid_to >= on]


def _paper(held: SkillHeld) -> Phrase:
    """A paper in force."""
    if held.valid_to is None:
        return _told("STRENGTH_PAPER", held.evidence, {"certificate": held.skill})
    args: dict[str, PhraseValue] = {"certificate": held.skill, "valid_until": held.valid_to.isoformat()}
    return Phrase("STRENGTH_PAPER_UNTIL", args, held.evidence)


def _is_plain_skill(held: SkillHeld, case: Situation) -> bool:
    """Whether something held is a skill rather than a paper."""
    return held.skill in case.lexicon.skills and case.lexicon.skills[held.skill].kind == "skill"


def _general_strengths(case: Situation) -> list[Phrase]:
    """Strengths from fields, for people whose texts name no skill."""
    worker, facts = case.worker, case.facts
    title = case.first.posting.title if case.first else ""
    found = []
    if facts.education.value is not None and facts.education.value >= Education.SENIOR:
        args: dict[str, PhraseValue] = {"education": facts.education.value.name, "title": title}
        found.append(
            Phrase("STRENGTH_EDUCATION" if title else "STRENGTH_EDUCATION_PLAIN", args, facts.education.evidence)
        )
    if facts.willing_to_move.value:
        words = quote(facts.willing_to_move.evidence)
        code = "STRENGTH_MOVES" if words and title else "STRENGTH_MOVES_PLAIN"
        args = {"words": words, "title": title, "place": worker.home.name}
        found.append(Phrase(code, args, facts.willing_to_move.evidence))
    transport = facts.transport.value or worker.transport
    if transport in {Transport.CAR, Transport.MOTORBIKE, Transport.EBIKE} and case.first:
        vehicle: dict[str, PhraseValue] = {"transport": transport.value, "place": case.first.posting.place}
        found.append(Phrase("STRENGTH_TRANSPORT", vehicle, (Evidence("交通方式", transport.value),)))
    age = age_on(facts.birth_date.value, case.policy.on)
    if case.first and age < 45:
        found.append(Phrase("STRENGTH_AGE", {"title": case.first.posting.title}, facts.birth_date.evidence))
    return found


Obstacle = Callable[[Situation], Phrase | None]


def _situation(code: str) -> Obstacle:
    """An obstacle the remarks state outright."""

    def found(case: Situation) -> Phrase | None:
        term = case.facts.situation(code)
        if term is None:
            return None
        words = quote(term.evidence)
        return Phrase(f"OBSTACLE_{code}" + ("_QUOTED" if words else ""), {"words": words}, term.evidence)

    return found


def _care(case: Situation) -> Phrase | None:
    """Somebody at home needs the person at certain hours."""
    if not case.worker.care_text and not any(item.code in {"HOURS", "MIDDAY_HOME"} for item in case.facts.constraints):
        return None
    limits = [item for item in case.facts.constraints if item.code in CARE_CODES]
    if not limits:
        return None
    names = " ".join(dict.fromkeys(item.code for item in limits))
    if case.first is None:
        return Phrase("OBSTACLE_CARE_PLAIN", {"constraint": names, "place": case.worker.village}, limits[0].evidence)
    return Phrase("OBSTACLE_CARE", {**_named(case.first), "constraint": names}, limits[0].evidence)


def _paper_expired(case: Situation) -> Phrase | None:
    """A paper held has run out."""
    for item in case.facts.skills:
        if item.valid_to is not None and item.valid_to < case.policy.on:
            args: dict[str, PhraseValue] = {"certificate": item.skill, "valid_until": item.valid_to.isoformat()}
            return Phrase("OBSTACLE_PAPER_EXPIRED", args, item.evidence)
    return None


def _paper_missing(case: Situation) -> Phrase | None:
    """A paper keeps wished work away."""
    if not case.missing_paper or case.kept_away < 1:
        return None
    return Phrase("OBSTACLE_PAPER_MISSING", {"certificate": case.missing_paper, "count": case.kept_away})


def _limits(case: Situation) -> Phrase | None:
    """Work has to leave something out; the cause is never said."""
    shown = [item for item in case.facts.constraints if item.code.startswith("NO_") or item.code in {"SUPERVISED"}]
    shown = [item for item in shown if item.code not in {"NO_SECURITY", "NO_LICENSED"}]
    if not shown:
        return None
    names = " ".join(dict.fromkeys(item.code for item in shown))
    title = case.first.posting.title if case.first else ""
    return Phrase("OBSTACLE_LIMITS" if title else "OBSTACLE_LIMITS_PLAIN", {"constraint": names, "title": title})


def _expectation(case: Situation) -> Phrase | None:
    """The wished pay is well above what such work pays."""
    wish = case.facts.wage_wish
    if wish is None or case.local_pay is None or not case.first or wish.yuan_per_month <= 1.2 * case.local_pay:
        return None
    args: dict[str, PhraseValue] = {
        "wish": wish.yuan_per_month,
        "local": case.local_pay,
        "occupation": case.occupations[0],
    }
    return Phrase("OBSTACLE_EXPECTATION", args, wish.evidence)


def _season(case: Situation) -> Phrase | None:
    """Farm or herd calls in some months."""
    found = next((item for item in case.facts.constraints if item.code == "SEASONAL" and len(item.values) == 2), None)
    if found is None:
        return None
    args: dict[str, PhraseValue] = {"first": found.values[0], "last": found.values[1], "words": quote(found.evidence)}
    return Phrase("OBSTACLE_SEASON", args, found.evidence)


def _mongolian(case: Situation) -> Phrase | None:
    """Mongolian comes first."""
    fact = case.facts.mongolian_first
    if not fact.value:
        return None
    title = case.first.posting.title if case.first else ""
    return Phrase("OBSTACLE_MONGOLIAN_FIRST" if title else "OBSTACLE_MONGOLIAN_PLAIN", {"title": title}, fact.evidence)


def _couple(case: Situation) -> Phrase | None:
    """Two want to go together."""
    found = next((item for item in case.facts.constraints if item.code == "COUPLE_POST"), None)
    return Phrase("OBSTACLE_COUPLE", {"words": quote(found.evidence)}, found.evidence) if found else None


def _age_limit(case: Situation) -> Phrase | None:
    """The first choice's age limit is near."""
    reason = next((item for item in (case.first.reasons if case.first else ()) if item.code == "AGE_NEAR_LIMIT"), None)
    if reason is None or case.first is None:
        return None
    args: dict[str, PhraseValue] = {**reason.args, "title": case.first.posting.title}
    return Phrase("OBSTACLE_AGE_LIMIT", args, reason.evidence)


def _few_near(case: Situation) -> Phrase | None:
    """Fewer than three suitable postings exist."""
    if not case.shortfall.missing:
        return None
    best = max(case.shortfall.relaxations, key=lambda item: item.postings, default=None)
    place = case.worker.village or case.worker.home.name
    if best is None:
        return Phrase("OBSTACLE_FEW_NEAR", {"place": place, "missing": case.shortfall.missing})
    return Phrase(
        "OBSTACLE_FEW_NEAR_OPTION", {"place": place, "missing": case.shortfall.missing, "count": best.postings}
    )


def _no_experience(case: Situation) -> Phrase | None:
    """New to the first choice's work."""
    if any(item.current for item in case.facts.experience) or not case.first or not case.occupations[0]:
        return None
    return Phrase(
        "OBSTACLE_NO_EXPERIENCE", {"occupation": case.occupations[0], "employer": case.first.posting.employer}
    )


def _of_first(case: Situation, code: str) -> Match | None:
    """The first choice, if its sheet carries a reason or caution of this code."""
    first = case.first
    if first is None:
        return None
    codes = {item.code for item in first.reasons} | {item.code for item in first.cautions}
    return first if code in codes else None


def _health_paper(case: Situation) -> Phrase | None:
    """The first choice needs a health certificate."""
    first = _of_first(case, "CAUTION_HEALTH_PAPER")
    return Phrase("OBSTACLE_HEALTH_PAPER", _named(first)) if first else None


def _pay_below(case: Situation) -> Phrase | None:
    """The first choice pays less than was wished."""
    first = _of_first(case, "PAY_BELOW_WISH")
    if first is None:
        return None
    reason = next(item for item in first.reasons if item.code == "PAY_BELOW_WISH")
    return Phrase("OBSTACLE_PAY_BELOW", {**_named(first), **reason.args}, reason.evidence)


def _away(case: Situation) -> Phrase | None:
    """The first choice means living away from home."""
    first = _of_first(case, "PLACE_AWAY") or _of_first(case, "PLACE_FAR")
    return Phrase("OBSTACLE_AWAY_FROM_HOME", {**_named(first), "km": first.distance_km}) if first else None


def _way_unknown(case: Situation) -> Phrase | None:
    """How the first choice is reached every day is not known."""
    first = _of_first(case, "CAUTION_DISTANCE")
    return Phrase("OBSTACLE_WAY_UNKNOWN", _named(first)) if first else None


def _named(match: Match) -> dict[str, PhraseValue]:
    """A posting by name."""
    return {"employer": match.posting.employer, "title": match.posting.title, "place": match.posting.place}


CATALOGUE: tuple[tuple[str, Obstacle], ...] = (
    ("WAGE_ARREARS", _situation("WAGE_ARREARS")),
    ("FRAUD_RISK", _situation("FRAUD_RISK")),
    ("CARE", _care),
    ("PAPER_EXPIRED", _paper_expired),
    ("PAPER_MISSING", _paper_missing),
    ("LIMITS", _limits),
    ("MONGOLIAN_FIRST", _mongolian),
    ("LOW_LITERACY", _situation("LOW_LITERACY")),
    ("AFRAID_TO_LEAVE", _situation("AFRAID_TO_LEAVE")),
    ("TRAINED_UNUSED", _situation("TRAINED_UNUSED")),
    ("DROPPED_OUT", _situation("DROPPED_OUT")),
    ("WANTS_BUSINESS", _situation("WANTS_BUSINESS")),
    ("NEAR_PENSION", _situation("NEAR_PENSION")),
    ("COUPLE", _couple),
    ("SEASON", _season),
    ("EXPECTATION", _expectation),
    ("FEW_NEAR", _few_near),
    ("AGE_LIMIT", _age_limit),
    ("JUST_LOST_JOB", _situation("JUST_LOST_JOB")),
    ("NO_EXPERIENCE", _no_experience),
    ("HEALTH_PAPER", _health_paper),
    ("PAY_BELOW", _pay_below),
    ("AWAY_FROM_HOME", _away),
    ("WAY_UNKNOWN", _way_unknown),
)
"""In the order of how much they stand in the way."""


def obstacles(case: Situation) -> list[tuple[str, Phrase]]:
    """The real obstacles, at most three."""
    found = [(code, phrase) for code, test in CATALOGUE if (phrase := test(case)) is not None]
    return found[:MOST_OBSTACLES]
