"""Inviting to a fair: who should come, village by village, with bus lists, ways through the hall, expected visitors.

In: one click, and where buses stop. Out: lists on the page, and papers to print or edit.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import BusStop
from matcher.domain.intake.errands import ErrandKind, ErrandOrder
from matcher.fairs.door import not_coming
from matcher.fairs.inviting import invite
from matcher.fairs.lists import villages_of
from web.auth import scope
from web.config import the_office
from web.forms import chosen, typed, typed_division, typed_key
from web.pages.errands.ordering import order, takes_long
from web.pages.fairs.common import actor, fair_here, place_name, the_fair
from web.pages.fairs.desk import bp
from web.papers.fairs.build import KINDS, build
from web.papers.fairs.write import write_fair_papers
from web.phrases import t

ENDINGS = ("pdf", "docx")
MOST_SHOWN = 60
"""Villages whose people stand on the page; the papers hold all."""


@bp.get("/<int:key>/invite")
def inviting(key: int) -> str:
    """Who is invited, by village."""
    office = the_office()
    with office.reading() as unit:
        fair = the_fair(unit, key)
        listed = villages_of(office, unit, fair)
    policy = office.policy.at(office.today())
    return render_template(
        "fairs/invite.html",
        fair=fair,
        villages=listed,
        most=MOST_SHOWN,
        people=sum(len(one.people) for one in listed),
        each=policy.whole("fairs.invited_per_opening"),
        seats=policy.whole("fairs.bus_seats"),
        kinds=KINDS,
        endings=ENDINGS,
        place_name=place_name,
    )


@bp.post("/<int:key>/invite")
def send(key: int) -> Response:
    """Find who should come, anew."""
    fair = fair_here(key)
    if takes_long(fair.division):
        return order(ErrandOrder(kind=ErrandKind.INVITE, fair_key=key, may_division=scope().division))
    done = invite(the_office(), fair, actor=actor())
    flash(t("FAIR_INVITED", people=done.people, villages=done.villages, looked_at=done.looked_at), "done")
    if done.unfilled:
        flash(t("FAIR_INVITED_SHORT", many=done.unfilled), "warn")
    return redirect(url_for("fairs.inviting", key=key))


@bp.post("/<int:key>/stop")
def stop(key: int) -> Response:
    """Where and when a village is picked up."""
    fair_here(key)
    made = BusStop(
        home_code=typed_division("home_code"),
        village=typed("village", limit=60),
        place=typed("place", limit=80),
        leaves_at=typed("leaves_at", limit=5),
    )
    with the_office().unit(actor()) as unit:
        unit.fairs.put_stop(key, made)
    flash(t("FAIR_SAVED"), "done")
    return redirect(url_for("fairs.inviting", key=key))


@bp.post("/<int:key>/away")
def away(key: int) -> Response:
    """Somebody said not to come, or comes after all."""
    not_coming(the_office(), fair_here(key), typed_key("visitor") or 0, away=typed("away") == "1", actor=actor())
    return redirect(url_for("fairs.inviting", key=key))


@bp.post("/<int:key>/papers")
def papers(key: int) -> Response:
    """One kind of paper as a file: of everybody, or of one village."""
    kind, ending = chosen(typed("kind", limit=20), KINDS) or KINDS[0], chosen(typed("ending"), ENDINGS) or "pdf"
    code, village = typed_division("home_code"), typed("village", limit=60)
    office = the_office()
    with office.reading() as unit:
        fair = the_fair(unit, key)
        made = build(office, unit, fair, kind, village=(code, village) if village or code else None)
    if not made:
        raise InputRefused(t("FAIR_NO_PAPER"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"papers.{ending}"
        write_fair_papers(made, path)
        content = BytesIO(path.read_bytes())
    with office.unit(actor()) as unit:
        unit.audit.note("fair_papers", subject=f"fair:{key}", fields=kind)
    return send_file(content, as_attachment=True, download_name=f"{fair.ref}-{kind}.{ending}")
