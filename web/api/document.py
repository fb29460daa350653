"""The OpenAPI 3.1 document, made from the declarations that validate requests and shape answers.

In: the groups. Out: one dictionary, the same for everybody; summaries in Chinese, descriptions in English.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from matcher.domain.clients import Right
from matcher.wording.catalogue import load_catalogue
from web.api.declared import PATH_TYPES, ROOT, Endpoint, Group, Key, Nothing
from web.api.gate import ANY
from web.api.groups import GROUPS
from web.auth import access_table
from web.errors.problems import KINDS, PROBLEM_TYPE, Problem
from web.phrases import PACKAGES

Json = dict[str, Any]
_REF = "#/components/schemas/{name}"
_ALWAYS = (400, 401, 403, 422, 429, 500, 503)
_HEADERS = {
    "etag": {"description": "ETag", "schema": {"type": "string"}},
    "location": {"description": "Location", "schema": {"type": "string"}},
    "replayed": {"description": "Idempotency-Replayed", "schema": {"type": "string", "enum": ["true"]}},
}


def code_of(group: Group, endpoint: Endpoint) -> str:
    """The text that says what an operation does."""
    return f"API_{group.name}_{endpoint.name}".upper()


@lru_cache(maxsize=1)
def the_document() -> Json:
    """The document."""
    shapes, named = _shapes()
    paths: dict[str, Json] = {}
    for group in GROUPS:
        for endpoint in group.endpoints.values():
            paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(group, endpoint, shapes)
    return {
        "openapi": "3.1.0",
        "info": {"title": _zh("API_TITLE"), "version": "1", "description": _both("API_ABOUT")},
        "servers": [{"url": ROOT}],
        "tags": [{"name": group.name, "description": _both(f"API_TAG_{group.name}".upper())} for group in GROUPS],
        "paths": paths,
        "components": {
            "schemas": _described(named),
            "responses": {f"Problem{status}": _problem(status) for status in KINDS},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _both("API_TOKEN_ABOUT")}},
        },
    }


def _shapes() -> tuple[dict[Any, Json], Json]:
    """The schema of every declared type, and the named ones."""
    types: dict[Any, None] = {Problem: None, Key: None}
    for group in GROUPS:
        for one in group.endpoints.values():
            wanted = [one.answer, one.query, one.body, *one.other.values()]
            types |= dict.fromkeys(kind for kind in wanted if kind is not None)
    types |= dict.fromkeys(PATH_TYPES.values())
    found, named = msgspec.json.schema_components(list(types), ref_template=_REF)
    return dict(zip(types, found, strict=True)), named


def _described(named: Json) -> Json:
    """The named schemas, each field with what it means."""
    known = _sentences()
    for schema in named.values():
        for field, shape in schema.get("properties", {}).items():
            code = f"API_F_{field}".upper()
            if code in known:
                shape["description"] = _both(code)
    return named


def _operation(group: Group, endpoint: Endpoint, shapes: dict[Any, Json]) -> Json:
    """One operation."""
    row = _sentences()[code_of(group, endpoint)]
    right = access_table()[f"{group.room}.{endpoint.name}"].right
    told: Json = {
        "operationId": f"{group.name}.{endpoint.name}",
        "tags": [group.name],
        "summary": row["zh"],
        "description": row["en"],
        "security": [{"token": [] if right == ANY else [right]}],
        "parameters": [*_path(endpoint, shapes), *_query(endpoint, shapes), *_headers(endpoint)],
        "responses": _responses(endpoint, shapes),
    }
    if endpoint.body is not None:
        told["requestBody"] = _body(endpoint, shapes)
    return told


def _path(endpoint: Endpoint, shapes: dict[Any, Json]) -> list[Json]:
    """The parts of the path that vary."""
    names = [part[1:-1] for part in endpoint.path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "description": _both(f"API_F_{name}".upper()),
         "schema": shapes[PATH_TYPES.get(name, Key)]}
        for name in names
    ]  # fmt: skip


def _query(endpoint: Endpoint, shapes: dict[Any, Json]) -> list[Json]:
    """What may stand behind the question mark; a value left out is no null."""
    if endpoint.query is Nothing:
        return []
    _, named = msgspec.json.schema_components([endpoint.query], ref_template=_REF)
    shape = named[endpoint.query.__name__]
    known = _sentences()
    found = []
    for name, field in shape["properties"].items():
        code = f"API_F_{name}".upper()
        told = {"name": name, "in": "query", "required": name in shape.get("required", ()), "schema": _stated(field)}
        found.append(told | ({"description": _both(code)} if code in known else {}))
    return found


def _stated(field: Json) -> Json:
    """A field without null and without a default."""
    shape = {key: value for key, value in field.items() if key != "default"}
    choices = [one for one in shape.get("anyOf", ()) if one != {"type": "null"}]
    return choices[0] if len(choices) == 1 else shape


def _headers(endpoint: Endpoint) -> list[Json]:
    """The headers an operation hears."""
    found = []
    if endpoint.purpose:
        found.append(_header("X-Purpose", "API_H_PURPOSE", {"minLength": 2, "maxLength": 120}, required=True))
    if endpoint.guarded is not None:
        found.append(_header("If-Match", "API_H_IF_MATCH", {}, required=True))
    if endpoint.once:
        limits = {"minLength": 8, "maxLength": 80, "pattern": "^[\\x21-\\x7e]+$"}
        found.append(_header("Idempotency-Key", "API_H_ONCE", limits))
    if endpoint.waits:
        found.append(_header("Prefer", "API_H_PREFER", {}))
    if endpoint.safe:
        found.append(_header("If-None-Match", "API_H_NONE_MATCH", {}))
    found.append(_header("Accept-Language", "API_H_LANGUAGE", {}))
    return found


def _header(name: str, code: str, limits: Json, *, required: bool = False) -> Json:
    """One header."""
    schema = {"type": "string"} | limits
    return {"name": name, "in": "header", "required": required, "description": _both(code), "schema": schema}


def _body(endpoint: Endpoint, shapes: dict[Any, Json]) -> Json:
    """What is sent."""
    content: Json = {"schema": shapes[endpoint.body]}
    if endpoint.example:
        content["example"] = dict(endpoint.example)
    return {"required": True, "content": {"multipart/form-data" if endpoint.upload else "application/json": content}}


def _responses(endpoint: Endpoint, shapes: dict[Any, Json]) -> Json:
    """Every answer an operation gives."""
    found: Json = {}
    for status, kind in {endpoint.status: endpoint.answer, **endpoint.other}.items():
        told: Json = {"description": _both(f"API_STATUS_{status}")}
        if kind is not None:
            told["content"] = {"application/json": {"schema": shapes[kind]}}
            told["headers"] = {"ETag": _HEADERS["etag"]}
            if status in {201, 202}:
                told["headers"]["Location"] = _HEADERS["location"]
            if endpoint.once:
                told["headers"]["Idempotency-Replayed"] = _HEADERS["replayed"]
        found[str(status)] = told
    if endpoint.safe:
        found["304"] = {"description": _both("API_STATUS_304"), "headers": {"ETag": _HEADERS["etag"]}}
    for status in _problems(endpoint):
        found[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    return dict(sorted(found.items()))


def _problems(endpoint: Endpoint) -> list[int]:
    """The errors an operation may answer with."""
    found = list(_ALWAYS)
    if "{" in endpoint.path or endpoint.name == "list" or _names_division(endpoint):
        found.append(404)
    if endpoint.body is not None:
        found += [413, 415]
    if not endpoint.safe:
        found.append(409)
    if endpoint.guarded is not None:
        found += [412, 428]
    return sorted(found)


def _names_division(endpoint: Endpoint) -> bool:
    """Whether a request names a division, which may be another office's."""
    fields = {*endpoint.query.__struct_fields__, *(endpoint.body.__struct_fields__ if endpoint.body else ())}
    return bool(fields & {"division", "under"})


def _problem(status: int) -> Json:
    """One error."""
    told: Json = {
        "description": _both(f"API_PROBLEM_{status}"),
        "content": {PROBLEM_TYPE: {"schema": {"$ref": _REF.format(name="Problem")}}},
    }
    if status == 401:
        told["headers"] = {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}}
    if status == 429:
        told["headers"] = {"Retry-After": {"description": "Retry-After", "schema": {"type": "integer"}}}
    return told


def rights() -> list[str]:
    """Every right, in the order of the page."""
    return [right.value for right in Right]


def _sentences() -> Any:
    """All texts, both languages."""
    return load_catalogue("matcher.wording", *PACKAGES).sentences


def _zh(code: str) -> str:
    """A text in Chinese."""
    return str(_sentences()[code]["zh"])


def _both(code: str) -> str:
    """A text in both languages."""
    row = _sentences()[code]
    return f"{row['zh']} · {row['en']}"
