"""What really stands in this person's way, at most three points, what is most in the way first.

In: the situation. Out: codes of the obstacle catalogue with phrases: the fact in the person's words, what it means
for the first posting, and what is to be asked. Causes that never stand on paper are told by what work has to look like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.domain.facts import Evidence, Phrase, PhraseValue
from matcher.domain.plan import Track
from matcher.domain.worker import WorkStatus
from matcher.guidance.case import (
    SOFT_NEEDS,
    Args,
    Situation,
    goes_against,
    lowest_pay,
    named,
    papers_expired,
    ride,
    years_said,
)

Obstacle = Callable[[Situation], Phrase | None]
SITE_FAMILIES = frozenset({"construction_labour", "construction_skilled", "work_relief"})
ABOVE = 1.2
"""From so many times the pay around here a wish is above the market."""
NOT_LONG_AGO = 365
"""Days after which the end of a job is no longer what stands in the way."""


def told(
    case: Situation, code: str, parts: Sequence[Phrase], evidence: tuple[Evidence, ...], **args: PhraseValue
) -> Phrase:
    """An obstacle: the fact, what belongs to it, and what is to be asked."""
    all_args = case.with_goal(**args)
    return Phrase(f"OBSTACLE_{code}", all_args, evidence, (*parts, Phrase(f"TO_ASK_{code}", all_args)))


def stated(code: str, situation: str = "") -> Obstacle:
    """An obstacle the remarks state outright, in the person's words where they may be quoted."""

    def found(case: Situation) -> Phrase | None:
        term = case.situations.get(situation or code)
        if term is None:
            return None
        done = case.work
        parts = [Phrase("CLAUSE_AFTER_WORK", {"done": done[0].occupation})] if done and code in _AFTER_WORK else []
        return told(case, code, parts, term.evidence, said=case.own.of(term.evidence))

    return found


_AFTER_WORK = frozenset({"DROPPED_OUT", "NEAR_PENSION", "CERT_MISSING"})
"""Obstacles that have to do with the work one comes from."""


def care(case: Situation) -> Phrase | None:
    """Somebody at home needs the person at certain hours."""
    duty = case.duty
    if duty is None or duty.kind in {"HOME", "HERD"}:
        return None
    helper = case.said("CARE_HELP")
    parts = [duty.hours] if duty.hours else []
    if helper and helper not in duty.quotes:
        parts.append(Phrase("CLAUSE_CARE_HELP", {"said": helper}))
    if case.limit("NO_NIGHT"):
        parts.append(Phrase("CLAUSE_DAY_SHIFT"))
    return told(case, f"CARE_{duty.kind}", parts, duty.evidence, said=duty.quote())


def at_home(case: Situation) -> Phrase | None:
    """A herd to feed, or simply the wish to be home at night."""
    duty = case.duty
    if duty is None or duty.kind not in {"HOME", "HERD"}:
        return None
    hours = duty.hours.code if duty.hours else ""
    if duty.kind == "HOME" and (hours == "CLAUSE_WEEKEND" or (hours == "CLAUSE_DAY_RETURN" and not duty.quotes)):
        return None
    parts = [duty.hours] if duty.hours else []
    return told(case, duty.kind, parts, duty.evidence, said=duty.quote())


def paper_expired(case: Situation) -> Phrase | None:
    """A paper held has run out."""
    expired = papers_expired(case)
    if not expired:
        return None
    item = expired[0]
    until = item.valid_to.isoformat() if item.valid_to else ""
    said = case.own.of(item.evidence)
    return told(case, "PAPER_EXPIRED", (), item.evidence, certificate=item.skill, valid_until=until, said=said)


def paper_missing(case: Situation) -> Phrase | None:
    """A paper keeps wished work away; whoever does the work already is certified, not taught from the start."""
    term = case.situations.get("CERT_MISSING")
    done = [item for item in case.work if _certifies(case, item.occupation)]
    if case.missing_paper in {item.skill for item in papers_expired(case)}:
        return None
    if _is_closed(case) or not case.missing_paper:
        return stated("CERT_MISSING")(case) if term is not None else None
    args = case.with_goal(certificate=case.missing_paper, count=case.kept_away, said=case.said("CERT_MISSING"))
    skilled = {"done": done[0].occupation, "for_years": years_said(done[0].years)} if done else None
    parts = (Phrase("CLAUSE_CERTIFY", skilled),) if skilled else (Phrase("CLAUSE_FROM_START"),)
    return Phrase("OBSTACLE_PAPER_MISSING", args, term.evidence if term else (), parts)


def _certifies(case: Situation, occupation: str) -> bool:
    """Whether the missing paper is of the field one has worked in."""
    paper, work = case.lexicon.skills.get(case.missing_paper), case.lexicon.occupations.get(occupation)
    return paper is not None and work is not None and paper.family == work.family


def _is_closed(case: Situation) -> bool:
    """Whether the missing paper is one the law keeps from the person; it is then not spoken of."""
    paper = case.lexicon.skills.get(case.missing_paper)
    guarded = paper is not None and paper.family == "security_guard"
    return guarded and (case.limit("NO_SECURITY") is not None or case.is_so("RECORD"))


def limits(case: Situation) -> Phrase | None:
    """Work has to leave something out; the cause is never said."""
    needs = case.needs
    soft = set(needs.split()) <= SOFT_NEEDS
    if not needs or needs == "SUPERVISED" or (needs == "NO_NIGHT" and care(case) is not None):
        return None
    parts = [Phrase("CLAUSE_SUITS", {"suits": needs})]
    left = next((item.occupation for item in case.work if goes_against(case, item.occupation)), "")
    if left and case.first is not None:
        parts.append(Phrase("CLAUSE_CHANGES", case.with_goal(done=left)))
    elif case.first is not None:
        parts.append(Phrase("CLAUSE_CHOSEN_BY_NEEDS", case.with_goal()))
    if soft:
        return Phrase("OBSTACLE_LIMITS", {"constraint": needs}, parts=tuple(parts))
    return told(case, "LIMITS", parts, (), constraint=needs)


def injured(case: Situation) -> Phrase | None:
    """Claims that may be open; told without what they are for."""
    term = case.situations.get("INJURED")
    if term is None:
        return None
    done = case.work
    parts = [Phrase("CLAUSE_AFTER_WORK", {"done": done[0].occupation})] if done else []
    return told(case, "INJURED", parts, term.evidence)


def debt(case: Situation) -> Phrase | None:
    """A monthly least is needed; told as the question what has to come in."""
    term = case.situations.get("DEBT")
    if term is None:
        return None
    pays = [pay for match in case.matches if (pay := lowest_pay(match)) is not None]
    parts = [Phrase("CLAUSE_WISHED", case.with_goal(goal=case.wish_words))] if case.wish_words else []
    parts += [Phrase("CLAUSE_BEST_PAY", {"pay": max(pays)})] if pays else []
    return told(case, "DEBT", parts, term.evidence)


def just_lost(case: Situation) -> Phrase | None:
    """The last job has ended, by the remarks or by the column."""
    term = case.situations.get("JUST_LOST_JOB")
    if term is None and case.worker.work_status is not WorkStatus.NEWLY_UNEMPLOYED:
        return None
    done, since = case.work, case.worker.unemployed_since
    said = case.said("JUST_LOST_JOB")
    parts = [Phrase("CLAUSE_AFTER_WORK", {"done": done[0].occupation})] if done else []
    if since is not None and (case.on - since).days <= NOT_LONG_AGO:
        parts.append(Phrase("CLAUSE_LOST_SINCE", {"lost_on": since.isoformat()}))
    elif term is None:
        return None
    if not said and not done:
        return None
    evidence = term.evidence if term else (Evidence("失业日期", since.isoformat() if since else ""),)
    return told(case, "JUST_LOST_JOB", parts, evidence, said=said)


def trained_unused(case: Situation) -> Phrase | None:
    """Something was learnt and never put to use."""
    term = case.situations.get("TRAINED_UNUSED")
    if term is None:
        return None
    learnt = " ".join(dict.fromkeys(item.code for item in case.facts.trained[:2]))
    parts = [Phrase("CLAUSE_LEARNT", {"learnt": learnt})] if learnt else []
    return told(case, "TRAINED_UNUSED", parts, term.evidence, said=case.said("TRAINED_UNUSED"))


def in_confidence(case: Situation) -> Phrase | None:
    """What may be told, and to whom, is settled first."""
    term = case.situations.get("RECORD") or case.situations.get("CONFIDENTIAL")
    if term is None:
        return None
    done = case.work
    parts = [Phrase("CLAUSE_TELL_WORK", {"done": done[0].occupation})] if done else []
    return told(case, term.code, parts, term.evidence)


def expectation(case: Situation) -> Phrase | None:
    """The wished pay is well above what such work pays."""
    wish = case.facts.wage_wish
    if wish is None or case.first is None:
        return None
    args: Args = {"wish": wish.yuan_per_month, "said": case.own.of(wish.evidence)}
    if case.local_pay is not None and wish.yuan_per_month > ABOVE * case.local_pay:
        args |= {"local": case.local_pay, "occupation": case.occupations[0]}
        return told(case, "EXPECTATION", (), wish.evidence, **args)
    pays = [pay for match in case.matches if (pay := lowest_pay(match)) is not None]
    if not pays or wish.yuan_per_month <= ABOVE * max(pays):
        return None
    return told(case, "EXPECTATION_FOUND", (), wish.evidence, **args, local=max(pays))


def season(case: Situation) -> Phrase | None:
    """Farm or herd calls in some months."""
    found = case.limit("SEASONAL")
    term = case.situations.get("SEASONAL_FARM")
    if found is not None and len(found.values) == 2:
        words = case.own.of(found.evidence) or case.said("SEASONAL_FARM")
        return told(case, "SEASON", (), found.evidence, first=found.values[0], last=found.values[1], said=words)
    if term is not None:
        return told(case, "SEASON_ASK", (), term.evidence, said=case.said("SEASONAL_FARM"))
    return None


def mongolian(case: Situation) -> Phrase | None:
    """Mongolian comes first."""
    fact = case.facts.mongolian_first
    if not fact.value:
        return None
    said = case.own.of(fact.evidence)
    open_door = case.first_says("LANGUAGE_MONGOLIAN_OK")
    parts = [Phrase("CLAUSE_MONGOLIAN_OK", case.with_goal())] if open_door else []
    return told(case, "MONGOLIAN_FIRST", parts, fact.evidence, said=said)


def couple(case: Situation) -> Phrase | None:
    """Two want to go together."""
    found, term = case.limit("COUPLE_POST"), case.situations.get("COUPLE")
    evidence = (found.evidence if found else ()) + (term.evidence if term else ())
    return told(case, "COUPLE", (), evidence, said=case.own.of(evidence)) if evidence else None


def age_limit(case: Situation) -> Phrase | None:
    """The first choice's age limit is near, or the usual working age is past."""
    if case.is_minor:
        return told(case, "MINOR", (), case.facts.birth_date.evidence, said=case.wish_words)
    site = next((item.occupation for item in case.work if _is_site_work(case, item.occupation)), "")
    site_next = bool(case.occupations) and _is_site_work(case, case.occupations[0])
    if case.past_site_age and site and not site_next:
        return told(case, "AGE_SITE", [Phrase("CLAUSE_LEFT_WORK", {"done": site})], (), said=case.wish_words)
    if case.track is Track.ON_REQUEST:
        return told(case, "OVER_AGE", (), (), said=case.wish_words)
    reason = next((item for item in (case.first.reasons if case.first else ()) if item.code == "AGE_NEAR_LIMIT"), None)
    age, high = (reason.args.get("age"), reason.args.get("limit")) if reason else (None, None)
    if reason is None or not isinstance(age, int) or not isinstance(high, int):
        return None
    parts = [Phrase("CLAUSE_WISHED", {"goal": case.wish_words})] if case.wish_words else []
    return told(case, "AGE_LIMIT", parts, reason.evidence, limit=high, left=max(0, high - age))


def _is_site_work(case: Situation, occupation: str) -> bool:
    """Whether work is done on building sites."""
    entry = case.lexicon.occupations.get(occupation)
    return entry is not None and entry.family in SITE_FAMILIES


def teacher(case: Situation) -> Phrase | None:
    """Somebody has to show how the work is done."""
    term = case.situations.get("WANTS_TEACHER")
    limit = case.limit("SUPERVISED") if case.needs == "SUPERVISED" else None
    evidence = (term.evidence if term else ()) + (limit.evidence if limit else ())
    return told(case, "TEACHER", (), evidence, said=case.own.of(evidence)) if evidence else None


def few_near(case: Situation) -> Phrase | None:
    """Fewer than three suitable postings exist; what would open most is told with what it is about."""
    done = case.work
    if not case.shortfall.missing or not (case.wish_words or done):
        return None
    best = max(case.shortfall.relaxations, key=lambda item: item.postings, default=None)
    parts = []
    if best is not None:
        parts += [Phrase(best.code, best.args), Phrase("CLAUSE_OPENS", {"count": best.postings})]
    args: Args = {"place": case.place, "count": len(case.matches), "goal": case.wish_words}
    if done:
        parts.insert(0, Phrase("CLAUSE_FEW_WORK", {"done": done[0].occupation}))
    return Phrase("OBSTACLE_FEW_NEAR" if case.matches else "OBSTACLE_NONE_NEAR", args, parts=tuple(parts))


def no_experience(case: Situation) -> Phrase | None:
    """New to work by the remarks."""
    for code in ("GRADUATE", "NO_EXPERIENCE"):
        term = case.situations.get(code)
        if term is not None and all((item.years or 0) < 1 for item in case.work):
            return told(case, code, (), term.evidence, said=case.said(code))
    return None


def new_to_work(case: Situation) -> Phrase | None:
    """Nothing done yet that counts for the first choice."""
    unread = bool(case.own.stated("工作经历"))
    if case.work or unread or not case.first or not case.occupations[0] or no_experience(case) is not None:
        return None
    parts = [Phrase("CLAUSE_WISHED", {"goal": case.wish_words})] if case.wish_words else []
    return told(case, "NEW_TO_WORK", parts, (), **named(case.first), occupation=case.occupations[0])


def _of_first(code: str, *tests: str) -> Obstacle:
    """An obstacle that a line of the first posting's sheet tells."""

    def found(case: Situation) -> Phrase | None:
        first = case.first
        if first is None or not case.first_says(*tests):
            return None
        reason = next((item for item in first.reasons if item.code in tests), None)
        done, vehicle = case.work, ride(case)
        parts = []
        known = case.first_says("EXPERIENCE_SAME", "EXPERIENCE_SAME_YEARS", "EXPERIENCE_NEAR")
        if done and not known:
            parts.append(Phrase("CLAUSE_NEW_AFTER", {"done": done[0].occupation}))
        if code == "WAY_UNKNOWN":
            parts += [Phrase("STRENGTH_VEHICLE", {"vehicle": vehicle.name})] if vehicle else []
            return Phrase(f"OBSTACLE_{code}", {**named(first), "said": case.place_words}, (), tuple(parts))
        args = {**named(first), **(reason.args if reason else {}), "said": case.place_words}
        return told(case, code, parts, reason.evidence if reason else (), **args)

    return found


CATALOGUE: tuple[tuple[str, Obstacle], ...] = (
    ("FRAUD_RISK", stated("FRAUD_RISK")),
    ("CONFIDENTIAL", in_confidence),
    ("CARE", care),
    ("LIMITS", limits),
    ("PAPER_EXPIRED", paper_expired),
    ("PAPER_MISSING", paper_missing),
    ("PAPER_LOST", stated("PAPER_LOST")),
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
    ("COMPANY", stated("COMPANY", "WANTS_COMPANY")),
    ("TEACHER", teacher),
    ("HOME", at_home),
    ("NO_EXPERIENCE", no_experience),
    ("HEALTH_PAPER", _of_first("HEALTH_PAPER", "CAUTION_HEALTH_PAPER")),
)
"""In the order of how much they stand in the way."""
LESSER: tuple[tuple[str, Obstacle], ...] = (
    ("FEW_NEAR", few_near),
    ("NEW_TO_WORK", new_to_work),
    ("AWAY_FROM_HOME", _of_first("AWAY_FROM_HOME", "PLACE_AWAY", "PLACE_FAR")),
    ("PAY_BELOW", _of_first("PAY_BELOW", "PAY_BELOW_WISH")),
    ("WAY_UNKNOWN", _of_first("WAY_UNKNOWN", "CAUTION_DISTANCE")),
)
"""What is spoken of where little else stands in the way."""
COVERED = {"PAY_BELOW": "EXPECTATION", "COMPANY": "AFRAID_TO_LEAVE"}
"""What is already said by something that stands more in the way."""
MOST_SHOWN, FILLED_TO = 3, 2
"""Obstacles a session speaks of at most, and how many the lesser ones fill up to."""


def obstacles(case: Situation) -> list[tuple[str, Phrase]]:
    """Everything that stands in the way, in order; lesser things only where there is room for them."""
    found = {code: phrase for code, test in CATALOGUE if (phrase := test(case)) is not None}
    for code, test in LESSER:
        phrase = test(case) if len(found) < FILLED_TO else None
        if phrase is not None:
            found[code] = phrase
    return [(code, phrase) for code, phrase in found.items() if COVERED.get(code, "") not in found]
