"""Of what a printing is made: the parts of each kind of paper, in order, some at a time.

In: an order. Out: lists of `PaperPart`s; an order to print again gives the very parts that were stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.domain.papers.records import PaperKind, PaperPart, PrintOrder
from web.papers.claims import form as claim_form
from web.papers.claims import lists as claim_lists
from web.papers.collect import Prepared, Reader, Village
from web.papers.contents import COVER, FORM, SHEET, CoverContent, SheetContent, part_of
from web.papers.cover import cover_row, cover_view
from web.papers.forms import employer, guidance, key_list, notice, policy_list, public_list, referral, ticket
from web.papers.glyphs import printable_model, printable_sheet
from web.papers.script import reading_script
from web.papers.views import FormView

if TYPE_CHECKING:
    from matcher.office import Office

AGAIN_TOGETHER = 200
FormOf = Callable[["Office", Reader, Prepared], Iterator[FormView]]
FORMS: dict[PaperKind, FormOf] = {
    PaperKind.GUIDANCE: guidance.forms,
    PaperKind.NOTICE: notice.forms,
    PaperKind.REFERRAL: referral.forms,
}


@dataclass(frozen=True, slots=True)
class Source:
    """Parts to come, and how many papers there will be at most."""

    many: int
    parts: Iterator[list[PaperPart]]


def source_of(office: Office, order: PrintOrder) -> Source:
    """The parts of an order."""
    if order.again is not None:
        return _again(office, order, order.again)
    if order.kind is PaperKind.SHEET:
        reader = Reader(office, order)
        return Source(reader.many, _sheets(reader))
    if order.kind in FORMS:
        reader = Reader(office, order)
        return Source(reader.many, _forms(office, reader, FORMS[order.kind]))
    return Source(1, _whole(office, order))


def _sheets(reader: Reader) -> Iterator[list[PaperPart]]:
    """Villages with their sheets."""
    for villages in reader.villages():
        yield [part for village in villages for part in _village(reader, village)]


def _village(reader: Reader, village: Village) -> Iterator[PaperPart]:
    """The opening of a village, and the papers of its people; one person alone needs no opening."""
    wording = reader.wording
    if reader.order.worker_key is None:
        made_on = max(item.speaker.plan.made_on for item in village.people)
        cover = cover_view(wording, reader.context, place=village.name, people=len(village.people), made_on=made_on)
        opening = CoverContent(
            village=village.name, cover=printable_model(cover), script_title=wording.text("PAPER_SCRIPT_TITLE")
        )
        yield part_of(opening, kind=COVER)
    for item in village.people:
        content = SheetContent(
            sheet=item.sheet(),
            row=printable_model(cover_row(item.speaker)),
            script=printable_model(reading_script(item.speaker)),
        )
        key = item.speaker.plan.worker_key
        yield part_of(content, kind=SHEET, worker_key=key, plan_key=item.plan_key, mark=item.mark())


def _forms(office: Office, reader: Reader, forms: FormOf) -> Iterator[list[PaperPart]]:
    """A form, or several, for each person."""
    for villages in reader.villages():
        people = [item for village in villages for item in village.people]
        yield [
            part_of(
                printable_sheet(form, reader.wording),
                kind=FORM,
                worker_key=item.speaker.plan.worker_key,
                plan_key=item.plan_key,
            )
            for item in people
            for form in forms(office, reader, item)
        ]


def _whole(office: Office, order: PrintOrder) -> Iterator[list[PaperPart]]:
    """A paper that is not about one person."""
    makers = {
        PaperKind.KEY_LIST: key_list.parts,
        PaperKind.PUBLIC_LIST: public_list.parts,
        PaperKind.EMPLOYER: employer.parts,
        PaperKind.TICKET: ticket.parts,
        PaperKind.POLICY_LIST: policy_list.parts,
        PaperKind.POLICY_QA: policy_list.question_parts,
        PaperKind.EMPLOYER_POLICY: policy_list.employer_parts,
        PaperKind.CLAIM: claim_form.parts,
        PaperKind.BOARD: claim_lists.board,
        PaperKind.PAYMENT: claim_lists.payment,
        PaperKind.DUE: claim_lists.due,
    }
    yield makers[order.kind](office, order)


def _again(office: Office, order: PrintOrder, printing_key: int) -> Source:
    """The stored parts of a printing, of one person where one is named."""
    with office.reading() as unit:
        many = unit.papers.count(printing_key)

    def parts() -> Iterator[list[PaperPart]]:
        after = -1
        while True:
            with office.reading() as unit:
                found = unit.papers.of_printing(
                    printing_key, after=after, limit=AGAIN_TOGETHER, worker_key=order.worker_key
                )
            if not found:
                return
            after = found[-1][0]
            yield [part for _, part in found]

    return Source(many, parts())
