"""The audit record grows and never changes; what was tampered with is named."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from matcher.store import Store
from matcher.store.session import open_engine


def three_entries(store: Store) -> None:
    """Three entries by two people."""
    with store.unit(actor="window1") as unit:
        unit.audit.note("reveal", subject="worker:12", purpose="电话核实", fields="phone", origin="page")
        unit.audit.note("export", subject="village:西沟村")
    with store.unit(actor="auditor1") as unit:
        unit.audit.note("read_audit")


def test_entries_are_numbered_and_chained(store: Store) -> None:
    three_entries(store)
    with store.reading() as unit:
        entries = unit.audit.recent()
        assert [(entry.number, entry.actor, entry.action) for entry in entries] == [
            (3, "auditor1", "read_audit"),
            (2, "window1", "export"),
            (1, "window1", "reveal"),
        ]
        assert (entries[2].purpose, entries[2].fields, entries[2].origin) == ("电话核实", "phone", "page")
        assert unit.audit.broken_link() is None


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_entries(store: Store, url: str, statement: str) -> None:
    three_entries(store)
    engine = open_engine(url)
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    with store.reading() as unit:
        assert len(unit.audit.recent()) == 3


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET actor = 'nobody' WHERE number = 2", 2),
        ("UPDATE audit_entry SET at = '2026-06-22T02:00:00.000000+00:00' WHERE number = 1", 1),
        ("UPDATE audit_entry SET link = previous WHERE number = 3", 3),
        ("DELETE FROM audit_entry WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 1", 1),
    ],
)
def test_tampering_past_the_triggers_is_named(store: Store, url: str, statement: str, broken: int) -> None:
    three_entries(store)
    engine = open_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entry_no_update"))
            connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER audit_entry_append_only ON audit_entry"))
            connection.execute(text("DROP TRIGGER audit_entry_no_delete ON audit_entry"))
        connection.execute(text(statement))
    engine.dispose()
    with store.reading() as unit:
        assert unit.audit.broken_link() == broken
