"""Accounts from the command line: a password is never part of it, and every change ends open sessions."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from matcher.office import Office, OfficeConfig, init_office
from web.cli import main

FIRST, SECOND = "first-made-up-phrase", "second-made-up-phrase"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OfficeConfig:
    """A fresh office that the commands find."""
    made = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    init_office(made)
    monkeypatch.setenv("JOB131_HOME", str(made.home))
    monkeypatch.setenv("JOB131_KEY_FILE", str(made.key_file))
    return made


def _typed(monkeypatch: pytest.MonkeyPatch, line: str, *arguments: str) -> int:
    """A command with a line on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
    return main(["user", *arguments])


def _version(config: OfficeConfig) -> int:
    """The session version of the account; a session of an older one is over."""
    office = Office.open(config)
    with office.reading() as unit:
        version = unit.accounts.by_name("win01").session_version
    office.close()
    return version


def _lets_in(config: OfficeConfig, password: str) -> bool:
    """Whether a password opens the account."""
    office = Office.open(config)
    try:
        return office.sign_in("win01", password) is not None
    finally:
        office.close()


def test_an_account_gets_another_password_scope_and_is_let_in_again(
    config: OfficeConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        _typed(monkeypatch, FIRST, "add", "win01", "--role", "window", "--division", "150525", "--password-stdin") == 0
    )
    versions = [_version(config)]
    assert _typed(monkeypatch, SECOND, "password", "win01", "--password-stdin") == 0
    versions.append(_version(config))
    assert not _lets_in(config, FIRST)
    assert _lets_in(config, SECOND)
    moved = [
        "scope",
        "win01",
        "--role",
        "coordinator",
        "--division",
        "150524",
        "--village",
        "甲村",
        "--village",
        "乙村",
    ]
    assert main(["user", *moved]) == 0
    versions.append(_version(config))
    assert main(["user", "disable", "win01"]) == 0
    assert not _lets_in(config, SECOND)
    assert main(["user", "enable", "win01"]) == 0
    assert _lets_in(config, SECOND)
    versions.append(_version(config))
    assert versions == sorted(set(versions))
    capsys.readouterr()
    assert main(["user", "list"]) == 0
    assert capsys.readouterr().out == "win01\tcoordinator\t150524\t甲村、乙村\tactive\n"


def test_a_weak_password_and_an_unknown_name_change_nothing(
    config: OfficeConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _typed(monkeypatch, FIRST, "add", "win01", "--role", "window", "--password-stdin") == 0
    assert _typed(monkeypatch, "short", "password", "win01", "--password-stdin") == 1
    assert _lets_in(config, FIRST)
    assert _typed(monkeypatch, SECOND, "password", "nobody", "--password-stdin") == 1
    assert "没有这个账号" in capsys.readouterr().err
