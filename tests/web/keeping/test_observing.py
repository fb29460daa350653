"""Log lines and figures: what stands in them, who reads them, and what never does."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.errors import InputRefused, NotInitialised
from tests.web.made_up import World
from web.config import EXTENSION, WebConfig, load_web_config
from web.listening import server_settings
from web.observing import logs
from web.observing.meter import BUCKETS, Meter
from web.observing.work import run_logged

TOKEN = "a-token-that-is-long-enough"


def _record(name: str, message: str, *args: object) -> logging.LogRecord:
    """A record as libraries make them."""
    return logging.LogRecord(name, logging.WARNING, "/x/pages.py", 7, message, args, None)


def test_of_a_librarys_line_only_place_and_template_are_kept() -> None:
    form = logs.JsonLines()
    line = json.loads(form.format(_record("waitress", "Exception while serving %s", "/people?q=包示例")))
    assert (line["message"], line["place"]) == ("Exception while serving %s", "pages:7")
    assert "message" not in json.loads(form.format(_record("pypdf", "bad cell 包示例")))
    assert json.loads(form.format(_record("job131.tasks", "run %d ended", 3)))["message"] == "run 3 ended"


def test_of_an_error_kind_and_place_are_told_and_never_its_words(tmp_path: Path) -> None:
    def work() -> int:
        raise ValueError("包示例 19900001234")

    with pytest.raises(ValueError, match="包示例"):
        run_logged(tmp_path, "run", work)
    text = (tmp_path / "logs" / "job131.log").read_text(encoding="utf-8")
    assert "ValueError" in text and "test_observing.py:" in text
    assert "包示例" not in text and "19900001234" not in text
    assert json.loads(text.splitlines()[-1]) | {"ms": 0, "at": ""} == {
        "at": "", "level": "warning", "logger": "job131.work", "work": "run", "state": "broken", "ms": 0
    }  # fmt: skip


def test_work_that_is_done_says_so(tmp_path: Path) -> None:
    assert [run_logged(tmp_path, "printing", lambda code=code: code) for code in (0, 1)] == [0, 1]  # type: ignore[misc]
    lines = (tmp_path / "logs" / "job131.log").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["state"] for line in lines] == ["done", "failed"]


def test_a_long_file_is_turned_over_and_the_oldest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 300)
    handler = logs.PrivateFile(tmp_path / "x.log", turns=True)
    handler.setFormatter(logs.JsonLines())
    for number in range(60):
        handler.emit(_record("job131.tasks", "run %d ended", number))
    files = sorted(path.name for path in tmp_path.iterdir())
    assert "x.log.9" in files and "x.log.10" not in files
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_an_unknown_level_is_one_clear_line() -> None:
    with pytest.raises(InputRefused, match="JOB131_LOG"):
        logs.level_of({"JOB131_LOG": "loud"})
    assert logs.level_of({}) == logging.INFO


def test_figures_are_for_this_machine_or_the_token(world: World) -> None:
    client = world.client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.5"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.5"}).status_code == 404
    config, office = world.app.extensions[EXTENSION]
    world.app.extensions[EXTENSION] = (replace(config, metrics_token=TOKEN), office)
    assert client.get("/metrics").status_code == 404
    right = {"Authorization": f"Bearer {TOKEN}"}
    away = {"REMOTE_ADDR": "10.0.0.5"}
    assert client.get("/metrics", headers=right, environ_base=away).status_code == 200
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}, environ_base=away).status_code == 404


def test_figures_count_routes_and_tell_of_queues_and_size(world: World) -> None:
    window = world.client("window")
    window.get(f"/people/{world.bao}")
    with world.office.unit("cli") as unit:
        unit.audit.note("backup", subject="database")
    text = window.get("/metrics").text
    assert 'job131_requests_total{route="people.person",method="GET",status="200"} 1' in text
    assert 'job131_request_seconds_bucket{route="people.person",le="+Inf"} 1' in text
    assert 'job131_queue_length{queue="match_run"}' in text
    assert "job131_backup_age_seconds 0" in text
    size = next(line for line in text.splitlines() if line.startswith("job131_database_bytes"))
    assert float(size.split()[1]) > 100_000
    assert "包示例" not in text and f"/people/{world.bao}" not in text


def test_buckets_add_up() -> None:
    meter = Meter()
    for seconds in (0.01, 0.2, 99.0):
        meter.note("home.index", "GET", 200, seconds)
    found = [line.rsplit(" ", 1) for line in meter.lines() if "_bucket" in line]
    counts = [int(count) for _, count in found]
    assert counts == sorted(counts) and counts[0] == 1 and counts[-1] == 3
    assert len(counts) == len(BUCKETS) + 1


def test_a_proxy_is_believed_only_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    key = tmp_path / "keys" / "key"
    plain = load_web_config(tmp_path, key, environ={})
    named = load_web_config(tmp_path, key, environ={"JOB131_TRUSTED_PROXY": "127.0.0.1"})
    assert "trusted_proxy" not in server_settings(plain)
    assert server_settings(named)["trusted_proxy"] == "127.0.0.1"
    assert load_web_config(tmp_path, key, demo=True, environ={"JOB131_TRUSTED_PROXY": "127.0.0.1"}).trusted_proxy == ""
    with pytest.raises(NotInitialised, match="JOB131_METRICS_TOKEN"):
        load_web_config(tmp_path, key, environ={"JOB131_METRICS_TOKEN": "short"})
    assert isinstance(named, WebConfig)
