"""`job131 client`: a token on standard output, once; the list; the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.api.asking import Program, copied
from web.cli import main


@pytest.fixture
def place(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled office that the commands find."""
    with copied(template, tmp_path):
        pass
    monkeypatch.setenv("JOB131_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOB131_KEY_FILE", str(tmp_path / "keys" / "key"))
    return tmp_path


def test_a_token_is_given_used_listed_and_ended(
    place: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["client", "add", "台账系统", "--right", "read:people", "--division", "150525", "--days", "30"]
    assert main(words) == 0
    out, err = capsys.readouterr()
    token = out.strip()
    assert token.startswith("j131_")
    assert token not in err
    assert "台账系统" in err
    assert main(["client", "list"]) == 0
    line = capsys.readouterr().out.strip().split("\t")
    assert line == ["台账系统", token[5:13], "read:people", "150525", "-", "active", "-"]
    assert main(["client", "revoke", "台账系统"]) == 0
    assert main(["client", "list"]) == 0
    assert "\trevoked\t" in capsys.readouterr().out
    assert token[14:] not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add", "x y", "--right", "read:people"], 1),
        (["add", "probe", "--right", "read:people", "--days", "99999"], 1),
        (["add", "probe", "--right", "read:people", "--division", "999999"], 1),
        (["add", "probe", "--right", "read:everything"], 2),
        (["add", "probe"], 2),
        (["revoke", "nobody"], 1),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    place: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    assert main(["client", *words]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert code == 2 or len(err.strip().splitlines()) == 1


def test_a_token_of_the_command_opens_the_api(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setenv("JOB131_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOB131_KEY_FILE", str(tmp_path / "keys" / "key"))
    with copied(template, tmp_path) as world:
        assert main(["client", "add", "probe", "--right", "read:postings"]) == 0
        program = Program(world, "probe", capsys.readouterr().out.strip())
        assert program.get("/postings").status_code == 200
        assert program.get("/workers").status_code == 403
