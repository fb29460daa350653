"""用工指导单: for one employer: its postings, who started, what it may ask for, what it has to do, whom to call.

In: the name of an employer. Out: a `FormView`; of people it knows numbers only, and what is not stored is a line.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from matcher.cooperation.departures import lifted
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.trust import employer_key
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.listings import PostingFilter, PostingSummary, Scope, postings
from matcher.visiting.books import EmployerBook, engagements
from matcher.visiting.books import books as books_of
from matcher.wording import Wording
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FORM, part_of
from web.papers.forms.masks import Audience
from web.papers.glyphs import printable_sheet
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office, UnitOfWork

COLUMNS = ("JOB", "OPENINGS", "STARTED", "STATE", "DEADLINE")
_WIDTHS = (40, 12, 14, 16, 18)
_POSTINGS_AT_MOST = 20


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """The paper of one employer."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    with office.reading() as unit:
        context = office_context(unit, wording)
        page = postings(unit, PostingFilter(text=order.employer), Scope(), number=1, size=100)
        own = [row for row in page.rows if row.employer == order.employer][:_POSTINGS_AT_MOST]
        book = _book(office, unit, order)
        if not own and book is None:
            raise InputRefused(wording.text("PAPER_EMPLOYER_NONE"))
        started = {row.key: unit.openings.taken(row.key) for row in own}
        books = _books(office, unit, wording, book, sum(started.values()))
    form = FormView(
        lang=order.lang,
        made_on=office.today(),
        audience=Audience.EMPLOYER,
        office=context.office_name,
        title=wording.text("PAPER_EMPLOYER_TITLE"),
        head=(
            Line(wording.text("PAPER_LETTER_TO"), order.employer),
            Line(wording.text("PAPER_MADE_ON"), wording.text("PAPER_DAY", day_on=office.today().isoformat())),
        ),
        lead=wording.text("PAPER_EMPLOYER_LEAD"),
        parts=(
            FormPart(
                title=wording.text("PAPER_EMPLOYER_POSTINGS"),
                columns=tuple(wording.text(f"PAPER_EMPLOYER_{column}") for column in COLUMNS),
                rows=tuple(_row(wording, row, started[row.key]) for row in own),
                layout=_WIDTHS,
            ),
            FormPart(title=wording.text("PAPER_EMPLOYER_BOOKS"), lines=books),
            _said(wording, "PAPER_EMPLOYER_GAINS", ("REFUND", "INSURANCE")),
            _said(wording, "PAPER_EMPLOYER_DUTIES", ("CONTRACT", "WAGES", "NO_FEE", "TELL")),
        ),
        signed=(
            context.office_name,
            wording.text("PAPER_CALL_WINDOW", phone=context.window_phone, address=context.window_address),
        ),
    )
    return [part_of(printable_sheet(form, wording), kind=FORM)]


def _book(office: Office, unit: UnitOfWork, order: PrintOrder) -> EmployerBook | None:
    """Who of the division is on the books of the employer, None where nobody ever was."""
    found = engagements(office, unit, Scope(division=order.division))
    return books_of(found, office.today()).get(employer_key(order.employer))


def _books(
    office: Office, unit: UnitOfWork, wording: Wording, book: EmployerBook | None, started: int
) -> tuple[Line, ...]:
    """How many are there, how many of them belong to groups with support, whose contracts end; numbers only."""
    begun = Line(wording.text("PAPER_EMPLOYER_STARTED_ALL"), wording.text("PAPER_PEOPLE", people=started))
    if book is None or not book.here:
        blank = wording.text("PAPER_EMPLOYER_BLANK")
        return (
            begun,
            Line(wording.text("PAPER_EMPLOYER_GROUP"), blank),
            Line(wording.text("PAPER_EMPLOYER_ENDING"), blank),
        )
    workers = sorted({one.worker_key for one in book.here})
    group = sum(lifted(one.value) for one in unit.workers.many(workers).values())
    ends = {end.spell_key: end for end in unit.cooperation.contract_ends.of("worker_key", workers)}
    until = office.today() + timedelta(days=30)
    told = [ends[one.spell_key] for one in book.here if one.spell_key in ends]
    ending = sum(office.today() <= end.ends_on <= until and not end.renewed for end in told)
    unknown = len(book.here) - len(told)
    said = wording.text("PAPER_EMPLOYER_ENDING_TOLD", people=ending, unknown=unknown)
    return (
        begun,
        Line(wording.text("PAPER_EMPLOYER_HERE"), wording.text("PAPER_PEOPLE", people=book.people)),
        Line(wording.text("PAPER_EMPLOYER_GROUP"), wording.text("PAPER_PEOPLE", people=group)),
        Line(wording.text("PAPER_EMPLOYER_ENDING"), said),
    )


def _row(wording: Wording, row: PostingSummary, started: int) -> tuple[str, ...]:
    """One posting."""
    return (
        row.title,
        str(row.openings) if row.openings is not None else wording.text("PAPER_NOT_STATED"),
        str(started),
        wording.text(f"PAGE_STATE_{row.state.upper()}"),
        row.deadline.isoformat() if row.deadline else wording.text("PAPER_NOT_STATED"),
    )


def _said(wording: Wording, title: str, codes: tuple[str, ...]) -> FormPart:
    """A heading with what is said under it."""
    return FormPart(title=wording.text(title), lines=tuple(Line("", wording.text(f"{title}_{code}")) for code in codes))
