"""The handbook inside the app.

In: nothing. Out: the whole handbook on one page, so that the search of the browser finds everything.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from web.pages.guide.handbook import handbook

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("/")
def index() -> str:
    """All chapters with their table of contents."""
    return render_template("help.html", book=handbook())
