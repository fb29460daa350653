"""`job131 lexicon`: the check, and the words of a file that the lexicon lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from web.cli import main


def _file(folder: Path, text: str) -> str:
    """A CSV file."""
    path = folder / "表.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_lexicon_that_ships_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "check"]) == 0
    assert "词表没有问题" in capsys.readouterr().err


def test_unknown_titles_of_postings_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, "岗位名称,用人单位,工作地点\n电焊工,甲厂,奈曼旗\n云锦贴布师傅傅,乙坊,奈曼旗\n")
    assert main(["lexicon", "suggest", path, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["phrase"], row["kind"]) for row in rows] == [("云锦贴布师傅傅", "occupation")]


def test_unknown_words_of_people_are_listed_without_the_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "姓名,嘎查村,技能特长,意向工种\n包雪梅,西村,会电焊、云锦贴布,魔芋雕花\n")
    assert main(["lexicon", "suggest", path]) == 0
    out = capsys.readouterr().out
    assert "云锦贴布,skill" in out
    assert "魔芋雕花,occupation" in out
    assert "包雪梅" not in out


def test_rare_phrases_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(
        tmp_path,
        "岗位名称,用人单位,工作地点\n云锦贴布师傅傅,甲坊,奈曼旗\n云锦贴布师傅傅,乙坊,奈曼旗\n魔芋雕花匠人,丙坊,奈曼旗\n",
    )
    assert main(["lexicon", "suggest", path, "--least", "2"]) == 0
    out = capsys.readouterr().out
    assert "云锦贴布" in out
    assert "魔芋" not in out


def test_a_file_that_is_no_table_of_ours_is_refused_with_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lexicon", "suggest", _file(tmp_path, "甲,乙\n1,2\n")]) == 1
    assert "表.csv" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["lexicon", "suggest"], ["lexicon", "nothing"]])
def test_wrong_usage_is_exit_two(arguments: list[str]) -> None:
    assert main(arguments) == 2
