"""重点帮扶人员清单: the people somebody has to look after first; for the office only, with a purpose.

In: people under monitoring or newly out of work. Out: the frame of a list and a row a person; what is not stored
(last contact, what was done) is a field to write in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.domain.rosters.records import EntryType, ServiceCase
from matcher.wording import Wording
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FRAME, ROW, RowContent, part_of
from web.papers.context import PaperContext
from web.papers.forms.masks import Audience
from web.papers.forms.people import people_of
from web.papers.glyphs import printable_model
from web.papers.speaker import joined
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.listings import PersonSummary
    from matcher.office import Office, StoredWorker

COLUMNS = ("NUMBER", "NAME", "VILLAGE", "SINCE", "WHY", "OWNER", "CONTACT", "DONE", "DUE", "STATE")
_WIDTHS = (5, 9, 11, 12, 11, 9, 12, 16, 12, 10)
_CASES_AT_MOST = 5_000
_LEAST_PURPOSE = 2


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """The list of a scope."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    if len(order.purpose.strip()) < _LEAST_PURPOSE:
        raise InputRefused(wording.text("PAPER_KEY_PURPOSE"))
    with office.reading() as unit:
        context = office_context(unit, wording)
        waiting, _ = unit.cases.waiting(
            EntryType.NEWLY_UNEMPLOYED, division=order.division, villages=order.villages, limit=_CASES_AT_MOST
        )
    cases = {case.worker_key: case for case in waiting}
    rows = [
        part_of(RowContent(_row(wording, person, stored, cases.get(person.key))), kind=ROW, worker_key=person.key)
        for person, stored in people_of(office, order)
        if stored.value.monitor_category is not None or person.key in cases
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


def _row(wording: Wording, person: PersonSummary, stored: StoredWorker, case: ServiceCase | None) -> tuple[str, ...]:
    """One person; what nobody has entered stays empty."""
    worker = stored.value
    ledger = worker.ledger
    monitored = worker.monitor_category is not None
    since = case.opened_on if case else ledger.identified_on if ledger and monitored else None
    why = [wording.text("PAPER_KEY_MONITORED")] if monitored else []
    why += [wording.text("PAPER_KEY_NEWLY")] if case else []
    blank = wording.text("PAPER_KEY_BLANK")
    state = wording.text(f"PAGE_WORK_STATUS_{worker.work_status.name}") if worker.work_status else blank
    cells = (
        person.name,
        person.village,
        since.isoformat() if since else blank,
        wording.text("PAPER_KEY_AND").join(why),
        worker.guide_name or blank,
        blank,
        _done(wording, person, ledger.measures if ledger else "") or blank,
        case.due_on.isoformat() if case else blank,
        state,
    )
    return printable_model(cells)


def _done(wording: Wording, person: PersonSummary, measures: str) -> str:
    """What the ledger says was done, and what the plan holds."""
    said = [measures] if measures else []
    if person.plan_run is not None:
        said.append(wording.text("PAPER_KEY_PLAN", postings=person.matches, classes=int(person.has_training)))
    return joined(wording, said)
