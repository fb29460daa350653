"""A request marked with Idempotency-Key is carried out once, however often it is sent.

In: the mark, the client, the request. Out: the answer of the first time, or `Repeat` with where its record is. A mark
whose request ended without a record may be used again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import request

from web.api.declared import Answer, Ask
from web.config import the_office
from web.errors.problems import FieldProblem, Refused
from web.phrases import t

_MARK = re.compile(r"[\x21-\x7e]{8,80}")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A request that was carried out before."""

    status: int
    location: str


def doing_once(ask: Ask, status: int, run: Callable[[], Answer]) -> Answer | Repeat:
    """Carries a request out unless its mark says that it was."""
    mark = request.headers.get("Idempotency-Key", "")
    if not mark:
        return run()
    if not _MARK.fullmatch(mark):
        raise Refused(400, t("API_BAD_MARK"), errors=[FieldProblem("header", "Idempotency-Key", t("API_BAD_MARK"))])
    office = the_office()
    sent = f"{ask.endpoint}\x1f{request.full_path}\x1f".encode() + _body()
    kept_since = office.clock() - timedelta(hours=office.policy.at(office.today()).whole("api.once_hours"))
    with office.unit(ask.actor) as unit:
        once = unit.once.begin(ask.client.key, mark, sent, forget_before=kept_since)
        same = once.digest == unit.once.digest_of(sent)
    if once.fresh:
        return _first(run, once.key, status)
    if not same:
        raise Refused(422, t("API_MARK_OTHER"), errors=[FieldProblem("header", "Idempotency-Key", t("API_MARK_OTHER"))])
    if not once.status:
        raise Refused(409, t("API_MARK_UNDER_WAY"), headers={"Retry-After": "5"})
    return Repeat(once.status, once.location)


def _first(run: Callable[[], Answer], key: int, status: int) -> Answer:
    """Carries it out, and notes where the record is or that there is none."""
    office = the_office()
    try:
        done = run()
    except Exception:
        with office.unit() as unit:
            unit.once.drop(key)
        raise
    with office.unit() as unit:
        if done.location:
            unit.once.finish(key, status=done.status or status, location=done.location)
        else:
            unit.once.drop(key)
    return done


def _body() -> bytes:
    """What was sent, files by their content."""
    if not request.files:
        return request.get_data(cache=True)
    parts = [f"{name}={value}".encode() for name, value in sorted(request.form.items())]
    for _, file in sorted(request.files.items()):
        parts.append((file.filename or "").encode() + file.stream.read())
        file.stream.seek(0)
    return b"\x1f".join(parts)
