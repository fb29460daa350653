"""重点帮扶人员清单: the people of the key-assistance list; for the office only, with a purpose.

In: the list of a scope. Out: the frame of a list and a row a person; what nobody has entered is a field to write in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.domain.service.key_list import EntryReason, KeyEntry
from matcher.key_list.listing import is_bare, is_late, whole_list
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.wording import Wording
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FRAME, ROW, RowContent, part_of
from web.papers.context import PaperContext
from web.papers.forms.masks import Audience
from web.papers.glyphs import printable_model
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office

COLUMNS = ("NUMBER", "NAME", "VILLAGE", "SINCE", "WHY", "OWNER", "CONTACT", "DONE", "DUE", "STATE")
_WIDTHS = (5, 9, 11, 12, 11, 9, 12, 16, 12, 10)
_LEAST_PURPOSE = 2


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """The list of a scope."""
    wording, policy = office.wording(order.lang, PAPER_TEXTS), office.policy.at(office.today())
    if len(order.purpose.strip()) < _LEAST_PURPOSE:
        raise InputRefused(wording.text("PAPER_KEY_PURPOSE"))
    with office.reading() as unit:
        context = office_context(unit, wording)
        entries = whole_list(unit, Scope(order.division, order.villages), policy)
    rows = [
        part_of(RowContent(_row(wording, entry, policy)), kind=ROW, worker_key=entry.worker_key) for entry in entries
    ]
    if not rows:
        raise InputRefused(wording.text("PAPER_KEY_NOBODY"))
    return [part_of(_frame(office, order, wording, context, len(rows)), kind=FRAME), *rows]


def _frame(office: Office, order: PrintOrder, wording: Wording, context: PaperContext, many: int) -> FormView:
    """The list without its rows."""
    return FormView(
        lang=order.lang,
        made_on=office.today(),
        audience=Audience.INTERNAL,
        layout="wide",
        office=context.office_name,
        title=wording.text("PAPER_KEY_TITLE"),
        head=(
            Line(wording.text("PAPER_COVER_PEOPLE"), str(many)),
            Line(wording.text("PAPER_MADE_ON"), wording.text("PAPER_DAY", day_on=office.today().isoformat())),
            Line(wording.text("PAPER_KEY_FOR"), order.purpose),
        ),
        parts=(FormPart(columns=tuple(wording.text(f"PAPER_KEY_{column}") for column in COLUMNS), layout=_WIDTHS),),
        note=(wording.text("PAPER_KEY_NOTE"),),
    )


def _row(wording: Wording, entry: KeyEntry, policy: PolicyAt) -> tuple[str, ...]:
    """One person; what nobody has entered stays empty."""
    blank = wording.text("PAPER_KEY_BLANK")
    why = wording.text(f"KEY_REASON_{entry.reason.name}")
    if entry.reason is EntryReason.BY_HAND and entry.words:
        why = f"{why}：{entry.words}"
    late, bare = is_late(entry, policy), is_bare(entry, policy)
    state = "KEY_TAG_LATE" if late else "KEY_TAG_BARE" if bare else "KEY_TAG_FINE"
    done = entry.measures or (entry.measure_on.isoformat() if entry.measure_on else "")
    cells = (
        entry.name,
        entry.village,
        entry.entered_on.isoformat(),
        why,
        entry.owner or blank,
        entry.contact_on.isoformat() if entry.contact_on else blank,
        done or blank,
        entry.next_due.isoformat() if entry.next_due else blank,
        wording.text(state),
    )
    return printable_model(cells)
