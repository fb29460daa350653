"""Every request, told in one line and counted: route, status, time, role; never an address, a name or a query.

In: an app. Out: a line a request in the log, and the app's `Meter`.
"""

from __future__ import annotations

import logging
from time import perf_counter
from typing import cast

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from web.observing.meter import Meter

LOG = logging.getLogger("job131.requests")
METER = "job131-meter"
_OFTEN = frozenset({"static", "entry.stylesheet", "entry.alive", "watch.metrics"})
"""Routes that are asked for all the time: told only where everything is."""


def observe(app: Flask) -> None:
    """Every request of an app is told and counted from now on; to be called before anything else looks at one."""
    app.extensions[METER] = Meter()
    app.before_request(_begin)
    app.after_request(_end)


def meter() -> Meter:
    """What the app that serves this request has counted."""
    return cast("Meter", current_app.extensions[METER])


def _begin() -> None:
    """The moment a request begins."""
    g.began = perf_counter()


def _end(response: Response) -> Response:
    """The line of a request that ends."""
    seconds = perf_counter() - g.get("began", perf_counter())
    route = request.endpoint or "none"
    method = request.method if request.method in {"GET", "POST", "HEAD", "PUT", "PATCH", "DELETE"} else "other"
    meter().note(route, method, response.status_code, seconds)
    fields = {
        "route": route,
        "method": method,
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "role": _role(),
    }
    often = route in _OFTEN and response.status_code < 400
    level = logging.DEBUG if often else logging.WARNING if response.status_code >= 500 else logging.INFO
    LOG.log(level, "request", extra={"fields": fields})
    return response


def _role() -> str:
    """The role of whoever asked, "" for nobody and for programs."""
    account = getattr(g.get("_login_user"), "account", None)
    return str(account.role.value) if account is not None else ""
