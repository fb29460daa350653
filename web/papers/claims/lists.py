"""Lists about claims: the notice to be hung out, the payment list, who is due.

In: a notice, or a scope. Out: the frame of a list and a row each. On the board names are masked and nothing else about
anybody stands; the payment list is for the office, asks for a purpose and leaves the bank account to be written in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.claims.kinds import kinds, topic_of
from matcher.claims.overview import due_list
from matcher.claims.rosters import PAYMENT, roster_rows
from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.domain.service.publicity import Notice, NoticeEntry
from matcher.listings import Scope
from matcher.wording import Wording
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FRAME, ROW, RowContent, part_of
from web.papers.context import PaperContext
from web.papers.forms.masks import Audience, masked_name
from web.papers.glyphs import printable_model
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office

_BOARD = ("NUMBER", "NAME", "MATTER", "AMOUNT", "REMARK")
_BOARD_WIDTHS = (8, 20, 34, 20, 18)
_DUE = ("NUMBER", "NAME", "VILLAGE", "KIND", "SINCE", "FULL", "MISSING", "DONE")
_DUE_WIDTHS = (5, 11, 14, 17, 13, 13, 15, 12)
_PAYMENT = ("number", "name", "id_number", "kind", "months", "notice", "yuan", "bank", "signed")
_PAYMENT_WIDTHS = (5, 9, 19, 14, 7, 14, 9, 18, 9)
_LEAST_PURPOSE = 2


def board(office: Office, order: PrintOrder) -> list[PaperPart]:
    """One notice, as it is hung out; lines that were taken off are left out."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    key = int(order.topic) if order.topic.isdecimal() else 0
    with office.reading() as unit:
        context = office_context(unit, wording)
        notice = unit.publicities.get(key, division=order.division, villages=order.villages)
        entries = [one for one in unit.publicities.entries(key) if one.taken_off_on is None]
        names = unit.run_plans.names([one.worker_key for one in entries if one.worker_key is not None])
        claims = unit.claims.many([one.claim_key for one in entries if one.claim_key is not None])
    if not entries:
        raise InputRefused(wording.text("BOARD_EMPTY"))
    rows = []
    for entry in entries:
        name = names[entry.worker_key][0] if entry.worker_key in names else ""
        claim = claims.get(entry.claim_key) if entry.claim_key is not None else None
        yuan = claim.yuan if claim is not None else None
        rows.append((entry.worker_key, _board_row(wording, entry, name, yuan)))
    return [_frame(_board_frame(office, order, wording, context, notice)), *_rows(rows)]


def _board_row(wording: Wording, entry: NoticeEntry, name: str, yuan: int | None) -> tuple[str, ...]:
    """One line: a masked name, or an organisation, and what it is for."""
    kind = kinds().get(entry.matter)
    matter = kind.name(wording.language) if kind else entry.matter
    amount = wording.text("PAGE_CLAIM_YUAN_OPEN") if yuan is None else wording.text("PAPER_CLAIM_YUAN", yuan=yuan)
    return masked_name(name, Audience.PUBLIC) or entry.label, matter, amount, ""


def _board_frame(
    office: Office, order: PrintOrder, wording: Wording, context: PaperContext, notice: Notice
) -> FormView:
    """The notice without its lines."""
    first, last = notice.notice_from.isoformat(), notice.notice_until.isoformat()
    level = wording.text(f"BOARD_LEVEL_{notice.level.name}")
    place = notice.village or office.gazetteer.name(notice.division, wording.language)
    return FormView(
        lang=order.lang,
        made_on=office.today(),
        audience=Audience.PUBLIC,
        office=context.office_name,
        title=wording.text("PAPER_BOARD_TITLE", topic=topic_of(notice.topic).name(wording.language)),
        head=(
            Line(wording.text("PAPER_BOARD_WHERE"), f"{place}（{level}）"),
            Line(wording.text("PAPER_BOARD_DAYS"), wording.text("PAPER_CLAIM_SPAN", since_on=first, last_on=last)),
            Line(wording.text("PAPER_PUBLIC_CALL"), context.complaint_phone),
        ),
        lead=wording.text("PAPER_BOARD_LEAD"),
        parts=(_columns(wording, "PAPER_BOARD", _BOARD, _BOARD_WIDTHS),),
        signed=(
            context.office_name,
            wording.text("PAPER_LETTER_STAMP"),
            wording.text("PAPER_DAY", day_on=first),
        ),
        note=(wording.text("PAPER_CLAIM_BASIS", basis=topic_of(notice.topic).basis),),
    )


def payment(office: Office, order: PrintOrder) -> list[PaperPart]:
    """What may be paid, for the office only."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    if len(order.purpose.strip()) < _LEAST_PURPOSE:
        raise InputRefused(wording.text("PAGE_CLAIM_PURPOSE_MISSING"))
    scope = Scope(order.division, order.villages)
    with office.reading() as unit:
        context = office_context(unit, wording)
        rows = roster_rows(unit, scope, PAYMENT, language=wording.language, say=wording.text)
    if not rows:
        raise InputRefused(wording.text("PAGE_PAYMENTS_NONE"))
    places = [PAYMENT.names.index(name) for name in _PAYMENT[1:]]
    cells = [tuple("" if row[place] is None else str(row[place]) for place in places) for row in rows]
    frame = _inside(office, order, wording, context, "PAPER_PAYMENT_TITLE", len(rows))
    head = (*frame.head, Line(wording.text("PAPER_KEY_FOR"), order.purpose))
    columns = FormPart(
        columns=tuple(wording.text(f"PAGE_ROSTER_COL_{name.upper()}") for name in _PAYMENT), layout=_PAYMENT_WIDTHS
    )
    view = replace(frame, head=head, parts=(columns,), note=(wording.text("PAPER_PAYMENT_NOTE"),))
    return [_frame(view), *_rows((None, row) for row in cells)]


def due(office: Office, order: PrintOrder) -> list[PaperPart]:
    """Who is full within days, or is full and still has to claim; to take along."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    scope, policy = Scope(order.division, order.villages), office.policy.at(office.today())
    with office.reading() as unit:
        context = office_context(unit, wording)
        found = due_list(unit, scope, policy)
    if not found:
        raise InputRefused(wording.text("PAPER_DUE_NOBODY"))
    rows = []
    for row in found:
        full = row.reached_on or row.since
        missing = "PAPER_DUE_AHEAD" if full > office.today() else "PAPER_DUE_NOW"
        cells = (
            row.name,
            row.village,
            kinds()[row.kind].name(wording.language),
            row.since.isoformat(),
            full.isoformat(),
            wording.text(missing),
            "",
        )
        rows.append((row.worker_key, cells))
    frame = _inside(office, order, wording, context, "PAPER_DUE_TITLE", len(rows))
    parts = (_columns(wording, "PAPER_DUE", _DUE, _DUE_WIDTHS),)
    return [_frame(replace(frame, parts=parts, note=(wording.text("PAPER_DUE_NOTE"),))), *_rows(rows)]


def _inside(
    office: Office, order: PrintOrder, wording: Wording, context: PaperContext, title: str, many: int
) -> FormView:
    """The frame of a list that stays in the office."""
    return FormView(
        lang=order.lang,
        made_on=office.today(),
        audience=Audience.INTERNAL,
        layout="wide",
        office=context.office_name,
        title=wording.text(title),
        head=(
            Line(wording.text("PAPER_CLAIM_MANY"), str(many)),
            Line(wording.text("PAPER_MADE_ON"), wording.text("PAPER_DAY", day_on=office.today().isoformat())),
        ),
    )


def _columns(wording: Wording, start: str, names: tuple[str, ...], widths: tuple[int, ...]) -> FormPart:
    """The head of a table."""
    return FormPart(columns=tuple(wording.text(f"{start}_{name}") for name in names), layout=widths)


def _frame(view: FormView) -> PaperPart:
    """The frame, ready to be stored."""
    return part_of(view, kind=FRAME)


def _rows(rows: Iterable[tuple[int | None, tuple[str, ...]]]) -> list[PaperPart]:
    """The rows, ready to be stored."""
    return [part_of(RowContent(printable_model(cells)), kind=ROW, worker_key=key) for key, cells in rows]
