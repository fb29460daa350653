"""The document: every route, every text, every example; made from what validates requests."""

from __future__ import annotations

import re

import jsonschema_rs
import pytest

from tests.web.api.asking import validator
from tests.web.made_up import World
from web.api.declared import ROOT
from web.api.document import code_of, the_document
from web.api.groups import GROUPS
from web.auth import access_table
from web.errors.problems import KINDS

OPERATIONS = [(group, endpoint) for group in GROUPS for endpoint in group.endpoints.values()]


def test_every_route_below_the_root_stands_in_the_document(shown: World) -> None:
    routes = set()
    for rule in shown.app.url_map.iter_rules():
        if rule.rule.startswith(f"{ROOT}/") and not rule.endpoint.startswith("api_docs."):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(ROOT))
            routes |= {(path, method.lower()) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    told = {(path, method) for path, methods in the_document()["paths"].items() for method in methods}
    assert told == routes


def test_every_operation_says_in_both_languages_what_it_does_and_which_right_it_needs() -> None:
    for path, methods in the_document()["paths"].items():
        for method, told in methods.items():
            assert re.search("[一-龥]", told["summary"]), (path, method)
            assert told["description"].isascii(), (path, method)
            assert len(told["security"]) == 1, (path, method)


def test_the_rights_of_the_document_are_those_of_the_access_table() -> None:
    for group, endpoint in OPERATIONS:
        told = the_document()["paths"][endpoint.path][endpoint.method.lower()]
        right = access_table()[f"{group.room}.{endpoint.name}"].right
        assert told["security"][0]["token"] == ([] if right == "any" else [right]), code_of(group, endpoint)


def test_the_document_is_valid_json_schema_in_every_part() -> None:
    schemas = the_document()["components"]["schemas"]
    assert len(schemas) > 60
    for schema in schemas.values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


@pytest.mark.parametrize("name", sorted({e.name + " " + e.path for _, e in OPERATIONS if e.example}))
def test_every_example_is_valid(name: str) -> None:
    endpoint = next(e for _, e in OPERATIONS if e.name + " " + e.path == name)
    assert endpoint.body is not None
    validator("components", "schemas", endpoint.body.__name__).validate(dict(endpoint.example))


def test_every_field_and_every_header_says_what_it_means() -> None:
    document = the_document()
    silent = [
        (name, field)
        for name, schema in document["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
        if "description" not in shape
    ]
    silent += [
        (path, one["name"])
        for path, methods in document["paths"].items()
        for told in methods.values()
        for one in told["parameters"]
        if "description" not in one
    ]
    assert silent == []


def test_every_operation_that_changes_something_tells_its_conflicts() -> None:
    for _, endpoint in OPERATIONS:
        told = set(the_document()["paths"][endpoint.path][endpoint.method.lower()]["responses"])
        assert {"401", "403", "429"} <= told
        assert endpoint.safe or "409" in told
        assert endpoint.guarded is None or {"412", "428"} <= told


def test_it_is_open_holds_no_data_and_is_sent_once(shown: World) -> None:
    client = shown.app.test_client()
    answer = client.get(f"{ROOT}/openapi.json")
    assert (answer.status_code, answer.get_json()["openapi"]) == (200, "3.1.0")
    assert "包示例" in answer.text  # the example, not the record
    assert client.get(f"{ROOT}/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(("language", "word"), [("zh", "怎么用"), ("en", "How to use it")])
def test_the_page_needs_no_script_no_other_host_and_speaks_both_languages(
    shown: World, language: str, word: str
) -> None:
    client = shown.app.test_client()
    client.post("/language", data={"language": language})
    page = client.get(f"{ROOT}/docs").text
    assert word in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "<script" not in main
    assert not re.search(r"(?:src|href)=\"https?://", page)
    assert all(f'id="problem-{kind}"' in page for kind in KINDS.values())
    assert all(f'id="{group.name}.{endpoint.name}"' in page for group, endpoint in OPERATIONS)
