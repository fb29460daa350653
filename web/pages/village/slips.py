"""Slips that come back: typed from the keyboard one after the other, or tapped on a phone by way of the square.

In: a short code and ticks. Out: answers kept, with what this account typed today and a way to take it back; a code
that cannot be one, or is of somebody else's village, is said at once and nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.aftercare.reasons import CLASS_KINDS, class_reasons, reasons, reasons_of
from matcher.aftercare.slips import Kept, OpenSlip, drop_reason, keep_slip, open_slip, take_back_slip
from matcher.domain.aftercare import THE_CLASS, KeptTick, SaidBy, SlipRefused, Started, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, Job131Error, RecordNotFound
from matcher.domain.plan import ServicePlan
from matcher.domain.slip import read_slip_code
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, is_part, typed, typed_date, typed_key
from web.pages.village.place import whose
from web.phrases import t

bp = Blueprint("slips", __name__)
SHOWN = 40
KINDS = (
    (AnswerKind.WANTED, "y"),
    (AnswerKind.NOT_WANTED, "b"),
    (AnswerKind.CALLED, "d"),
    (AnswerKind.TRIED_NOT_HIRED, "m"),
    (AnswerKind.STARTED, "s"),
)
"""The answers in the order of the slip, each with its one key."""
WHO = (SaidBy.WORKER, SaidBy.FAMILY, SaidBy.VILLAGE, SaidBy.EMPLOYER)
MOST_YUAN = 99_999


@dataclass(frozen=True, slots=True)
class TickRow:
    """One line of an open slip, as it was ticked before or just now: a posting, or the class."""

    number: int
    key: int
    title: str
    about: str
    place_hint: str = ""
    kind: str = ""
    why: tuple[str, ...] = ()
    note: str = ""
    place: str = ""
    yuan: str = ""
    day: str = ""

    @property
    def of_class(self) -> bool:
        """Whether it is the class."""
        return self.key == THE_CLASS


@bp.get("/slips/")
def index() -> str:
    """The desk where slips are typed."""
    return render_template("slips/desk.html", **_desk())


def _desk(said: str = "", wrong: str = "") -> dict[str, object]:
    """An empty desk with what was typed today."""
    office, mine = the_office(), whose()
    with office.reading() as unit:
        lines, standing = unit.aftercare.returns.typed_by(
            signed_in().name, office.today(), division=mine.division, villages=mine.villages, limit=SHOWN
        )
    return {"opened": None, "lines": lines, "standing": standing, "said": said, "wrong": wrong, "code": ""}


def _opened(opened: OpenSlip, rows: list[TickRow], *, wrong: str = "") -> dict[str, object]:
    """A slip that lies open."""
    return {
        "opened": opened,
        "rows": rows,
        "kinds": KINDS,
        "class_kinds": [pair for pair in KINDS if pair[0] in CLASS_KINDS],
        "class_reasons": class_reasons(),
        "reasons": tuple(reasons().values()),
        "who": WHO,
        "said_by": typed("said_by", limit=12) or SaidBy.WORKER.value,
        "today": the_office().today(),
        "wrong": wrong,
        "code": opened.plan.code,
    }


def _shown(values: dict[str, object], status: int = 200) -> tuple[str, int]:
    """The desk as a part, or as a page of its own."""
    return render_template("slips/_desk.html" if is_part() else "slips/desk.html", **values), status


@bp.post("/slips/look")
def look() -> tuple[str, int]:
    """The slip of a code lies open."""
    code = typed("code", limit=24)
    try:
        opened = _find(code)
    except Job131Error as refused:
        values = _desk(wrong=_words(refused)) | {"code": code}
        return _shown(values, 404 if isinstance(refused, RecordNotFound) else 400)
    return _shown(_opened(opened, _rows(opened)))


def _find(code: str) -> OpenSlip:
    """The slip of a code within the scope."""
    with the_office().reading() as unit:
        return open_slip(unit, code, whose())


def _words(refused: Job131Error) -> str:
    """Why a slip cannot be taken, in the language of the page."""
    if isinstance(refused, SlipRefused):
        return t(refused.code)
    return t("SLIP_UNKNOWN") if isinstance(refused, RecordNotFound) else refused.message


def _blank(plan: ServicePlan) -> list[TickRow]:
    """The lines of a slip, nothing ticked."""
    rows = [
        TickRow(number, match.posting_key, view.title, f"{view.employer} · {view.place}", view.place)
        for number, match in enumerate(plan.matches, start=1)
        for view in [match.posting]
    ]
    if plan.training is not None:
        view = plan.training.training
        rows.append(TickRow(len(rows) + 1, THE_CLASS, t("PAGE_SLIP_CLASS", title=view.title), view.provider))
    return rows


def _rows(opened: OpenSlip) -> list[TickRow]:
    """The lines of a slip with what was ticked before."""
    return [_ticked(row, opened.before.get(row.key)) for row in _blank(opened.plan.plan)]


def _ticked(row: TickRow, before: KeptTick | None) -> TickRow:
    """One line as it was ticked before."""
    if before is None:
        return row
    tick, started = before.tick, before.tick.started
    place, day = (started.place, started.on.isoformat()) if started else ("", "")
    yuan = str(started.yuan) if started and started.yuan is not None else ""
    return replace(row, kind=tick.kind.value, why=tick.why, note=tick.note, place=place, yuan=yuan, day=day)


@bp.post("/slips/record")
def record() -> str | Response | tuple[str, int]:
    """Keeps a slip and makes room for the next."""
    opened = _find(typed("code", limit=24))
    on_phone = typed("from") == "phone"
    try:
        kept = _keep(opened)
    except InputRefused as refused:
        values = _opened(opened, _typed_rows(opened), wrong=_words(refused))
        return (render_template("slips/phone.html", **values), 400) if on_phone else _shown(values, 400)
    if is_part():
        return render_template("slips/_desk.html", **_desk(said=_kept_words(kept)))
    flash(_kept_words(kept), "done")
    return redirect(url_for("slips.phone", code=opened.plan.code) if on_phone else url_for("slips.index"))


def _keep(opened: OpenSlip) -> Kept:
    """What was ticked, kept."""
    by = chosen(typed("said_by"), [one.value for one in WHO]) or SaidBy.WORKER.value
    ticks = [tick for row in _blank(opened.plan.plan) if (tick := _tick(row.key)) is not None]
    return keep_slip(the_office(), opened.plan.code, ticks, whose(), actor=signed_in().name, said_by=SaidBy(by))


def _tick(key: int) -> Tick | None:
    """What was ticked in one line, None where nothing was."""
    kind = chosen(typed(f"a{key}"), [kind.value for kind, _ in KINDS])
    if not kind:
        return None
    answer = AnswerKind(kind)
    offered = {one.code for one in reasons_of(answer)}
    why = tuple(code for code in request.form.getlist(f"w{key}") if code in offered)
    started = None
    if key != THE_CLASS and (answer is AnswerKind.STARTED or "FOUND_WORK" in why):
        digits = "".join(sign for sign in typed(f"yuan{key}", limit=8) if sign.isdecimal())
        yuan = min(int(digits), MOST_YUAN) if digits else None
        day = typed_date(f"day{key}") or the_office().today()
        started = Started(place=typed(f"place{key}", limit=60), yuan=yuan, on=day)
    return Tick(posting_key=key, kind=answer, why=why, note=typed(f"note{key}", limit=200), started=started)


def _typed_rows(opened: OpenSlip) -> list[TickRow]:
    """The lines of a slip as they were ticked just now."""
    rows = []
    for row in _blank(opened.plan.plan):
        told = {name: typed(f"{name}{row.key}", limit=200) for name in ("note", "place", "yuan", "day")}
        why = tuple(request.form.getlist(f"w{row.key}"))
        rows.append(replace(row, kind=typed(f"a{row.key}"), why=why, **told))
    return rows


def _kept_words(kept: Kept) -> str:
    """What was kept, in one sentence."""
    if kept.key is None:
        return t("PAGE_SLIP_AGAIN", name=kept.name)
    said = t("PAGE_SLIP_KEPT", name=kept.name, count=kept.ticks)
    return f"{said} {t('PAGE_SLIP_OLDER')}" if kept.older else said


@bp.post("/slips/<int:key>/undo")
def undo(key: int) -> str | Response:
    """Takes a slip back that was mistyped."""
    take_back_slip(the_office(), key, whose(), actor=signed_in().name)
    if is_part():
        return render_template("slips/_desk.html", **_desk(said=t("PAGE_SLIP_UNDONE")))
    flash(t("PAGE_SLIP_UNDONE"), "done")
    return redirect(url_for("slips.index"))


@bp.post("/slips/<int:key>/reason")
def reason(key: int) -> Response:
    """A reason that counts no more, or counts again."""
    posting, code = typed_key("posting"), typed("reason", limit=20)
    if posting is None or not code:
        raise InputRefused(t("PAGE_SLIP_NO_REASON"))
    dropped = typed("back") != "1"
    person = drop_reason(the_office(), key, posting, code, whose(), actor=signed_in().name, dropped=dropped)
    flash(t("PAGE_SAID_DROPPED" if dropped else "PAGE_SAID_BACK"), "done")
    return redirect(url_for("people.person", key=person))


@bp.get("/s/<code>")
def phone(code: str) -> str | tuple[str, int]:
    """The slip a square leads to, with large places to tap."""
    try:
        opened = _find(code)
    except Job131Error as refused:
        status = 404 if isinstance(refused, RecordNotFound) else 400
        shown = read_slip_code(code) or ""
        return render_template("slips/phone.html", opened=None, wrong=_words(refused), code=shown), status
    return render_template("slips/phone.html", **_opened(opened, _rows(opened)))
