"""The migrations make exactly the tables the program works with."""

from __future__ import annotations

import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from matcher.domain.errors import NotInitialised
from matcher.store import KeyRing, Store, open_store
from matcher.store.migrate import upgrade
from matcher.store.schema import METADATA
from matcher.store.sealing import place_of
from matcher.store.session import open_engine, transaction
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


@pytest.mark.parametrize(
    ("verdict", "objections", "told"),
    [("", 0, ""), ("none", 0, ""), ("dismissed", 2, "查过了，符合条件"), ("upheld", 1, "名单改了")],
)
def test_lists_of_a_term_hang_on_the_common_boards_with_what_was_objected(
    url: str, keys: KeyRing, verdict: str, objections: int, told: str
) -> None:
    engine, uid = open_engine(url), "a" * 32
    body = keys.seal(json.dumps({"said": told}).encode(), place_of("rain_dew_publicity", "body", uid))
    row = {"uid": uid, "verdict": verdict, "objections": objections, "body": bytes(body)}
    with transaction(engine) as connection:
        upgrade(connection, keys, "0029")
        connection.execute(
            text(
                "INSERT INTO rain_dew_publicity (uid, term, level, division, village, notice_from, notice_to,"
                " objections, verdict, closed_on, body, actor, changed_at)"
                " VALUES (:uid, '2026-spring', 'village', '150525100',"
                " '东村', '2026-03-01', '2026-03-08', :objections, :verdict, '2026-03-09', :body, 'window',"
                " '2026-03-09T00:00:00.000000+00:00')"
            ),
            row,
        )
        upgrade(connection, keys)
    engine.dispose()
    store = open_store(url, keys)
    store.migrate()
    with store.reading() as unit:
        [hung] = unit.term_notices.all(division="150525", term="2026-spring")
        [notice] = unit.publicities.listed(topic="YULU")
    store.close()
    assert (hung.verdict.value, hung.objections, hung.said, hung.village) == (verdict, objections, told, "东村")
    assert (notice.matter, notice.entries, notice.objections_open) == ("2026-spring", 0, 0)
