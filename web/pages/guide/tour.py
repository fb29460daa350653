"""The way through the five steps of a first visit.

In: the number of a step. Out: a redirect to the page it is about, which shows the card.
"""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from web.pages.guide.steps import begins_at

bp = Blueprint("tour", __name__, url_prefix="/tour")


@bp.get("/<int:number>")
def step(number: int) -> Response:
    """On to a step; home behind the last."""
    return redirect(begins_at(number) or url_for("home.index"))
