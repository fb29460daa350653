"""From a request to its answer: read as declared, guarded, done, noted, tagged.

In: an endpoint and this request. Out: an HTTP answer. Every look at data of persons and every change is noted in the
audit record with the name of the program before the answer leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from flask import request
from werkzeug.datastructures import ETags
from werkzeug.http import parse_etags
from werkzeug.wrappers import Response

from matcher.domain.clients import ApiClient, Right
from matcher.domain.errors import EditConflict
from web.api.declared import Answer, Ask, Endpoint, Group, encoded
from web.api.gate import ANY, caller
from web.api.once import Repeat, doing_once
from web.api.reading import read_body, read_path, read_purpose, read_query
from web.auth import access_table
from web.config import the_office
from web.errors.problems import Refused

JSON_TYPE = "application/json"
LATER = 202
Look = Callable[..., Answer]
_LEAST_BETWEEN_USES = 60.0
"""Seconds between two notes that a client was used, where nothing else is written."""


def answer(group: Group, endpoint: Endpoint, values: dict[str, Any]) -> Response:
    """The answer to this request."""
    params = read_path(values)
    ask = _asked(group, endpoint, params)
    if endpoint.guarded is not None:
        _check_match(endpoint.guarded, ask, params)
    if endpoint.once:
        done = doing_once(ask, endpoint.status, lambda: endpoint.run(ask, **params))
        if isinstance(done, Repeat):
            return _replayed(done, ask)
    else:
        done = _run(endpoint, ask, params)
    _note(group, endpoint, ask, done)
    response = _shaped(endpoint, done)
    if ask.waits and response.status_code == LATER:
        response.headers["Preference-Applied"] = "respond-async"
    return response


def _asked(group: Group, endpoint: Endpoint, params: dict[str, Any]) -> Ask:
    """The request, read as declared."""
    body, sent = None, frozenset[str]()
    query = read_query(endpoint)
    if endpoint.body is not None and not endpoint.upload:
        body, sent = read_body(endpoint, endpoint.body)
    return Ask(
        client=caller(),
        endpoint=f"{group.room}.{endpoint.name}",
        query=query,
        body=body,
        sent=sent,
        purpose=read_purpose(needed=endpoint.purpose),
        waits=endpoint.waits and "respond-async" in request.headers.get("Prefer", ""),
        params=tuple(params.items()),
    )


def _run(endpoint: Endpoint, ask: Ask, params: dict[str, Any]) -> Answer:
    """What the endpoint says; where somebody else was first, both versions."""
    try:
        return endpoint.run(ask, **params)
    except EditConflict as late:
        if endpoint.guarded is None:
            raise
        raise Refused(409, late.message, current=_current(endpoint.guarded, ask, params), yours=_yours(ask)) from late


def _check_match(guard: Look, ask: Ask, params: dict[str, Any]) -> None:
    """428 without If-Match, 412 with both versions where the record is no longer as the client saw it."""
    if "If-Match" not in request.headers:
        raise Refused(428)
    matches: ETags = parse_etags(request.headers["If-Match"])
    current = _current(guard, ask, params)
    if not matches.contains(_tag(encoded(current))) and not matches.star_tag:
        raise Refused(412, current=current, yours=_yours(ask))


def _current(guard: Look, ask: Ask, params: dict[str, Any]) -> dict[str, Any]:
    """The record as this client may see it now."""
    return dict(msgspec.to_builtins(guard(replace(ask, body=None, sent=frozenset()), **params).value))


def _yours(ask: Ask) -> dict[str, Any] | None:
    """What the client wanted to store."""
    if ask.body is None:
        return None
    return {name: value for name, value in msgspec.to_builtins(ask.body).items() if name in ask.sent}


def _note(group: Group, endpoint: Endpoint, ask: Ask, done: Answer) -> None:
    """The use in the audit record, and on the client's row."""
    office, client = the_office(), ask.client
    right = access_table()[ask.endpoint].right
    personal = right != ANY and Right(right).of_people
    if personal or not endpoint.safe or _unnoted(client):
        with office.unit(ask.actor) as unit:
            unit.clients.used(client.key)
            if personal or not endpoint.safe:
                subject = done.subject or group.name
                unit.audit.note(
                    f"api_{endpoint.name}", subject=subject, purpose=ask.purpose, fields=done.fields, origin="api"
                )


def _unnoted(client: ApiClient) -> bool:
    """Whether it is long since the use of a client was noted."""
    last = client.last_used_at
    return last is None or (the_office().clock() - last).total_seconds() >= _LEAST_BETWEEN_USES


def _shaped(endpoint: Endpoint, done: Answer) -> Response:
    """The answer as declared; a look that the client has already is 304."""
    status = done.status or endpoint.status
    if done.value is None:
        return Response(status=status)
    body = encoded(done.value)
    tag = _tag(body)
    if endpoint.safe and request.if_none_match and _has(request.if_none_match, tag):
        response = Response(status=304)
    else:
        response = Response(body, status=status, content_type=JSON_TYPE)
    response.set_etag(tag)
    response.headers["Vary"] = "Authorization, Accept-Language"
    if done.location:
        response.headers["Location"] = done.location
        response.autocorrect_location_header = False
    return response


def _has(sent: ETags, tag: str) -> bool:
    """Whether the client's copy is still right."""
    return sent.contains_weak(tag) or sent.star_tag


def _tag(body: bytes) -> str:
    """The tag of an answer: of its very bytes."""
    return hashlib.sha256(body).hexdigest()[:32]


def _replayed(done: Repeat, ask: Ask) -> Response:
    """The answer to a request that was carried out before: its record as it is now."""
    from web.api.register import look_up

    group, endpoint, params = look_up(done.location)
    again = Ask(client=ask.client, endpoint=f"{group.room}.{endpoint.name}", query=endpoint.query())
    seen = endpoint.run(again, **params)
    _note(group, endpoint, again, seen)
    response = _shaped(endpoint, Answer(seen.value, done.status, done.location))
    response.headers["Idempotency-Replayed"] = "true"
    return response
