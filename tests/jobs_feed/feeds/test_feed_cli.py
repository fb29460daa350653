"""`job131 feed` as it is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobs_feed.feed_cli import feed
from matcher.domain.errors import InputRefused, StoreUnavailable
from matcher.office import Office
from tests.jobs_feed.books import new_office
from tests.jobs_feed.feeds.servers import BEHAVIOURS, Request, Running, answer, as_json, items


@dataclass
class Edge:
    """What the command group hands down."""

    opened: Office
    lang: str = "zh"

    def office(self) -> Office:
        """The opened office."""
        return self.opened


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[Edge]:
    """An office at the command line."""
    office = new_office(tmp_path)
    yield Edge(office)
    office.close()


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch for tests."""
    monkeypatch.setenv("JOB131_ALLOW_LOOPBACK_FEEDS", "1")


def run(edge: Edge, *words: str) -> Result:
    """The command with its words."""
    return CliRunner().invoke(feed, list(words), obj=edge, catch_exceptions=False)


def half_bad(request: Request) -> Iterator[bytes]:
    """One posting without a place."""
    yield answer(as_json(items(3, 工作地点="", 联系电话="13800001234")))


def test_from_adding_to_removing(edge: Edge) -> None:
    with Running(BEHAVIOURS["good_json"]) as server:
        added = run(edge, "add", "示例网", f"{server.url}?key=geheim", "--kind", "json", "--every", "60")
        assert added.exit_code == 0 and "示例网" in added.stderr
        tried = run(edge, "test", "示例网")
        assert (tried.exit_code, len(tried.stdout.splitlines())) == (0, 4)
        pulled = run(edge, "pull", "示例网", "--json")
        line = json.loads(pulled.stdout)
    assert pulled.exit_code == 0
    assert line == {
        "feed": "示例网",
        "state": "ok",
        "stored": 4,
        "updated": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "rows": 4,
        "errors": [],
        "notices": [],
        "message": "共 4 条：新增 4，更新 0，不变 0，下架 0，未收 0",
    }
    listed = run(edge, "list")
    assert "示例网：正常" in listed.stdout and "geheim" not in listed.stdout
    assert json.loads(run(edge, "list", "--json").stdout)["state"] == "ok"
    assert len(run(edge, "list", "示例网").stdout.splitlines()) == 1
    assert json.loads(run(edge, "list", "示例网", "--json").stdout)["state"] == "ok"
    assert run(edge, "pause", "示例网").exit_code == 0
    assert json.loads(run(edge, "pull", "示例网", "--json").stdout)["state"] == "paused"
    assert run(edge, "resume", "示例网").exit_code == 0
    assert run(edge, "accept", "示例网").exit_code == 1
    assert "撤下它的 4 条" in run(edge, "remove", "示例网", "--withdraw").stderr


def test_refused_rows_end_with_three_and_a_failure_with_one(edge: Edge) -> None:
    with Running(half_bad) as server, Running(BEHAVIOURS["error_500"]) as broken:
        run(edge, "add", "half", server.url)
        run(edge, "add", "broken", broken.url)
        done = run(edge, "pull", "half", "--json")
        line = json.loads(done.stdout)
        assert (done.exit_code, line["stored"]) == (3, 2)
        assert [(one["sheet"], one["row"], one["field"]) for one in line["errors"]] == [("half", 3, "工作地点")]
        assert "13800001234" not in done.stdout
        several = run(edge, "pull", "--all", "--json")
        assert several.exit_code == 1
        assert {json.loads(one)["state"] for one in several.stdout.splitlines()} == {"ok", "failed"}
        assert run(edge, "pull").exit_code == 0, "nothing is due"
        words = run(edge, "pull", "broken")
        assert words.stdout == "" and "500" in words.stderr


def test_a_busy_database_is_one_line_a_feed(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StoreUnavailable("数据库正忙")

    monkeypatch.setattr("jobs_feed.feeds.pulling.pull", busy)
    run(edge, "add", "a", "http://a.example.cn/")
    run(edge, "add", "b", "http://b.example.cn/")
    done = run(edge, "pull", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, [(line["feed"], line["message"]) for line in lines]) == (
        1,
        [("a", "数据库正忙"), ("b", "数据库正忙")],
    )


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("file:///etc/passwd", "http"),
        ("http://u:p@example.cn/", "密码"),
        ("http://", "地址"),
    ],
)
def test_an_address_that_is_none_is_refused_at_once(edge: Edge, url: str, word: str) -> None:
    done = run(edge, "add", "wrong", url)
    assert done.exit_code == 1 and word in done.stderr


def test_without_the_switch_this_machine_is_not_called(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOB131_ALLOW_LOOPBACK_FEEDS")
    with Running(BEHAVIOURS["good_json"]) as server:
        assert "127.0.0.1" in run(edge, "add", "inner", server.url).stderr
        done = run(edge, "pull", "inner", "--json")
        assert server.asked == []
    assert done.exit_code == 1
    assert json.loads(done.stdout)["errors"][0]["message"].startswith("127.0.0.1")


def test_a_map_that_names_no_field_is_refused(edge: Edge) -> None:
    with pytest.raises(InputRefused, match="--map"):
        run(edge, "add", "n", "http://example.cn/", "--map", "来源=示例", "--map", "职业=x")


def test_the_real_command_in_a_process_of_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "JOB131_KEY_FILE": str(tmp_path / "keys" / "key")}
    start = [sys.executable, "-m", "web.cli", "--home", str(tmp_path / "home"), "--lang", "en"]

    def job131(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*start, *words], env=environment, capture_output=True, text=True, check=False)

    assert job131("init").returncode == 0
    with Running(BEHAVIOURS["gbk_called_utf8"]) as server:
        assert job131("feed", "add", "n", server.url).returncode == 0
        done = job131("feed", "pull", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["stored"] == 4
