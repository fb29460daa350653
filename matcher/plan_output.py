"""A plan as others read it: the JSON object of the file formats, section 4.

In: a plan and the sentences of a language. Out: a dictionary with the contract's keys, in the contract's order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from matcher.domain.facts import Evidence, Phrase
from matcher.domain.match import Match, Reason
from matcher.domain.plan import GuidanceSession, PolicyNote, ServicePlan, Shortfall, TrainingChoice
from matcher.reading.people.cells import COLUMNS
from matcher.reading.people.discretion import quotable
from matcher.wording import Wording

Json = dict[str, object]
OWN_TEXTS = frozenset(COLUMNS.values())
"""Columns in which people write of a person."""


def shown(evidence: Iterable[Evidence]) -> str:
    """The words a statement rests on, or only the column where they are private."""
    return "；".join(dict.fromkeys(item.shown() if _may_be_shown(item) else item.field for item in evidence))


def _may_be_shown(item: Evidence) -> bool:
    """Whether words are an advert's, or nothing that a person's paper leaves unsaid."""
    return item.field not in OWN_TEXTS or quotable(item.words)


def _coded(phrases: Iterable[Phrase], wording: Wording) -> list[Json]:
    """Codes with their sentences."""
    return [{"code": phrase.code, "text": wording.say(phrase)} for phrase in phrases]


def _reason(reason: Reason, wording: Wording) -> Json:
    """One line of a scorecard."""
    return {
        "code": reason.code,
        "part": reason.part.value,
        "effect": reason.effect,
        "text": wording.text(reason.code, **reason.args),
        "evidence": shown(reason.evidence),
    }


def _match(match: Match, wording: Wording) -> Json:
    """One posting with its reasons."""
    return {
        "rank": match.rank,
        "posting": match.posting.ref,
        "title": match.posting.title,
        "employer": match.posting.employer,
        "place": match.posting.place,
        "distance_km": match.distance_km,
        "score": match.score,
        "fit": match.fit,
        "wish": match.wish,
        "reasons": [_reason(reason, wording) for reason in match.reasons],
        "cautions": _coded(match.cautions, wording),
    }


def _step(due: date, who: Phrase, what: Phrase, wording: Wording) -> Json:
    """One dated step."""
    return {"due": due.isoformat(), "who": wording.say(who), "text": wording.say(what)}


def _guidance(session: GuidanceSession, wording: Wording) -> Json:
    """The session; its first sentence is the first choice and why."""
    return {
        "starts_at": session.starts_at or None,
        "minutes": session.minutes,
        "place": session.place,
        "guide": session.guide or wording.text("GUIDE_AT_WINDOW"),
        "mode": session.mode.value,
        "opening": "。".join(wording.say(said) for said in (session.opening, session.pay) if said),
        "strengths": [{"text": wording.say(item), "evidence": shown(item.evidence)} for item in session.strengths],
        "obstacles": _coded(session.obstacles, wording),
        "steps": [_step(step.due, step.who, step.what, wording) for step in session.steps],
        "avoid": [wording.say(item) for item in session.avoid],
        "bring": [wording.say(item) for item in session.bring],
        "say": wording.say(session.say) if session.say else "",
    }


def _training(choice: TrainingChoice, wording: Wording) -> Json:
    """The class."""
    return {
        "project": choice.training.ref,
        "title": choice.training.title,
        "reasons": _coded(choice.reasons, wording),
        "unlocks": {"postings": choice.unlocked_postings, "gain": choice.gain},
    }


def _shortfall(shortfall: Shortfall, wording: Wording) -> Json:
    """What is missing, and what would open more."""
    relaxed = [
        {"code": item.code, "text": wording.text(item.code, **item.args), "postings": item.postings}
        for item in shortfall.relaxations
    ]
    return {"missing": shortfall.missing, "relaxations": relaxed}


def _policy(note: PolicyNote, wording: Wording) -> Json:
    """One policy."""
    return {
        "code": note.code,
        "state": note.state.value,
        "text": wording.say(note.text),
        "question": wording.say(note.question) if note.question else "",
    }


def plan_json(plan: ServicePlan, wording: Wording) -> Json:
    """The whole plan of one person."""
    return {
        "worker": {"ref": plan.worker_ref, "name": plan.worker_name, "village": plan.village},
        "track": plan.track.value,
        "track_reasons": _coded(plan.track_reasons, wording),
        "questions": [wording.say(question) for question in plan.questions],
        "guidance": _guidance(plan.guidance, wording) if plan.guidance else None,
        "matches": [_match(match, wording) for match in plan.matches],
        "training": _training(plan.training, wording) if plan.training else None,
        "training_none": _coded([plan.training_none], wording)[0] if plan.training_none else None,
        "shortfall": _shortfall(plan.shortfall, wording),
        "policy": [_policy(note, wording) for note in plan.policy],
        "made_on": plan.made_on.isoformat(),
        "valid_until": plan.valid_until.isoformat(),
    }
