"""`job131 imports` and `job131 import --errors` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from jobs_feed.cli import pace_text
from jobs_feed.pace import BANDS, PLAN, ROWS, STORE, Beat, Pace, share_of
from matcher.wording import Wording, load_catalogue
from tests.jobs_feed.books import csv_file, postings
from web.cli import main

WORDING = Wording(load_catalogue("matcher.wording", "jobs_feed"), "zh", lambda kind, code, language: code)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options of an empty office."""
    monkeypatch.setenv("JOB131_KEY_FILE", str(tmp_path / "keys" / "key"))
    options = ["--home", str(tmp_path / "home")]
    assert main([*options, "init"]) == 0
    return options


def test_an_import_is_listed_undone_and_not_undone_twice(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path / "a.csv", postings(2))
    assert main([*home, "import", "postings", str(path)]) == 0
    capsys.readouterr()
    assert main([*home, "imports", "list", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["key"], line["file"], line["stored"], line["undone_at"]) == (1, "a.csv", 2, None)
    assert main([*home, "imports", "undo", "1", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["undone"], done["removed"], done["restored"], done["kept"]) == (True, 2, 0, [])
    assert main([*home, "imports", "undo", "1"]) == 1
    told = capsys.readouterr()
    assert "已经在" in told.err
    assert told.out == ""
    assert main([*home, "imports", "list"]) == 0
    assert "由 cli 撤销" in capsys.readouterr().out
    assert main([*home, "imports", "undo", "7"]) == 1
    assert "没有这次导入" in capsys.readouterr().err


def test_what_stays_is_named_in_words_and_json(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*home, "import", "postings", str(csv_file(tmp_path / "a.csv", postings(1)))])
    main([*home, "import", "postings", str(csv_file(tmp_path / "b.csv", postings(1, 薪资待遇="4000元")))])
    capsys.readouterr()
    assert main([*home, "--lang", "en", "imports", "undo", "1", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["undone"] is False
    assert [(one["ref"], one["code"]) for one in found["kept"]] == [("GW-001", "UNDO_KEPT_LATER")]
    assert "import 2" in found["kept"][0]["message"]
    assert main([*home, "imports", "undo", "1"]) == 1
    assert "GW-001" in capsys.readouterr().err


def test_refused_rows_are_written_as_a_sheet(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, sheet = csv_file(tmp_path / "a.csv", postings(2, 岗位名称=None)), tmp_path / "未收.xlsx"
    assert main([*home, "import", "postings", str(path), "--errors", str(sheet), "--json"]) == 3
    told = capsys.readouterr()
    assert json.loads(told.out)["stored"] == 1
    assert "1 行" in told.err
    page = openpyxl.load_workbook(sheet).worksheets[0]
    assert [cell.value for cell in page[1]][-2:] == ["行号", "问题"]
    assert page.max_row == 2


def test_without_refused_rows_or_a_folder_no_sheet_is_written(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path / "a.csv", postings(1))
    assert main([*home, "import", "postings", str(path), "--errors", str(tmp_path / "no" / "x.xlsx")]) == 1
    assert "什么都没有导入" in capsys.readouterr().err
    assert main([*home, "import", "postings", str(path), "--errors", str(path)]) == 1
    assert "不能写到" in capsys.readouterr().err
    assert main([*home, "import", "postings", str(path), "--errors", str(tmp_path / "x.xlsx")]) == 0
    assert not (tmp_path / "x.xlsx").exists()


def test_rate_and_time_left_are_told_once_they_can_be_known() -> None:
    beats: list[Beat] = []
    moments = iter([0.0, 0.1, 2.0, 4.0, 10.0])
    pace = Pace(beats.append, lambda: next(moments))
    pace(0.05, ROWS, 0, 4000)
    pace(0.11, ROWS, 2000, 4000)
    pace(0.17, ROWS, 4000, 4000)
    pace(0.5, PLAN)
    assert [beat.rate for beat in beats] == [None, pytest.approx(2000 / 1.9), pytest.approx(4000 / 3.9), None]
    assert beats[3].left == pytest.approx(10.0)
    assert pace_text(beats[0], WORDING) == ""
    assert pace_text(beats[1], WORDING) == "每秒 1053 行 还要约 0:16"


def test_shares_rise_from_step_to_step_and_a_preview_ends_with_the_plan() -> None:
    edges = [edge for band in BANDS.values() for edge in band]
    assert edges == sorted(edges)
    assert share_of(PLAN, 5, 5, tried=True) == 1.0
    assert share_of(STORE, 1, 2) == pytest.approx(sum(BANDS[STORE]) / 2)
