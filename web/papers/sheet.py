"""The match sheet of one person.

In: a stored plan, the wording of a language, the office and the case. Out: a `SheetView` that fits one leaf:
postings, class, whom to call and the slip in front, everything else on the back.
"""

from __future__ import annotations

from matcher.domain.facts import Phrase
from matcher.domain.plan import ServicePlan, Track
from matcher.wording import Wording
from web.papers import back, blocks
from web.papers.context import CaseMark, PaperContext
from web.papers.fitting import Limits, fitted
from web.papers.slip import slip_view
from web.papers.speaker import Speaker
from web.papers.views import Line, Section, SheetView

PRINTED = frozenset(
    {Track.FULL, Track.PUBLIC_POST_EXIT, Track.STABILISE, Track.ON_REQUEST, Track.SCHOOL_RETURN, Track.INFO_FIRST}
)
"""Tracks that get a sheet for the person; of the others the office keeps a record."""


def build_sheet(plan: ServicePlan, wording: Wording, context: PaperContext, case: CaseMark) -> SheetView:
    """The sheet of a plan, as full as fits."""
    speaker = Speaker(plan, wording, context, case)
    return fitted(lambda limits: _sheet(speaker, limits))


def _sheet(speaker: Speaker, limits: Limits) -> SheetView:
    """The sheet under limits."""
    plan, postings = speaker.plan, speaker.plan.track.carries_postings
    training = [blocks.class_block(speaker, plan.training, limits)] if plan.training else []
    return SheetView(
        lang=speaker.wording.language,
        made_on=plan.made_on,
        office=speaker.context.office_name,
        title=speaker.text("PAPER_TITLE" if postings else f"PAPER_TITLE_{plan.track.name}"),
        head=_head(speaker),
        lead=_lead(speaker),
        blocks=(*(blocks.posting_block(speaker, match, limits) for match in plan.matches), *training),
        shortfall=_shortfall(speaker) if postings else (),
        front=() if postings else (*back.guidance(speaker), *back.questions(speaker)),
        call=_call(speaker),
        slip=slip_view(speaker),
        back_title=speaker.text("PAPER_BACK_TITLE", name=plan.worker_name) if postings else "",
        back=back.back_sections(speaker, limits) if postings else (),
        basis=_basis(speaker),
    )


def _head(speaker: Speaker) -> tuple[Line, ...]:
    """Who, which case, from when until when."""
    plan = speaker.plan
    return (
        Line(speaker.text("PAPER_NAME"), plan.worker_name),
        Line(speaker.text("PAPER_VILLAGE"), plan.village or speaker.text("PAPER_NOT_STATED")),
        Line(speaker.text("PAPER_CASE_NO"), speaker.case.case_no),
        Line(speaker.text("PAPER_MADE_ON"), speaker.day(plan.made_on.isoformat())),
        Line(speaker.text("PAPER_VALID_UNTIL"), speaker.day(plan.valid_until.isoformat())),
    )


def _lead(speaker: Speaker) -> str:
    """What this paper is, in one sentence."""
    plan = speaker.plan
    if not plan.track.carries_postings:
        return speaker.text(f"PAPER_LEAD_{plan.track.name}")
    found = len(plan.matches)
    code = "PAPER_LEAD_NONE" if not found else "PAPER_LEAD" if plan.training else "PAPER_LEAD_NO_CLASS"
    return speaker.text(code, postings=found, classes=1)


def _shortfall(speaker: Speaker) -> tuple[Section, ...]:
    """What is missing, said as it is, with what would open more; and why there is no class."""
    plan, found = speaker.plan, []
    missing = plan.shortfall.missing
    if missing:
        code = "PAPER_SHORT" if plan.matches else "PAPER_SHORT_NONE"
        then = speaker.text("PAPER_SHORT_OPENS" if plan.shortfall.relaxations else "PAPER_SHORT_WAIT")
        lines = [Line("", speaker.text(code, found=len(plan.matches), missing=missing, then=then))]
        for item in plan.shortfall.relaxations:
            what = speaker.say(Phrase(item.code, item.args))
            lines.append(Line("", speaker.text("PAPER_RELAX", what=what, postings=item.postings)))
        found.append(Section(speaker.text("PAPER_SHORT_TITLE"), tuple(lines)))
    if plan.training is None and plan.training_none is not None:
        line = Line("", speaker.say(plan.training_none))
        found.append(Section(speaker.text("PAPER_NO_CLASS_TITLE"), (line,)))
    return tuple(found)


def _call(speaker: Speaker) -> tuple[Line, ...]:
    """Whom to call."""
    session, context = speaker.plan.guidance, speaker.context
    window = context.window(speaker.wording)
    if session is None or not session.guide:
        return (Line(speaker.text("PAPER_CALL"), window),)
    phone = session.guide_phone or context.window_phone
    guide = speaker.text("PAPER_CALL_GUIDE", guide=session.guide, phone=phone)
    return (Line(speaker.text("PAPER_CALL"), guide), Line(speaker.text("PAPER_OR_WINDOW"), window, small=True))


def _basis(speaker: Speaker) -> tuple[str, ...]:
    """The foot of the sheet: complaint phone, what it rests on, how it was made."""
    made = speaker.text("PAPER_MADE_BY", digest=speaker.case.policy_digest[:8] or speaker.text("PAPER_NOT_STATED"))
    return (
        speaker.text("PAPER_COMPLAINT", phone=speaker.context.complaint_phone),
        speaker.text("PAPER_BASIS"),
        made,
    )
