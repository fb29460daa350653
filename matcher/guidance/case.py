"""Everything a session can speak of, and the facts it is made of.

In: the person, the plan so far. Out: `Situation`, with the questions every part of the guidance asks of it:
what was done, which hours are free, which papers hold, what goes before the first posting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.columns.workers import age_on
from matcher.domain.facts import Evidence, LinkedTerm, Phrase, PhraseValue
from matcher.domain.match import Match
from matcher.domain.plan import Shortfall, Track, TrainingChoice
from matcher.domain.worker import Constraint, Experience, Sex, SkillHeld, Transport, Worker, WorkerFacts
from matcher.guidance.care import Duty, duty_of, free_hours, limit_of
from matcher.guidance.quoting import OwnWords
from matcher.policy import PolicyAt
from matcher.reference.lexicon import ConstraintCode, Lexicon

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
    first: Match | None = field(init=False)
    """The posting to go to first."""
    sheets: tuple[frozenset[str], ...] = field(init=False)
    """Codes of the reasons and cautions of each of the matches."""
    situations: Mapping[str, LinkedTerm] = field(init=False)
    """What else the remarks say, by code."""
    wish_words: str = field(init=False)
    """The work wished for, as written."""
    goal: str = field(init=False)
    """What the talk is about: the first posting, else the work wished for in the person's words, else ""."""
    needs: str = field(init=False)
    """What work has to leave out or allow, as codes whose names tell no cause, apart by spaces."""
    hard_needs: tuple[ConstraintCode, ...] = field(init=False)
    """Those of the needs that keep one from kinds of work, as the lexicon describes them."""
    papers: tuple[SkillHeld, ...] = field(init=False)
    """Papers in force, those with a date first."""
    work: tuple[Experience, ...] = field(init=False)
    """Work that still counts: what fits first, then what the postings ask for, then the longest."""
    duty: Duty | None = field(init=False)
    """What binds the person to the home."""
    hours: Phrase | None = field(init=False)
    """The hours that are left for work."""

    def __post_init__(self) -> None:
        facts, first, own = self.facts, self.matches[0] if self.matches else None, OwnWords(self.worker, self.facts)
        wish = own.cell("意向工种") or own.of(item for term in facts.wished for item in term.evidence)
        needs, put = _needs_of(facts), object.__setattr__
        put(self, "own", own)
        put(self, "first", first)
        put(self, "sheets", tuple(map(_sheet, self.matches)))
        put(self, "situations", {term.code: term for term in reversed(facts.situations)})
        put(self, "wish_words", wish)
        put(self, "goal", first.posting.title if first else wish)
        put(self, "needs", needs)
        put(self, "hard_needs", tuple(_hard_needs(needs, self.lexicon)))
        put(self, "papers", tuple(_papers_held(self)))
        put(self, "work", _work_done(self))
        hours = free_hours(facts)
        put(self, "hours", hours)
        put(self, "duty", duty_of(self.worker, facts, own, hours))

    @property
    def on(self) -> date:
        """The day of the plan."""
        return self.policy.on

    @property
    def place(self) -> str:
        """Where the person lives, as people there say it."""
        return self.worker.village or self.worker.home.name or self.worker.home.text

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
        term = self.situations.get(code)
        return self.own.of(term.evidence) if term else ""

    def is_so(self, *codes: str) -> bool:
        """Whether the remarks state one of these situations."""
        return not self.situations.keys().isdisjoint(codes)

    def first_says(self, *codes: str) -> bool:
        """Whether the first posting's sheet has a reason or caution of one of these codes."""
        return bool(self.sheets) and not self.sheets[0].isdisjoint(codes)

    def limit(self, *codes: str) -> Constraint | None:
        """The first constraint of these codes."""
        return limit_of(self.facts, *codes)

    def with_goal(self, **args: PhraseValue) -> Args:
        """Arguments with the goal put in."""
        return {"goal": self.goal, **args}


def _work_done(case: Situation) -> tuple[Experience, ...]:
    """Work that still counts, each kind once with its longest time."""
    if not case.facts.experience:
        return ()
    wanted = {*case.occupations, *(told_by(case.first) if case.first else ())}
    found: dict[str, Experience] = {}
    for item in case.facts.experience:
        known = found.get(item.occupation)
        if item.current and (known is None or (item.years or 0) > (known.years or 0)):
            found[item.occupation] = item
    if len(found) < 2:
        return tuple(found.values())
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


def _papers_held(case: Situation) -> list[SkillHeld]:
    """Papers in force, those with a date first."""
    papers = [item for item in case.facts.skills if _kind(case, item.skill) in PAPER_KINDS]
    lost = {item.skill for item in papers_lost(case)}
    valid = [item for item in papers if item.valid_to is None or item.valid_to >= case.on]
    valid = [item for item in valid if item.skill not in lost]
    return sorted(valid, key=lambda item: item.valid_to is None)


def papers_lost(case: Situation) -> list[SkillHeld]:
    """Papers the remarks speak of as lost: named in the words that tell the loss, or just before them."""
    term = case.situations.get("PAPER_LOST")
    if term is None:
        return []
    told = [(item.field, item.start) for item in term.evidence if item.start is not None]
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
    if not case.facts.skills:
        return []
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


def _hard_needs(needs: str, lexicon: Lexicon) -> Iterator[ConstraintCode]:
    """Needs that keep one from kinds of work, as the lexicon describes them."""
    for code in needs.split():
        if code not in SOFT_NEEDS and code in lexicon.constraints:
            yield lexicon.constraints[code]


def goes_against(case: Situation, occupation: str) -> bool:
    """Whether a kind of work usually breaks one of the person's needs."""
    work = case.lexicon.occupations.get(occupation) if case.hard_needs else None
    if work is None:
        return False
    return any(
        limit.excludes_hazards & work.hazards or (limit.max_load is not None and work.load > limit.max_load)
        for limit in case.hard_needs
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


def _sheet(match: Match) -> frozenset[str]:
    """Codes of the reasons and cautions of a posting."""
    codes = {reason.code for reason in match.reasons}
    codes.update([caution.code for caution in match.cautions])
    return frozenset(codes)
