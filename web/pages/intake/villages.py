"""Villages: who looks after whom, handed over to somebody else; a village that was renamed or became part of another.

In: a village of the scope and what becomes of it. Out: pages, and everybody of the village changed at once with undo.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.life import LifeKind
from matcher.intake.villages import former_name, guides_of, hand_over, merge_village, undo_act
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, typed, typed_date
from web.pages.intake.life import divisions
from web.phrases import t

bp = Blueprint("villages", __name__, url_prefix="/villages")


@bp.get("/")
def index() -> str:
    """Every village of the scope with its people; one of them opened."""
    mine = scope()
    code, village = asked("place", limit=12), asked("village", limit=40)
    opened: dict[str, object] = {}
    with the_office().reading() as unit:
        rows = unit.finding.villages(division=mine.division, villages=mine.villages)
        if village and any((one.code, one.village) == (code, village) for one in rows):
            people = unit.finding.people_of(code, village)
            opened = {"guides": guides_of(unit, code, village).most_common(), "people": len(people)}
            opened["acts"] = unit.life.batches(people, LifeKind.GUIDE)
        elif village:
            raise RecordNotFound("没有这个村，或不在您的范围内", ref=code)
        merges = unit.life.villages(division=mine.division)
    return render_template(
        "intake/villages.html",
        rows=rows,
        code=code,
        village=village,
        opened=opened,
        merges=[one for one in merges if not mine.villages or one.from_village in mine.villages],
        divisions=divisions(mine.division),
        today=the_office().today(),
    )


@bp.post("/hand-over")
def hand() -> Response:
    """People of one guide go to another."""
    code, village = typed("place", limit=12), typed("village", limit=40)
    on = typed_date("on") or the_office().today()
    count = hand_over(
        the_office(), scope(), code, village, typed("was", limit=40), typed("now", limit=40),
        on=on, actor=signed_in().name,
    )  # fmt: skip
    flash(t("VILLAGE_HANDED", count=count), "done")
    return redirect(url_for("villages.index", place=code, village=village), 303)


@bp.post("/merge")
def merge() -> Response:
    """A village becomes another."""
    code, village = typed("place", limit=12), typed("village", limit=40)
    into_code, into_village = typed("into_place", limit=12), typed("into_village", limit=40)
    on = typed_date("on") or the_office().today()
    count = merge_village(the_office(), scope(), code, village, into_code, into_village, on=on, actor=signed_in().name)
    flash(t("VILLAGE_MERGED", count=count), "done")
    return redirect(url_for("villages.index"), 303)


@bp.post("/former")
def former() -> Response:
    """An old name of a village that no roster of the office names any more."""
    former_name(
        the_office(), scope(), typed("into_place", limit=12), typed("into_village", limit=40),
        was_code=typed("was_place", limit=12), was=typed("was", limit=40),
        on=typed_date("on") or the_office().today(), actor=signed_in().name,
    )  # fmt: skip
    flash(t("VILLAGE_FORMER_KEPT"), "done")
    return redirect(url_for("villages.index"), 303)


@bp.post("/undo")
def undo() -> Response:
    """A merge or a hand-over is taken back; a merge only by whoever may merge."""
    with the_office().reading() as unit:
        if unit.life.villages(batch=typed("batch", limit=32)) and not allowed("villages.merge"):
            raise RecordNotFound("没有这次变更，或已经撤销", ref="village")
    done = undo_act(the_office(), scope(), typed("batch", limit=32), actor=signed_in().name)
    flash(t("VILLAGE_UNDONE", back=done.back, kept=done.kept), "done")
    return redirect(url_for("villages.index"), 303)
