"""The same contents at another address, and under another key."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.errors import InputRefused, KeyMissing
from matcher.office import Office, OfficeConfig
from matcher.upkeep.backup import back_up, restore
from matcher.upkeep.moving import move_to, rotate_keys


@pytest.fixture
def own(filled: Office, tmp_path: Path) -> OfficeConfig:
    """A copy of the office that a test may change."""
    back_up(filled, tmp_path / "whole.zip")
    key = tmp_path / "keys" / "key"
    key.parent.mkdir()
    shutil.copy(filled.config.key_file, key)
    config = OfficeConfig(home=tmp_path / "data", key_file=key)
    restore(config, tmp_path / "whole.zip")
    return config


def test_everything_is_at_the_new_address_and_new_rows_follow_the_last(own: OfficeConfig, url: str) -> None:
    office = Office.open(own)
    contents = move_to(office, url)
    with office.reading() as unit:
        person = list(unit.workers.all_for_planning())[0].value
    office.close()
    moved = Office.open(replace(own, database_url=url))
    try:
        assert moved.store.contents() == contents
        with moved.unit("test") as unit:
            last = max(stored.key for stored in list(unit.workers.all_for_planning()))
            [key] = unit.workers.add_many([(replace(person, ref="new", id_number="", phone=""), None)])
        assert key > last
    finally:
        moved.close()


def test_a_database_that_holds_something_is_not_moved_into(own: OfficeConfig, tmp_path: Path) -> None:
    office = Office.open(own)
    address = f"sqlite:///{tmp_path}/other.db"
    move_to(office, address)
    with pytest.raises(InputRefused, match="不是空的"):
        move_to(office, address)
    with pytest.raises(InputRefused, match="就是现在的数据库"):
        move_to(office, own.url)
    office.close()


def test_a_fresh_key_opens_everything_and_the_old_key_alone_nothing(own: OfficeConfig, tmp_path: Path) -> None:
    old = tmp_path / "old-key"
    shutil.copy(own.key_file, old)
    office = Office.open(own)
    with office.reading() as unit:
        before = [(stored.value, stored.facts) for stored in list(unit.workers.all_for_planning())]
    assert rotate_keys(office) > len(before)
    office.close()
    again = Office.open(own)
    with again.unit("test") as unit:
        assert [(stored.value, stored.facts) for stored in list(unit.workers.all_for_planning())] == before
        assert unit.audit.broken_link() is None
    assert rotate_keys(again, forget_old=True) > len(before)
    again.close()
    assert list(json.loads(own.key_file.read_text())["ciphers"]) == ["3"]
    with pytest.raises(KeyMissing, match="不配"):
        Office.open(replace(own, key_file=old))
    last = Office.open(own)
    with last.reading() as unit:
        assert [(stored.value, stored.facts) for stored in list(unit.workers.all_for_planning())] == before
    last.close()


def test_an_older_backup_opens_while_the_old_key_is_kept(own: OfficeConfig, tmp_path: Path) -> None:
    office = Office.open(own)
    back_up(office, tmp_path / "before.zip")
    rotate_keys(office)
    office.close()
    elsewhere = replace(own, home=tmp_path / "elsewhere")
    restore(elsewhere, tmp_path / "before.zip")
    opened = Office.open(elsewhere)
    with opened.reading() as unit:
        assert list(unit.workers.all_for_planning())[0].value.name
    opened.close()
