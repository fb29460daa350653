"""一次性告知单: what the person may get now, what has to be settled first, what not; papers to bring; a stub.

In: the policies of a plan. Out: a `FormView`. Amounts, days and papers nobody has entered are lines for the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.domain.plan import PolicyNote, PolicyState
from web.papers.collect import Prepared, Reader
from web.papers.forms.masks import Audience
from web.papers.speaker import Speaker
from web.papers.views import FormPart, FormView, Line, Stub

if TYPE_CHECKING:
    from matcher.office import Office

_WIDTHS = {PolicyState.YES: (34, 30, 36), PolicyState.UNKNOWN: (34, 30, 36), PolicyState.NO: (50, 50)}


def forms(office: Office, reader: Reader, item: Prepared) -> Iterator[FormView]:
    """The notice of one person."""
    speaker, plan = item.speaker, item.speaker.plan
    day = speaker.text("PAPER_DAY", day_on=office.today().isoformat())
    yield FormView(
        lang=speaker.wording.language,
        made_on=office.today(),
        audience=Audience.WORKER,
        office=speaker.context.office_name,
        title=speaker.text("PAPER_NOTICE_TITLE"),
        head=(
            Line(speaker.text("PAPER_NAME"), plan.worker_name),
            Line(speaker.text("PAPER_CASE_NO"), speaker.case.case_no),
            Line(speaker.text("PAPER_MADE_ON"), day),
        ),
        lead=speaker.text("PAPER_NOTICE_LEAD"),
        parts=tuple(_states(speaker)),
        stub=Stub(
            title=speaker.text("PAPER_STUB_TITLE"),
            owner=speaker.text("PAPER_SLIP_OWNER", name=plan.worker_name, case_no=speaker.case.case_no),
            lines=(Line("", speaker.text("PAPER_NOTICE_GOT")), Line("", speaker.text("PAPER_NOTICE_READ"))),
            signing=speaker.text("PAPER_SLIP_SIGNING"),
        ),
        note=(speaker.text("PAPER_COMPLAINT", phone=speaker.context.complaint_phone), speaker.text("PAPER_BASIS")),
    )


def _states(speaker: Speaker) -> Iterator[FormPart]:
    """A table for each state; one nobody falls into says so in a line."""
    for state in (PolicyState.YES, PolicyState.UNKNOWN, PolicyState.NO):
        notes = [note for note in speaker.plan.policy if note.state is state]
        title = speaker.text(f"PAPER_NOTICE_{state.name}")
        if not notes:
            yield FormPart(title=title, lines=(Line("", speaker.text(f"PAPER_NOTICE_{state.name}_NONE")),))
            continue
        columns = ("WHAT", "WHY") if state is PolicyState.NO else ("WHAT", "NEEDS", "WHERE")
        if state is PolicyState.UNKNOWN:
            columns = ("WHAT", "SETTLE", "WHERE")
        yield FormPart(
            title=title,
            columns=tuple(speaker.text(f"PAPER_NOTICE_{column}") for column in columns),
            rows=tuple(_row(speaker, note) for note in notes),
            layout=_WIDTHS[state],
        )


def _row(speaker: Speaker, note: PolicyNote) -> tuple[str, ...]:
    """One policy."""
    what = speaker.say(note.text)
    if note.state is PolicyState.NO:
        return what, speaker.say(note.question) if note.question else speaker.text("PAPER_NOTICE_BY_WINDOW")
    where = speaker.text("PAPER_NOTICE_AT", phone=speaker.context.window_phone, address=speaker.context.window_address)
    if note.state is PolicyState.UNKNOWN:
        asked = speaker.say(note.question) if note.question else speaker.text("PAPER_NOTICE_BY_WINDOW")
        return what, asked, where
    return what, speaker.text("PAPER_NOTICE_PAPERS"), where
