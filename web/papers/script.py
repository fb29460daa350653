"""The reading script: a sheet for somebody who does not read, in a minute.

In: a plan. Out: three sentences a posting, one for the class, one for whom to call; as full as a minute holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain.match import Match
from web.papers.blocks import contact, place_line, reasons_of
from web.papers.speaker import Speaker
from web.papers.views import ScriptView

SECONDS, CHARACTERS_A_SECOND = 60, 5
"""Read slowly and clearly; faster nobody who hears it for the first time can follow."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is told: reasons of so many postings, the way there, who gives the class."""

    reasons: int
    way: bool
    provider: bool


TELLINGS = (Telling(3, True, True), Telling(1, True, True), Telling(0, True, True), Telling(0, False, True))
SHORTEST = Telling(0, False, False)


def reading_script(speaker: Speaker) -> ScriptView:
    """What is read aloud to the person of a plan."""
    title = speaker.text("PAPER_SCRIPT_FOR", name=speaker.plan.worker_name, case_no=speaker.case.case_no)
    for telling in TELLINGS:
        sentences = tuple(_sentences(speaker, telling))
        if sum(map(len, sentences)) <= SECONDS * CHARACTERS_A_SECOND:
            return ScriptView(title=title, sentences=sentences)
    return ScriptView(title=title, sentences=tuple(_sentences(speaker, SHORTEST)))


def _sentences(speaker: Speaker, telling: Telling) -> Iterator[str]:
    """The script, as full as told to be."""
    plan = speaker.plan
    for match in plan.matches:
        yield from _posting(speaker, match, telling)
    if plan.shortfall.missing:
        yield speaker.text("PAPER_SCRIPT_SHORT", missing=plan.shortfall.missing)
    if plan.training is not None:
        view = plan.training.training
        phone = view.phone or speaker.context.window_phone
        if telling.provider and view.provider:
            yield speaker.text("PAPER_SCRIPT_CLASS", title=view.title, provider=view.provider, phone=phone)
        else:
            yield speaker.text("PAPER_SCRIPT_CLASS_SHORT", title=view.title, phone=phone)
    if not plan.track.carries_postings:
        yield speaker.text(f"PAPER_LEAD_{plan.track.name}")
        yield from speaker.say_all(plan.questions)
    yield speaker.text("PAPER_SCRIPT_END", phone=speaker.context.window_phone)


def _posting(speaker: Speaker, match: Match, telling: Telling) -> tuple[str, str, str]:
    """A posting in three sentences: what and where, what it pays and why, whom to call."""
    view = match.posting
    place = place_line(speaker, match) if telling.way else view.place or speaker.text("PAPER_PLACE_UNKNOWN")
    what = speaker.text("PAPER_SCRIPT_WHAT", rank=match.rank, title=view.title, employer=view.employer, place=place)
    why = reasons_of(speaker, match)[:1] if match.rank <= telling.reasons else []
    wage = speaker.wording.say(view.wage)
    pay = (
        speaker.text("PAPER_SCRIPT_PAY", wage=wage, why=why[0])
        if why
        else speaker.text("PAPER_SCRIPT_PAY_ONLY", wage=wage)
    )
    if match.posting_key in speaker.case.closed:
        return what, pay, speaker.text("PAPER_SCRIPT_CLOSED")
    return what, pay, speaker.text("PAPER_SCRIPT_CALL", contact=contact(speaker, match))
