"""Versions of records, on both databases: kept with an import, put back with its undo, sealed all the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Column as SqlColumn
from sqlalchemy import ForeignKey, Integer, Table, inspect, text

from matcher.domain.posting import PostingState
from matcher.store import ImportRecord, Store, UnitOfWork
from matcher.store.classes import Classes
from matcher.store.incoming.undoing import Fate, Later, Version, plan_undo
from matcher.store.incoming.versions import _references
from matcher.store.postings import Postings
from matcher.store.schema import METADATA, POSTING, VERSIONS, WORKER
from matcher.store.session import open_engine
from matcher.store.workers import Workers
from tests.matcher.store.records import ID_NUMBER, REMARK, a_class, a_posting, a_worker

MADE = {"workers": a_worker, "postings": a_posting, "training": a_class}


def _table(unit: UnitOfWork, kind: str) -> Workers | Postings | Classes:
    return {"workers": unit.workers, "postings": unit.postings, "training": unit.classes}[kind]


def _import(unit: UnitOfWork, kind: str) -> int:
    return unit.imports.record(ImportRecord(kind=kind, sender="local", file_name="a.xlsx", stored=1))


def _imported(store: Store, kind: str, **changes: object) -> int:
    """One record added or, where it is stored, changed by an import."""
    with store.unit() as unit:
        table, value = _table(unit, kind), replace(MADE[kind](), **changes)
        key = _import(unit, kind)
        with unit.versions.keeping(key):
            if table.count():
                table.replace_many([(1, value, None)])  # type: ignore[list-item]
            else:
                table.add_many([(value, None)])  # type: ignore[list-item]
    return key


@pytest.mark.parametrize(
    ("kind", "change"),
    [("workers", {"remarks": "会电焊"}), ("postings", {"wage_text": "9000"}), ("training", {"title": "别的班"})],
)
def test_a_changed_record_is_word_for_word_what_it_was(store: Store, kind: str, change: dict[str, str]) -> None:
    first, second = _imported(store, kind), _imported(store, kind, **change)
    with store.unit() as unit:
        assert unit.versions.undo(second, kind).restored == 1
        found = _table(unit, kind).get(1)
        assert (found.value, found.revision) == (MADE[kind](), 3)
    with store.unit() as unit:
        assert unit.versions.undo(first, kind).removed == 1
        assert _table(unit, kind).count() == 0


def test_undoing_the_lower_import_first_ends_the_same(store: Store) -> None:
    first = _imported(store, "workers")
    second = _imported(store, "workers", remarks="会电焊")
    third = _imported(store, "workers", remarks="会电焊，不怕高")
    with store.unit() as unit:
        assert unit.versions.undo(second, "workers").changed == 0
    with store.unit() as unit:
        unit.versions.undo(third, "workers")
        assert unit.workers.get(1).value.remarks == "会电焊"
        unit.versions.undo(second, "workers")
        unit.versions.undo(first, "workers")
        assert unit.workers.count() == 0


def test_a_lower_import_hands_what_stood_before_to_the_one_above(store: Store) -> None:
    with store.unit() as unit:
        first = _import(unit, "postings")
        with unit.versions.keeping(first):
            unit.postings.add_many([(a_posting("P-1"), None), (a_posting("P-2"), None)])
    second = _imported(store, "postings", wage_text="9000")
    with store.unit() as unit:
        done = unit.versions.undo(first, "postings")
        assert (done.removed, [(one.ref, one.other) for one in done.kept]) == (1, [("P-1", second)])
        assert unit.postings.get(1).value.wage_text == "9000"
    with store.unit() as unit:
        assert unit.versions.undo(second, "postings").removed == 1
        assert unit.postings.count() == 0


def test_a_second_change_by_the_same_import_keeps_the_first_before(store: Store) -> None:
    _imported(store, "postings")
    with store.unit() as unit:
        key = _import(unit, "postings")
        with unit.versions.keeping(key):
            unit.postings.replace_many([(1, a_posting(), None)])
            unit.postings.set_state(1, PostingState.HELD)
    with store.unit() as unit:
        assert unit.versions.undo(key, "postings").restored == 1
        assert unit.postings.get(1).state is PostingState.OPEN


def test_changes_outside_an_import_leave_no_versions(store: Store, url: str) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
        unit.workers.replace(key, a_worker(remarks="x"))
    engine = open_engine(url)
    with engine.connect() as connection:
        for versions in VERSIONS.values():
            assert connection.scalar(text(f"SELECT count(*) FROM {versions.name}")) == 0
    engine.dispose()


def test_versions_hold_nothing_sensitive_in_clear(store: Store, url: str) -> None:
    _imported(store, "workers")
    _imported(store, "workers", remarks="会电焊")
    engine = open_engine(url)
    with engine.connect() as connection:
        rows = [bytes(str(tuple(row)), "utf-8") for row in connection.execute(VERSIONS["worker"].select())]
    engine.dispose()
    assert len(rows) == 2
    assert not [row for row in rows if ID_NUMBER.encode() in row or REMARK.encode() in row]


def test_a_ticket_is_taken_once(store: Store) -> None:
    with store.unit() as unit:
        key = _import(unit, "postings")
        with unit.versions.keeping(key, ticket="t" * 22):
            unit.postings.add(a_posting())
    with store.reading() as unit:
        assert (unit.versions.of_ticket("t" * 22), unit.versions.of_ticket("x" * 22)) == (key, None)


def test_an_undo_that_fails_half_way_leaves_everything(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _imported(store, "postings")
    key = _imported(store, "postings", wage_text="9000")
    with pytest.raises(RuntimeError), store.unit() as unit:
        unit.versions.undo(key, "postings")
        raise RuntimeError
    with store.reading() as unit:
        assert unit.postings.get(1).value.wage_text == "9000"
        assert unit.versions.undone([key]) == {}


def test_every_version_table_has_the_columns_of_its_table(store: Store, url: str) -> None:
    engine = open_engine(url)
    for name, versions in VERSIONS.items():
        held = {column["name"] for column in inspect(engine).get_columns(versions.name)}
        assert {column["name"] for column in inspect(engine).get_columns(name)} <= held
    engine.dispose()


def test_tables_that_belong_to_a_record_do_not_keep_it() -> None:
    part = Table(
        "part_of_posting",
        METADATA,
        SqlColumn("posting_key", ForeignKey("posting.key")),
        SqlColumn("note", Integer),
        info={"goes_with_record": True},
    )
    try:
        assert part.c.posting_key in list(_references(POSTING, own=True))
        assert part.c.posting_key not in list(_references(POSTING))
        assert {column.table.name for column in _references(WORKER)} >= {"plan", "plan_answer"}
    finally:
        METADATA.remove(part)


@pytest.mark.parametrize(
    ("inserted", "now", "covered", "relied", "fate"),
    [
        (True, 1, False, False, Fate.REMOVE),
        (True, 1, False, True, Fate.WITHDRAW),
        (True, 2, False, False, Fate.KEEP),
        (True, 1, True, False, Fate.KEEP),
        (False, 1, False, False, Fate.RESTORE),
        (False, 1, False, True, Fate.KEEP),
    ],
)
def test_the_fate_of_a_record(inserted: bool, now: int, covered: bool, relied: bool, fate: Fate) -> None:
    before = None if inserted else 0
    version = Version(
        key=7, record_key=3, inserted=inserted, revision_before=before, revision_after=1, revision_now=now, ref="P-1"
    )
    later = {3: Later(9, 2, 1)} if covered else {}
    plan = plan_undo([version], later, {3} if relied else set(), can_withdraw=True)
    assert [one for one, versions in plan.fates.items() if versions] == [fate]
    assert len(plan.rebased) == covered
