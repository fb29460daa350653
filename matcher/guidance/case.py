"""Everything a session can speak of, and the facts it is made of.

In: the person, the plan so far. Out: `Situation`, with the questions every part of the guidance asks of it:
what was done, which hours are free, which papers hold, what goes before the first posting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from matcher.columns.workers import age_on
from matcher.domain.facts import Evidence, Phrase, PhraseValue
from matcher.domain.match import Match
from matcher.domain.plan import Shortfall, Track, TrainingChoice
from matcher.domain.worker import Constraint, Experience, Sex, SkillHeld, Transport, Worker, WorkerFacts
from matcher.guidance.care import Duty, duty_of, free_hours, limit_of
from matcher.guidance.quoting import OwnWords
from matcher.policy import PolicyAt
from matcher.reference.lexicon import Lexicon

PAPER_KINDS = frozenset({"certificate", "licence"})
UNSPOKEN = frozenset({"NO_SECURITY", "NO_LICENSED"})
"""Limits that are kept and never named: naming them would tell why."""
BY_FUNCTION = frozenset({"SUPERVISED", "STEP_FREE_ACCESS"})
NEARBY = 14
"""Characters within which two words speak of the same paper."""
Args = dict[str, PhraseValue]
SOFT_NEEDS = frozenset({"NO_NIGHT", "NO_OVERTIME", "SUPERVISED", "NO_PHONE"})
"""Needs of the rota or of how one talks and learns, for which nobody asks a doctor."""


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
    own: OwnWords = field(init=False)
    needs: str = field(init=False)
    """What work has to leave out or allow, as codes whose names tell no cause, apart by spaces."""
    work: tuple[Experience, ...] = field(init=False)
    """Work that still counts: what fits first, then what the postings ask for, then the longest."""
    duty: Duty | None = field(init=False)
    """What binds the person to the home."""
    hours: Phrase | None = field(init=False)
    """The hours that are left for work."""

    def __post_init__(self) -> None:
        own = OwnWords(self.worker, self.facts)
        object.__setattr__(self, "own", own)
        object.__setattr__(self, "needs", _needs_of(self.facts))
        object.__setattr__(self, "work", _work_done(self))
        object.__setattr__(self, "hours", free_hours(self.facts))
        object.__setattr__(self, "duty", duty_of(self.worker, self.facts, own, self.hours))

    @property
    def on(self) -> date:
        """The day of the plan."""
        return self.policy.on

    @property
    def first(self) -> Match | None:
        """The posting to go to first."""
        return self.matches[0] if self.matches else None

    @property
    def place(self) -> str:
        """Where the person lives, as people there say it."""
        return self.worker.village or self.worker.home.name or self.worker.home.text

    @property
    def goal(self) -> str:
        """What the talk is about: the first posting, else the work wished for in the person's words, else ""."""
        return self.first.posting.title if self.first else self.wish_words

    @property
    def wish_words(self) -> str:
        """The work wished for, as written."""
        cell = self.own.cell("意向工种")
        return cell or self.own.of(item for term in self.facts.wished for item in term.evidence)

    @property
    def place_words(self) -> str:
        """Where work should be, as written."""
        return self.own.cell("意向地区")

    @property
    def is_minor(self) -> bool:
        """Whether the person is not of age yet."""
        return age_on(self.facts.birth_date.value, self.on) < self.policy.number("entitlement.age_adult")

    @property
    def past_site_age(self) -> bool:
        """Whether building sites may refuse the person by the age table in force."""
        group = "male" if self.facts.sex.value is Sex.MALE else "female"
        return age_on(self.facts.birth_date.value, self.on) >= self.policy.number(f"limits.construction_age_{group}")

    def said(self, code: str) -> str:
        """The person's own words for a situation."""
        term = self.facts.situation(code)
        return self.own.of(term.evidence) if term else ""

    def is_so(self, *codes: str) -> bool:
        """Whether the remarks state one of these situations."""
        return any(self.facts.situation(code) is not None for code in codes)

    def limit(self, *codes: str) -> Constraint | None:
        """The first constraint of these codes."""
        return limit_of(self.facts, *codes)

    def with_goal(self, **args: PhraseValue) -> Args:
        """Arguments with the goal put in."""
        return {"goal": self.goal, **args}


def _work_done(case: Situation) -> tuple[Experience, ...]:
    """Work that still counts, each kind once with its longest time."""
    wanted = {*case.occupations, *(told_by(case.first) if case.first else ())}
    found: dict[str, Experience] = {}
    for item in case.facts.experience:
        known = found.get(item.occupation)
        if item.current and (known is None or (item.years or 0) > (known.years or 0)):
            found[item.occupation] = item
    first = case.occupations[0] if case.occupations else ""
    ranked = sorted(
        found.values(),
        key=lambda item: (
            goes_against(case, item.occupation),
            item.occupation != first,
            item.occupation not in wanted,
            -(item.years or 0),
            item.occupation,
        ),
    )
    return tuple(ranked)


def told_by(match: Match) -> Iterator[str]:
    """The work a posting's scorecard rests on."""
    for item in match.reasons:
        if item.code.startswith("EXPERIENCE_"):
            yield str(item.args.get("done") or "")


def years_said(years: float | None) -> float | None:
    """Years as they are said: whole, halves only below three, weeks and months not at all."""
    return None if not years or years < 0.5 else years if years < 3 else float(round(years))


def papers_held(case: Situation) -> list[SkillHeld]:
    """Papers in force, those with a date first."""
    papers = [item for item in case.facts.skills if _kind(case, item.skill) in PAPER_KINDS]
    lost = {item.skill for item in papers_lost(case)}
    valid = [item for item in papers if item.valid_to is None or item.valid_to >= case.on]
    valid = [item for item in valid if item.skill not in lost]
    return sorted(valid, key=lambda item: item.valid_to is None)


def papers_lost(case: Situation) -> list[SkillHeld]:
    """Papers the remarks speak of as lost: named in the words that tell the loss, or just before them."""
    term = case.facts.situation("PAPER_LOST")
    told = [(item.field, item.start) for item in term.evidence if item.start is not None] if term else []
    papers = [item for item in case.facts.skills if _kind(case, item.skill) in PAPER_KINDS]
    return [item for item in papers if any(_beside(found, told) for found in item.evidence)]


def _beside(found: Evidence, told: list[tuple[str, int]]) -> bool:
    """Whether words stand within a clause's length of a place."""
    return any(
        found.field == label and found.start is not None and abs(found.start - start) <= NEARBY for label, start in told
    )


def papers_expired(case: Situation) -> list[SkillHeld]:
    """Papers that have run out, unless the same paper is also held in force."""
    valid = {item.skill for item in case.facts.skills if item.valid_to is None or item.valid_to >= case.on}
    return [item for item in case.facts.skills if item.skill not in valid and item.valid_to is not None]


def plain_skills(case: Situation) -> list[SkillHeld]:
    """Skills that are no papers and no languages."""
    return [item for item in case.facts.skills if _kind(case, item.skill) == "skill"]


def _lived_by(case: Situation) -> set[str]:
    """The skills the first posting's work lives by."""
    entry = case.lexicon.occupations.get(case.occupations[0]) if case.occupations else None
    return {skill for skill, _ in entry.skills} if entry else set()


def fitting_skills(case: Situation) -> list[SkillHeld]:
    """Plain skills, those the first posting's work lives by before the rest, none of work that has to be left."""
    asked = _lived_by(case)
    left = {
        work.family
        for item in case.facts.experience
        if goes_against(case, item.occupation) and (work := case.lexicon.occupations.get(item.occupation))
    }
    held = [item for item in plain_skills(case) if case.lexicon.skills[item.skill].family not in left]
    return sorted(held, key=lambda item: item.skill not in asked)


def asked_skills(case: Situation) -> list[SkillHeld]:
    """Skills the first posting's work lives by."""
    asked = _lived_by(case)
    return [item for item in plain_skills(case) if item.skill in asked]


def _kind(case: Situation, code: str) -> str:
    """The kind of a skill, "" for an unknown one."""
    entry = case.lexicon.skills.get(code)
    return entry.kind if entry else ""


def _needs_of(facts: WorkerFacts) -> str:
    """The needs of a person."""
    found = [
        item.code
        for item in facts.constraints
        if (item.code.startswith("NO_") and item.code not in UNSPOKEN) or item.code in BY_FUNCTION
    ]
    if limit_of(facts, "LACTATION", "PREGNANT"):
        found.append("NO_NIGHT")
    if limit_of(facts, "PREGNANT"):
        found.append("NO_HEAVY")
    return " ".join(dict.fromkeys(found))


def goes_against(case: Situation, occupation: str) -> bool:
    """Whether a kind of work usually breaks one of the person's needs."""
    work = case.lexicon.occupations.get(occupation)
    hard = [code for code in case.needs.split() if code not in SOFT_NEEDS]
    limits = [case.lexicon.constraints[code] for code in hard if code in case.lexicon.constraints]
    if work is None:
        return False
    return any(
        limit.excludes_hazards & work.hazards or (limit.max_load is not None and work.load > limit.max_load)
        for limit in limits
    )


def ride(case: Situation) -> Transport | None:
    """The means of travel that brings one somewhere."""
    found = case.facts.transport.value or case.worker.transport
    return found if found in {Transport.CAR, Transport.MOTORBIKE, Transport.EBIKE} else None


def named(match: Match) -> Args:
    """A posting by name."""
    return {"employer": match.posting.employer, "title": match.posting.title, "place": match.posting.place}


def lowest_pay(match: Match) -> float | None:
    """What a posting pays at least, yuan a month."""
    args = match.posting.wage.args or {}
    low = args.get("low")
    high = args.get("high")
    found = low if low is not None else high
    return float(found) if isinstance(found, (int, float)) else None


def carries(match: Match | None, *codes: str) -> bool:
    """Whether a posting's sheet has a reason or caution of one of these codes."""
    if match is None:
        return False
    return any(item.code in codes for item in match.reasons) or any(item.code in codes for item in match.cautions)
