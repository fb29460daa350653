"""The page of sources: added, tried, pulled, a shrunken one accepted, paused, removed; who may and may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from jobs_feed.feeds.surroundings import LOOPBACK_SWITCH
from matcher.domain.account import Role
from matcher.store import UnitOfWork
from tests.jobs_feed.feeds.servers import Request, Running, answer, as_json, items
from tests.web.made_up import NAIMAN, PASSWORD, World, opened
from web.incoming import pulling
from web.pages.feeds import sources

MANY, FEW = 12, 3


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An empty office; pulls are done at once and may call this machine."""
    monkeypatch.setenv(LOOPBACK_SWITCH, "1")
    with opened(tmp_path, empty=True) as found:
        monkeypatch.setattr(sources, "start_pull", lambda _, key, actor: pulling.pull_one(found.office, key, actor))
        yield found


@pytest.fixture
def listing() -> Iterator[tuple[Running, list[int]]]:
    """A server whose list is as long as the number says."""
    count = [MANY]

    def behave(request: Request) -> Iterator[bytes]:
        yield answer(as_json(items(count[0])), "Content-Type: application/json")

    with Running(behave) as running:
        yield running, count


def open_postings(unit: UnitOfWork) -> int:
    """How many postings can be suggested."""
    return len(list(unit.postings.all_for_planning()))


def client_of(world: World, role: Role) -> FlaskClient:
    """A browser of somebody with a role."""
    with world.office.unit() as unit:
        unit.accounts.add(role.value, role, PASSWORD, division=NAIMAN)
    return world.client(role.value)


def added(client: FlaskClient, address: str) -> str:
    """The page of a source just added."""
    form = {"name": "示例来源", "url": address, "every": "1440", "kind": "auto"}
    reply = client.post("/imports/sources/", data=form)
    assert reply.status_code == 302
    return str(reply.location)


def test_a_source_is_added_tried_and_pulled_with_every_pull_in_its_log(
    world: World, listing: tuple[Running, list[int]]
) -> None:
    client, (running, _) = client_of(world, Role.BANNER), listing
    page = added(client, running.url)
    tried = client.post(f"{page}/try").text
    assert f"将新增 {MANY}" in tried
    with world.office.reading() as unit:
        assert open_postings(unit) == 0
    client.post(f"{page}/pull")
    shown = client.get(page).text
    assert f"新增 {MANY}" in shown
    with world.office.reading() as unit:
        assert open_postings(unit) == MANY
        assert unit.feeds.get("示例来源").feed.every_minutes == 1440


def test_a_source_that_lost_most_of_its_postings_waits_for_a_person(
    world: World, listing: tuple[Running, list[int]]
) -> None:
    client, (running, count) = client_of(world, Role.BANNER), listing
    page = added(client, running.url)
    client.post(f"{page}/pull")
    count[0] = FEW
    client.post(f"{page}/pull")
    asked = client.get(page).text
    assert f"这次少了 {MANY - FEW} 条" in asked
    with world.office.reading() as unit:
        assert open_postings(unit) == MANY
    client.post(f"{page}/accept")
    with world.office.reading() as unit:
        assert open_postings(unit) == FEW
    assert client.post(f"{page}/accept").status_code == 400


def test_a_paused_source_is_not_pulled_and_a_removed_one_takes_its_postings_along_when_told_to(
    world: World, listing: tuple[Running, list[int]]
) -> None:
    client, (running, _) = client_of(world, Role.BANNER), listing
    page = added(client, running.url)
    client.post(f"{page}/pull")
    client.post(f"{page}/pause", data={"paused": "1"})
    assert "停用" in client.get(page).text
    client.post(f"{page}/remove", data={"withdraw": "1"})
    with world.office.reading() as unit:
        assert unit.feeds.all() == []
        assert open_postings(unit) == 0
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/etc",
        "file:///etc/passwd",
        "ftp://example.org/a.csv",
        "http://user:" + "word@example.org/a.csv",
        "岗位.xlsx",
        "",
    ],
)
def test_an_address_that_may_not_be_called_is_refused_in_words(world: World, address: str) -> None:
    reply = client_of(world, Role.BANNER).post("/imports/sources/", data={"name": "来源", "url": address})
    assert reply.status_code == 400
    with world.office.reading() as unit:
        assert unit.feeds.all() == []


def test_a_key_in_the_address_is_not_shown(world: World) -> None:
    client = client_of(world, Role.BANNER)
    page = added(client, "https://jobs.example.org/list.json?key=very-own-word")
    assert "very-own-word" not in client.get(page).text + client.get("/imports/sources/").text


def test_window_staff_do_not_manage_sources(world: World) -> None:
    assert client_of(world, Role.WINDOW).get("/imports/sources/").status_code == 403
