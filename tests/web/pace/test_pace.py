"""Who asks too often waits, whichever process answers; others go on."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.domain.errors import NotInitialised
from matcher.domain.settings import SWITCHED_ON, SettingName
from tests.web.made_up import World, opened
from web.auth import access_table
from web.config import load_web_config, proxy_of
from web.listening import server_settings
from web.pace import PACE, Pace, SharedPace
from web.pace.asking import UNCOUNTED, visitor

KEY = "k" * 40
OPEN = "/shared/", "/shared/feed.json", "/shared/rss.xml", "/api/v1/openapi.json"


def shared(folder: Path, now: list[float]) -> SharedPace:
    """A process that counts in the folder."""
    return SharedPace(folder / "pace.db", KEY, lambda: now[0])


def test_two_processes_share_one_count_and_the_bucket_fills_evenly(tmp_path: Path) -> None:
    now = [1000.0]
    one, other = shared(tmp_path, now), shared(tmp_path, now)
    assert [one.take("a", 2), other.take("a", 2), one.take("a", 2), other.take("b", 2)] == [0.0, 0.0, 30.0, 0.0]
    now[0] += 30.0
    assert other.take("a", 2) == 0.0
    assert one.take("a", 2) > 0


def test_a_clock_that_is_set_back_neither_fills_nor_empties(tmp_path: Path) -> None:
    now = [1000.0]
    pace = shared(tmp_path, now)
    assert pace.take("a", 1) == 0.0
    now[0] = 10.0
    assert pace.take("a", 1) == 60.0


def test_exactly_so_many_pass_however_many_ask_at_once(tmp_path: Path) -> None:
    now = [1000.0]
    askers = [shared(tmp_path, now) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(lambda one: [one.take("a", 50) for _ in range(30)], one) for one in askers]
    assert sum(seconds == 0 for one in done for seconds in one.result()) == 50


def test_the_file_holds_no_address_and_forgets(tmp_path: Path) -> None:
    now = [1000.0]
    pace = shared(tmp_path, now)
    for number in range(600):
        pace.take(f"visitor:192.0.2.{number}", 60)
        now[0] += 1.0
    data = (tmp_path / "pace.db").read_bytes()
    assert b"192.0.2." not in data
    assert len(data) < 60_000
    assert stat.S_IMODE((tmp_path / "pace.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("fault", ["folder", "broken"])
def test_without_its_file_each_process_counts_for_itself(tmp_path: Path, fault: str) -> None:
    now = [1000.0]
    path = tmp_path / "pace.db"
    path.mkdir() if fault == "folder" else path.write_bytes(b"not a database " * 400)
    pace = shared(tmp_path, now)
    assert [pace.take("a", 1), pace.take("a", 1) > 0] == [0.0, fault == "folder"]
    if fault == "broken":  # thrown away and begun anew
        assert shared(tmp_path, now).take("a", 1) > 0


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An office that shares its postings, at a moment that stands still."""
    with opened(tmp_path) as world:
        with world.office.unit() as unit:
            unit.settings.put(SettingName.PUBLISHING, SWITCHED_ON)
        world.app.extensions[PACE] = Pace(lambda: 0.0)
        yield world


def test_an_address_that_opens_too_much_waits_in_words_and_others_do_not(world: World) -> None:
    client = world.app.test_client()
    most = world.office.policy.at(world.office.today()).whole("api.open_per_minute")
    statuses = [client.get(OPEN[number % len(OPEN)]).status_code for number in range(most)]
    assert set(statuses) == {200}
    for address in OPEN:
        refused = client.get(address)
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) >= 1
    assert "太" in client.get("/shared/").text
    assert client.get("/shared/", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
    assert client.get("/shared/", headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 429
    assert client.get("/alive").status_code == 200
    assert client.get("/sign-in").status_code == 200
    assert world.client("city").get("/shared/").status_code == 200


def test_every_open_route_is_counted_or_named_as_one_that_is_not() -> None:
    opened = {name.partition(".")[0] for name, access in access_table().items() if access.open}
    assert opened >= UNCOUNTED
    assert opened - UNCOUNTED >= {"shared", "api_docs"}


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "::ffff:c000:207"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_who_a_visitor_is(address: str, whose: str) -> None:
    assert visitor(address) == whose


def test_only_a_named_proxy_is_believed(tmp_path: Path) -> None:
    def settings(**environ: str) -> dict[str, object]:
        return server_settings(load_web_config(tmp_path / "home", tmp_path / "key", environ=environ))

    assert "trusted_proxy" not in settings()
    believed = settings(JOB131_TRUSTED_PROXY="127.0.0.1")
    assert (believed["trusted_proxy"], believed["trusted_proxy_headers"]) == ("127.0.0.1", {"x-forwarded-for"})
    assert believed["clear_untrusted_proxy_headers"] is True
    for wrong in ("*", "proxy.example.cn", "10.0.0.0/8"):
        with pytest.raises(NotInitialised):
            proxy_of(wrong)


def test_servers_of_one_data_folder_count_in_one_file(tmp_path: Path) -> None:
    config = load_web_config(tmp_path / "home", tmp_path / "key", environ={})
    assert config.pace_file == tmp_path / "home" / "pace.db"
