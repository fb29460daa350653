"""A request as its declaration wants it: every field that is wrong is named at once, no value is repeated.

In: the query string and the body of this request. Out: structs of the declared types, or `Refused`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import msgspec
from flask import request
from msgspec import Struct

from web.api.declared import PATH_TYPES, Endpoint, Key
from web.config import the_office
from web.errors.problems import FieldProblem, Refused
from web.phrases import t

_JSON = re.compile(r"application/(?:[\w.+-]+\+)?json", re.IGNORECASE)
_LEAST_PURPOSE, _MOST_PURPOSE = 2, 120
_EXPECTED = re.compile(r"Expected `([^`]+)`(.*?)(?: - at `.*`)?$")
_MISSING = object()


def read_path(values: dict[str, Any]) -> dict[str, Any]:
    """The parts of the address; 404 where one can name nothing."""
    for name, value in values.items():
        try:
            msgspec.convert(value, PATH_TYPES.get(name, Key))
        except (msgspec.ValidationError, OverflowError) as wrong:
            raise Refused(404) from wrong
    return values


def read_query(endpoint: Endpoint) -> Struct:
    """What stands behind the question mark."""
    raw: dict[str, Any] = {}
    for name in request.args:
        values = request.args.getlist(name)
        if len(values) > 1:
            raise Refused(422, errors=[FieldProblem("query", name[:40], t("API_FIELD_TWICE"))])
        raw[name] = values[0]
    return read_struct(endpoint.query, raw, "query", strict=False)


def read_body(endpoint: Endpoint, kind: type[Struct]) -> tuple[Struct, frozenset[str]]:
    """The JSON object sent, and the fields it names."""
    if not _JSON.fullmatch(request.mimetype or ""):
        raise Refused(415)
    office = the_office()
    request.max_content_length = office.policy.at(office.today()).whole("api.body_kilobytes") * 1024
    try:
        raw = msgspec.json.decode(request.get_data(cache=True))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as broken:
        raise Refused(400, t("API_BAD_JSON")) from broken
    if not isinstance(raw, dict):
        raise Refused(422, t("API_NO_OBJECT"), errors=[FieldProblem("body", "", t("API_NO_OBJECT"))])
    return read_struct(kind, raw, "body"), frozenset(raw)


def read_struct(kind: type[Struct], raw: dict[str, Any], place: str, *, strict: bool = True) -> Struct:
    """Fields as declared, or everything that is wrong with them."""
    wrong: list[FieldProblem] = []
    declared = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    wrong += [FieldProblem(place, name[:40], t("API_FIELD_UNKNOWN")) for name in raw if name not in declared]
    found: dict[str, Any] = {}
    for name, field in declared.items():
        value = raw.get(name, _MISSING)
        if value is _MISSING:
            if field.required:
                wrong.append(FieldProblem(place, name, t("API_FIELD_MISSING")))
            continue
        try:
            found[field.name] = msgspec.convert(value, field.type, strict=strict)
        except msgspec.ValidationError as error:
            wrong.append(FieldProblem(place, name, _told(str(error))))
    if wrong:
        raise Refused(422, errors=wrong)
    return kind(**found)


def _told(message: str) -> str:
    """What is wrong with a field; the value itself is never repeated."""
    found = _EXPECTED.match(message)
    if found is None:
        return t("API_FIELD_NOT_AMONG") if "enum" in message else t("API_FIELD_WRONG")
    kind, rest = found.groups()
    limits = rest.partition(", got")[0].strip()
    return t("API_FIELD_EXPECTED", expected=f"{kind} {limits}".strip())


def read_purpose(*, needed: bool) -> str:
    """What for, from the header X-Purpose: percent-encoded, or UTF-8 as it stands."""
    raw = request.headers.get("X-Purpose", "")
    try:
        text = raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = raw
    text = re.sub(r"[\x00-\x1f\x7f\ufffd]", " ", unquote(text)).strip()[:_MOST_PURPOSE]
    if needed and len(text) < _LEAST_PURPOSE:
        raise Refused(400, t("API_NO_PURPOSE"), errors=[FieldProblem("header", "X-Purpose", t("API_NO_PURPOSE"))])
    return text
