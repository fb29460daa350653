"""`/metrics`: figures for whoever watches over the server, from this machine or with the token, without personal data.

In: what the server counted, the store. Out: text in the format of Prometheus.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, abort, request

from matcher.office import Office
from web.auth import bearer_token, is_loopback
from web.config import the_office, web_config
from web.observing.meter import series
from web.observing.requests import meter

bp = Blueprint("watch", __name__)
TEXT = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


@bp.get("/metrics")
def metrics() -> Response:
    """All figures; 404 for everybody else, as if there were none."""
    if not _may():
        abort(404)
    lines = [*meter().lines(), *_of_the_office(the_office())]
    return Response("\n".join(lines) + "\n", content_type=TEXT)


def _may() -> bool:
    """Whether somebody asks from this very machine, not through a proxy on it, or shows the token."""
    token = web_config().metrics_token
    if token:
        return secrets.compare_digest(bearer_token().encode(), token.encode())
    return is_loopback(request.remote_addr) and not any(name in request.headers for name in _FORWARDED)


def _of_the_office(office: Office) -> list[str]:
    """Queues, backups, feeds, size."""
    now = office.clock()
    with office.reading() as unit:
        backed_up = unit.audit.latest("backup")
        feeds = [stored for stored in unit.feeds.all() if not stored.standing.paused]
    queues = [({"queue": name}, count) for name, count in office.store.open_work().items()]
    ages = [
        ({"feed": str(one.key)}, (now - one.standing.last_good_at).total_seconds())
        for one in feeds
        if one.standing.last_good_at is not None
    ]
    backups = [] if backed_up is None else [({}, (now - backed_up).total_seconds())]
    return [
        *series("job131_queue_length", "gauge", "work asked for and not ended", queues),
        *series("job131_backup_age_seconds", "gauge", "since the last backup; missing where none was made", backups),
        *series("job131_feed_age_seconds", "gauge", "since a feed last came in well, by its number", ages),
        *series(
            "job131_feed_failures",
            "gauge",
            "failures of a feed in a row",
            [({"feed": str(one.key)}, one.standing.failures) for one in feeds],
        ),
        *series("job131_database_bytes", "gauge", "size of the database", [({}, office.store.size())]),
    ]
