"""Errors as programs read them: problem details of RFC 9457.

In: a status, what happened, which fields are wrong. Out: an answer of the type application/problem+json, in the
language the program asks for; never a value that was sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from flask import request
from werkzeug.wrappers import Response

from web.phrases import language, t

_CHINESE = re.compile("[一-鿿]")
PROBLEM_TYPE = "application/problem+json"
API_PATH = "/api/"
PAGE_ENDPOINT = "api_docs.page"
"""The one address below `API_PATH` that people read."""
TYPES = "/api/v1/docs#problem-"
KINDS = {
    400: "malformed",
    401: "no-token",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    409: "conflict",
    412: "changed-meanwhile",
    413: "too-large",
    415: "wrong-type",
    422: "refused",
    428: "needs-if-match",
    429: "too-many",
    500: "our-fault",
    503: "try-later",
}
"""Status → the last part of the problem's type; its title is the text API_PROBLEM_ and the status."""


class FieldProblem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong with one field; `place` is body, query, header or path."""

    place: str
    field: str
    detail: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An error; `current` and `yours` are the two versions where somebody else was first."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[FieldProblem] = []
    current: dict[str, Any] | None = None
    yours: dict[str, Any] | None = None


class Refused(Exception):
    """A request that is not carried out, with everything its answer says."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
        current: dict[str, Any] | None = None,
        yours: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(str(status))
        self.status, self.detail, self.errors = status, detail, list(errors)
        self.headers = dict(headers or {})
        self.current, self.yours = current, yours


def speaks_json() -> bool:
    """Whether whoever asks is a program: everything below /api/ but the page that explains it."""
    return request.path.startswith(API_PATH) and request.endpoint != PAGE_ENDPOINT


def problem(refused: Refused) -> Response:
    """The answer to a request that is not carried out."""
    status = refused.status
    shown = status if status in KINDS else 500 if status >= 500 else 400
    said, general = refused.detail, t(f"API_PROBLEM_{shown}_MORE")
    if said and language() != "zh" and _CHINESE.search(said):
        said = f"{general} ({said})"  # what the office says of a record, it says in its own language
    body = Problem(
        type=f"{TYPES}{KINDS[shown]}",
        title=t(f"API_PROBLEM_{shown}"),
        status=status,
        detail=said or general,
        errors=refused.errors,
        current=refused.current,
        yours=refused.yours,
    )
    response = Response(msgspec.json.encode(body), status=status, content_type=PROBLEM_TYPE)
    response.headers.update(refused.headers)
    return response
