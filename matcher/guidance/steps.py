"""What is done, by whom, by when: at most six dated steps tied to the postings, the class and the obstacles.

In: the situation and the codes of what stands in the way. Out: `Step`s in the order of their days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from matcher.columns.vocabulary import SKILLED
from matcher.domain.facts import Phrase
from matcher.domain.match import Match
from matcher.domain.plan import Step, Track
from matcher.domain.worker import Education, HouseholdType, LabourSkill
from matcher.guidance.case import (
    SOFT_NEEDS,
    Args,
    Situation,
    named,
    papers_expired,
    papers_lost,
    plain_skills,
    years_said,
)
from matcher.reference.tables import read_table

SOON, LATER, LAST = 3, 14, 90
"""Days within which the three kinds of step fall due."""
MOST_STEPS, MOST_TACTICS, SHOWN_TACTICS = 6, 4, 3
RIGHTS = frozenset({"JUST_LOST_JOB", "WAGE_ARREARS", "HEALTH_PAPER", "INJURED"})
"""What somebody is owed or cannot start without is done even where other things stand more in the way."""
MOST_ASKS = 3
LONG_ENOUGH = 3
"""Years from which skilled work (occupations.csv, entry) can be certified."""
LODGING = "CAUTION_LODGING"
NOT_ASKED = frozenset({"AVAILABLE_FROM", "SEASONAL", "HALAL", "NEED_LODGING", "SUPERVISED"})
"""Limits that are told with their dates instead of asked by name."""
ASKS = (
    ("CAUTION_PAY_UNKNOWN", "QUERY_PAY"),
    ("CAUTION_SITE_AGE", "QUERY_AGE"),
    ("CAUTION_DISTANCE", "QUERY_WAY"),
    ("CAUTION_NIGHT", "QUERY_NIGHT"),
    (LODGING, "QUERY_LODGING"),
    ("CAUTION_SHIFT_UNKNOWN", "QUERY_SHIFT"),
    ("CAUTION_PAY_BY_DAY", "QUERY_DAYS"),
    ("CAUTION_PAY_BY_HOUR", "QUERY_DAYS"),
    ("CAUTION_OPENINGS", "QUERY_OPENINGS"),
)
"""What the advert leaves open, and how it is asked."""


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


def steps(case: Situation, met: Sequence[str]) -> tuple[Step, ...]:
    """Call the first choice, deal with what stands in the way, join the class, look back."""
    if case.track is Track.SCHOOL_RETURN:
        return _school_steps(case)
    found = [*_first_steps(case), *_tactic_steps(case, met), *_class_step(case), *_certify_step(case, met)]
    found += _public_post_step(case)
    kept = sorted(found[: MOST_STEPS - 1], key=lambda step: step.due)
    return (*kept, _look_back(case, met))


def _step(case: Situation, days: int, who: str, what: Phrase) -> Step:
    """A step due within so many days."""
    guide = case.worker.guide_name if who == "GUIDE" else None
    return Step(due=case.on + timedelta(days=days), who=_who(who, guide), what=what)


@lru_cache(maxsize=1024)
def _who(who: str, guide: str | None) -> Phrase:
    """Who does a step; `guide` is the guide's name, None where it is somebody else."""
    return Phrase(f"WHO_{who}", None if guide is None else {"guide": guide})


def _first_steps(case: Situation) -> list[Step]:
    """Within three days: the present employer where there is one, else the first posting, by telephone."""
    if case.track is Track.STABILISE:
        said = case.said("CONTRACT_ENDS") or case.said("ALREADY_WORKING") or case.said("PUBLIC_POST_HELD")
        return [_step(case, SOON, "WORKER", Phrase("STEP_KEEP", case.with_goal(said=said), parts=_tell(case)))]
    first = case.first
    if first is None:
        return []
    args = named(first)
    code = "STEP_CALL"
    if first.posting.phone:
        code, args = "STEP_CALL_PHONE", {**args, "phone": first.posting.phone}
    parts = (*_asks(case, first)[:MOST_ASKS], *_tell(case), *_otherwise(case))
    return [_step(case, SOON, "WORKER", Phrase(code, args, parts=parts))]


def _asks(case: Situation, match: Match) -> list[Phrase]:
    """What the advert leaves open, as questions; nobody who goes home at night asks for a bed."""
    asked = [ask for ask, wanted in _own_asks(case) if wanted]
    open_points = {item.code for item in match.cautions}
    if case.duty or "QUERY_BED" in asked:
        open_points.discard(LODGING)
    asked += [ask for caution, ask in ASKS if caution in open_points]
    limits = [item for item in match.cautions if item.code == "CAUTION_ASK_LIMIT"]
    limits = [item for item in limits if (item.args or {}).get("constraint") not in NOT_ASKED]
    return [*(Phrase("QUERY_LIMIT", item.args) for item in limits[:1]), *map(Phrase, dict.fromkeys(asked))]


def _own_asks(case: Situation) -> tuple[tuple[str, bool], ...]:
    """What the person's own conditions make worth asking."""
    lodging = case.first_says("LODGING_GIVEN")
    return (
        ("QUERY_HALAL", case.limit("HALAL") is not None),
        ("QUERY_BED", case.limit("NEED_LODGING") is not None and not lodging and not case.duty),
        ("QUERY_TEACHER", case.is_so("WANTS_TEACHER") or case.limit("SUPERVISED") is not None),
        ("QUERY_INSURANCE", case.is_so("WANTS_INSURANCE", "NEAR_PENSION") and not case.first_says("STEADY")),
    )


def _tell(case: Situation) -> tuple[Phrase, ...]:
    """What the person says of herself first: hours, needs, else work or papers."""
    hours, needs, since = case.hours, case.needs, case.limit("AVAILABLE_FROM")
    if since is not None and since.since is not None and since.since > case.on:
        return (Phrase("TELL_FROM", {"starts_on": since.since.isoformat()}),)
    if hours is not None and hours.code != "CLAUSE_DAY_RETURN":
        return (Phrase("TELL_HOURS", {}, parts=(hours,)),)
    if needs and needs != "SUPERVISED":
        return (Phrase("TELL_NEEDS", {"constraint": needs}),)
    done = case.work
    if done:
        return (Phrase("TELL_WORK", {"done": done[0].occupation, "for_years": years_said(done[0].years)}),)
    papers = case.papers
    if papers:
        return (Phrase("TELL_PAPER", {"certificate": papers[0].skill}),)
    skills = plain_skills(case)
    return (Phrase("TELL_SKILL", {"skill": skills[0].skill}),) if skills else ()


def _otherwise(case: Situation) -> tuple[Phrase, ...]:
    """Where to turn next, and how the answer comes back."""
    others = case.matches[1:]
    parts = [Phrase("CLAUSE_NEXT", {"title": other.posting.title}) for other in others[:1] if _differs(case, other)]
    reached = case.said("REACH_TIME")
    if reached:
        parts.append(Phrase("CLAUSE_REACHED", {"said": reached}))
    elif case.is_so("NO_OWN_PHONE", "NO_SMARTPHONE"):
        said = case.said("NO_OWN_PHONE") or case.said("NO_SMARTPHONE")
        parts.append(Phrase("CLAUSE_NO_PHONE", {"said": said}))
    return tuple(parts)


def _differs(case: Situation, other: Match) -> bool:
    """Whether another posting goes by another name than the first."""
    return case.first is not None and other.posting.title != case.first.posting.title


def _tactic_steps(case: Situation, met: Sequence[str]) -> list[Step]:
    """What is done about each obstacle."""
    chosen = [code for at, code in enumerate(met) if at < SHOWN_TACTICS or code in RIGHTS]
    found = []
    for code in chosen[:MOST_TACTICS]:
        what = _tactic(case, code)
        if what is not None:
            tactic = tactics()[code]
            found.append(_step(case, tactic.days, tactic.who.upper(), what))
    return found


def _tactic(case: Situation, code: str) -> Phrase | None:
    """What is done about one obstacle, with the facts it is about; None where the other steps do it."""
    tactic, first, done = tactics().get(code), case.first, case.work
    if tactic is None or (first is None and code in NEEDS_POSTING):
        return None
    args: Args = {
        "goal": case.goal,
        "place": case.place,
        "said": _words_for(case, code),
    }
    parts: list[Phrase] = []
    step = tactic.step
    duty = case.duty
    if code == "CARE" and duty is not None:
        step, parts = f"STEP_CARE_{duty.kind}", [duty.hours] if duty.hours else []
        args["said"] = duty.quote(1)
    elif code == "AGE_LIMIT" and case.is_minor:
        step, args["said"] = "STEP_MINOR", case.wish_words
    elif code == "PAPER_EXPIRED":
        args["certificate"] = papers_expired(case)[0].skill
    elif code == "PAPER_LOST":
        args["certificate"] = " ".join(item.skill for item in papers_lost(case)[:1])
    elif code == "PAPER_MISSING":
        if not case.missing_paper:
            step = "STEP_CERTIFY"
        args["certificate"] = case.missing_paper
    elif code == "LIMITS":
        args["constraint"] = case.needs
        step = "STEP_SHIFT" if set(case.needs.split()) <= SOFT_NEEDS else step
    if code in {"LIMITS", "TEACHER"} and case.is_so("DISABILITY"):
        parts.append(Phrase("CLAUSE_ACCOMPANY"))
    if done and code in WITH_WORK:
        worked: Args = {"done": done[0].occupation, "for_years": years_said(done[0].years)}
        parts.append(Phrase("CLAUSE_LIKE_WORK" if code == "JUST_LOST_JOB" else "CLAUSE_WITH_WORK", worked))
    return Phrase(step, args, parts=tuple(parts))


def _words_for(case: Situation, code: str) -> str:
    """The person's words an obstacle rests on, for the step that deals with it."""
    if code == "SEASON":
        found = case.limit("SEASONAL")
        return (case.own.of(found.evidence) if found else "") or case.said("SEASONAL_FARM")
    if code == "HOME":
        duty = case.duty
        return duty.quote(1) if duty else ""
    if code == "MONGOLIAN_FIRST":
        return case.own.of(case.facts.mongolian_first.evidence)
    return case.said(SAID_AS.get(code, code))


def _class_step(case: Situation) -> list[Step]:
    """Sign up for the class, and what it is for."""
    if case.training is None:
        return []
    view = case.training.training
    until = view.enrol_until or view.starts_on
    last = date.fromisoformat(until) if until else case.on + timedelta(days=LATER)
    days = max(0, min((last - case.on).days, LATER))
    args: Args = {"training": view.title, "provider": view.provider, "starts_on": view.starts_on}
    codes = {item.code for item in case.training.reasons}
    wished = case.own.cell("培训意愿") if "TRAINING_WISHED" in codes else ""
    done = case.work
    parts = []
    if wished:
        parts.append(Phrase("CLAUSE_CLASS_WISHED", {"said": wished}))
    if "TRAINING_CERTIFIES" in codes and done:
        args_done: Args = {"done": done[0].occupation, "for_years": years_said(done[0].years)}
        parts.append(Phrase("CLAUSE_CLASS_CERTIFIES", args_done))
    elif done:
        parts.append(Phrase("CLAUSE_CLASS_BESIDE", {"done": done[0].occupation}))
    parts += [reason for reason in case.training.reasons if reason.code in CLASS_WHYS]
    if case.goal and "TRAINING_STRENGTHENS" in codes:
        parts.append(Phrase("CLAUSE_CLASS_FOR", {"goal": case.goal}))
    code = "STEP_CLASS" if view.starts_on else "STEP_CLASS_NO_DATE"
    return [_step(case, days, "WORKER", Phrase(code, args, parts=tuple(parts)))]


def _certify_step(case: Situation, met: Sequence[str]) -> list[Step]:
    """Skilled work of years without a paper in its field is certified, not taught again."""
    done = next((item for item in case.work if (item.years or 0) >= LONG_ENOUGH), None)
    work = case.lexicon.occupations.get(done.occupation) if done else None
    if done is None or work is None or work.entry < SKILLED or "PAPER_MISSING" in met:
        return []
    papers = {case.lexicon.skills[item.skill].family for item in case.papers}
    certified = case.training is not None and any(
        reason.code == "TRAINING_CERTIFIES" for reason in case.training.reasons
    )
    if work.family in papers or certified:
        return []
    args: Args = {"done": done.occupation, "for_years": years_said(done.years)}
    code = "STEP_CERTIFY_PLAIN"
    if case.first is not None:
        code, args = "STEP_CERTIFY_WORK", {**args, "title": case.first.posting.title}
    return [_step(case, LATER, "WINDOW", Phrase(code, args))]


def _public_post_step(case: Situation) -> list[Step]:
    """Where the market leaves too little for light work only: workshop, home, then a public-welfare post."""
    if case.worker.labour_skill is not LabourSkill.WEAK or not case.shortfall.missing:
        return []
    said = case.wish_words if case.first is not None else case.place_words
    return [_step(case, LATER, "COORDINATOR", Phrase("STEP_PUBLIC", case.with_goal(said=said)))]


def _look_back(case: Situation, met: Sequence[str]) -> Step:
    """The last date: what is looked at again, and with whom."""
    watched = [Phrase(f"LOOK_{code}") for code in met if code in LOOKED_AT][:2]
    wish = case.facts.wage_wish
    if case.first is None:
        done = case.work
        args: Args = {"place": case.place, "goal": case.wish_words}
        head = [Phrase("CLAUSE_NOT_LOST", {"done": done[0].occupation, "for_years": None})] if done else []
        what = Phrase("STEP_LOOK_AGAIN", args, parts=(*head, *watched))
        return _step(case, LAST, "GUIDE", what)
    args = {"title": case.first.posting.title}
    titles = [other.posting.title for other in case.matches[1:] if other.posting.title != args["title"]]
    order = ("CLAUSE_THEN", "CLAUSE_THEN_LAST")
    parts = [Phrase(word, {"title": title}) for word, title in zip(order, dict.fromkeys(titles), strict=False)]
    if wish is not None:
        parts.append(Phrase("LOOK_PAY", {"wish": wish.yuan_per_month}))
    code = "STEP_LOOK_KEEP" if case.track is Track.STABILISE else "STEP_LOOK_BACK"
    return _step(case, LAST, "GUIDE", Phrase(code, args, parts=(*parts, *watched)))


NEEDS_POSTING = frozenset({"HOME", "AWAY_FROM_HOME", "HEALTH_PAPER"})
"""Tactics that are a talk about one posting."""
SAID_AS = {"COMPANY": "WANTS_COMPANY", "TEACHER": "WANTS_TEACHER"}
"""Obstacles that go by another name than the situation they rest on."""
CLASS_WHYS = frozenset({"TRAINING_UNLOCKS", "TRAINING_OTHERS"})
WITH_WORK = frozenset({"JUST_LOST_JOB", "EXPECTATION", "AGE_LIMIT", "COUPLE", "NO_EXPERIENCE", "HEALTH_PAPER"})
"""Tactics that come down to a talk in which the work done counts."""
LOOKED_AT = frozenset(
    {
        *("CARE", "LIMITS", "PAPER_EXPIRED", "PAPER_MISSING", "WAGE_ARREARS", "MONGOLIAN_FIRST", "AFRAID_TO_LEAVE"),
        *("DEBT", "DROPPED_OUT", "NEAR_PENSION", "WANTS_BUSINESS", "SEASON", "EXPECTATION", "JUST_LOST_JOB"),
        *("COUPLE", "COMPANY", "HOME", "NO_EXPERIENCE", "AWAY_FROM_HOME", "FEW_NEAR", "WAY_UNKNOWN", "PAY_BELOW"),
    }
)
"""Obstacles whose end is looked for at the last date."""


def _school_steps(case: Situation) -> tuple[Step, ...]:
    """The way back to school: with whom, what helps with the cost, and what if not."""
    said = case.said("LEFT_SCHOOL") or case.said("IN_SCHOOL") or case.worker.school_status
    level = case.facts.education.value
    kind = "STEP_SCHOOL_VOCATIONAL" if level is None or level >= Education.JUNIOR else "STEP_SCHOOL_BASIC"
    args: Args = {"name": case.worker.name, "place": case.place, "said": said}
    found = [_step(case, SOON, "COORDINATOR", Phrase(kind, args, parts=_school_trade(case)))]
    if case.worker.household_type in {HouseholdType.LIFTED, HouseholdType.MONITORED}:
        found.append(_step(case, LATER, "WINDOW", Phrase("STEP_SCHOOL_AID", args)))
    return (*found, _step(case, LAST, "GUIDE", Phrase("STEP_SCHOOL_LOOK_BACK", args)))


def _school_trade(case: Situation) -> tuple[Phrase, ...]:
    """The trade somebody would like to learn at school."""
    return (Phrase("CLAUSE_SCHOOL_TRADE", {"said": case.wish_words}),) if case.wish_words else ()
