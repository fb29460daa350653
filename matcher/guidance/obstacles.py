"""What really stands in this person's way, at most three points, what is most in the way first.

In: the situation. Out: codes of the obstacle catalogue with phrases: the fact in the person's words, what it means
for the first posting, and what is to be asked. Causes that never stand on paper are told by what work has to look like.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.domain.facts import Evidence, Phrase
from matcher.domain.worker import WorkStatus
from matcher.guidance.care import duty_of
from matcher.guidance.case import (
    Args,
    Situation,
    carries,
    free_hours,
    lowest_pay,
    named,
    needs_of,
    papers_expired,
    ride,
    work_done,
    years_said,
)

Obstacle = Callable[[Situation], Phrase | None]
NOT_LONG_AGO = 365
"""Days after which the end of a job is no longer what stands in the way."""


def stated(code: str) -> Obstacle:
    """An obstacle the remarks state outright, in the person's words where they may be quoted."""

    def found(case: Situation) -> Phrase | None:
        term = case.facts.situation(code)
        if term is None:
            return None
        done = work_done(case)
        parts = (Phrase("CLAUSE_AFTER_WORK", {"done": done[0].occupation}),) if done and code in _AFTER_WORK else ()
        return Phrase(f"OBSTACLE_{code}", case.with_goal(said=case.said(code)), term.evidence, parts)

    return found


_AFTER_WORK = frozenset({"WAGE_ARREARS", "DROPPED_OUT", "NEAR_PENSION", "CERT_MISSING"})
"""Obstacles that have to do with the work one comes from."""


def care(case: Situation) -> Phrase | None:
    """Somebody at home needs the person at certain hours."""
    duty = duty_of(case)
    if duty is None or duty.kind in {"HOME", "HERD"}:
        return None
    helper = case.said("CARE_HELP")
    parts = [duty.hours] if duty.hours else []
    if helper and helper not in duty.quotes:
        parts.append(Phrase("CLAUSE_CARE_HELP", {"said": helper}))
    return Phrase(f"OBSTACLE_CARE_{duty.kind}", case.with_goal(said=duty.quote()), duty.evidence, tuple(parts))


def at_home(case: Situation) -> Phrase | None:
    """A herd to feed, or simply the wish to be home at night."""
    duty = duty_of(case)
    if duty is None or duty.kind not in {"HOME", "HERD"}:
        return None
    if duty.kind == "HOME" and not duty.quotes and duty.hours is not None and duty.hours.code == "CLAUSE_DAY_RETURN":
        return None
    parts = (duty.hours,) if duty.hours else ()
    return Phrase(f"OBSTACLE_{duty.kind}", case.with_goal(said=duty.quote()), duty.evidence, parts)


def paper_expired(case: Situation) -> Phrase | None:
    """A paper held has run out."""
    expired = papers_expired(case)
    if not expired:
        return None
    item = expired[0]
    until = item.valid_to.isoformat() if item.valid_to else ""
    args = case.with_goal(certificate=item.skill, valid_until=until, said=case.own.of(item.evidence))
    return Phrase("OBSTACLE_PAPER_EXPIRED", args, item.evidence)


def paper_missing(case: Situation) -> Phrase | None:
    """A paper keeps wished work away; whoever does the work already is certified, not taught from the start."""
    term = case.facts.situation("CERT_MISSING")
    done = work_done(case)
    if not case.missing_paper:
        return stated("CERT_MISSING")(case) if term is not None else None
    args = case.with_goal(certificate=case.missing_paper, count=case.kept_away, said=case.said("CERT_MISSING"))
    skilled = {"done": done[0].occupation, "for_years": years_said(done[0].years)} if done else None
    parts = (Phrase("CLAUSE_CERTIFY", skilled),) if skilled else (Phrase("CLAUSE_FROM_START"),)
    return Phrase("OBSTACLE_PAPER_MISSING", args, term.evidence if term else (), parts)


def limits(case: Situation) -> Phrase | None:
    """Work has to leave something out; the cause is never said."""
    needs = needs_of(case)
    if not needs:
        return None
    done = work_done(case)
    parts = []
    if done and done[0].occupation not in case.occupations and case.goal:
        parts.append(Phrase("CLAUSE_CHANGES", case.with_goal(done=done[0].occupation)))
    elif case.first is not None:
        parts.append(Phrase("CLAUSE_CHOSEN_BY_NEEDS", case.with_goal()))
    return Phrase("OBSTACLE_LIMITS", {"constraint": needs}, parts=tuple(parts))


def injured(case: Situation) -> Phrase | None:
    """Claims that may be open; told without what they are for."""
    term = case.facts.situation("INJURED")
    if term is None:
        return None
    done = work_done(case)
    parts = (Phrase("CLAUSE_AFTER_WORK", {"done": done[0].occupation}),) if done else ()
    return Phrase("OBSTACLE_INJURED", case.with_goal(), term.evidence, parts)


def debt(case: Situation) -> Phrase | None:
    """A monthly least is needed; told as the question what has to come in."""
    term = case.facts.situation("DEBT")
    if term is None:
        return None
    pays = [pay for match in case.matches if (pay := lowest_pay(match)) is not None]
    parts = (Phrase("CLAUSE_BEST_PAY", {"pay": max(pays)}),) if pays else ()
    return Phrase("OBSTACLE_DEBT", case.with_goal(said=case.wish_words), term.evidence, parts)


def just_lost(case: Situation) -> Phrase | None:
    """The last job has ended, by the remarks or by the column."""
    term = case.facts.situation("JUST_LOST_JOB")
    if term is None and case.worker.work_status is not WorkStatus.NEWLY_UNEMPLOYED:
        return None
    done, since = work_done(case), case.worker.unemployed_since
    said = case.said("JUST_LOST_JOB")
    parts = [Phrase("CLAUSE_AFTER_WORK", {"done": done[0].occupation})] if done else []
    if since is not None and (case.on - since).days <= NOT_LONG_AGO:
        parts.append(Phrase("CLAUSE_LOST_SINCE", {"lost_on": since.isoformat()}))
    elif term is None:
        return None
    if not said and not done:
        return None
    evidence = term.evidence if term else (Evidence("失业日期", since.isoformat() if since else ""),)
    return Phrase("OBSTACLE_JUST_LOST_JOB", case.with_goal(said=said), evidence, tuple(parts))


def trained_unused(case: Situation) -> Phrase | None:
    """Something was learnt and never put to use."""
    term = case.facts.situation("TRAINED_UNUSED")
    if term is None:
        return None
    learnt = " ".join(dict.fromkeys(item.code for item in case.facts.trained[:2]))
    parts = (Phrase("CLAUSE_LEARNT", {"learnt": learnt}),) if learnt else ()
    return Phrase("OBSTACLE_TRAINED_UNUSED", case.with_goal(said=case.said("TRAINED_UNUSED")), term.evidence, parts)


def in_confidence(case: Situation) -> Phrase | None:
    """What may be told, and to whom, is settled first."""
    term = case.facts.situation("RECORD") or case.facts.situation("CONFIDENTIAL")
    if term is None:
        return None
    done = work_done(case)
    parts = (Phrase("CLAUSE_TELL_WORK", {"done": done[0].occupation}),) if done else ()
    return Phrase(f"OBSTACLE_{term.code}", case.with_goal(), term.evidence, parts)


def expectation(case: Situation) -> Phrase | None:
    """The wished pay is well above what such work pays."""
    wish = case.facts.wage_wish
    if wish is None or case.local_pay is None or not case.first or wish.yuan_per_month <= 1.2 * case.local_pay:
        return None
    args = case.with_goal(
        wish=wish.yuan_per_month, local=case.local_pay, occupation=case.occupations[0], said=case.wish_words
    )
    return Phrase("OBSTACLE_EXPECTATION", args, wish.evidence)


def season(case: Situation) -> Phrase | None:
    """Farm or herd calls in some months."""
    found = case.limit("SEASONAL")
    term = case.facts.situation("SEASONAL_FARM")
    if found is not None and len(found.values) == 2:
        words = case.own.of(found.evidence) or case.said("SEASONAL_FARM")
        args = case.with_goal(first=found.values[0], last=found.values[1], said=words)
        return Phrase("OBSTACLE_SEASON", args, found.evidence)
    if term is not None:
        return Phrase("OBSTACLE_SEASON_ASK", case.with_goal(said=case.said("SEASONAL_FARM")), term.evidence)
    return None


def mongolian(case: Situation) -> Phrase | None:
    """Mongolian comes first."""
    fact = case.facts.mongolian_first
    if not fact.value:
        return None
    said = case.own.of(fact.evidence)
    open_door = carries(case.first, "LANGUAGE_MONGOLIAN_OK")
    parts = (Phrase("CLAUSE_MONGOLIAN_OK", case.with_goal()),) if open_door else ()
    return Phrase("OBSTACLE_MONGOLIAN_FIRST", case.with_goal(said=said), fact.evidence, parts)


def couple(case: Situation) -> Phrase | None:
    """Two want to go together."""
    found, term = case.limit("COUPLE_POST"), case.facts.situation("COUPLE")
    evidence = (found.evidence if found else ()) + (term.evidence if term else ())
    return Phrase("OBSTACLE_COUPLE", case.with_goal(said=case.own.of(evidence)), evidence) if evidence else None


def age_limit(case: Situation) -> Phrase | None:
    """The first choice's age limit is near, or the usual working age is past."""
    if case.limit("AGE_OVER_60"):
        return Phrase("OBSTACLE_OVER_AGE", case.with_goal(said=case.wish_words))
    reason = next((item for item in (case.first.reasons if case.first else ()) if item.code == "AGE_NEAR_LIMIT"), None)
    age, high = (reason.args.get("age"), reason.args.get("limit")) if reason else (None, None)
    if reason is None or not isinstance(age, int) or not isinstance(high, int):
        return None
    args = case.with_goal(limit=high, left=max(0, high - age), said=case.wish_words)
    return Phrase("OBSTACLE_AGE_LIMIT", args, reason.evidence)


def few_near(case: Situation) -> Phrase | None:
    """Fewer than three suitable postings exist; what would open most is told with what it is about."""
    done = work_done(case)
    if not case.shortfall.missing or not (case.wish_words or done):
        return None
    best = max(case.shortfall.relaxations, key=lambda item: item.postings, default=None)
    hours = free_hours(case)
    parts = [hours] if hours else []
    if best is not None:
        parts += [Phrase(best.code, best.args), Phrase("CLAUSE_OPENS", {"count": best.postings})]
    args: Args = {"place": case.place, "count": len(case.matches), "goal": case.wish_words}
    if done:
        parts.insert(0, Phrase("CLAUSE_FEW_WORK", {"done": done[0].occupation}))
    return Phrase("OBSTACLE_FEW_NEAR", args, parts=tuple(parts))


def no_experience(case: Situation) -> Phrase | None:
    """New to work, by the remarks, or new to the first choice's kind of work."""
    for code in ("GRADUATE", "NO_EXPERIENCE"):
        term = case.facts.situation(code)
        if term is not None and (code == "NO_EXPERIENCE" or not work_done(case)):
            return Phrase(f"OBSTACLE_{code}", case.with_goal(said=case.said(code)), term.evidence)
    if work_done(case) or not case.first or not case.occupations[0]:
        return None
    args = {**named(case.first), "occupation": case.occupations[0], "said": case.wish_words}
    return Phrase("OBSTACLE_NEW_TO_WORK", args)


def _of_first(code: str, *tests: str) -> Obstacle:
    """An obstacle that a line of the first posting's sheet tells."""

    def found(case: Situation) -> Phrase | None:
        first = case.first
        if first is None or not carries(first, *tests):
            return None
        reason = next((item for item in first.reasons if item.code in tests), None)
        vehicle = ride(case)
        done = work_done(case)
        args = {**named(first), **(reason.args if reason else {}), "said": case.wish_words}
        parts = []
        if done and done[0].occupation not in case.occupations:
            parts.append(Phrase("CLAUSE_NEW_AFTER", {"done": done[0].occupation}))
        if vehicle is not None and code == "WAY_UNKNOWN":
            parts.append(Phrase("STRENGTH_VEHICLE", {"vehicle": vehicle.name}))
        return Phrase(f"OBSTACLE_{code}", args, reason.evidence if reason else (), tuple(parts))

    return found


CATALOGUE: tuple[tuple[str, Obstacle], ...] = (
    ("FRAUD_RISK", stated("FRAUD_RISK")),
    ("CONFIDENTIAL", in_confidence),
    ("CARE", care),
    ("LIMITS", limits),
    ("PAPER_EXPIRED", paper_expired),
    ("PAPER_MISSING", paper_missing),
    ("WAGE_ARREARS", stated("WAGE_ARREARS")),
    ("LOW_LITERACY", stated("LOW_LITERACY")),
    ("MONGOLIAN_FIRST", mongolian),
    ("AFRAID_TO_LEAVE", stated("AFRAID_TO_LEAVE")),
    ("COUPLE", couple),
    ("INJURED", injured),
    ("DEBT", debt),
    ("DROPPED_OUT", stated("DROPPED_OUT")),
    ("TRAINED_UNUSED", trained_unused),
    ("NEAR_PENSION", stated("NEAR_PENSION")),
    ("WANTS_BUSINESS", stated("WANTS_BUSINESS")),
    ("SEASON", season),
    ("EXPECTATION", expectation),
    ("AGE_LIMIT", age_limit),
    ("JUST_LOST_JOB", just_lost),
    ("HOME", at_home),
    ("NO_EXPERIENCE", no_experience),
    ("HEALTH_PAPER", _of_first("HEALTH_PAPER", "CAUTION_HEALTH_PAPER")),
    ("FEW_NEAR", few_near),
    ("PAY_BELOW", _of_first("PAY_BELOW", "PAY_BELOW_WISH")),
    ("AWAY_FROM_HOME", _of_first("AWAY_FROM_HOME", "PLACE_AWAY", "PLACE_FAR")),
    ("WAY_UNKNOWN", _of_first("WAY_UNKNOWN", "CAUTION_DISTANCE")),
)
"""In the order of how much they stand in the way."""


def obstacles(case: Situation) -> list[tuple[str, Phrase]]:
    """Everything that stands in the way, in the order of the catalogue."""
    return [(code, phrase) for code, test in CATALOGUE if (phrase := test(case)) is not None]
