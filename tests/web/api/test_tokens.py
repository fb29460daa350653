"""Tokens: what opens the API, what does not, and how often."""

from __future__ import annotations

import hmac
from datetime import timedelta

import pytest

from matcher.domain.clients import Right
from matcher.store.clients import clients as clients_module
from tests.web.api.asking import ROOT, Program, program
from tests.web.made_up import NAIMAN, NOW, World
from web.auth import access_table
from web.pace import PACE, Pace


def test_a_session_cookie_opens_nothing(seen: World) -> None:
    browser = seen.client("city")
    assert browser.get("/people/").status_code == 200
    assert browser.get(f"{ROOT}/workers").status_code == 401
    assert browser.post(f"{ROOT}/runs", json={}).status_code == 401


def test_a_token_opens_no_page(looking: Program) -> None:
    client = looking.world.app.test_client()
    answer = client.get("/people/", headers={"Authorization": f"Bearer {looking.token}"})
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic {token}",
        "Bearer {token}x",
        "Bearer j131_aaaaaaaa_" + "A" * 43,
    ],
)
def test_nothing_else_than_the_token_opens_anything(looking: Program, header: str) -> None:
    answer = looking.get("/workers", headers={"Authorization": header.format(token=looking.token)})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.mimetype == "application/problem+json"


def test_the_secret_of_another_token_with_the_own_prefix_opens_nothing(world: World) -> None:
    one, other = program(world, name="one"), program(world, name="other")
    mixed = one.token[:14] + other.token[14:]
    assert one.get("/workers", headers={"Authorization": f"Bearer {mixed}"}).status_code == 401


def test_tokens_are_compared_in_constant_time_known_prefix_or_not(
    looking: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[int, int]] = []
    real = hmac.compare_digest

    def watching(one: str, other: str) -> bool:
        compared.append((len(one), len(other)))
        return real(one, other)

    monkeypatch.setattr(clients_module.hmac, "compare_digest", watching)
    for token in (looking.token, looking.token[:14] + "A" * 43, "j131_aaaaaaaa_" + "A" * 43, "nonsense"):
        looking.get("/workers", headers={"Authorization": f"Bearer {token}"})
    assert compared == [(64, 64)] * 4


def test_a_revoked_token_dies_at_once(acting: Program) -> None:
    assert acting.get("/classes").status_code == 200
    with acting.world.office.unit("admin") as unit:
        unit.clients.revoke(unit.clients.by_name("probe").key)
    assert acting.get("/classes").status_code == 401


def test_an_expired_token_opens_nothing(world: World) -> None:
    with world.office.unit("admin") as unit:
        _, token = unit.clients.add("late", [Right.READ_CLASSES], expires_at=NOW)
        _, good = unit.clients.add("soon", [Right.READ_CLASSES], expires_at=NOW + timedelta(seconds=1))
    assert Program(world, "late", token).get("/classes").status_code == 401
    assert Program(world, "soon", good).get("/classes").status_code == 200


@pytest.mark.parametrize("right", list(Right))
def test_one_right_opens_its_own_lists_and_no_others(seen: World, right: Right) -> None:
    one = program(seen, right, name=f"only-{right.name}")
    lists = {"/workers": "people.list", "/postings": "postings.list", "/classes": "classes.list",
             "/runs": "runs.list", "/imports": "imports.list", "/questions": "questions.list",
             "/fairs": "fairs.list", "/reports/coverage": "reports.coverage",
             "/figures/coverage": "figures.coverage", "/divisions": "names.divisions"}  # fmt: skip
    with seen.office.reading() as unit:
        client = unit.clients.by_name(one.name)
    for path, name in lists.items():
        needed = access_table()[f"api_{name}"].right
        expected = 200 if needed == "any" or client.may(needed) else 403
        assert one.get(path).status_code == expected, (right, path)


def test_the_right_to_write_includes_the_right_to_read_and_no_identity() -> None:
    from matcher.domain.clients import ApiClient

    client = ApiClient(key=1, name="x", rights=frozenset({Right.WRITE_PEOPLE}))
    assert client.may("read:people")
    assert not client.may("read:identity")
    assert not client.may("read:sensitive")


def test_a_program_that_asks_too_often_waits_and_others_do_not(world: World) -> None:
    one, other = program(world, name="one"), program(world, name="other")
    world.app.extensions[PACE] = Pace(lambda: 0.0)
    client = world.app.test_client()

    def status(asker: Program) -> int:
        return client.get(f"{ROOT}/classes", headers={"Authorization": f"Bearer {asker.token}"}).status_code

    most = world.office.policy.at(world.office.today()).whole("api.requests_per_minute")
    assert {status(one) for _ in range(most)} == {200}
    answer = client.get(f"{ROOT}/classes", headers={"Authorization": f"Bearer {one.token}"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert status(other) == 200


def test_the_pace_fills_evenly() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.take("a", 2) for _ in range(3)] == [0.0, 0.0, 30.0]
    now[0] = 30.0
    assert pace.take("a", 2) == 0.0
    assert pace.take("a", 2) > 0


def test_an_address_that_guesses_tokens_waits_and_a_right_one_passes(world: World) -> None:
    one = program(world)
    world.app.extensions[PACE] = Pace(lambda: 0.0)
    client = world.app.test_client()

    def status(token: str) -> int:
        return client.get(f"{ROOT}/classes", headers={"Authorization": f"Bearer {token}"}).status_code

    most = world.office.policy.at(world.office.today()).whole("api.refusals_per_minute")
    assert [status("guess") for _ in range(most + 1)] == [401] * most + [429]
    assert status(one.token) == 200


def test_every_look_at_a_person_is_in_the_audit_record_with_the_program_and_the_purpose(acting: Program) -> None:
    world = acting.world
    acting.get(f"/workers/{world.bao}")
    acting.get(f"/workers/{world.bao}/identity", headers={"X-Purpose": "%E6%A0%B8%E5%AF%B9%E7%A4%BE%E4%BF%9D"})
    acting.get("/postings")
    with world.office.reading() as unit:
        entries = [one for one in unit.audit.recent() if one.actor == "api:probe"]
        used = unit.clients.by_name("probe").last_used_at
    assert used == NOW
    assert [(one.action, one.subject, one.purpose, one.origin) for one in entries] == [
        ("api_identity", f"worker:{world.bao}", "核对社保", "api"),
        ("api_one", f"worker:{world.bao}", "", "api"),
    ]


def test_the_masks_follow_the_rights(seen: World) -> None:
    plain = program(seen, Right.READ_PEOPLE, name="plain", division=NAIMAN)
    told = plain.get(f"/workers/{seen.bao}").get_json()
    assert (told["id_number_masked"], told["phone_masked"], told["sensitive"]) == ("*" * 16 + "26", "199****1234", None)
    body = plain.get(f"/workers/{seen.bao}").text
    assert all(hidden not in body for hidden in ("990101197903020026", "19900001234", "布病", "NO_LIVESTOCK", "慢性病"))
    assert plain.get(f"/workers/{seen.bao}/identity", headers={"X-Purpose": "check"}).status_code == 403
    sees = program(seen, Right.READ_PEOPLE, Right.READ_SENSITIVE, name="sees", division=NAIMAN)
    told = sees.get(f"/workers/{seen.bao}").get_json()["sensitive"]
    assert [one["code"] for one in told["limits"]] == ["NO_LIVESTOCK"]
    assert "布病" not in sees.get(f"/workers/{seen.bao}").text


def test_identity_needs_a_purpose(looking: Program) -> None:
    path = f"/workers/{looking.world.bao}/identity"
    assert looking.get(path).status_code == 400
    assert looking.get(path, headers={"X-Purpose": "x"}).status_code == 400
    told = looking.get(path, headers={"X-Purpose": "核对".encode().decode("latin-1")})
    assert told.get_json()["id_number"] == "990101197903020026"
