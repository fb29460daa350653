"""The document and the page that explains it; both open, both without any data of the office.

In: nothing. Out: openapi.json, and a page made from the same dictionary; it needs no script and no other host.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web.api.declared import ROOT
from web.api.document import rights, the_document
from web.errors.problems import KINDS
from web.phrases import language, t

bp = Blueprint("api_docs", __name__, url_prefix=ROOT)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a shape."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    anchor: str
    method: str
    path: str
    about: str
    right: str
    parameters: tuple[FieldLine, ...]
    body: tuple[FieldLine, ...]
    example: str
    answers: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _written() -> tuple[bytes, str]:
    """The document as sent, and its tag."""
    body = json.dumps(the_document(), ensure_ascii=False, indent=1).encode() + b"\n"
    return body, hashlib.sha256(body).hexdigest()[:32]


@bp.get("/openapi.json")
def document() -> Response:
    """The OpenAPI document."""
    body, tag = _written()
    response = Response(body, content_type="application/json")
    response.set_etag(tag)
    return response.make_conditional(request.environ)


@bp.get("/docs")
def page() -> str:
    """The document for people."""
    told = the_document()
    tags = [(tag["name"], _mine(tag["description"]), _operations(tag["name"])) for tag in told["tags"]]
    shapes = {name: _fields(schema) for name, schema in sorted(told["components"]["schemas"].items())}
    problems = [(status, f"problem-{kind}", t(f"API_PROBLEM_{status}"), t(f"API_PROBLEM_{status}_MORE"))
                for status, kind in KINDS.items()]  # fmt: skip
    return render_template("api/docs.html", tags=tags, shapes=shapes, problems=problems, rights=rights(), root=ROOT)


def _operations(tag: str) -> list[Operation]:
    """The operations of a tag."""
    found = []
    for path, methods in the_document()["paths"].items():
        for method, told in methods.items():
            if tag in told["tags"]:
                found.append(_operation(path, method.upper(), told))
    return found


def _operation(path: str, method: str, told: dict[str, Any]) -> Operation:
    """One operation."""
    content = told.get("requestBody", {}).get("content", {})
    sent = next(iter(content.values()), {})
    example = json.dumps(sent["example"], ensure_ascii=False, indent=1) if "example" in sent else ""
    right = next(iter(told["security"][0]["token"]), "")
    parameters = tuple(
        FieldLine(one["name"], f"{one['in']} · {kind_of(one['schema'])}", one["required"], _mine(one["description"]))
        for one in told["parameters"]
        if one["name"] != "Accept-Language"
    )
    answers = tuple(
        (status, kind_of(next(iter(one["content"].values()))["schema"]) if "content" in one else "")
        for status, one in told["responses"].items()
        if status < "400"
    )
    about = told["summary"] if language() == "zh" else told["description"]
    return Operation(told["operationId"], method, path, about, right, parameters, _fields(sent.get("schema", {})),
                     example, answers)  # fmt: skip


def _fields(schema: dict[str, Any]) -> tuple[FieldLine, ...]:
    """The fields of a shape."""
    if "$ref" in schema:
        schema = the_document()["components"]["schemas"][_name(schema["$ref"])]
    required = schema.get("required", ())
    return tuple(
        FieldLine(name, kind_of(field), name in required, _mine(field.get("description", "")))
        for name, field in schema.get("properties", {}).items()
    )


def kind_of(schema: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in schema:
        name = _name(schema["$ref"])
        meant = the_document()["components"]["schemas"][name]
        return kind_of(meant) if "enum" in meant else name
    if "anyOf" in schema:
        return " | ".join(kind_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"{kind_of(schema.get('items', {}))}[]"
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _name(ref: str) -> str:
    """The shape a reference names."""
    return ref.rpartition("/")[2]


def _mine(both: str) -> str:
    """The half of a text in the language of the page."""
    zh, _, en = both.partition(" · ")
    return zh if language() == "zh" or not en else en
