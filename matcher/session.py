"""One guidance session put together: when, where, who, what is said, and the dated steps after it.

In: a person's situation and the start that was free. Out: a GuidanceSession.
"""

from __future__ import annotations

from datetime import date, timedelta

from matcher.domain.facts import Phrase, PhraseValue
from matcher.domain.match import Match
from matcher.domain.plan import GuidanceMode, GuidanceSession, Step, Track
from matcher.guidance import Situation, obstacles, quote, strengths, tactics

SOON, LATER, LAST = 3, 14, 90
"""Days within which the three steps fall due."""
MOST_STEPS = 5


def hold_session(case: Situation, starts_at: str) -> GuidanceSession:
    """The session of one person."""
    met = obstacles(case)
    worker = case.worker
    away = case.facts.situation("AWAY") is not None
    mode = GuidanceMode.PHONE if away else GuidanceMode.VISIT if worker.guide_name else GuidanceMode.WINDOW
    return GuidanceSession(
        starts_at=starts_at,
        minutes=case.policy.whole("guidance.minutes"),
        place=worker.village or worker.home.name or worker.home.text,
        guide=worker.guide_name,
        guide_phone="",
        mode=mode,
        strengths=strengths(case),
        obstacles=tuple(phrase for _, phrase in met),
        steps=_steps(case, [code for code, _ in met]),
        avoid=_avoid(case),
        opening=_opening(case),
        bring=_bring(case),
        say=_say(case),
    )


def _opening(case: Situation) -> Phrase | None:
    """The first choice and why it is the first."""
    if case.track is Track.SCHOOL_RETURN:
        return Phrase("GUIDE_SCHOOL", {"name": case.worker.name})
    first = case.first
    if first is None:
        wished = " ".join(term.code for term in case.facts.wished[:2])
        place = case.worker.village or case.worker.home.name
        if wished:
            return Phrase("GUIDE_NO_MATCH_WISHED", {"wished": wished, "place": place})
        return Phrase("GUIDE_NO_MATCH", {"place": place})
    code = "GUIDE_KEEP" if case.track is Track.STABILISE else "GUIDE_FIRST_CHOICE"
    return Phrase(
        code, {"employer": first.posting.employer, "title": first.posting.title, "place": first.posting.place}
    )


def _within(case: Situation, days: int) -> date:
    """A due date."""
    return case.policy.on + timedelta(days=days)


def _steps(case: Situation, met: list[str]) -> tuple[Step, ...]:
    """Call the first choice, deal with the obstacles, join the class, look back: each with who and by when."""
    steps = [*_call_steps(case), *_obstacle_steps(case, met), *_class_steps(case)]
    steps.sort(key=lambda step: step.due)
    return (*steps[: MOST_STEPS - 1], _look_back(case))


def _call_steps(case: Situation) -> list[Step]:
    """Ask the first choice what the advert leaves open."""
    first = case.first
    if first is None or case.track is Track.SCHOOL_RETURN:
        return []
    args: dict[str, PhraseValue] = {"employer": first.posting.employer, "title": first.posting.title}
    code = "STEP_CALL"
    if first.posting.phone:
        code, args = "STEP_CALL_PHONE", {**args, "phone": first.posting.phone}
    return [Step(due=_within(case, SOON), who=Phrase("WHO_WORKER"), what=Phrase(code, args))]


def _obstacle_steps(case: Situation, met: list[str]) -> list[Step]:
    """What is done about each obstacle."""
    found = []
    for code in met:
        tactic = tactics()[code]
        what = Phrase(tactic.step, _step_args(case))
        found.append(Step(due=_within(case, tactic.days), who=Phrase(f"WHO_{tactic.who.upper()}"), what=what))
    return found


def _step_args(case: Situation) -> dict[str, PhraseValue]:
    """Whatever a step may speak of."""
    first = case.first
    season = next((item.values for item in case.facts.constraints if item.code == "SEASONAL" and item.values), (0, 0))
    care = next((item for item in case.facts.constraints if item.code in {"HOURS", "MIDDAY_HOME", "DAY_RETURN"}), None)
    expired = [item.skill for item in case.facts.skills if item.valid_to and item.valid_to < case.policy.on]
    limits = [item.code for item in case.facts.constraints if item.code.startswith("NO_")]
    return {
        "employer": first.posting.employer if first else case.worker.home.name,
        "title": first.posting.title if first else "",
        "occupation": case.occupations[0] if case.occupations else "",
        "certificate": case.missing_paper or " ".join(expired[:1]),
        "constraint": " ".join(dict.fromkeys(limits)),
        "words": quote(care.evidence) if care else "",
        "place": case.worker.village or case.worker.home.name,
        "guide": case.worker.guide_name,
        "first": season[0],
        "local": case.local_pay,
    }


def _class_steps(case: Situation) -> list[Step]:
    """Sign up for the class."""
    if case.training is None:
        return []
    view = case.training.training
    until = view.enrol_until or view.starts_on
    last = date.fromisoformat(until) if until else _within(case, LATER)
    due = max(case.policy.on, min(last, _within(case, LATER)))
    args: dict[str, PhraseValue] = {"training": view.title, "provider": view.provider, "starts_on": view.starts_on}
    return [Step(due=due, who=Phrase("WHO_WORKER"), what=Phrase("STEP_CLASS", args))]


def _look_back(case: Situation) -> Step:
    """The last date: what is looked at again, and with whom."""
    place = case.worker.village or case.worker.home.name
    if case.track is Track.SCHOOL_RETURN:
        what = Phrase("STEP_SCHOOL_LOOK_BACK", {"name": case.worker.name})
    elif case.first is not None:
        args: dict[str, PhraseValue] = {"employer": case.first.posting.employer, "title": case.first.posting.title}
        what = Phrase("STEP_LOOK_BACK", args)
    else:
        what = Phrase("STEP_LOOK_AGAIN", {"place": place})
    return Step(due=_within(case, LAST), who=Phrase("WHO_GUIDE", {"guide": case.worker.guide_name}), what=what)


def _avoid(case: Situation) -> tuple[Phrase, ...]:
    """What not to take: work against the person's limits, work said no to, and a lure that was met."""
    shown = [item.code for item in case.facts.constraints if item.code.startswith("NO_") and item.code != "NO_SECURITY"]
    found = []
    if shown:
        found.append(Phrase("AVOID_LIMITS", {"constraint": " ".join(dict.fromkeys(shown))}))
    if case.facts.refused:
        codes = " ".join(dict.fromkeys(term.code for term in case.facts.refused))
        found.append(Phrase("AVOID_REFUSED", {"occupation": codes}, case.facts.refused[0].evidence))
    lure = case.facts.situation("FRAUD_RISK")
    if lure is not None:
        found.append(Phrase("AVOID_LURE", {"words": quote(lure.evidence)}, lure.evidence))
    unpaid = next((match for match in case.matches if _pay_unknown(match)), None)
    if unpaid is not None:
        args: dict[str, PhraseValue] = {"employer": unpaid.posting.employer, "title": unpaid.posting.title}
        found.append(Phrase("AVOID_UNPAID", args))
    return tuple(found)


def _pay_unknown(match: Match) -> bool:
    """Whether the advert says nothing of pay."""
    return any(caution.code == "CAUTION_PAY_UNKNOWN" for caution in match.cautions)


def _bring(case: Situation) -> tuple[Phrase, ...]:
    """Papers to bring, by name."""
    kinds = {"certificate", "licence", "health_certificate"}
    entries = case.lexicon.skills
    held = [item.skill for item in case.facts.skills if item.skill in entries and entries[item.skill].kind in kinds]
    papers = " ".join(dict.fromkeys(held))
    return (Phrase("BRING_ID"), Phrase("BRING_PAPERS", {"certificate": papers})) if papers else (Phrase("BRING_ID"),)


def _say(case: Situation) -> Phrase | None:
    """One sentence to say at the interview, made of what the person has done."""
    first = case.first
    if first is None:
        return None
    args: dict[str, PhraseValue] = {"title": first.posting.title}
    told = next((item for item in first.reasons if item.code.startswith(("EXPERIENCE_SAME", "EXPERIENCE_NEAR"))), None)
    occupation = told.args.get("done") if told else None
    done = next((item for item in case.facts.experience if item.current and item.occupation == occupation), None)
    if done is not None and done.years:
        return Phrase("SAY_YEARS", {**args, "done": done.occupation, "years": done.years})
    if done is not None:
        return Phrase("SAY_DONE", {**args, "done": done.occupation})
    return Phrase("SAY_NEW", {**args, "place": case.worker.village or case.worker.home.name})
