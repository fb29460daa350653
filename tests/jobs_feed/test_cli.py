"""`job131 import` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobs_feed.cli import import_command
from matcher.office import Office
from tests.jobs_feed.books import csv_file, new_office, workers


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


def run(edge: Edge, *words: str) -> Result:
    """The command with its words."""
    return CliRunner().invoke(import_command, list(words), obj=edge)


def test_a_clean_file_ends_with_zero_and_words_on_standard_error(edge: Edge, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "in.csv", workers(2))
    done = run(edge, "workers", str(path), "--as-of", "2026-06-24")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "共 2 行：新增 2，更新 0，不变 0，未收 0 行" in done.stderr


def test_json_is_one_line_a_file_with_masked_values(edge: Edge, tmp_path: Path) -> None:
    good = csv_file(tmp_path / "good.csv", workers(1))
    bad = csv_file(tmp_path / "bad.csv", workers(2, 编号="NM-0002", 身份证号="15059919790302001"))
    done = run(edge, "workers", str(good), str(bad), "--json", "--as-of", "2026-06-24")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 3
    assert [(line["file"], line["stored"], line["unchanged"], line["rows"]) for line in lines] == [
        ("good.csv", 1, 0, 1),
        ("bad.csv", 0, 1, 2),
    ]
    assert [(error["sheet"], error["row"], error["field"]) for error in lines[1]["errors"]] == [("bad", 3, "身份证号")]
    assert "15059919790302" not in done.output


def test_a_refused_file_ends_with_one_and_says_why(edge: Edge, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"")
    done = run(edge, "workers", str(tmp_path / "in.csv"), "--json")
    line = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (line["stored"], line["message"]) == (0, "文件是空的，没有可读的内容；请确认选对了文件")


def test_english_is_spoken_where_asked_for(edge: Edge, tmp_path: Path) -> None:
    edge.lang = "en"
    done = run(edge, "workers", str(csv_file(tmp_path / "in.csv", workers(1))), "--dry-run")
    assert "Tried only, nothing stored. 1 rows" in done.stderr


def test_wrong_usage_ends_with_two(edge: Edge) -> None:
    assert run(edge, "people", "x.csv").exit_code == 2
    assert run(edge, "workers").exit_code == 2
