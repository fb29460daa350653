"""The doctor says what is wrong and what to do, and finds nothing where nothing is."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matcher.office import Office, OfficeConfig, init_office
from matcher.upkeep.backup import back_up
from matcher.upkeep.doctor import Finding, State, examine
from web.cli import main


@pytest.fixture
def config(tmp_path: Path) -> OfficeConfig:
    """A fresh office."""
    made = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    init_office(made)
    return made


def _codes(findings: Iterator[Finding], *states: State) -> set[str]:
    """The codes of findings as grave as that."""
    return {finding.phrase.code for finding in findings if finding.state in states}


def test_a_fresh_office_is_well_but_for_what_only_the_office_can_do(config: OfficeConfig) -> None:
    assert _codes(examine(config, audit=True), State.BAD) == set()
    assert _codes(examine(config), State.LOOK) == {"DOCTOR_NO_PHONE", "DOCTOR_NO_BACKUP"}


def test_a_backup_is_remembered(config: OfficeConfig, tmp_path: Path) -> None:
    office = Office.open(config)
    back_up(office, tmp_path / "backup.zip")
    office.close()
    assert "DOCTOR_BACKUP" in _codes(examine(config), State.OK)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told apart on POSIX only")
def test_files_open_to_others_are_told(config: OfficeConfig) -> None:
    config.key_file.chmod(0o644)
    config.home.chmod(0o755)
    assert "DOCTOR_KEY_OPEN" in _codes(examine(config), State.BAD)
    assert "DOCTOR_HOME_OPEN" in _codes(examine(config), State.LOOK)


def test_a_missing_key_and_a_wrong_one_are_told(config: OfficeConfig, tmp_path: Path) -> None:
    other = OfficeConfig(home=tmp_path / "other", key_file=tmp_path / "other-keys" / "key")
    init_office(other)
    shutil.copy(other.key_file, config.key_file)
    assert _codes(examine(config), State.BAD) == {"DOCTOR_SHUT"}
    config.key_file.unlink()
    assert _codes(examine(config), State.BAD) == {"DOCTOR_NO_KEY", "DOCTOR_SHUT"}


def test_a_changed_audit_entry_is_named(config: OfficeConfig) -> None:
    office = Office.open(config)
    with office.unit("test") as unit:
        for _ in range(3):
            unit.audit.note("something")
    office.close()
    with closing(sqlite3.connect(config.home / "job131.db")) as connection, connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET actor = 'somebody' WHERE number = 2")
    broken = [finding.phrase for finding in examine(config, audit=True) if finding.state is State.BAD]
    assert [(phrase.code, dict(phrase.args or {})) for phrase in broken] == [("DOCTOR_AUDIT_BROKEN", {"number": 2})]


def test_a_damaged_database_is_told(config: OfficeConfig) -> None:
    place = config.home / "job131.db"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    whole = bytearray(place.read_bytes())
    for start in range(4096 * 3, len(whole), 4096):
        whole[start : start + 64] = b"\xff" * 64
    place.write_bytes(bytes(whole))
    assert _codes(examine(config), State.BAD)


def test_the_command_speaks_to_people_and_to_machines(
    config: OfficeConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOB131_KEY_FILE", str(config.key_file))
    assert main(["--home", str(config.home), "doctor", "--audit"]) == 0
    assert "✓ 数据库打得开" in capsys.readouterr().out
    assert main(["--home", str(config.home), "--lang", "en", "doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert {"code", "state", "text", "args"} <= told["checks"][0].keys()
    config.key_file.unlink()
    assert main(["--home", str(config.home), "doctor", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
