"""The command `job131 evaluate` on a set of three people: figures, misses, page, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.matcher.trials.judged import TINY
from web.cli import main


def test_everything_is_measured_and_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, misses = tmp_path / "quality.md", tmp_path / "misses.md"
    assert main(["evaluate", str(TINY), "--json", "--write", str(page), "--misses", str(misses)]) == 0
    found = json.loads(capsys.readouterr().out)["overall"]
    for code in ("tracks", "hard_limits", "effects", "evidence", "shortfall", "sex", "ethnicity", "row_order"):
        assert found[code]["holds"], code
    assert {"lead_open", "lead_filtered", "language", "stability", "would_fit_if", "repeated"} <= found.keys()
    assert "| tracks | ≥ 0.95 | ✓ |" in page.read_text(encoding="utf-8")
    assert misses.read_text(encoding="utf-8").startswith("# tiny")


def test_a_missed_target_ends_with_one_only_where_a_gate_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    people = tmp_path / "tiny" / "people.json"
    people.write_text(people.read_text(encoding="utf-8").replace('"not_entitled"', '"on_request"'), encoding="utf-8")
    assert main(["--lang", "en", "evaluate", str(tmp_path), "--quick"]) == 0
    said = capsys.readouterr()
    assert "tracks" in said.err.splitlines()[-1]
    assert said.out.startswith("figure")
    assert main(["evaluate", str(tmp_path), "--quick", "--gate"]) == 1


def test_bad_cases_are_refused_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    (tmp_path / "tiny" / "people.json").write_text("[]", encoding="utf-8")
    assert main(["evaluate", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["evaluate", str(tmp_path / "nowhere")]) == 2
