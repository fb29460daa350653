"""`job131 same`: look, merge, list, undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.jobs_feed.books import csv_file, new_office, postings
from web.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an office that holds one posting of two senders, not compared yet."""
    new_office(tmp_path).close()
    monkeypatch.setenv("JOB131_KEY_FILE", str(tmp_path / "keys" / "key"))
    with monkeypatch.context() as patch:
        patch.setattr("jobs_feed.pipeline.with_same", lambda office, report, **_: report)
        for sender, number in (("one", "A-1"), ("two", "B-1")):
            path = csv_file(tmp_path / "in.csv", postings(1, 编号=number))
            assert run(tmp_path / "home", "import", "postings", str(path), "--sender", sender) == 0
    return tmp_path / "home"


def run(home: Path, *arguments: str) -> int:
    """One command."""
    return main(["--home", str(home), *arguments])


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """The JSON on standard output."""
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_look_merge_list_and_undo(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "same", "--json") == 0
    assert (told(capsys)["merged"], run(home, "same", "--apply", "--json")) == (1, 0)
    assert (told(capsys)["merged"], run(home, "same", "--list", "--json")) == (1, 0)
    listed = told(capsys)
    (group,) = listed["groups"]  # type: ignore[misc]
    assert {group["kept"]["ref"], *(other["ref"] for other in group["others"])} == {"A-1", "B-1"}
    assert run(home, "same", "--undo", "two:B-1", "--json") == 0
    assert told(capsys) == {"posting": 2, "apart_from": 1}
    assert run(home, "same", "--list") == 0
    assert "已合并 0 组；待判断 0 对" in capsys.readouterr().out
    assert run(home, "same", "--apply") == 0
    assert "没有新的或改过的岗位" in capsys.readouterr().out


def test_a_list_in_words_names_both_adverts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "same", "--apply") == 0
    assert "1 条与别的相同" in capsys.readouterr().out
    assert run(home, "--lang", "en", "same", "--list") == 0
    listed = capsys.readouterr().out
    assert "1 groups merged; 0 pairs to decide" in listed
    assert "one:A-1" in listed and "two:B-1" in listed


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--undo", "1"), 1, "没有可撤销的"),
        (("--undo", "Z-9"), 1, "没有这条岗位"),
        (("--undo", "999"), 1, "没有这条岗位"),
        (("--apply", "--list"), 2, "一次只用一个"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    assert run(home, "same", *arguments) == code
    assert words in capsys.readouterr().err
