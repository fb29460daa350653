"""Columns of the service ledger of “131”: guidance, three postings, class, delivery, outcome, calls.

In: a `Subject`. Out: plain values out of the plan, what staff put on record, slips, work told of, calls, proofs. A
session that is only planned says so, and a printed sheet has reached nobody yet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from matcher.domain.aftercare import THE_CLASS, CallResult, KeptTick
from matcher.domain.match import Match
from matcher.domain.plan import GuidanceSession
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.casefile import CaseStep
from matcher.domain.worker import HouseholdType, WorkStatus
from matcher.ladder.stability import stability
from matcher.ledgers.columns import word
from matcher.ledgers.subject import Subject
from matcher.ledgers.values.person import Plain

ENTRIES = {EntryType.UNEMPLOYED: "未就业", EntryType.NEWLY_UNEMPLOYED: "就业转失业"}
_BETWEEN = "、"
_FOUND = {
    CallResult.STILL: "FOLLOW_STILL",
    CallResult.LEFT: "FOLLOW_LEFT",
    CallResult.NOT_REACHED: "FOLLOW_NOT_REACHED",
    CallResult.MISSED: "LEDGER_CALL_MISSED",
}


def _group(subject: Subject) -> str:
    """The group of the population somebody belongs to."""
    household = subject.worker.household_type
    if household is HouseholdType.MONITORED and subject.worker.monitor_category is not None:
        return subject.worker.monitor_category.value
    return household.value if household is not None else ""


def _listed_on(subject: Subject) -> date | None:
    """When somebody was taken in: the day of the case, else of the plan."""
    if subject.case is not None:
        return subject.case.opened_on
    return subject.plan.plan.made_on if subject.plan is not None else None


def _entry(subject: Subject) -> str:
    """By which door somebody came in."""
    if subject.case is not None:
        return ENTRIES[EntryType(subject.case.entry_type)]
    status = subject.worker.work_status
    return status.value if status in {WorkStatus.UNEMPLOYED, WorkStatus.NEWLY_UNEMPLOYED} else ""


def _guided_on(subject: Subject) -> date | str | None:
    """The day the session was held; one that is only planned says so."""
    held = subject.newest(CaseStep.GUIDANCE)
    if held is not None:
        return held.on
    session = _session(subject)
    if session is None or not session.starts_at:
        return None
    planned = datetime.fromisoformat(session.starts_at).date().isoformat()
    return subject.around.wording.text("LEDGER_PLANNED", day=planned)


def _session(subject: Subject) -> GuidanceSession | None:
    """The session the plan holds."""
    return subject.plan.plan.guidance if subject.plan is not None else None


def _guided_how(subject: Subject) -> str:
    """How it was held, or is to be."""
    held, session = subject.newest(CaseStep.GUIDANCE), _session(subject)
    return word("guided", held.way) if held is not None else session.mode.value if session is not None else ""


def _guided_minutes(subject: Subject) -> int | None:
    """How long it took; how long it is to take is no figure of a ledger."""
    held = subject.newest(CaseStep.GUIDANCE)
    return held.minutes or None if held is not None else None


def _guided_by(subject: Subject) -> str:
    """Who held it, or is to."""
    held, session = subject.newest(CaseStep.GUIDANCE), _session(subject)
    return held.who if held is not None else session.guide if session is not None else ""


def _match(subject: Subject, rank: int) -> Match | None:
    """The posting of a rank."""
    matches = subject.plan.plan.matches if subject.plan is not None else ()
    return matches[rank - 1] if len(matches) >= rank else None


def _tick(subject: Subject, posting_key: int) -> KeptTick | None:
    """What was last said of a posting, on slips of any plan."""
    kept = [tick for slip in subject.slips for tick in slip.ticks if tick.tick.posting_key == posting_key]
    return kept[-1] if kept else None


def _post_title(subject: Subject, rank: int) -> str:
    """The employer and the post."""
    match = _match(subject, rank)
    return f"{match.posting.employer} · {match.posting.title}" if match else ""


def _post_pay(subject: Subject, rank: int) -> str:
    """The pay as the sheet says it."""
    match = _match(subject, rank)
    return subject.around.wording.say(match.posting.wage) if match else ""


def _post_place(subject: Subject, rank: int) -> str:
    """Where it is."""
    match = _match(subject, rank)
    return match.posting.place if match else ""


def _post_on(subject: Subject, rank: int) -> date | None:
    """When it reached the person: put on record, or the day the slip came back; a printed sheet has reached nobody."""
    return _reached(subject) if _match(subject, rank) else None


def _reached(subject: Subject) -> date | None:
    """When the plan that counts reached the person."""
    if subject.plan is None:
        return None
    told = [one.on for one in subject.events if one.step is CaseStep.DELIVERED and one.plan_code == subject.plan.code]
    told += [slip.on for slip in subject.slips if slip.plan_key == subject.plan.key]
    return min(told, default=None)


def _post_answer(subject: Subject, rank: int) -> str:
    """What the person said to it."""
    match = _match(subject, rank)
    tick = _tick(subject, match.posting_key) if match else None
    return subject.around.wording.text(f"ANSWER_{tick.tick.kind.name}") if tick else ""


def _post_why(subject: Subject, rank: int) -> str:
    """Why not."""
    match = _match(subject, rank)
    tick = _tick(subject, match.posting_key) if match else None
    return _BETWEEN.join(subject.around.wording.text(f"WHY_{code}") for code in tick.tick.why) if tick else ""


def _class(subject: Subject) -> str:
    """The class, or why none is suggested."""
    if subject.plan is None:
        return ""
    plan = subject.plan.plan
    if plan.training is not None:
        return plan.training.training.title
    return subject.around.wording.say(plan.training_none) if plan.training_none is not None else ""


def _class_dates(subject: Subject) -> str:
    """From when to when the class runs."""
    training = subject.plan.plan.training if subject.plan is not None else None
    days = (training.training.starts_on, training.training.ends_on) if training is not None else ("", "")
    return "—".join(day for day in days if day)


def _class_answer(subject: Subject) -> str:
    """What became of the class: how far somebody is with it, else what was said."""
    if subject.enrolled is not None:
        return subject.around.wording.text(f"LEDGER_ENROLLED_{subject.enrolled.name}")
    tick = _tick(subject, THE_CLASS)
    return subject.around.wording.text(f"ANSWER_CLASS_{tick.tick.kind.name}") if tick else ""


def _proof(subject: Subject) -> str:
    """What shows that the sheet reached the person: what was put on record, the slip that came back."""
    wording = subject.around.wording
    told = subject.newest(CaseStep.DELIVERED)
    if told is not None:
        return f"{told.on.isoformat()} {word('delivered', told.way)}"
    if subject.slips:
        return wording.text("LEDGER_SLIP_BACK", came_on=subject.slips[-1].on.isoformat())
    printed = subject.plan.printed_on if subject.plan is not None else None
    return wording.text("LEDGER_PRINTED", printed_on=printed.isoformat()) if printed else ""


def _outcome(subject: Subject) -> str:
    """Where somebody works since, or by which way out the case ended."""
    spell, left = subject.spell, subject.newest(CaseStep.EXIT)
    if spell is None:
        return word("exit", left.way) if left is not None else ""
    return " ".join(part for part in (spell.employer, spell.title, spell.place) if part)


def _call(subject: Subject, after: int) -> str:
    """The call after so many days: what it found and when, or until when it is due."""
    spell, wording = subject.spell, subject.around.wording
    made = [one for one in subject.calls if spell and one.spell_key == spell.key and one.after_days == after]
    if not made:
        return ""
    one = made[-1]
    if one.done_on is None or one.result is None:
        return wording.text("LEDGER_CALL_DUE", call_on=one.due_on.isoformat())
    return f"{one.done_on.isoformat()} {wording.text(_FOUND[one.result])}"


def _stable(subject: Subject) -> str:
    """Whether the work has lasted as long as asked for, and whether it is proved."""
    if not subject.spells:
        return ""
    found = stability(subject.spells, subject.proofs, subject.around.policy, subject.around.today)
    if found.proved:
        return subject.around.wording.text("LEDGER_STABLE")
    return subject.around.wording.text("LEDGER_STABLE_UNPROVED" if found.reached else "LEDGER_NOT_YET")


def _note(subject: Subject) -> str:
    """What is missing of the three, and how many sheets somebody has had."""
    plan = subject.plan.plan if subject.plan is not None else None
    if plan is None or not plan.shortfall.missing:
        return ""
    return subject.around.wording.text("LEDGER_SHORT", missing=plan.shortfall.missing)


SOURCES: dict[str, Callable[[Subject], Plain]] = {
    "group_told": _group,
    "listed_on": _listed_on,
    "entry_told": _entry,
    "guided_on": _guided_on,
    "guided_how": _guided_how,
    "guided_minutes": _guided_minutes,
    "guided_by": _guided_by,
    **{
        f"post{rank}.{name}": partial(read, rank=rank)
        for rank in (1, 2, 3)
        for name, read in (
            ("title", _post_title),
            ("pay", _post_pay),
            ("place", _post_place),
            ("told_on", _post_on),
            ("answer", _post_answer),
            ("why", _post_why),
        )
    },
    "class_title": _class,
    "class_dates": _class_dates,
    "class_answer": _class_answer,
    "proof_told": _proof,
    "outcome_place": _outcome,
    "outcome_on": lambda one: one.spell.started_on if one.spell else None,
    "call_7": partial(_call, after=7),
    "call_30": partial(_call, after=30),
    "call_90": partial(_call, after=90),
    "stable_told": _stable,
    "service_note": _note,
}
