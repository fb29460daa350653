"""Fairs as stored, on both databases: sealed, found again, gone with their people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.facts import Phrase
from matcher.domain.fairs import (
    Booth,
    BoothResult,
    BusStop,
    Fair,
    FairResult,
    FairState,
    OtherSide,
    Room,
    RouteStop,
    Visitor,
    VisitorFacts,
)
from matcher.store import Store, UnitOfWork, open_store, read_key_file
from matcher.store.sealing import add_cipher, forget_old_ciphers
from matcher.store.session import open_engine
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import a_posting, a_worker

DAY = date(2026, 6, 25)


def _fair(unit: UnitOfWork, ref: str = "F-1") -> int:
    return unit.fairs.add(Fair(ref=ref, name="示例招聘会", division="150525", owner="me", starts_on=DAY, ends_on=DAY))


def _full(unit: UnitOfWork, clock: Clock) -> tuple[int, int, int]:
    """A fair with a booth, a posting, a person and a result; keys of fair, person and posting at the booth."""
    fair, worker, posting = _fair(unit), unit.workers.add(a_worker()), unit.postings.add(a_posting())
    booth = unit.fairs.booths.add(fair, Booth(number="A01", position=1, employer="示例车间"))
    place = unit.fairs.booths.put_posting(booth, posting)
    facts = VisitorFacts(phone="4711", can_do="会踩缝纫机", route=(RouteStop(posting, (Phrase("STEADY", {}),), 0.5),))
    code = unit.fairs.visitors.new_codes(1)[0]
    person = Visitor(
        code=code, worker_key=worker, name="单示例", village="东村", home_code="150525100", invited=True, facts=facts
    )
    [key] = unit.fairs.visitors.add_many(fair, [person])
    other = OtherSide(FairResult.TALKED, "", clock(), "booth")
    unit.fairs.results.put(
        BoothResult(visitor_key=key, booth_posting_key=place, result=FairResult.INTENT, at=clock(), by="b", other=other)
    )
    return fair, key, place


def test_a_fair_comes_back_as_it_went_in(store: Store, clock: Clock) -> None:
    with store.unit("me") as unit:
        fair, key, place = _full(unit, clock)
        unit.fairs.put_stop(fair, BusStop(home_code="150525100", village="东村", place="村委会", leaves_at="07:30"))
        unit.fairs.put_stop(fair, BusStop(home_code="150525100", village="东村", place="小卖部", leaves_at="07:40"))
    with store.reading() as unit:
        person = unit.fairs.visitors.get(fair, key)
        result = unit.fairs.results.get(key, place)
        assert (person.name, person.facts.can_do, person.facts.route[0].reasons) == (
            "单示例",
            "会踩缝纫机",
            (Phrase("STEADY", {}),),
        )
        assert result is not None
        assert (result.result, result.other) == (FairResult.INTENT, OtherSide(FairResult.TALKED, "", clock(), "booth"))
        assert [stop.place for stop in unit.fairs.stops(fair)] == ["小卖部"]
        assert unit.fairs.by_ref("F-1").state is FairState.PREPARING
        for found in ("ssl", "dsl", "示例", "4711", person.code, person.code.lower()):
            assert [one.key for one in unit.fairs.visitors.find(fair, found, most=5)] == [key], found


def test_what_was_said_at_a_fair_stands_sealed(store: Store, url: str, clock: Clock) -> None:
    with store.unit() as unit:
        _full(unit, clock)
    engine = open_engine(url)
    with engine.connect() as connection:
        rows = (
            connection.execute(text("SELECT * FROM fair_visitor")).all()
            + connection.execute(text("SELECT * FROM fair_result")).all()
        )
    engine.dispose()
    assert "会踩缝纫机" not in str(rows)
    assert "4711" not in str([value for row in rows for value in row if isinstance(value, str) and len(value) < 20])


def test_a_person_who_is_erased_leaves_every_fair(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        fair, key, _ = _full(unit, clock)
        worker = unit.fairs.visitors.get(fair, key).worker_key
        gone = unit.workers.forget([worker or 0])
    assert (gone["fair_visitor"], gone["fair_result"]) == (1, 1)
    with store.reading() as unit:
        assert unit.fairs.visitors.of(fair) == []
        assert len(unit.fairs.booths.of(fair)) == 1


def test_a_person_merged_into_another_counts_as_the_other(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        fair, key, _ = _full(unit, clock)
        worker = unit.fairs.visitors.get(fair, key).worker_key or 0
        kept = unit.workers.add(replace(a_worker(), ref="W-9"))
        unit.merges.merge(kept, worker, replace(a_worker(), ref="W-9"), None)
    with store.reading() as unit:
        assert unit.fairs.visitors.get(fair, key).worker_key == kept


def test_a_fair_opens_with_a_fresh_key_once_the_old_one_is_gone(
    store: Store, clock: Clock, url: str, key_file: Path
) -> None:
    with store.unit() as unit:
        fair, key, place = _full(unit, clock)
    assert store.seal_anew(add_cipher(key_file)) >= 3
    forget_old_ciphers(key_file)
    again = open_store(url, read_key_file(key_file), clock=clock)
    with again.reading() as unit:
        assert unit.fairs.visitors.get(fair, key).facts.phone == "4711"
        result = unit.fairs.results.get(key, place)
    again.close()
    assert result is not None
    assert result.other is not None


def test_references_booth_numbers_and_results_stand_once(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        fair, key, place = _full(unit, clock)
        with pytest.raises(InputRefused):
            _fair(unit)
        with pytest.raises(InputRefused):
            unit.fairs.booths.add(fair, Booth(number="A01", position=2, employer="另一家示例"))
        again = BoothResult(
            visitor_key=key, booth_posting_key=place, result=FairResult.UNSUITED, reason="pay", at=clock(), by="b"
        )
        unit.fairs.results.put(again)
        assert [one.result for one in unit.fairs.results.of(fair)] == [FairResult.UNSUITED]
        [booth] = unit.fairs.booths.of(fair)
        with pytest.raises(InputRefused, match="不能撤"):
            unit.fairs.booths.remove(fair, booth.key)


def test_a_scope_sees_its_own_fairs(store: Store) -> None:
    with store.unit() as unit:
        key = _fair(unit)
        assert [one.key for one in unit.fairs.all(division="1505", owner="me")] == [key]
        assert unit.fairs.all(division="150523") == []
        with pytest.raises(RecordNotFound):
            unit.fairs.get(key, owner="you")


def test_a_new_pin_has_a_new_version(store: Store) -> None:
    with store.unit() as unit:
        key = _fair(unit)
        assert unit.fairs.pin(key, Room.DOOR) == ("", 0)
        assert [unit.fairs.put_pin(key, Room.DOOR, name) for name in ("one", "two")] == [1, 2]
        assert unit.fairs.pin(key, Room.DOOR) == ("two", 2)
        assert unit.fairs.pin(key, Room.BOOTH) == ("", 0)
