"""The list of a village pack: who gets a sheet, to be ticked when it was handed over and when the slip came back.

In: the people of a village. Out: a `CoverView` without rows, and the row of each person.
"""

from __future__ import annotations

from datetime import date

from matcher.wording import Wording
from web.papers.context import PaperContext
from web.papers.speaker import Speaker
from web.papers.views import CoverView, Line

COLUMNS = ("NUMBER", "NAME", "CASE_NO", "TRACK", "POSTINGS", "CLASS", "GIVEN", "RETURNED")


def cover_view(wording: Wording, context: PaperContext, *, place: str, people: int, made_on: date) -> CoverView:
    """The list of a village; its rows come with its sheets."""
    return CoverView(
        lang=wording.language,
        made_on=made_on,
        title=wording.text("PAPER_COVER_TITLE", place=place or wording.text("PAPER_COVER_NO_VILLAGE")),
        head=(
            Line(wording.text("PAPER_COVER_OFFICE"), context.office_name),
            Line(wording.text("PAPER_COVER_PEOPLE"), str(people)),
            Line(wording.text("PAPER_MADE_ON"), wording.text("PAPER_DAY", day_on=made_on.isoformat())),
        ),
        columns=tuple(wording.text(f"PAPER_COVER_{column}") for column in COLUMNS),
        rows=(),
        note=wording.text("PAPER_COVER_NOTE", phone=context.window_phone),
    )


def cover_row(speaker: Speaker) -> tuple[str, ...]:
    """One person, without the number."""
    plan, box = speaker.plan, speaker.text("PAPER_BOX")
    return (
        plan.worker_name,
        speaker.case.case_no,
        speaker.text(f"PAPER_TRACK_{plan.track.name}"),
        str(len(plan.matches)),
        str(int(plan.training is not None)),
        box,
        box,
    )
