"""Signing in and out, pauses, and the demonstration."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.web.made_up import PASSWORD, World, opened
from web.config import EXTENSION, WebConfig, session_secret


def _later(world: World, seconds: float) -> None:
    """Let time pass for the web app."""
    config: WebConfig
    config, office = world.app.extensions[EXTENSION]
    moved = config.now() + seconds
    world.app.extensions[EXTENSION] = (replace(config, now=lambda: moved), office)


def test_unknown_names_and_wrong_passwords_get_the_same_answer(world: World) -> None:
    answers = [
        world.client().post("/sign-in", data={"name": name, "password": "wrong-wrong-wrong"})
        for name in ("window", "nobody-here")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    tokens = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
    assert len({tokens.sub("", answer.text) for answer in answers}) == 1


def test_after_five_wrong_tries_the_right_password_does_not_help(world: World) -> None:
    client = world.client()
    for _ in range(5):
        client.post("/sign-in", data={"name": "window", "password": "wrong-wrong-wrong"})
    assert client.post("/sign-in", data={"name": "window", "password": PASSWORD}).status_code == 403


def test_looking_at_the_sign_in_page_is_not_a_try(world: World) -> None:
    client = world.client()
    assert client.head("/sign-in").status_code == 200
    with world.office.reading() as unit:
        assert unit.audit.recent(1) == []


def test_a_pause_of_fifteen_minutes_signs_out_and_the_way_back_is_kept(world: World) -> None:
    client = world.client("window")
    _later(world, 14 * 60)
    assert client.get("/people/").status_code == 200
    _later(world, 15 * 60 + 1)
    answer = client.get("/people/?short=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/people/?short%3D1"
    assert "很久没有操作" in client.get("/sign-in").text


def test_watching_a_run_does_not_keep_a_session_alive(world: World) -> None:
    client = world.client("window")
    for minutes in (10, 10):
        _later(world, minutes * 60)
        last = client.get("/runs/1/progress", headers={"X-Requested-With": "poll"})
    assert last.status_code == 302


def test_after_twelve_hours_everybody_signs_in_again(world: World) -> None:
    client = world.client("window")
    for _ in range(12 * 6 + 1):
        _later(world, 600)
        answer = client.get("/people/")
    assert answer.status_code == 302


def test_a_disabled_account_is_out_at_its_next_request(world: World) -> None:
    client = world.client("window")
    with world.office.unit() as unit:
        unit.accounts.set_disabled("window", True)
    assert client.get("/people/").status_code == 302


def test_signing_out_ends_the_session(shown: World) -> None:
    client = shown.client("window")
    client.post("/sign-out")
    assert client.get("/people/").status_code == 302


def test_the_demonstration_is_entered_with_one_click_and_says_so_on_every_page(empty_world: World) -> None:
    client = empty_world.client()
    assert "一键进入演示" in client.get("/sign-in").text
    client.post("/demo")
    for address in ("/", "/people/", "/postings/", "/imports/", "/runs/", "/settings/", "/people/77"):
        assert "演示数据" in client.get(address).text, address


def test_the_demonstration_is_closed_to_other_machines(empty_world: World) -> None:
    client = empty_world.client()
    other = {"REMOTE_ADDR": "10.0.0.7"}
    assert client.post("/demo", environ_base=other).status_code == 404
    client.post("/demo")
    assert client.get("/people/", environ_base=other).status_code == 302


def test_without_demo_mode_there_is_no_way_in_without_a_password(shown: World) -> None:
    assert shown.client().post("/demo").status_code == 404
    assert "一键进入演示" not in shown.client().get("/sign-in").text


def test_a_demo_session_is_worth_nothing_outside_demo_mode(tmp_path: Path) -> None:
    with opened(tmp_path, empty=True, demo=True) as world:
        client = world.client()
        client.post("/demo")
        config, office = world.app.extensions[EXTENSION]
        world.app.extensions[EXTENSION] = (replace(config, demo=False), office)
        assert client.get("/").status_code == 302


def test_the_session_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "config" / "session-secret"
    first = session_secret(path)
    assert len(first) >= 48
    assert session_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["window", "coordinator"])
def test_the_name_typed_is_never_part_of_an_address(shown: World, name: str) -> None:
    client = shown.client(name)
    answer = client.post("/people/search", data={"text": "包示例"})
    assert answer.headers["Location"] == f"/people/{shown.bao}"
    page = client.get("/people/").text
    assert "包示例" in page
    with client.session_transaction() as session:
        assert "包示例" not in repr(dict(session))


@pytest.mark.parametrize("demo", [False, True])
def test_a_copied_cookie_is_worth_nothing_after_signing_out_and_other_sessions_go_on(
    world: World, tmp_path: Path, demo: bool
) -> None:
    with opened(tmp_path, empty=True, demo=True) as empty:
        place = empty if demo else world
        clients = [place.client("" if demo else "window") for _ in range(2)]
        for client in clients:
            client.post("/demo") if demo else None
        copied = clients[0].get_cookie("job131")
        assert copied is not None
        thief = place.app.test_client()
        thief.set_cookie("job131", copied.value)
        assert thief.get("/people/").status_code == 200
        clients[0].post("/sign-out")
        thief.set_cookie("job131", copied.value)
        assert thief.get("/people/").status_code == 302
        assert clients[1].get("/people/").status_code == 200


def test_a_session_that_timed_out_is_over_for_copies_too(world: World) -> None:
    client = world.client("window")
    copied = client.get_cookie("job131")
    assert copied is not None
    _later(world, 15 * 60 + 1)
    assert client.get("/people/").status_code == 302
    _later(world, -15 * 60)
    client.set_cookie("job131", copied.value)
    assert client.get("/people/").status_code == 302
