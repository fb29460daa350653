"""Whether the server lives and is ready; no data, no token.

In: nothing. Out: one word.
"""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from matcher.domain.errors import Job131Error
from web.config import the_office

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Whether the server answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@bp.get("/readyz")
def ready() -> Response:
    """Whether it can work: the database is there, up to date, and opens with the keys."""
    try:
        the_office().store.check()
    except Job131Error:
        return Response("not ready\n", status=503, content_type="text/plain; charset=utf-8")
    return Response("ready\n", content_type="text/plain; charset=utf-8")
