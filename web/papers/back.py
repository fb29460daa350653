"""The back of a match sheet: the guidance session, policies, questions still open.

In: the session, policies and questions of a plan. Out: `Section`s of lines; a section without lines does not appear.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from matcher.domain.facts import Phrase
from matcher.domain.plan import GuidanceSession, PolicyState
from web.papers.blocks import left_asks
from web.papers.fitting import BACK_STEPS, Kept, Limits, back_fitted
from web.papers.speaker import Speaker
from web.papers.views import Line, Section

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def back_sections(speaker: Speaker, limits: Limits) -> tuple[Section, ...]:
    """Everything on the back, in the order it is talked through."""
    asks = _section(speaker, "PAPER_ASKS_TITLE", left_asks(speaker, limits))

    def back(kept: Kept) -> tuple[Section, ...]:
        return (*guidance(speaker, kept), *asks, *_policies(speaker, kept), *questions(speaker))

    return back_fitted(back)


def _section(speaker: Speaker, code: str, lines: Iterable[Line]) -> tuple[Section, ...]:
    """A section, or none where there is nothing to say."""
    found = tuple(lines)
    return (Section(speaker.text(code), found),) if found else ()


def _said(speaker: Speaker, phrases: tuple[Phrase, ...]) -> list[Line]:
    """Phrases as lines without labels."""
    return [Line("", sentence) for sentence in speaker.say_all(phrases)]


def guidance(speaker: Speaker, kept: Kept = BACK_STEPS[0]) -> tuple[Section, ...]:
    """The session: when, where, who; strengths, obstacles, dated steps, what to say, bring and avoid."""
    session = speaker.plan.guidance
    if session is None:
        return ()
    opening = [said for said in (session.opening, session.pay) if said]
    say = [session.say] if session.say else []
    steps, told = _steps(speaker, session), _said(speaker, session.obstacles)
    if kept.small:
        steps, told = [replace(line, small=True) for line in steps], [replace(line, small=True) for line in told]
    return (
        *_section(speaker, "PAPER_GUIDE_TITLE", [*_appointment(speaker, session), *_said(speaker, tuple(opening))]),
        *_section(speaker, "PAPER_STRENGTHS_TITLE", _said(speaker, session.strengths)),
        *_section(speaker, "PAPER_OBSTACLES_TITLE", told),
        *_section(speaker, "PAPER_STEPS_TITLE", steps),
        *_section(speaker, "PAPER_SAY_TITLE", _said(speaker, tuple(say))),
        *_section(speaker, "PAPER_BRING_TITLE", _together(speaker, session.bring)),
        *_section(speaker, "PAPER_AVOID_TITLE", _said(speaker, session.avoid[: kept.warnings])),
    )


def _together(speaker: Speaker, phrases: tuple[Phrase, ...]) -> list[Line]:
    """Short phrases on one line."""
    return [Line("", speaker.joined(speaker.say_all(phrases)))] if phrases else []


def _appointment(speaker: Speaker, session: GuidanceSession) -> list[Line]:
    """When and how long, where and how, with whom."""
    guide = session.guide or speaker.text("PAPER_GUIDE_CLERK")
    return [
        Line(speaker.text("PAPER_GUIDE_WHEN"), _when(speaker, session)),
        Line(
            speaker.text("PAPER_GUIDE_WHERE"),
            speaker.text(
                f"PAPER_GUIDE_{session.mode.name}", place=session.place, address=speaker.context.window_address
            ),
        ),
        Line(
            speaker.text("PAPER_GUIDE_WHO"),
            speaker.text("PAPER_GUIDE_PERSON", guide=guide, phone=session.guide_phone or speaker.context.window_phone),
        ),
    ]


def _when(speaker: Speaker, session: GuidanceSession) -> str:
    """The appointment, or that it is still to be made."""
    if not session.starts_at:
        return speaker.text("PAPER_GUIDE_NO_SLOT", phone=speaker.context.window_phone)
    start = datetime.fromisoformat(session.starts_at)
    weekday = speaker.text(f"PAPER_{WEEKDAYS[start.weekday()]}")
    return speaker.text(
        "PAPER_GUIDE_AT",
        day=speaker.day(session.starts_at[:10]),
        weekday=weekday,
        time=start.strftime("%H:%M").lstrip("0"),
        minutes=session.minutes,
    )


def _steps(speaker: Speaker, session: GuidanceSession) -> list[Line]:
    """Who does what by when."""
    lines = []
    for step in session.steps:
        done = speaker.text("PAPER_STEP", who=speaker.say(step.who), what=speaker.say(step.what))
        lines.append(Line(speaker.short_day("PAPER_STEP_DUE", step.due.isoformat()), done))
    return lines


def _policies(speaker: Speaker, kept: Kept) -> tuple[Section, ...]:
    """What may be got, and the question that settles what is open."""
    lines = []
    for note in speaker.plan.policy:
        if note.state is PolicyState.NO:
            continue
        said = speaker.say(note.text)
        if note.state is PolicyState.UNKNOWN and note.question is not None:
            said = speaker.text("PAPER_POLICY_OPEN", policy=said, question=speaker.say(note.question))
        lines.append(Line("", said))
    return _section(speaker, "PAPER_POLICY_TITLE", lines[: kept.policies])


def questions(speaker: Speaker) -> tuple[Section, ...]:
    """What is still to be told."""
    lines = _said(speaker, speaker.plan.questions)
    if not speaker.plan.track.carries_postings:
        answer = Line(speaker.text("PAPER_ANSWER"), speaker.text("PAPER_ANSWER_LINE"))
        lines = [line for asked in lines for line in (asked, answer)]
    return _section(speaker, "PAPER_QUESTIONS_TITLE", lines)
