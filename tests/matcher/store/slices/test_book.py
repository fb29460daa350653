"""Case numbers and slip codes put aside are nobody else's, on SQLite and PostgreSQL; records land alike on both."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.run import MatchRun
from matcher.store import Store
from matcher.store.slices.collecting import Extent
from matcher.store.slices.conflicts import ConflictState
from matcher.store.slices.merging import Figures, Sender
from tests.matcher.store.records import a_plan, a_posting, a_worker, posting_facts, worker_facts

DAY = date(2026, 6, 22)


def _whole(store: Store) -> tuple[int, list[object]]:
    """Everything a store hands out."""
    with store.reading() as unit:
        people, records = unit.slices.collect(Extent(division="", today=DAY, most_postings=9, whole=True))
    return people, list(records)


def _taken(store: Store, records: list[object], number: int) -> Figures:
    """Records of another office taken in."""
    sender = Sender(office="there", number=number, by="coordinator", at=datetime(2026, 6, 23, tzinfo=UTC))
    with store.unit("window") as unit:
        unit.slices.book.open()
        return unit.slices.take(
            records,  # type: ignore[arg-type]
            sender,
            own="here",
            own_number=0,
            erased=set(),
            may=lambda division, village: True,
        )


def test_numbers_put_aside_are_given_to_nobody(store: Store) -> None:
    with store.unit() as unit:
        first = unit.workers.add(a_worker("A"))
        aside = unit.slices.book.put_numbers_aside(10)
        after = unit.workers.add(a_worker("B", id_number=""))
    assert (aside, after) == (first + 1, first + 11)
    with store.unit() as unit:
        unit.slices.book.use_numbers(after + 100)
        assert unit.workers.add(a_worker("C", id_number="")) == after + 100
        unit.slices.book.use_numbers(3)
        assert unit.workers.add(a_worker("D", id_number="")) == after + 101


def test_numbers_are_put_aside_in_an_empty_office_too(store: Store) -> None:
    with store.unit() as unit:
        aside = unit.slices.book.put_numbers_aside(5)
        assert unit.workers.add(a_worker("A")) == aside + 5


def test_codes_put_aside_are_used_by_nobody_here_and_first_there(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker("A"))
        unit.slices.book.put_codes_aside(3)
        own = ["22222222", "33333333"]
        unit.slices.book.own_codes(own)
        codes = []
        for _ in range(3):
            run = unit.runs.create(MatchRun(as_of=DAY))
            unit.plans.put_many(run, [a_plan(key)])
            current = unit.plans.current(key)
            assert current is not None
            codes.append(current.code)
    assert codes[:2] == own
    assert codes[2] not in own


def test_records_land_in_another_database_and_conflicts_go_with_the_person(store: Store) -> None:
    with store.unit("window") as unit:
        keys = unit.workers.add_many([(a_worker("A"), worker_facts())])
        posting = unit.postings.add(a_posting("P-1"), posting_facts())
        run = unit.runs.create(MatchRun(as_of=DAY))
        unit.plans.put_many(run, [a_plan(keys[0], posting)])
    people, records = _whole(store)
    assert people == 1
    with store.unit() as unit:
        stored = unit.workers.get(keys[0])
        unit.workers.replace(keys[0], a_worker("A", phone="19900000001"), stored.facts)
    assert _taken(store, records, 5).conflicts == 1
    assert _taken(store, records, 5).conflicts == 0
    with store.unit() as unit:
        [conflict] = unit.slices.conflicts.open()
        assert (conflict.state, conflict.worker_key) == (ConflictState.OPEN, keys[0])
        gone = unit.workers.forget(keys)
    assert gone["slice_conflict"] == 1
    assert _taken(store, records, 6).people_new == 1
    with store.reading() as unit:
        again = unit.workers.by_ref("A")
        assert (again.key, again.value) == (keys[0], a_worker("A"))
        plan = unit.plans.current(again.key)
        assert plan is not None
        assert plan.plan.matches[0].posting_key == posting
