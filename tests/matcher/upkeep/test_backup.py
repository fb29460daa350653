"""Backups hold everything but the keys, and come back whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from matcher.domain.errors import InputRefused, KeyMissing
from matcher.office import Office, OfficeConfig
from matcher.store.sealing import create_key_file
from matcher.store.upkeep.copying import Contents
from matcher.upkeep.backup import back_up, restore


def _elsewhere(office: Office, folder: Path) -> OfficeConfig:
    """Another data folder with the same keys."""
    key = folder / "keys" / "key"
    key.parent.mkdir(parents=True)
    shutil.copy(office.config.key_file, key)
    return OfficeConfig(home=folder / "data", key_file=key)


def _names(config: OfficeConfig) -> list[str]:
    """Everybody's name, read with the keys."""
    office = Office.open(config)
    try:
        with office.reading() as unit:
            return sorted(stored.value.name for stored in list(unit.workers.all_for_planning()))
    finally:
        office.close()


@pytest.fixture
def backup(filled: Office, tmp_path: Path) -> Path:
    """A backup of the office."""
    path = tmp_path / "backup.zip"
    back_up(filled, path)
    return path


def test_a_restored_office_has_the_fingerprint_the_backup_told(filled: Office, tmp_path: Path) -> None:
    before = filled.store.contents()
    manifest = back_up(filled, tmp_path / "whole.zip")
    assert manifest.contents == before
    config = _elsewhere(filled, tmp_path)
    assert restore(config, tmp_path / "whole.zip").contents == before
    assert _names(config) == _names(filled.config)


def test_a_backup_holds_no_key_and_no_name_number_or_text_in_clear(filled: Office, backup: Path) -> None:
    with filled.reading() as unit:
        people = [stored.value for stored in list(unit.workers.all_for_planning())]
    with ZipFile(backup) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    secrets = [json.loads(filled.config.key_file.read_text())[name] for name in ("index", "audit")]
    told = [person.id_number for person in people] + [person.phone for person in people]
    told += [person.remarks for person in people if len(person.remarks) > 8] + secrets
    assert [text for text in told if text and text.encode() in everything] == []


def test_a_backup_is_readable_by_its_owner_only_and_never_overwrites(filled: Office, backup: Path) -> None:
    if os.name == "posix":
        assert backup.stat().st_mode & 0o077 == 0
    before = backup.read_bytes()
    with pytest.raises(InputRefused, match="已经存在"):
        back_up(filled, backup)
    assert backup.read_bytes() == before


def test_without_the_right_key_nothing_is_restored(filled: Office, backup: Path, tmp_path: Path) -> None:
    config = _elsewhere(filled, tmp_path)
    config.key_file.unlink()
    with pytest.raises(KeyMissing, match="找不到密钥文件"):
        restore(config, backup)
    create_key_file(config.key_file)
    with pytest.raises(KeyMissing, match="密钥文件与数据库不配"):
        restore(config, backup)
    assert list(config.home.glob("*.db")) == []


@pytest.mark.parametrize("kind", ["cut short", "one byte changed", "no zip", "no manifest", "another fingerprint"])
def test_a_damaged_backup_is_refused_in_one_line(kind: str, filled: Office, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    damaged = tmp_path / "damaged.zip"
    if kind == "cut short":
        damaged.write_bytes(whole[: len(whole) // 2])
    elif kind == "one byte changed":
        damaged.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    elif kind == "no zip":
        damaged.write_text("not a backup", encoding="utf-8")
    else:
        with ZipFile(backup) as source, ZipFile(damaged, "w") as target:
            about = json.loads(source.read("manifest.json"))
            about["contents"]["digest"] = "0" * 64
            if kind == "another fingerprint":
                target.writestr("manifest.json", json.dumps(about))
            target.writestr("data.db", source.read("data.db"))
    config = _elsewhere(filled, tmp_path)
    with pytest.raises(InputRefused, match=r"不是完整的 job131 备份文件|与它自己的清单不符"):
        restore(config, damaged)
    assert not (config.home / "job131.db").exists()


def test_present_data_are_kept_under_another_name(filled: Office, backup: Path, tmp_path: Path) -> None:
    config = _elsewhere(filled, tmp_path)
    restore(config, backup)
    office = Office.open(config)
    with office.unit("test") as unit:
        unit.audit.note("a change after the backup")
    changed = office.store.contents()
    office.close()
    with pytest.raises(InputRefused, match="已有数据"):
        restore(config, backup)
    restore(config, backup, replace=True)
    with sqlite3.connect(config.home / "job131.db.before-restore-1") as kept:
        assert kept.execute("SELECT count(*) FROM audit_entry").fetchone()[0] == changed.rows["audit_entry"]


def test_an_open_database_is_not_taken_away_under_its_users(filled: Office, backup: Path, tmp_path: Path) -> None:
    config = _elsewhere(filled, tmp_path)
    restore(config, backup)
    office = Office.open(config)
    try:
        with office.reading() as unit:
            unit.audit.recent(1)
            with pytest.raises(InputRefused, match="请先停掉"):
                restore(config, backup, replace=True)
        assert office.store.contents().rows["worker"] > 0
    finally:
        office.close()


def test_a_backup_goes_back_into_another_kind_of_database(
    filled: Office, backup: Path, tmp_path: Path, url: str
) -> None:
    config = replace(_elsewhere(filled, tmp_path), database_url=url)
    manifest = restore(config, backup)
    office = Office.open(config)
    try:
        with office.unit("test") as unit:
            unit.audit.note("goes on")
            assert unit.audit.broken_link() is None
        after = office.store.contents()
    finally:
        office.close()
    assert _without_audit(after) == _without_audit(manifest.contents)
    with pytest.raises(InputRefused, match="不是空的"):
        restore(config, backup)


def _without_audit(contents: Contents) -> dict[str, int]:
    """Rows a table but for the audit record, which grows by the restore itself."""
    return {name: rows for name, rows in contents.rows.items() if name != "audit_entry"}
