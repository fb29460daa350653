"""Who may open what: the table of routes, roles and divisions."""

from __future__ import annotations

import pytest

from matcher.domain.account import Role
from matcher.domain.clients import Right
from tests.web.made_up import World, some_values
from web.api.gate import ANY
from web.auth import access_table, safe_path
from web.pace import PACE

ROLES = {
    "city": Role.CITY,
    "window": Role.WINDOW,
    "coordinator": Role.COORDINATOR,
    "viewer": Role.VIEWER,
    "admin": Role.SYSTEM_ADMIN,
}
PLAIN_PAGES = ("home.index", "people.index", "postings.index", "imports.index", "runs.index", "settings.index")


def test_every_route_stands_in_the_access_table(shown: World) -> None:
    routes = {rule.endpoint for rule in shown.app.url_map.iter_rules()}
    assert routes == set(access_table())


def test_every_role_of_the_table_exists() -> None:
    named = {role for access in access_table().values() for role in access.roles}
    assert named <= {role.value for role in Role}


def test_every_closed_route_names_its_roles_and_its_scope() -> None:
    closed = {name: access for name, access in access_table().items() if not access.open}
    assert all(bool(access.roles) != bool(access.right) for access in closed.values())
    assert {access.scope for access in closed.values()} <= {"none", "shared", "division", "own"}


def test_every_right_of_the_table_exists() -> None:
    named = {access.right for access in access_table().values()} - {"", ANY}
    assert named == {right.value for right in Right} - {Right.READ_SENSITIVE.value}


@pytest.mark.parametrize("name", ROLES)
def test_a_role_opens_its_pages_and_no_others(shown: World, name: str) -> None:
    client = shown.client(name)
    for endpoint in PLAIN_PAGES:
        with shown.app.test_request_context():
            address = shown.app.url_for(endpoint)
        expected = 200 if ROLES[name].value in access_table()[endpoint].roles else 403
        if (name, endpoint) == ("coordinator", "home.index"):
            expected = 302  # to the village
        assert client.get(address).status_code == expected, endpoint


def test_nobody_gets_in_without_signing_in(shown: World) -> None:
    client = shown.client()
    for endpoint, access in access_table().items():
        rule = next(rule for rule in shown.app.url_map.iter_rules(endpoint))
        with shown.app.test_request_context():
            address = shown.app.url_for(endpoint, **some_values(rule))
        method = "GET" if "GET" in (rule.methods or set()) else sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})[0]
        answer = client.open(address, method=method, buffered=True)
        if access.right:
            shown.app.extensions.pop(PACE)  # an address that sends many wrong tokens has to wait
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), endpoint
        elif not access.open:
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in"), endpoint


@pytest.mark.parametrize("name", ["elsewhere", "window", "city", "coordinator"])
def test_people_of_other_divisions_and_villages_answer_404(shown: World, name: str) -> None:
    client = shown.client(name)
    seen = {key: client.get(f"/people/{key}").status_code for key in (shown.bao, shown.wang, shown.far)}
    may = {
        "elsewhere": {shown.far},
        "window": {shown.bao, shown.wang},
        "city": {shown.bao, shown.wang, shown.far},
        "coordinator": {shown.bao},
    }[name]
    assert seen == {key: 200 if key in may else 404 for key in seen}


@pytest.mark.parametrize("path", ["plan", "why", "reveal"])
def test_nothing_can_be_done_to_people_of_other_divisions(shown: World, path: str) -> None:
    answer = shown.client("elsewhere").post(f"/people/{shown.bao}/{path}", data={"what": "phone", "reason": "核对电话"})
    assert answer.status_code == 404


def test_lists_hold_only_the_own_division(shown: World) -> None:
    page = shown.client("coordinator").get("/people/").text
    assert "包示例" in page
    assert "王示例" not in page
    assert "李示例" not in page


def test_a_run_of_another_division_answers_404(shown: World) -> None:
    assert shown.client("window").get("/runs/1").status_code == 200
    assert shown.client("elsewhere").get("/runs/1").status_code == 404
    assert shown.client("elsewhere").get("/runs/1/progress").status_code == 404


def test_a_run_cannot_be_started_for_another_division(shown: World) -> None:
    assert shown.client("elsewhere").post("/runs/", data={"division": "150525"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "led_to"),
    [
        ("/people/3?page=2", "/people/3?page=2"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_nobody_is_led_to_another_site(path: str, led_to: str) -> None:
    assert safe_path(path) == led_to
