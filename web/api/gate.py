"""Who asks: the token of a program, its rights, and how often it may ask.

In: the header Authorization. Out: the `ApiClient` of this request, or 401, 403, 429. A session cookie opens nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import current_app, g, request

from matcher.domain.clients import ApiClient
from web.auth import access_table
from web.config import the_office, web_config
from web.errors.problems import Refused
from web.phrases import t

PACE = "job131.api-pace"
ANY = "any"
"""In place of a right: every token will do."""
_MINUTE = 60.0
_MOST_KNOWN = 10_000


@dataclass(slots=True)
class Pace:
    """How many requests each asker has left: a bucket that fills evenly, `most` a minute."""

    now: Callable[[], float]
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, asker: str, most: int) -> float:
        """0 where one more is fine, else the seconds until it is."""
        with self._lock:
            left, now = self._filled(asker, most)
            self._left[asker] = (left - 1 if left >= 1 else left, now)
            return 0.0 if left >= 1 else (1 - left) * _MINUTE / most

    def _filled(self, asker: str, most: int) -> tuple[float, float]:
        """What an asker has left now; askers nobody has seen for a minute are forgotten where there are many."""
        now = self.now()
        if len(self._left) > _MOST_KNOWN:
            self._left = {name: one for name, one in self._left.items() if now - one[1] < _MINUTE}
        left, since = self._left.get(asker, (float(most), now))
        return min(float(most), left + (now - since) * most / _MINUTE), now


def caller() -> ApiClient:
    """The client of this request."""
    found: ApiClient = g.api_client
    return found


def let_in() -> None:
    """Before every request to a route that needs a token."""
    access = access_table().get(request.endpoint or "")
    if access is None or not access.right:
        return
    client = _known()
    _slow_down(f"client:{client.key}", "api.requests_per_minute")
    if access.right != ANY and not client.may(access.right):
        raise Refused(403, t("API_RIGHT_MISSING", right=access.right))
    g.api_client = client


def _known() -> ApiClient:
    """The client of the token; wrong ones are counted by address, and right ones pass whoever else guesses there."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    client = None
    if kind.lower() == "bearer" and token.strip():
        with the_office().reading() as unit:
            client = unit.clients.by_token(token.strip())
    if client is None:
        _slow_down(f"stranger:{request.remote_addr}", "api.refusals_per_minute")
        raise Refused(401, headers={"WWW-Authenticate": 'Bearer realm="job131"'})
    return client


def _slow_down(asker: str, rule: str) -> None:
    """429 where somebody asks too often."""
    office = the_office()
    pace: Pace = current_app.extensions.setdefault(PACE, Pace(web_config().now))
    seconds = pace.take(asker, office.policy.at(office.today()).whole(rule))
    if seconds > 0:
        raise Refused(429, headers={"Retry-After": str(max(1, round(seconds + 0.5)))})
