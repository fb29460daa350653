"""窗口号票: numbers for the queue, eight to a leaf, to be cut out; no name, no number of anybody.

In: a business, the first number and how many. Out: a `FormView` of cards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FORM, part_of
from web.papers.forms.masks import Audience
from web.papers.views import Card, FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office

BUSINESSES = ("job", "guidance", "training", "policy", "employer")
LETTERS = dict(zip(BUSINESSES, "ABCDE", strict=True))
BY_HAND = ("BEFORE", "LACK", "DESK")
"""What is written on a ticket."""
A_LEAF = 8
MOST = 400


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """Tickets of one business, from a number on."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    business = order.topic if order.topic in BUSINESSES else BUSINESSES[0]
    if not 1 <= order.count <= MOST or order.first < 1:
        raise InputRefused(wording.text("PAPER_TICKET_RANGE", most=MOST))
    with office.reading() as unit:
        context = office_context(unit, wording)
    day = wording.text("PAPER_DAY", day_on=office.today().isoformat())
    said = (
        Line(wording.text("PAPER_MADE_ON"), day),
        *(
            Line(wording.text(f"PAPER_TICKET_{label}"), wording.text("PAPER_TICKET_LINE"))
            for label in ("BEFORE", "LACK", "DESK")
        ),
        Line(wording.text("PAPER_TICKET_FIRST"), ""),
    )
    title = wording.text(f"PAPER_TICKET_{business.upper()}")
    numbers = range(order.first, order.first + order.count)
    cards = [Card(title, f"{LETTERS[business]}{number:03d}", said) for number in numbers]
    return [
        part_of(
            FormView(
                lang=order.lang,
                made_on=office.today(),
                audience=Audience.PUBLIC,
                office=context.office_name,
                title=wording.text("PAPER_TICKET_TITLE"),
                parts=(FormPart(cards=tuple(cards[start : start + A_LEAF])),),
                note=(wording.text("PAPER_TICKET_NOTE", phone=context.window_phone),),
            ),
            kind=FORM,
        )
        for start in range(0, len(cards), A_LEAF)
    ]
