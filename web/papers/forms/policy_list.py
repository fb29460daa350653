"""政策清单, 政策问答 and 单位政策告知单: what is on offer, for the wall, for reading aloud, and for an employer.

In: the policy catalogue of a place. Out: a `FormView` each; nothing that is internal, nothing about anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.catalogue.asking import questions_of
from matcher.catalogue.saying import (
    condition_lines,
    one_after_another,
    said_amounts,
    said_basis,
    said_material,
    said_rule,
)
from matcher.domain.division import division_prefix
from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.domain.service.policies.catalogue import Audience as For
from matcher.domain.service.policies.catalogue import Item, Visibility
from matcher.wording import Wording
from matcher.wording.sentences import separator_of
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FORM, part_of
from web.papers.context import PaperContext
from web.papers.discretion import is_discreet
from web.papers.forms.masks import Audience
from web.papers.glyphs import printable_sheet
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """Everything on offer in public, audience by audience."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    items = _public(office, order)
    tables = [
        part
        for audience in For
        if (mine := [item for item in items if item.audience is audience])
        for part in (
            FormPart(title=wording.text(f"PAPER_POLIST_{audience.name}")),
            *(_offer(wording, item) for item in mine),
        )
    ]
    return [_paper(office, order, wording, "PAPER_POLIST", tuple(tables))]


def employer_parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """What one employer may ask for, with boxes to tick what is there."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    if not order.employer.strip():
        raise InputRefused(wording.text("PAPER_EMPLOYER_NONE"))
    items = [item for item in _public(office, order) if item.audience is For.EMPLOYER]
    tables = tuple(
        FormPart(
            title=item.title.of(order.lang),
            lines=(
                Line("", item.plain.of(order.lang)),
                *(Line("□", said_rule(wording, line)) for line in condition_lines(item.rule)),
                Line(wording.text("PAPER_POLIST_BRING"), "　".join(f"□ {name}" for name in _materials(wording, item))),
                Line(
                    wording.text("PAPER_POLIST_MUCH"),
                    one_after_another(wording, said_amounts(wording, item.amounts)) or "–",
                ),
                Line(wording.text("PAPER_POLIST_BASIS"), said_basis(item), small=True),
            ),
        )
        for item in items
    )
    head = (Line(wording.text("PAPER_LETTER_TO"), order.employer),)
    return [_paper(office, order, wording, "PAPER_POLEMP", tables, audience=Audience.EMPLOYER, head=head)]


def question_parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """Questions with their answers, to be read aloud; one that names what no paper may name is left out."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    with office.reading() as unit:
        asked = questions_of(unit, public=True)
    tables = tuple(
        FormPart(
            title=one.question.of(order.lang),
            lines=(
                Line("", one.answer.of(order.lang)),
                Line(wording.text("PAPER_POLIST_BASIS"), one.basis, small=True),
            ),
        )
        for one in asked
        if is_discreet(one.question.zh + one.answer.zh)
    )
    return [_paper(office, order, wording, "PAPER_POLQA", tables)]


def _public(office: Office, order: PrintOrder) -> list[Item]:
    """What everybody may read, in the county of the order."""
    division = division_prefix(order.division or office.gazetteer.home)
    found = office.policy.catalogue.on(office.today(), division[:6])
    return [item for item in found if item.visibility is Visibility.PUBLIC]


def _offer(wording: Wording, item: Item) -> FormPart:
    """One offer of the list."""
    conditions = [said_rule(wording, line) for line in condition_lines(item.rule)]
    spoken = one_after_another(wording, [line for line in conditions if is_discreet(line)])
    return FormPart(
        title=item.title.of(wording.language),
        lines=(
            Line("", item.plain.of(wording.language)),
            Line(wording.text("PAPER_POLIST_WHO"), spoken or wording.text("PAPER_NOTICE_ASK_WINDOW")),
            Line(
                wording.text("PAPER_POLIST_MUCH"),
                one_after_another(wording, said_amounts(wording, item.amounts)) or "–",
            ),
            Line(wording.text("PAPER_POLIST_BRING"), separator_of(wording.language).join(_materials(wording, item))),
            Line(wording.text("PAPER_POLIST_BASIS"), said_basis(item), small=True),
        ),
    )


def _materials(wording: Wording, item: Item) -> list[str]:
    """The papers an offer asks for."""
    return [*(said_material(wording, code) for code in item.materials), *item.own_materials]


def _paper(
    office: Office,
    order: PrintOrder,
    wording: Wording,
    code: str,
    tables: tuple[FormPart, ...],
    *,
    audience: Audience = Audience.PUBLIC,
    head: tuple[Line, ...] = (),
) -> PaperPart:
    """The leaf around the tables."""
    with office.reading() as unit:
        context: PaperContext = office_context(unit, wording)
    day = wording.text("PAPER_DAY", day_on=office.today().isoformat())
    form = FormView(
        lang=order.lang,
        made_on=office.today(),
        audience=audience,
        office=context.office_name,
        title=wording.text(f"{code}_TITLE"),
        head=(*head, Line(wording.text("PAPER_MADE_ON"), day)),
        lead=wording.text(f"{code}_LEAD"),
        parts=tables,
        signed=(
            context.office_name,
            wording.text("PAPER_CALL_WINDOW", phone=context.window_phone, address=context.window_address),
        ),
        note=(wording.text("PAPER_BASIS"),),
    )
    return part_of(printable_sheet(form, wording), kind=FORM)
