"""How ordered papers come to whoever ordered them: at once where they are few, else by a process of their own.

In: an order. Out: a file to save, or the page that shows how far it is.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import redirect, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.division import lies_within
from matcher.domain.errors import RecordNotFound
from matcher.domain.papers.records import PaperKind, Printing, PrintOrder
from web.auth import scope, signed_in
from web.config import the_office, web_config
from web.forms import chosen, typed
from web.papers.printing import order_papers, print_papers
from web.phrases import PAGE_LANGUAGES
from web.printing.work import start_printing

ENDINGS = ("pdf", "html", "docx")
AT_ONCE = 60
"""Sheets made within a request, some three seconds; more are made in the background."""
PREFECTURE = "150500"


def typed_order(kind: PaperKind, **more: object) -> PrintOrder:
    """What the form says of ending, language and type; papers are in Chinese unless asked for otherwise."""
    return PrintOrder(
        kind=kind,
        ending=chosen(typed("ending"), ENDINGS) or ENDINGS[0],
        lang=chosen(typed("lang"), PAGE_LANGUAGES) or "zh",
        large=typed("large") == "1",
        **more,  # type: ignore[arg-type]
    )


def deliver(order: PrintOrder, *, many: int) -> Response:
    """The papers of an order."""
    if many <= AT_ONCE:
        return at_once(order)
    office = the_office()
    key = order_papers(office, order, actor=signed_in().name)
    if web_config().start_runs:
        start_printing(office.config, key)
    return redirect(url_for("papers.printing", key=key))


def at_once(order: PrintOrder) -> Response:
    """The papers as a file to save."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"papers.{order.ending}"
        print_papers(the_office(), path, order, actor=signed_in().name)
        content = BytesIO(path.read_bytes())
    return send_file(content, as_attachment=True, download_name=saved_as(order))


def saved_as(order: PrintOrder) -> str:
    """The name of the file: of the place or by the case number, never by a name."""
    named = "-".join(order.villages) or order.division or "131"
    whose = named if order.worker_key is None else case_number(order.worker_key).removeprefix("131-")
    kind = "" if order.kind is PaperKind.SHEET else f"-{order.kind.value.replace('_', '-')}"
    return f"131-{whose}{kind}.{order.ending}"


def visible(printing: Printing) -> bool:
    """Whether a printing lies within the division of the account; coordinators see their own."""
    mine = scope()
    if printing.actor == signed_in().name:
        return True
    return not mine.villages and lies_within(printing.division or PREFECTURE, mine.division)


def my_printing(key: int) -> Printing:
    """One printing the account may see."""
    with the_office().reading() as unit:
        printing = unit.printings.get(key)
    if not visible(printing):
        raise RecordNotFound("no such printing for this account")
    return printing
