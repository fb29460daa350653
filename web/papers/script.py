"""The reading script: a sheet for somebody who does not read, in about a minute.

In: a plan. Out: three sentences a posting, one for the class, one for whom to call.
"""

from __future__ import annotations

from matcher.domain.match import Match
from web.papers.blocks import contact, place_line, reasons_of
from web.papers.speaker import Speaker
from web.papers.views import ScriptView


def reading_script(speaker: Speaker) -> ScriptView:
    """What is read aloud to the person of a plan."""
    plan = speaker.plan
    sentences = [sentence for match in plan.matches for sentence in _posting(speaker, match)]
    if plan.shortfall.missing:
        sentences.append(speaker.text("PAPER_SCRIPT_SHORT", missing=plan.shortfall.missing))
    if plan.training is not None:
        view = plan.training.training
        phone = view.phone or speaker.context.window_phone
        sentences.append(speaker.text("PAPER_SCRIPT_CLASS", title=view.title, provider=view.provider, phone=phone))
    if not plan.track.carries_postings:
        sentences += [speaker.text(f"PAPER_LEAD_{plan.track.name}"), *speaker.say_all(plan.questions)]
    sentences.append(speaker.text("PAPER_SCRIPT_END", phone=speaker.context.window_phone))
    title = speaker.text("PAPER_SCRIPT_FOR", name=plan.worker_name, case_no=speaker.case.case_no)
    return ScriptView(title=title, sentences=tuple(sentences))


def _posting(speaker: Speaker, match: Match) -> tuple[str, str, str]:
    """A posting in three sentences: what and where, what it pays and why, whom to call."""
    view = match.posting
    what = speaker.text(
        "PAPER_SCRIPT_WHAT", rank=match.rank, title=view.title, employer=view.employer, place=place_line(speaker, match)
    )
    why = reasons_of(speaker, match)[:1]
    wage = speaker.wording.say(view.wage)
    pay = (
        speaker.text("PAPER_SCRIPT_PAY", wage=wage, why=why[0])
        if why
        else speaker.text("PAPER_SCRIPT_PAY_ONLY", wage=wage)
    )
    return what, pay, speaker.text("PAPER_SCRIPT_CALL", contact=contact(speaker, match))
