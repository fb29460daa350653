"""Signing in and out, language, light or dark, and the style sheet that comes out of a package.

In: a name and a password, or one click in the demonstration. Out: a session.
"""

from __future__ import annotations

from importlib.resources import files

from flask import Blueprint, abort, flash, redirect, render_template, request, send_from_directory, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from web.auth import demo_account, enter, is_loopback, leave, safe_path
from web.config import the_office, web_config
from web.forms import chosen, typed
from web.phrases import LANGUAGE_COOKIE, PAGE_LANGUAGES, THEME_COOKIE, THEMES, t

bp = Blueprint("entry", __name__)
YEAR_SECONDS = 365 * 24 * 3600


@bp.get("/assets/bootstrap.css")
def stylesheet() -> Response:
    """Bootstrap's style sheet, from the installed package."""
    folder = files("flask_bootstrap") / "static" / "bootstrap5" / "css"
    return send_from_directory(str(folder), "bootstrap.min.css", max_age=24 * 3600)


@bp.get("/alive")
def alive() -> Response:
    """Whether the server answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """The sign-in page; a wrong name and a wrong password get the same answer."""
    wanted = safe_path(request.args.get("next", "/"))
    if current_user.is_authenticated:
        return redirect(wanted)
    if request.method != "POST":
        return _sign_in_page(session.pop("notice", ""), wanted)
    name, password = typed("name", limit=60), request.form.get("password", "")[:200]
    account = the_office().sign_in(name, password, origin=_origin())
    if account is None:
        return _sign_in_page("PAGE_SIGN_IN_FAILED", wanted), 403
    enter(account)
    return redirect(wanted)


def _origin() -> str:
    """The address a visitor comes from, "" for this very machine."""
    address = request.remote_addr or ""
    return "" if is_loopback(address) else address


def _sign_in_page(notice: str, wanted: str) -> str:
    """The page with what went before."""
    one_click = web_config().demo and is_loopback(request.remote_addr)
    return render_template("sign_in.html", notice=notice, wanted=wanted, one_click=one_click)


@bp.post("/demo")
def demo() -> Response:
    """One click into the demonstration, on this very machine only."""
    if not (web_config().demo and is_loopback(request.remote_addr)):
        abort(404)
    enter(demo_account())
    return redirect(safe_path(request.args.get("next", "/")))


@bp.post("/sign-out")
def sign_out() -> Response:
    """Out, and the session forgotten."""
    leave()
    flash(t("PAGE_SIGNED_OUT"), "done")
    return redirect(url_for("entry.sign_in"))


@bp.post("/language")
def language() -> Response:
    """The other language from now on."""
    return _remember(LANGUAGE_COOKIE, chosen(typed("language"), PAGE_LANGUAGES) or "zh")


@bp.post("/theme")
def theme() -> Response:
    """Light, dark or as the device has it."""
    return _remember(THEME_COOKIE, chosen(typed("theme"), THEMES) or "auto")


def _remember(cookie: str, value: str) -> Response:
    """A choice of this browser, then back to where the visitor was."""
    response = redirect(safe_path(typed("next", limit=200) or "/"))
    secure = web_config().https
    response.set_cookie(cookie, value, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response
