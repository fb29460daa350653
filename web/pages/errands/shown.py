"""One errand: how far it is and how long it still takes, a button to stop it, what came of it.

In: the key of an errand of the account. Out: its page, its progress for the page that watches, its file.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.errands import Errand, ErrandKind, ErrandState
from web.auth import signed_in
from web.config import the_office
from web.errands import desk
from web.errands.work import close_silent
from web.phrases import t

bp = Blueprint("errands", __name__, url_prefix="/errands")
BACK = {
    ErrandKind.SLICE_OUT: "slices.index",
    ErrandKind.SLICE_IN: "slices.index",
    ErrandKind.INVITE: "fairs.inviting",
    ErrandKind.SETTLED: "settled.index",
    ErrandKind.RAIN_DEW: "graduates.index",
}
"""The page each kind is ordered on."""
_SURE_FROM = 0.03
"""The share from which the time that is left is told."""


def _mine(key: int) -> Errand:
    """An errand of the account; RecordNotFound for any other."""
    with the_office().reading() as unit:
        found = unit.errands.get(key)
    if found.actor != signed_in().name:
        raise RecordNotFound("没有这项后台工作", ref=str(key))
    return found


@bp.get("/<int:key>")
def one(key: int) -> str:
    """How far it is, or what came of it."""
    office, found = the_office(), _mine(key)
    kept = {"key": found.fair_key} if found.kind is ErrandKind.INVITE else {}
    return render_template(
        "errands/one.html",
        one=found,
        share=_share(found),
        words=_words(found),
        back=url_for(BACK[found.kind], **kept),
        waits=desk.made(office.config, key).is_file(),
        dead=found.state is ErrandState.AT_WORK and not desk.lives(office.config, key),
    )


@bp.get("/<int:key>/progress")
def progress(key: int) -> dict[str, object]:
    """The progress, for the page that watches."""
    found = _mine(key)
    return {"share": _share(found), "over": found.state.over, "words": _words(found)}


@bp.post("/<int:key>/stop")
def stop(key: int) -> Response:
    """Ask it to stop; nothing of it is kept. One that waits, or whose process died, is over at once."""
    office, found = the_office(), _mine(key)
    close_silent(office)
    if found.state is ErrandState.WAITING:
        with office.unit(signed_in().name) as unit:
            unit.errands.end(key, ErrandState.STOPPED, message=desk.STOPPED)
        desk.clear(office.config, key)
    elif not found.state.over:
        desk.ask_to_stop(office.config, key)
    return redirect(url_for("errands.one", key=key), 303)


@bp.get("/<int:key>/file")
def fetch(key: int) -> Response:
    """The encrypted file; only who asked for it fetches it, within a day."""
    office, found = the_office(), _mine(key)
    path = desk.made(office.config, key)
    if found.state is not ErrandState.DONE or not path.is_file():
        raise RecordNotFound("文件已经不在了，请重新导出", ref=str(key))
    name = f"job131-{found.division or '1505'}-{office.today().isoformat()}.j131"
    whole = BytesIO(path.read_bytes())
    return send_file(whole, as_attachment=True, download_name=name, mimetype="application/octet-stream")


def _share(found: Errand) -> float:
    """How far it is."""
    return 1.0 if found.state.over else desk.share_of(the_office().config, found.key)


def _words(found: Errand) -> str:
    """Where it stands, and how long it still takes once that can be told."""
    share = _share(found)
    if found.state is ErrandState.AT_WORK and found.began_at is not None and share > _SURE_FROM:
        gone = the_office().clock() - found.began_at
        left = max(timedelta(), gone * ((1 - share) / share))
        minutes = int(left.total_seconds() // 60)
        return t("ERRAND_LEFT_MINUTES", minutes=minutes + 1) if minutes else t("ERRAND_LEFT_SOON")
    return t(f"ERRAND_{found.state.name}")
