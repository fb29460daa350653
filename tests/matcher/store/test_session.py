"""Writers come one after the other, and trouble around the database is one clear line."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.domain.errors import InputRefused, NotInitialised, RecordNotFound, StoreUnavailable
from matcher.domain.settings import SettingName
from matcher.store import KeyRing, Store, open_store
from matcher.store import session as store_session
from matcher.store.session import open_engine, transaction
from tests.matcher.store.records import a_worker


def test_sixteen_writers_lose_no_update(store: Store) -> None:
    with store.unit() as unit:
        unit.settings.put(SettingName.OFFICE_NAME, "0")

    def count_up(_: int) -> None:
        with store.unit() as unit:
            unit.settings.put(SettingName.OFFICE_NAME, str(int(unit.settings.get(SettingName.OFFICE_NAME)) + 1))
            unit.audit.note("count")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(count_up, range(64)))
    with store.reading() as unit:
        assert unit.settings.get(SettingName.OFFICE_NAME) == "64"
        assert unit.audit.broken_link() is None
        assert unit.audit.recent(1)[0].number == 64


@pytest.mark.parametrize("key", [2**31, 2**63, 10**20])
def test_a_number_that_no_record_can_have_is_no_record(store: Store, key: int) -> None:
    with pytest.raises(RecordNotFound), store.reading() as unit:
        unit.workers.get(key)
    with store.reading() as unit:
        assert unit.workers.count() == 0


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.reading() as unit:
        assert unit.workers.count() == 0
        with store.unit() as writer:
            writer.workers.add(a_worker())
        assert unit.workers.count() == 0
    with store.reading() as unit:
        assert unit.workers.count() == 1


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Where the SQLite store of these tests lies."""
    return tmp_path / "job131.db"


@pytest.fixture
def on_sqlite(sqlite_file: Path, keys: KeyRing, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A SQLite store that does not wait long for a lock."""
    monkeypatch.setattr(store_session, "LOCK_SECONDS", 0.2)
    store = open_store(f"sqlite:///{sqlite_file}", keys)
    store.migrate()
    return store


def test_a_database_locked_for_long_is_busy(on_sqlite: Store, sqlite_file: Path) -> None:
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="数据库正忙"), on_sqlite.unit() as unit:
        unit.workers.add(a_worker())
    other.execute("ROLLBACK")
    other.close()
    with on_sqlite.unit() as unit:
        unit.workers.add(a_worker())
        assert unit.workers.count() == 1
    on_sqlite.close()


def test_a_full_disk_keeps_what_was_there(on_sqlite: Store, sqlite_file: Path) -> None:
    with on_sqlite.unit() as unit:
        unit.workers.add(a_worker())
    engine = open_engine(f"sqlite:///{sqlite_file}")
    with pytest.raises(StoreUnavailable, match="磁盘已满，未保存"), transaction(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        connection.exec_driver_sql("CREATE TABLE filler AS SELECT hex(randomblob(500000)) AS words")
    engine.dispose()
    with on_sqlite.unit() as unit:
        unit.workers.add(a_worker("NM-2"))
        assert unit.workers.count() == 2
    on_sqlite.close()


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path, keys: KeyRing) -> None:
    store = open_store(f"sqlite:///{tmp_path}/nowhere/job131.db", keys)
    with pytest.raises(NotInitialised, match="job131 init"):
        store.check()
    with pytest.raises(StoreUnavailable, match="打不开"):
        store.migrate()


def test_a_server_that_is_not_there_is_said_plainly(tmp_path: Path, keys: KeyRing) -> None:
    store = open_store(f"postgresql://nobody@/nothing?host={tmp_path}", keys)
    with pytest.raises(StoreUnavailable, match="连不上"):
        store.check()


@pytest.mark.parametrize("address", ["", "no address", "mysql://localhost/x"])
def test_an_address_we_cannot_use_is_refused(address: str) -> None:
    with pytest.raises(InputRefused):
        open_engine(address)
