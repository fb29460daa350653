"""A whole sheet of entries at once: the columns of the downloaded tables, whatever their order.

In: a spreadsheet of one kind. Out: all its rows in the register, or none and every problem with its row; what stands
there already is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs_feed.cells import plain
from jobs_feed.report import FileRefused
from jobs_feed.sources import read_file
from jobs_feed.tables import KnownNames, find_tables
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.local_work import Origin, Site, SiteKind
from matcher.local_work.fields import COMMON, STATES, details_fields, read_site
from matcher.local_work.register import keep_many
from matcher.local_work.tables import HEADS
from web.auth import scope
from web.config import the_office
from web.forms import asked, chosen, typed
from web.pages.local_work.common import actor, in_words, state_word
from web.pages.local_work.projects import bp
from web.phrases import say, t, wording

KINDS = tuple(kind.value for kind in HEADS)
MOST_ROWS = 2_000
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of the sheet."""

    row: int
    field: str
    text: str


@bp.get("/bring")
def bring() -> str:
    """The page to hand a sheet in."""
    return _page(SiteKind(chosen(asked("kind", limit=20), KINDS) or KINDS[0]), [])


def _page(kind: SiteKind, faults: list[Fault]) -> str:
    """The page, with what was wrong with the sheet."""
    return render_template(
        "local_work/bring.html", kind=kind.value, faults=faults[:MOST_SHOWN], many=len(faults), columns=_columns(kind)
    )


def _columns(kind: SiteKind) -> list[str]:
    """The columns that are read."""
    names = ("name", "division", *(name for name in COMMON if name not in {"name", "division"}))
    return [t(f"LOCAL_F_{one.upper()}") for one in (*names, *(field.name for field in details_fields(kind)))]


@bp.post("/bring")
def take_in() -> str | Response | tuple[str, int]:
    """All rows of a sheet, or none."""
    kind = SiteKind(chosen(typed("kind", limit=20), KINDS) or KINDS[0])
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InputRefused(t("LOCAL_BRING_NO_FILE"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        file.save(path)
        rows = list(_rows(kind, path))
    sites, faults = _read(kind, rows)
    if faults:
        return _page(kind, faults), 400
    with in_words():
        made, known = keep_many(the_office(), sites, scope(), actor=actor())
    flash(t("LOCAL_BROUGHT", made=made, known=known), "done")
    return redirect(url_for("projects.index", kind=kind.value), 303)


def _rows(kind: SiteKind, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file as texts by field."""
    names = _known_names(kind)
    try:
        found = read_file(path)
    except FileRefused as refused:
        raise InputRefused(say(refused.phrase)) from refused
    tables = [table for sheet in found.sheets if sheet.rows for table in find_tables(sheet, names)]
    fitting = [table for table in tables if names.required <= names.fields(table.headers)]
    if not any(table.rows for table in fitting):
        raise InputRefused(t("LOCAL_BRING_NO_TABLE"))
    if sum(len(table.rows) for table in fitting) > MOST_ROWS:
        raise InputRefused(t("LOCAL_BRING_TOO_MANY", most=MOST_ROWS))
    for table in fitting:
        fields = [names.field(header) for header in table.headers]
        for number, cells in table.rows:
            texts = [plain(cell) for cell in cells]
            yield number, {name: text for name, text in zip(fields, texts, strict=False) if name and text}


def _known_names(kind: SiteKind) -> KnownNames:
    """What the columns may be called: as in the form and as in the tables, in both languages."""
    fields = (*COMMON, *(one.name for one in details_fields(kind)))
    sentences = wording().catalogue.sentences
    names: dict[str, str] = {}
    for field in fields:
        for code in (f"LOCAL_F_{field.upper()}", f"LOCAL_C_{field.upper()}"):
            for word in sentences.get(code, {}).values():
                names |= {_bare(word): field} if word else {}
    return KnownNames(lambda header: names.get(_bare(header), ""), frozenset({"name", "division"}), frozenset())


def _bare(word: str) -> str:
    """A header without its unit and spaces."""
    return word.partition("（")[0].partition("(")[0].replace(" ", "").lower()


def _read(kind: SiteKind, rows: list[tuple[int, dict[str, str]]]) -> tuple[list[Site], list[Fault]]:
    """The entries of rows, and what is wrong with them."""
    sites, faults, words = [], list[Fault](), _words(kind)
    for number, texts in rows:
        coded = {name: words.get((name, text), text) for name, text in texts.items()}
        place = the_office().gazetteer.resolve(texts.get("division", ""), within=scope().division)
        coded["division"] = place.code
        read = read_site(kind, coded)
        sites.append(read.site)
        faults += [Fault(number, t(f"LOCAL_F_{name.upper()}"), say(one)) for name, one in read.problems.items()]
    return sites, faults


def _words(kind: SiteKind) -> Mapping[tuple[str, str], str]:
    """What stands in cells for codes."""
    found = {("state", state_word(kind, one.value)): one.value for one in STATES[kind]}
    found |= {("origin", t(f"LOCAL_ORIGIN_{one.name}")): one.value for one in Origin}
    for field in details_fields(kind):
        found |= {(field.name, t(f"LOCAL_TYPE_{one.upper()}")): one for one in field.choices}
        if field.form == "yes":
            found |= {(field.name, t("LOCAL_YES")): "yes", (field.name, t("LOCAL_NO")): "no"}
    return found
