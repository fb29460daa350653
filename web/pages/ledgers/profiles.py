"""An office's own columns: taken from a file it hands in, put right by hand, saved under a name.

In: a spreadsheet with a header, or columns picked. Out: a profile; the file itself is deleted at once.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs_feed.own_columns import columns_of_file, read_back
from jobs_feed.report import FileRefused
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.ledgers import LedgerKind, Profile, ProfileColumn
from matcher.ledgers.columns import column_of, columns_of
from matcher.ledgers.forms import examples_of, forms_of
from matcher.ledgers.profiles import LONGEST_HEADER, LONGEST_NAME, MOST_COLUMNS, checked, shipped
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_key
from web.pages.ledgers.desk import bp
from web.phrases import say, t

PICKABLE = tuple(kind.value for kind in LedgerKind if kind is not LedgerKind.TRAINING)
SPARE = 3
"""Empty lines under the columns, for more."""
_ENDING = 5


@bp.get("/columns")
def profiles() -> str:
    """Every saved set of columns, and one to put right where it is asked for."""
    wanted = asked("key", limit=12)
    with the_office().reading() as unit:
        own = unit.ledgers.profiles.usable(scope().division)
        shown = unit.ledgers.profiles.get(int(wanted), division=scope().division) if wanted.isdecimal() else None
    ledger = LedgerKind(chosen(asked("ledger"), PICKABLE)) if chosen(asked("ledger"), PICKABLE) else None
    if shown is None and ledger is not None:
        columns = tuple(ProfileColumn(one.code, one.zh) for one in columns_of(ledger))
        shown = Profile(ledger=ledger, name="", columns=columns)
    return _page(own, shown)


def _page(own: list[Profile], shown: Profile | None, *, wrong: str = "") -> str:
    """The page with one set of columns to put right."""
    lines = list(shown.columns) + [ProfileColumn("", "")] * SPARE if shown is not None else []
    return render_template(
        "ledgers/profiles.html",
        own=[(one, _mine(one)) for one in own],
        shipped=shipped(),
        shown=shown,
        lines=[(one, _forms(shown, one), _known(one)) for one in lines],
        choices=columns_of(shown.ledger) if shown is not None else (),
        kinds=PICKABLE,
        wrong=wrong,
    )


def _mine(profile: Profile) -> bool:
    """Whether the account may change or delete a profile: it is of its own division."""
    return profile.division == scope().division


def _forms(shown: Profile | None, one: ProfileColumn) -> list[tuple[str, str]]:
    """The forms a column may be written in, each with an example."""
    column = column_of(shown.ledger, one.code) if shown is not None else None
    return examples_of(column.form) if column is not None else []


def _known(one: ProfileColumn) -> bool:
    """Whether another office's import understands the header by itself."""
    return not one.header or not one.code or read_back(one.header)


@bp.post("/columns/learn")
def learn() -> str | Response:
    """The columns of a file somebody hands in."""
    ledger, file = chosen(typed("ledger"), PICKABLE), request.files.get("file")
    with the_office().reading() as unit:
        own = unit.ledgers.profiles.usable(scope().division)
    if not ledger or file is None or not file.filename:
        return _page(own, None, wrong=t("PAGE_LEDGER_NO_FILE"))
    with TemporaryDirectory() as folder:
        ending = Path(file.filename).suffix[:_ENDING]
        path = Path(folder) / f"columns{ending if ending[1:].isalnum() else ''}"
        file.save(path)
        try:
            columns = columns_of_file(path, LedgerKind(ledger))
        except FileRefused as refused:
            return _page(own, None, wrong=say(refused.phrase))
    return _page(own, Profile(ledger=LedgerKind(ledger), name="", columns=columns[:MOST_COLUMNS]))


@bp.post("/columns")
def save_profile() -> str | Response:
    """Keep a set of columns under its name."""
    ledger = LedgerKind(chosen(typed("ledger"), PICKABLE) or LedgerKind.BASE.value)
    columns = tuple(one for one in _typed_columns() if one.header)
    name = typed("name", limit=LONGEST_NAME + 1)
    try:
        profile = checked(ledger, name, scope().division, columns)
    except InputRefused as refused:
        with the_office().reading() as unit:
            own = unit.ledgers.profiles.usable(scope().division)
        return _page(own, Profile(ledger=ledger, name=name, columns=columns), wrong=refused.message)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.ledgers.profiles.put(profile)
        unit.audit.note("ledger_columns", subject="ledger", fields=f"{ledger.value} {len(columns)}")
    flash(t("PAGE_LEDGER_COLUMNS_KEPT", name=profile.name), "done")
    return redirect(url_for("ledgers.profiles"))


def _typed_columns() -> list[ProfileColumn]:
    """The lines of the form, in their order."""
    found = []
    for number in range(MOST_COLUMNS + SPARE):
        if f"header-{number}" not in request.form:
            break
        header, code = typed(f"header-{number}", limit=LONGEST_HEADER + 1), typed(f"code-{number}", limit=40)
        place = typed_key(f"order-{number}")
        found.append((number if place is None else place, number, ProfileColumn(code, header, _form_of(number))))
    return [one for _, _, one in sorted(found, key=lambda item: item[:2])]


def _form_of(number: int) -> str:
    """The form of a line; one of another kind of column is dropped, so that a column may be changed."""
    ledger = LedgerKind(chosen(typed("ledger"), PICKABLE) or LedgerKind.BASE.value)
    column = column_of(ledger, typed(f"code-{number}", limit=40))
    return chosen(typed(f"form-{number}"), forms_of(column.form)) if column is not None else ""


@bp.post("/columns/forget/<int:key>")
def forget_profile(key: int) -> Response:
    """Away with a set of columns of the own division."""
    with the_office().unit(actor=signed_in().name) as unit:
        found = unit.ledgers.profiles.get(key, division=scope().division)
        if not _mine(found):
            raise RecordNotFound("no such columns of this account")
        unit.ledgers.profiles.forget(key)
    flash(t("PAGE_LEDGER_COLUMNS_GONE", name=found.name), "done")
    return redirect(url_for("ledgers.profiles"))
