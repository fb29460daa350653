"""Errors become pages in plain words.

In: an HTTP error, or an error of the domain. Out: what happened, what was kept, what to do; never a traceback,
never a value of the record.
"""

from __future__ import annotations

import logging

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from matcher.domain.errors import (
    Cancelled,
    EditConflict,
    InputRefused,
    Job131Error,
    NotInitialised,
    RecordNotFound,
    StoreUnavailable,
)

LOG = logging.getLogger("job131.web")

STATUS: tuple[tuple[type[Job131Error], int], ...] = (
    (RecordNotFound, 404),
    (EditConflict, 409),
    (StoreUnavailable, 503),
    (NotInitialised, 503),
    (InputRefused, 400),
    (Cancelled, 409),
)
WORDED = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)


def status_of(error: Job131Error) -> int:
    """The HTTP status of an error of the domain."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def error_page(status: int, *, detail: str = "", code: str = "") -> tuple[str, int]:
    """The page of an error; a status without words of its own takes those of its hundred."""
    shown = status if status in WORDED else 500 if status >= 500 else 400
    return render_template("error.html", status=status, code=code or f"PAGE_ERROR_{shown}", detail=detail), status


def _on_domain_error(error: Job131Error) -> tuple[str, int]:
    """An error of the domain: its own line for refused input, the general words otherwise."""
    status = status_of(error)
    if status >= 500:
        LOG.warning("%s", type(error).__name__)
    shown = error.message if isinstance(error, InputRefused | StoreUnavailable | NotInitialised) else ""
    return error_page(status, detail=shown)


def _on_http_error(error: HTTPException) -> tuple[str, int]:
    """An error of the protocol."""
    return error_page(error.code or 500)


def _on_foreign_host(error: SecurityError) -> tuple[str, int]:
    """A host name this server does not answer to; no page can be built, its links would lead there."""
    return "此服务不在这个网址上。Not served under this name.\n", 400


def _on_csrf_error(error: CSRFError) -> tuple[str, int]:
    """A form without a valid token: nothing was done."""
    return error_page(400, code="PAGE_ERROR_CSRF")


def _on_bug(error: Exception) -> tuple[str, int]:
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
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(SecurityError, _on_foreign_host)
    app.register_error_handler(HTTPException, _on_http_error)
    if not app.testing:
        app.register_error_handler(Exception, _on_bug)
