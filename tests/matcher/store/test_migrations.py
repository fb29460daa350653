"""The migrations make exactly the tables the program works with."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from matcher.domain.errors import NotInitialised
from matcher.store import KeyRing, Store, open_store
from matcher.store.schema import METADATA
from matcher.store.session import open_engine
from tests.matcher.store.records import a_worker


def test_the_migrated_tables_are_those_of_the_program(store: Store, url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        on_server = engine.dialect.name == "postgresql"  # SQLite keeps defaults as text and cannot compare them
        options = {"compare_type": True, "compare_server_default": on_server}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
    store.migrate()
    with store.reading() as unit:
        assert unit.workers.get(key).value == a_worker()


def test_a_database_without_tables_says_so(url: str, keys: KeyRing) -> None:
    empty = open_store(url, keys)
    with pytest.raises(NotInitialised, match="job131 init"):
        empty.check()
    empty.close()


def test_a_database_of_another_version_says_so(store: Store, url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NotInitialised, match="版本"):
        store.check()
