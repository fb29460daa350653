"""What was printed: parts are kept once, a printing is whole or nothing, papers go with the person."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.errors import RecordNotFound
from matcher.domain.papers.records import PaperKind, PaperPart, PrintOrder, PrintState
from matcher.domain.run import MatchRun
from matcher.store import Store, UnitOfWork
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import a_plan, a_worker

DAY = date(2026, 6, 22)
ORDER = PrintOrder(division="150525", villages=("西沟村",), purpose="入户走访")


def two_people(store: Store) -> tuple[list[int], list[int]]:
    """Two people with a plan each; their keys and those of the plans."""
    with store.unit() as unit:
        people = [a_worker("NM-1", name="甲", id_number=""), a_worker("NM-2", name="乙", id_number="", phone="")]
        workers = unit.workers.add_many([(one, None) for one in people])
        run = unit.runs.create(MatchRun(as_of=DAY))
        plans = unit.plans.put_many(run, [a_plan(worker) for worker in workers])
    return workers, plans


def a_part(worker: int | None, plan: int | None, said: str = "一张", mark: bytes = b"m") -> PaperPart:
    """A part of somebody's papers."""
    return PaperPart(kind="sheet", body=said.encode(), worker_key=worker, plan_key=plan, mark=mark, made_on=DAY)


def print_them(unit: UnitOfWork, parts: list[PaperPart]) -> int:
    """A printing of parts, done."""
    key = unit.printings.order(ORDER, place="西沟村")
    assert unit.printings.claim(key)
    unit.papers.add(key, parts, first=0)
    unit.printings.finish(key, sheets=len(parts), versions="v1")
    return key


def test_an_order_comes_out_as_it_went_in_and_is_taken_once(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.printings.order(ORDER, place="西沟村")
        assert unit.printings.wanted(key) == ORDER
        assert unit.printings.waiting() == [key]
        assert unit.printings.claim(key)
        assert not unit.printings.claim(key)
        found = unit.printings.get(key)
    assert (found.state, found.actor, found.place) == (PrintState.MAKING, "window", "西沟村")


def test_what_was_printed_comes_back_in_order_and_equal_parts_are_kept_once(store: Store) -> None:
    workers, plans = two_people(store)
    parts = [a_part(worker, plan, f"给{worker}") for worker, plan in zip(workers, plans, strict=True)]
    with store.unit() as unit:
        first, second = print_them(unit, parts), print_them(unit, parts)
    rows = store.contents().rows
    assert (rows["paper"], rows["printing_paper"]) == (2, 4)
    with store.reading() as unit:
        for key in (first, second):
            found = unit.papers.of_printing(key, after=-1, limit=10)
            assert [(place, part.body.decode()) for place, part in found] == [
                (0, f"给{workers[0]}"),
                (1, f"给{workers[1]}"),
            ]
        assert [part.worker_key for _, part in unit.papers.of_printing(first, after=0, limit=10)] == workers[1:]
        of_one = unit.papers.of_printing(first, after=-1, limit=10, worker_key=workers[1])
        assert [part.plan_key for _, part in of_one] == plans[1:]
        assert sorted(unit.papers.plans_of(first)) == sorted(plans)


def test_the_papers_of_a_person_say_by_whom_and_whether_the_plan_is_still_the_same(store: Store) -> None:
    workers, plans = two_people(store)
    with store.unit("coordinator") as unit:
        key = print_them(unit, [a_part(workers[0], plans[0])])
        unit.plans.put_many(unit.runs.create(MatchRun(as_of=DAY)), [a_plan(workers[0])])
    with store.reading() as unit:
        [one] = unit.papers.of_person(workers[0])
        assert unit.papers.of_person(workers[1]) == []
    assert (one.printing, one.kind, one.actor, one.current) == (key, PaperKind.SHEET, "coordinator", False)


def test_what_is_in_hand_is_the_newest_paper_that_was_really_printed(store: Store) -> None:
    workers, plans = two_people(store)
    with store.unit() as unit:
        print_them(unit, [a_part(workers[0], plans[0], "alt", b"old")])
        print_them(unit, [a_part(workers[0], plans[0], "neu", b"new")])
        broken = unit.printings.order(ORDER)
        unit.printings.claim(broken)
        unit.papers.add(broken, [a_part(workers[0], plans[0], "nie", b"never")], first=0)
        held = unit.papers.in_hand("sheet", workers)
        assert held == {workers[0]: unit.papers.mark(b"new")}


def test_a_printing_that_failed_leaves_nothing_but_that_it_was_asked_for(store: Store) -> None:
    workers, plans = two_people(store)
    with store.unit() as unit:
        key = unit.printings.order(ORDER)
        unit.printings.claim(key)
        unit.papers.add(key, [a_part(workers[0], plans[0])], first=0)
        unit.printings.abandon(key, PrintState.FAILED, "磁盘已满")
    assert store.contents().rows["paper"] == 0
    with store.reading() as unit:
        found = unit.printings.get(key)
        assert (found.state, found.message, found.sheets) == (PrintState.FAILED, "磁盘已满", 0)
        assert unit.papers.of_person(workers[0]) == []


def test_a_process_that_died_is_noticed_and_its_order_can_be_taken_anew(store: Store, clock: Clock) -> None:
    workers, plans = two_people(store)
    with store.unit() as unit:
        key = unit.printings.order(ORDER)
        unit.printings.claim(key)
        unit.papers.add(key, [a_part(workers[0], plans[0])], first=0)
    clock.move(minutes=5)
    with store.unit() as unit:
        assert unit.printings.claim(key)
        assert unit.papers.count(key) == 0
    clock.move(minutes=5)
    with store.unit() as unit:
        assert unit.printings.close_silent("中断") == 1
        assert unit.printings.get(key).state is PrintState.FAILED


def test_a_waiting_order_is_stopped_at_once_and_one_at_work_is_asked(store: Store) -> None:
    with store.unit() as unit:
        waiting, working = unit.printings.order(ORDER), unit.printings.order(ORDER)
        unit.printings.claim(working)
        for key in (waiting, working):
            unit.printings.ask_to_stop(key)
        assert unit.printings.get(waiting).state is PrintState.STOPPED
        assert unit.printings.get(working).state is PrintState.MAKING
        assert unit.printings.progress(working, 0.5)


def test_papers_go_with_the_person_and_the_rest_of_the_printing_stays(store: Store) -> None:
    workers, plans = two_people(store)
    with store.unit() as unit:
        key = print_them(unit, [a_part(worker, plan, str(worker)) for worker, plan in zip(workers, plans, strict=True)])
    with store.unit() as unit:
        gone = unit.workers.forget([workers[0]])
    assert (gone["paper"], gone["printing_paper"]) == (1, 1)
    with store.reading() as unit:
        assert unit.papers.count(key) == 1
        assert unit.printings.get(key).state is PrintState.DONE


def test_lists_hold_the_division_or_ones_own(store: Store) -> None:
    with store.unit("a") as unit:
        naiman = unit.printings.order(PrintOrder(division="150525100000"))
    with store.unit("b") as unit:
        kulun = unit.printings.order(PrintOrder(division="150524"))
    with store.reading() as unit:
        assert [one.key for one in unit.printings.recent(division="150525")] == [naiman]
        assert [one.key for one in unit.printings.recent(actor="b")] == [kulun]
        assert [one.key for one in unit.printings.recent()] == [kulun, naiman]
        with pytest.raises(RecordNotFound):
            unit.printings.get(kulun + 1)
