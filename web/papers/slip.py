"""The tear-off slip: what came of each posting, to be ticked and handed back.

In: a plan and the code of its sheet. Out: a `Slip` with a box for every answer and the code as text and as square.
"""

from __future__ import annotations

from web.papers.speaker import Speaker
from web.papers.views import Slip, TickRow

ANSWERS = ("WANTED", "CALLED", "STARTED", "TOO_FAR", "LOW_PAY", "CANNOT", "FAMILY", "BODY", "OTHER")
CLASS_ANSWERS = ("WANTED", "CALLED", "STARTED", "TOO_FAR", "CANNOT", "FAMILY", "BODY", "OTHER")


def slip_view(speaker: Speaker) -> Slip:
    """The slip of a plan."""
    plan, case, context = speaker.plan, speaker.case, speaker.context
    box = speaker.text("PAPER_BOX")
    rows = [
        TickRow(speaker.text("PAPER_SLIP_POSTING", rank=match.rank, title=match.posting.title), (box,) * len(ANSWERS))
        for match in plan.matches
    ]
    if plan.training is not None:
        cells = tuple(box if answer in CLASS_ANSWERS else "" for answer in ANSWERS)
        rows.append(TickRow(speaker.text("PAPER_SLIP_CLASS", title=plan.training.training.title), cells))
    columns = ("PAPER_SLIP_WHAT", *(f"PAPER_SLIP_{answer}" for answer in ANSWERS))
    return Slip(
        title=speaker.text("PAPER_SLIP_TITLE"),
        owner=speaker.text("PAPER_SLIP_OWNER", name=plan.worker_name, case_no=case.case_no),
        code_label=speaker.text("PAPER_SLIP_CODE"),
        code=f"{case.code[:4]} {case.code[4:]}",
        qr=f"{context.public_url}/s/{case.code}" if context.public_url else case.code,
        head=tuple(speaker.text(code) for code in columns) if rows else (),
        rows=tuple(rows),
        signing=speaker.text("PAPER_SLIP_SIGNING"),
    )
