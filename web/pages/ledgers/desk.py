"""The ledgers: which there are and how complete, one of them by pages, on paper, as a file.

In: a ledger, a division or a village of the account. Out: pages with masked numbers; a file with a purpose, noted in
the audit record, at once where few people stand in it, else by a process of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.ledgers import Export, ExportOrder, ExportState, LedgerKind
from matcher.ledgers.columns import columns_of
from matcher.ledgers.exporting import DIED, order_export, work_off
from matcher.ledgers.forms import Cell
from matcher.ledgers.profiles import usable
from matcher.ledgers.roll import (
    PAGE_SIZE,
    SHEET_SIZE,
    figures_of,
    filled_in,
    people_in,
    roll_page,
    without_empty,
)
from matcher.ledgers.sheet import Sight
from matcher.ledgers.subject import Around, around
from matcher.ledgers.training import TrainingLine, cells_of, open_classes, training_lines
from matcher.ledgers.writing import ENDINGS, PAPER
from matcher.listings import Page, Scope
from matcher.office import UnitOfWork
from matcher.reports.traits import Trait
from web.auth import may_see_identity, scope, signed_in
from web.config import the_office, web_config
from web.exporting.paper import WIDEST, opened_paper
from web.exporting.work import file_of, start_export
from web.forms import DIVISION, asked, chosen, page_number, typed
from web.pages.figures.desk import Desk, open_desk, place_name
from web.phrases import PACKAGES, language, t

bp = Blueprint("ledgers", __name__, url_prefix="/ledgers")
KINDS = tuple(kind.value for kind in LedgerKind)
VILLAGES_SHOWN = 12
RECENT = 8
ORDERED = (*ENDINGS, PAPER)
PREFECTURE = "150500"


def ledger_named(kind: str) -> LedgerKind:
    """A ledger of the address."""
    if kind not in KINDS:
        raise RecordNotFound("no such ledger")
    return LedgerKind(kind)


Shown = Page[tuple[object, Sequence[Cell]]]
"""Rows of a page with what each is about."""


def sight() -> Sight:
    """Whose eyes a page is for."""
    return Sight.DESK if may_see_identity() else Sight.VILLAGE


@bp.get("/")
def index() -> str:
    """Which ledgers there are, how complete, when they were last written."""
    desk = open_desk()
    if desk is None:
        return render_template("ledgers/counting.html")
    mine, account = scope(), signed_in()
    own = account.name if mine.villages else ""
    with the_office().reading() as unit:
        written = unit.ledgers.exports.last_written(division=mine.division, actor=own)
        recent = unit.ledgers.exports.recent(division=mine.division, actor=own, limit=RECENT)
        questions = unit.questions.count(division=mine.division, villages=mine.villages)
    filled = filled_in(desk.book, desk.scope, desk.division)
    names = {column.code: column.name(language()) for column in columns_of(LedgerKind.BASE)}
    return render_template(
        "ledgers/index.html",
        desk=desk,
        figures=figures_of(desk.book, desk.scope, desk.division),
        written=written,
        recent=recent,
        questions=questions,
        columns=[(names[code], share) for code, share in filled.columns],
        villages=filled.villages[:VILLAGES_SHOWN],
        names=names,
        place_name=place_name,
        below=_below(desk),
    )


def _below(desk: Desk) -> list[tuple[str, str]]:
    """The divisions one may look into."""
    gazetteer, inner = the_office().gazetteer, desk.division or desk.scope.division
    if desk.scope.villages:
        return []
    if len(inner) >= 6 and not inner.endswith("00"):
        codes = gazetteer.children(inner[:6]) if len(inner) == 6 else []
    else:
        codes = gazetteer.counties_of(PREFECTURE[:4])
    homes = desk.book.once("homes", lambda: {one.home for one in desk.book.people})
    held = {home[:digits] for home in homes for digits in (6, 9)}
    return [(code, place_name(code)) for code in codes if code in held]


@bp.get("/show/<kind>")
def show(kind: str) -> str:
    """One ledger, some rows at a time."""
    return _shown(ledger_named(kind), "ledgers/show.html", number=page_number(), size=PAGE_SIZE)


@bp.get("/sheet/<kind>")
def sheet(kind: str) -> str:
    """One ledger as a sheet for the printer."""
    return _shown(ledger_named(kind), "ledgers/sheet.html", number=1, size=SHEET_SIZE, paper=True)


def _shown(ledger: LedgerKind, template: str, *, number: int, size: int, paper: bool = False) -> str:
    """A ledger by the figures there are."""
    desk, village = open_desk(), asked("village")
    if desk is None:
        return render_template("ledgers/counting.html")
    office, mine = the_office(), scope()
    people = people_in(desk.book, ledger, desk.scope, desk.division, village)
    about = around(office, language(), *PACKAGES)
    kept = {name: value for name, value in (("division", desk.division), ("village", village)) if value}
    with office.reading() as unit:
        profiles = [one for one in usable(unit, mine.division) if one.ledger is ledger]
        if ledger is LedgerKind.TRAINING:
            lines = _training(unit, desk, people, about, village)
            part = lines[(number - 1) * size : number * size]
            heads = [column.name(language()) for column in columns_of(ledger)]
            page: Shown = Page(tuple((line, cells_of(line)) for line in part), len(lines), number, size)
            hidden = 0
        else:
            found = roll_page(unit, ledger, people, about, sight(), number=number, size=size, language=language())
            heads, hidden = [place.header for place in found.places], found.hidden
            page = Page(tuple((one, one.cells) for one in found.page.rows), found.page.total, number, size)
    wide = len(heads)
    if paper:
        heads, told = without_empty(heads, [cells for _, cells in page.rows])
        rows = tuple((one, cells) for (one, _), cells in zip(page.rows, told, strict=True))
        page = Page(rows, page.total, number, size)
    return render_template(
        template,
        empty=wide - len(heads),
        widest=WIDEST,
        ledger=ledger,
        desk=desk,
        village=village,
        heads=heads,
        page=page,
        hidden=hidden,
        kept=kept,
        profiles=profiles,
        endings=ORDERED,
        below=_below(desk),
        villages=_villages(desk, village),
        today=about.today,
    )


def _training(unit: UnitOfWork, desk: Desk, people: list[Trait], about: Around, village: str) -> list[TrainingLine]:
    """The lines of training needs, counted once for each book."""
    key = ("ledger training", desk.scope, desk.division, village, language())
    return desk.book.once(key, lambda: training_lines(people, open_classes(unit, about.today), about))


def _villages(desk: Desk, village: str) -> list[str]:
    """The villages to choose from, once a township or less is looked at."""
    inner = desk.division or desk.scope.division
    if not desk.scope.villages and len(inner) < 9 and not village:
        return []
    everybody = people_in(desk.book, LedgerKind.BASE, desk.scope, desk.division)
    return sorted({one.village for one in everybody if one.village})


@bp.post("/export/<kind>")
def export(kind: str) -> Response:
    """A ledger as a file, with a purpose."""
    ledger, mine, office = ledger_named(kind), scope(), the_office()
    division = typed("division", limit=12) or mine.division
    village = typed("village", limit=60)
    if (division and not DIVISION.fullmatch(division)) or not lies_within(division, mine.division):
        raise RecordNotFound("no such division for this account")
    if mine.villages and village and village not in mine.villages:
        raise RecordNotFound("no such village for this account")
    order = ExportOrder(
        ledger=ledger,
        division=division,
        villages=(village,) if village else mine.villages,
        month=typed("month", limit=7),
        profile=typed("profile", limit=60),
        ending=chosen(typed("ending"), ORDERED) or ENDINGS[0],
        whole=may_see_identity() and typed("whole") == "1",
        purpose=typed("purpose", limit=120),
    )
    key = order_export(office, order, actor=signed_in().name)
    with office.reading() as unit:
        many = unit.ledgers.people.count(division=order.division, villages=order.villages)
    if many <= office.policy.at(office.today()).whole("ledger.at_once"):
        return _at_once(key, order)
    if web_config().start_runs:
        start_export(office.config, key)
    return redirect(url_for("ledgers.exported", key=key))


def _at_once(key: int, order: ExportOrder) -> Response:
    """The file, written while one waits."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{order.ending}"
        work_off(the_office(), key, path, on_paper=opened_paper)
        content = BytesIO(path.read_bytes())
    return send_file(content, as_attachment=True, download_name=_saved_as(order.ledger, order.division, order.ending))


def _saved_as(ledger: LedgerKind, division: str, ending: str) -> str:
    """The name of the file: the ledger and the division, never a person."""
    return f"131-{t(f'LEDGER_{ledger.name}')}-{division or '1505'}.{ending}"


def _mine(key: int) -> Export:
    """One export the account may see: its own, or one of its division."""
    mine = scope()
    with the_office().reading() as unit:
        found = unit.ledgers.exports.get(key)
    inside = not mine.villages and lies_within(found.division or PREFECTURE, mine.division)
    if found.actor != signed_in().name and not inside:
        raise RecordNotFound("no such export for this account")
    return found


@bp.get("/exported/<int:key>")
def exported(key: int) -> str:
    """How far an export is; its file when it is done."""
    found = _mine(key)
    waits = file_of(the_office().config, found).is_file()
    return render_template("ledgers/exported.html", export=found, waits=waits)


@bp.get("/exported/<int:key>/progress")
def progress(key: int) -> dict[str, object]:
    """The progress, for the page that watches."""
    found = _mine(key)
    return {"share": found.progress, "over": found.state.over, "words": t(f"PAGE_LEDGER_STATE_{found.state.name}")}


@bp.post("/exported/<int:key>/stop")
def stop(key: int) -> Response:
    """Ask an export to stop; nothing of it is kept."""
    _mine(key)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.ledgers.exports.close_silent(DIED)
        if not unit.ledgers.exports.get(key).state.over:
            unit.ledgers.exports.ask_to_stop(key)
    return redirect(url_for("ledgers.exported", key=key))


@bp.get("/exported/<int:key>/file")
def fetch(key: int) -> Response:
    """The file of an export; only who asked for it fetches it, within a day."""
    found = _mine(key)
    path = file_of(the_office().config, found)
    if found.actor != signed_in().name:
        raise RecordNotFound("not this account's file")
    if found.state is not ExportState.DONE or not path.is_file():
        raise InputRefused(t("PAGE_LEDGER_GONE"))
    return send_file(path, as_attachment=True, download_name=_saved_as(found.ledger, found.division, found.ending))


def within_mine(division: str) -> Scope:
    """A division of the account; 404 outside of it."""
    mine = scope()
    if not division:
        return mine
    if not DIVISION.fullmatch(division) or not lies_within(division, mine.division):
        raise RecordNotFound("no such division for this account")
    return Scope(division, mine.villages)
