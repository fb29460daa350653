"""The cover list of a village pack: who gets a sheet, to be ticked when it was handed over and when the slip came back.

In: the plans printed. Out: a `CoverView`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.wording import Wording
from web.papers.context import PaperContext
from web.papers.speaker import Speaker
from web.papers.views import CoverView, Line

COLUMNS = ("NUMBER", "NAME", "CASE_NO", "TRACK", "POSTINGS", "CLASS", "GIVEN", "RETURNED")


def cover_view(
    speakers: Sequence[Speaker], wording: Wording, context: PaperContext, *, place: str, made_on: date
) -> CoverView:
    """The list of a village, in the order of its sheets."""
    return CoverView(
        lang=wording.language,
        made_on=made_on,
        title=wording.text("PAPER_COVER_TITLE", place=place),
        head=(
            Line(wording.text("PAPER_COVER_OFFICE"), context.office_name),
            Line(wording.text("PAPER_COVER_PEOPLE"), str(len(speakers))),
            Line(wording.text("PAPER_MADE_ON"), wording.text("PAPER_DAY", day_on=made_on.isoformat())),
        ),
        columns=tuple(wording.text(f"PAPER_COVER_{column}") for column in COLUMNS),
        rows=tuple(_row(number, speaker) for number, speaker in enumerate(speakers, start=1)),
        note=wording.text("PAPER_COVER_NOTE", phone=context.window_phone),
    )


def _row(number: int, speaker: Speaker) -> tuple[str, ...]:
    """One person."""
    plan, box = speaker.plan, speaker.text("PAPER_BOX")
    return (
        str(number),
        plan.worker_name,
        speaker.case.case_no,
        speaker.text(f"PAPER_TRACK_{plan.track.name}"),
        str(len(plan.matches)),
        str(int(plan.training is not None)),
        box,
        box,
    )
