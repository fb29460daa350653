"""Errors become pages in plain words.

In: an HTTP error, or an error of the domain. Out: what happened, what was kept, what to do; never a traceback,
never a value of the record.
"""

from __future__ import annotations

import logging

from flask import Flask, g, make_response, render_template
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from matcher.domain.errors import (
    Cancelled,
    EditConflict,
    InputRefused,
    Job131Error,
    NotInitialised,
    RecordNotFound,
    StoreUnavailable,
)
from web.errors.problems import Refused, problem, speaks_json

LOG = logging.getLogger("job131.web")

STATUS: tuple[tuple[type[Job131Error], int], ...] = (
    (RecordNotFound, 404),
    (EditConflict, 409),
    (StoreUnavailable, 503),
    (NotInitialised, 503),
    (InputRefused, 400),
    (Cancelled, 409),
)
_KEPT_HEADERS = frozenset({"Allow", "Retry-After"})
WORDED = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)


NOT_TAKEN = 422
"""What a program sent is well-formed and still refused."""


def status_of(error: Job131Error) -> int:
    """The HTTP status of an error of the domain."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def error_page(status: int, *, detail: str = "", code: str = "") -> Response | tuple[str, int]:
    """The page of an error, for programs its details; a status without words of its own takes those of its hundred."""
    if speaks_json():
        return problem(Refused(status, detail))
    shown = status if status in WORDED else 500 if status >= 500 else 400
    told = {"status": status, "code": code or f"PAGE_ERROR_{shown}", "detail": detail}
    try:
        return render_template("error.html", **told), status
    except Job131Error:
        g._login_user = AnonymousUserMixin()  # who is signed in cannot be looked up: the page goes without a menu
        return render_template("error.html", **told), status


def _on_domain_error(error: Job131Error) -> Response | tuple[str, int]:
    """An error of the domain: its own line for refused input, the general words otherwise."""
    status = status_of(error)
    if isinstance(error, InputRefused) and speaks_json():
        status = NOT_TAKEN
    if status >= 500:
        LOG.warning("%s", type(error).__name__)
    shown = error.message if isinstance(error, InputRefused | StoreUnavailable | NotInitialised) else ""
    return error_page(status, detail=shown)


def _on_http_error(error: HTTPException) -> Response:
    """An error of the protocol, with the methods there are, or when to come again."""
    kept = {name: value for name, value in error.get_headers() if name in _KEPT_HEADERS}
    if speaks_json():
        return problem(Refused(error.code or 500, headers=kept))
    answer = make_response(error_page(error.code or 500))
    answer.headers.update(kept)
    return answer


def _on_refused(error: Refused) -> Response:
    """A request of a program that is not carried out."""
    return problem(error)


def _on_foreign_host(error: SecurityError) -> Response | tuple[str, int]:
    """A host name this server does not answer to; no page can be built, its links would lead there."""
    if speaks_json():
        return problem(Refused(400))
    return "此服务不在这个网址上。Not served under this name.\n", 400


def _on_csrf_error(error: CSRFError) -> Response | tuple[str, int]:
    """A form without a valid token: nothing was done."""
    return error_page(400, code="PAGE_ERROR_CSRF")


def _on_bug(error: Exception) -> Response | tuple[str, int]:
    """Anything unforeseen: the log gets its kind and place, not its words, which may hold a person's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
    LOG.error("unforeseen %s at %s", type(error).__name__, place)
    return error_page(500)


def register_errors(app: Flask) -> None:
    """All handlers."""
    app.register_error_handler(Job131Error, _on_domain_error)
    app.register_error_handler(Refused, _on_refused)
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(SecurityError, _on_foreign_host)
    app.register_error_handler(HTTPException, _on_http_error)
    if not app.testing:
        app.register_error_handler(Exception, _on_bug)
