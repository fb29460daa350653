"""Who has had no service for long, years of the audit record, requests, tries: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from matcher.domain.errors import EditConflict
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.requests import Outcome, RequestKind
from matcher.domain.run import MatchRun
from matcher.store import Store
from matcher.store.keeping.hanging import done_columns, tables_of_people
from matcher.store.keeping.scrubbing import Known, fixed_words, scrubbed
from matcher.store.schema import METADATA, PLAN, WORKER
from matcher.store.sealing import Sealed
from matcher.store.session import open_engine
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import a_worker


def years_of_entries(store: Store, clock: Clock) -> None:
    """Two entries a year in 2022, 2023 and 2026."""
    for year in (2022, 2023, 2026):
        clock.now = datetime(year, 3, 1, tzinfo=UTC)
        with store.unit("window1") as unit:
            unit.audit.note("reveal", subject="worker:1", purpose="核实")
            unit.audit.note("export", subject="worker:2")


def test_a_dropped_year_leaves_the_head_of_its_chain_and_the_record_goes_on(store: Store, clock: Clock) -> None:
    years_of_entries(store, clock)
    with store.unit() as unit:
        assert [one.year for one in unit.audit_years.close_before(2026)] == [2022, 2023]
        assert unit.audit_years.close_before(2026) == []
        assert unit.audit_years.drop(unit.audit_years.all()[0]) == 2
        unit.audit.note("after")
    with store.reading() as unit:
        assert [entry.number for entry in unit.audit.recent()] == [7, 6, 5, 4, 3]
        assert unit.audit.broken_link() is None
        gone, kept = unit.audit_years.all()
    assert (gone.first_number, gone.last_number, gone.dropped_at is not None) == (1, 2, True)
    assert (kept.first_number, kept.last_number, kept.dropped_at) == (3, 4, None)
    assert gone.head and kept.head


def test_a_record_whose_years_are_all_gone_goes_on_where_it_stopped(store: Store, clock: Clock) -> None:
    years_of_entries(store, clock)
    clock.now = datetime(2030, 1, 2, tzinfo=UTC)
    with store.unit() as unit:
        unit.audit_years.close_before(2030)
        for one in unit.audit_years.all():
            unit.audit_years.drop(one)
        assert unit.audit.recent() == []
        assert unit.audit.note("first of 2030") == 7
        assert unit.audit.broken_link() is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entry WHERE number = 3",
        "DELETE FROM audit_year",
        "UPDATE audit_year SET head = 'x' WHERE year = 2022",
        "UPDATE audit_year SET dropped_at = NULL WHERE year = 2022",
        "UPDATE audit_year SET last_number = 9, dropped_at = 'now' WHERE year = 2023",
    ],
)
def test_the_database_lets_go_of_dropped_years_and_nothing_else(
    store: Store, url: str, clock: Clock, statement: str
) -> None:
    years_of_entries(store, clock)
    with store.unit() as unit:
        first, _ = unit.audit_years.close_before(2026)
        unit.audit_years.drop(first)
    engine = open_engine(url)
    with pytest.raises(Exception, match="append-only|stay"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    with store.reading() as unit:
        assert unit.audit.broken_link() is None


def test_a_year_that_somebody_made_up_is_named(store: Store, url: str, clock: Clock) -> None:
    years_of_entries(store, clock)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_year "
                "(year, first_number, last_number, head, seal, closed_at, dropped_at, drop_seal) "
                "VALUES (2022, 1, 2, 'x', 'x', :at, :at, 'x')"
            ),
            {"at": "2026-01-01T00:00:00.000000+00:00"},
        )
        connection.execute(text("DELETE FROM audit_entry WHERE number <= 2"))
    engine.dispose()
    with store.reading() as unit:
        assert unit.audit.broken_link() == 1


def test_only_those_nothing_was_done_for_are_quiet(store: Store, clock: Clock) -> None:
    began = clock.now
    with store.unit("window1") as unit:
        keys = [unit.workers.add(replace(a_worker(), ref=f"R-{number}", id_number="")) for number in range(3)]
    clock.now = began + timedelta(days=700)
    with store.unit("window1") as unit:
        unit.requests.add(keys[1], RequestKind.OTHER, "想问问", on=date(2028, 5, 1), due_on=date(2028, 6, 1))
    clock.now = began + timedelta(days=740)
    with store.reading() as unit:
        quiet = unit.files.quiet(began + timedelta(days=30))
        asked = unit.files.last_service(keys)
    assert [one.worker_key for one in quiet] == [keys[0], keys[2]]
    assert quiet[0].last_on == began.date()
    assert asked[keys[1]] == (began + timedelta(days=700)).date()


def test_nobody_is_known_from_a_file_without_a_name(store: Store, clock: Clock) -> None:
    person = replace(a_worker(), village="东村")
    with store.unit("window1") as unit:
        key = unit.workers.add(person)
        unit.runs.create(MatchRun(as_of=date(2026, 6, 22)))
        unit.requests.add(key, RequestKind.APPEAL, f"{person.name}不同意", on=date(2026, 6, 1), due_on=date(2026, 7, 1))
        unit.life.add(key, LifeKind.PHONE, on=date(2026, 6, 1), note=f"换成{person.phone}")
    clock.move(minutes=1)
    with store.unit("window1") as unit:
        unit.files.take_names([key])
        left = unit.workers.get(key)
        [request], [change] = unit.requests.of_person(key), unit.life.of_person(key)
    assert (left.value.id_number, left.value.phone, left.value.village, left.value.remarks) == ("", "", "", "")
    assert person.name not in left.value.name and left.value.ref != person.ref
    assert (left.value.sex, left.value.home.township) == (person.sex, person.home.township)
    assert (request.words, request.kind) == ("", RequestKind.APPEAL)
    assert (change.note, change.kind) == ("", LifeKind.PHONE)
    with store.reading() as unit:
        assert unit.workers.find_same(person) == []


def test_every_table_of_people_says_when_something_was_done() -> None:
    silent = {"claim_person", "printing_paper", "publicity_entry", "roster_change", "roster_member", "slice_base"}
    without = {table.name for table in tables_of_people() if not done_columns(table)}
    assert without <= silent | {"worker_wish"}
    assert {one.name for one in done_columns(PLAN)} == {"made_on", "printed_on"}


def test_every_sealed_row_of_people_can_be_scrubbed() -> None:
    for table in METADATA.sorted_tables:
        if any(isinstance(column.type, Sealed) for column in table.columns):
            assert len(table.primary_key.columns) == 1, table.name
            assert "uid" in table.c, table.name
    assert WORKER not in tables_of_people()


@pytest.mark.parametrize(
    ("plain", "left"),
    [
        (b"\xe6\x83\xb3\xe5\x9b\x9e\xe5\xae\xb6", b""),
        (b"13900001234", b""),
        ('{"code":"MAX_KM","note":"腿不好","n":3}'.encode(), b'{"code":"MAX_KM","note":"","n":3}'),
        (b'{"on":"2026-06-01","phone":"04758888131"}', b'{"on":"2026-06-01","phone":""}'),
        ('["脱贫户","包示例","152301"]'.encode(), '["脱贫户","","152301"]'.encode()),
        (b'["bao_shili"]', b'[""]'),
    ],
)  # fmt: skip
def test_codes_days_and_fixed_words_stay_and_nothing_else(plain: bytes, left: bytes) -> None:
    assert "脱贫户" in fixed_words()
    assert scrubbed(plain, Known(["包示例", "bao_shili", "12"])) == left


def test_a_request_is_answered_once_and_late_ones_are_counted(store: Store) -> None:
    with store.unit("window1") as unit:
        key = unit.workers.add(a_worker())
        number = unit.requests.add(key, RequestKind.ACCESS, "想看看", on=date(2026, 6, 1), due_on=date(2026, 6, 16))
        assert (unit.requests.late(date(2026, 6, 16)), unit.requests.late(date(2026, 6, 17))) == (0, 1)
    with store.unit("window2") as unit:
        unit.requests.answer(number, Outcome.REFUSED, "理由", worker_key=key, on=date(2026, 6, 10))
    with store.unit("window2") as unit, pytest.raises(EditConflict):
        unit.requests.answer(number, Outcome.DONE, "又改", worker_key=key, on=date(2026, 6, 11))
    with store.reading() as unit:
        [told] = unit.requests.of_person(key)
        assert (told.outcome, told.answer, told.answered_by) == (Outcome.REFUSED, "理由", "window2")
        assert unit.requests.count(waiting=False) == 1
        assert unit.requests.late(date(2027, 1, 1)) == 0


def test_tries_are_counted_by_address_and_forgotten_in_time(store: Store, clock: Clock, url: str) -> None:
    keep = timedelta(minutes=30)
    with store.unit() as unit:
        for _ in range(3):
            unit.tries.note("192.0.2.7", keep=keep)
        assert unit.tries.since("192.0.2.7", clock() - keep) == 3
        assert unit.tries.since("192.0.2.8", clock() - keep) == 0
    engine = open_engine(url)
    with engine.connect() as connection:
        assert "192.0.2.7" not in str(connection.execute(text("SELECT * FROM sign_in_try")).all())
    engine.dispose()
    clock.move(minutes=31)
    with store.unit() as unit:
        unit.tries.note("192.0.2.8", keep=keep)
        assert unit.tries.since("192.0.2.7", clock() - timedelta(days=1)) == 0
