"""职业指导记录: the session as it was prepared, room for what was said, signatures, and a stub to take along.

In: the session of a plan. Out: a `FormView`; what must not stand on paper is told face to face.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from web.papers import back
from web.papers.collect import Prepared, Reader
from web.papers.fitting import RECORD_ROOM, back_fitted
from web.papers.forms.masks import Audience
from web.papers.speaker import Speaker
from web.papers.views import FormPart, FormView, Line, Section, Stub

if TYPE_CHECKING:
    from matcher.office import Office

WRITTEN = ("HELD", "LANGUAGE", "OWN_WORDS", "FEEDBACK", "NEXT")
"""What is filled in by hand while talking."""
_TAKEN_ALONG = 1
"""Steps that stand on the stub."""


def forms(office: Office, reader: Reader, item: Prepared) -> Iterator[FormView]:
    """The record of one session; a plan without one gets none."""
    speaker, plan = item.speaker, item.speaker.plan
    if plan.guidance is None:
        return
    yield FormView(
        lang=speaker.wording.language,
        made_on=office.today(),
        audience=Audience.WORKER,
        office=speaker.context.office_name,
        title=speaker.text("PAPER_RECORD_TITLE"),
        head=(
            Line(speaker.text("PAPER_NAME"), plan.worker_name),
            Line(
                speaker.text("PAPER_CASE_NO"),
                speaker.text("PAPER_RECORD_CASE", case_no=speaker.case.case_no, village=plan.village),
            ),
        ),
        parts=(
            *(FormPart(title=section.title, lines=section.lines) for section in _session(speaker)),
            FormPart(title=speaker.text("PAPER_RECORD_WRITTEN"), lines=_written(speaker), by_hand=True),
        ),
        signed=(speaker.text("PAPER_RECORD_SIGNING"),),
        stub=_stub(speaker),
        note=(speaker.text("PAPER_COMPLAINT", phone=speaker.context.complaint_phone),),
    )


def _session(speaker: Speaker) -> tuple[Section, ...]:
    """The session as it was prepared, set so that the record stays on one side."""
    return back_fitted(lambda kept: back.guidance(speaker, kept), room=RECORD_ROOM)


def _written(speaker: Speaker) -> tuple[Line, ...]:
    """Lines to write on."""
    return tuple(
        Line(speaker.text(f"PAPER_RECORD_{label}"), speaker.text(f"PAPER_RECORD_{label}_LINE")) for label in WRITTEN
    )


def _stub(speaker: Speaker) -> Stub:
    """What the person takes along: the next steps, and whom to call."""
    plan = speaker.plan
    steps = plan.guidance.steps[:_TAKEN_ALONG] if plan.guidance else ()
    lines = tuple(
        Line(speaker.short_day("PAPER_STEP_DUE", step.due.isoformat()), speaker.say(step.what)) for step in steps
    )
    window = speaker.text(
        "PAPER_CALL_WINDOW", phone=speaker.context.window_phone, address=speaker.context.window_address
    )
    return Stub(
        title=speaker.text("PAPER_RECORD_STUB"),
        owner=speaker.text("PAPER_SLIP_OWNER", name=plan.worker_name, case_no=speaker.case.case_no),
        lines=(*lines, Line(speaker.text("PAPER_CALL"), window)),
    )
