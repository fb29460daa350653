"""Who asks: the token of a program, its rights, and how often it may ask.

In: the header Authorization. Out: the `ApiClient` of this request, or 401, 403, 429. A session cookie opens nothing.
"""

from __future__ import annotations

from flask import g, request

from matcher.domain.clients import ApiClient
from web.auth import access_table, bearer_token
from web.config import the_office
from web.errors.problems import Refused
from web.pace import seconds_to_wait
from web.phrases import t

ANY = "any"
"""In place of a right: every token will do."""


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
    token, client = bearer_token(), None
    if token:
        with the_office().reading() as unit:
            client = unit.clients.by_token(token)
    if client is None:
        _slow_down(f"stranger:{request.remote_addr}", "api.refusals_per_minute")
        raise Refused(401, headers={"WWW-Authenticate": 'Bearer realm="job131"'})
    return client


def _slow_down(asker: str, rule: str) -> None:
    """429 where somebody asks too often."""
    if seconds := seconds_to_wait(asker, rule):
        raise Refused(429, headers={"Retry-After": str(seconds)})
