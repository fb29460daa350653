"""What comes after the paper, on both databases: kept sealed, moved with a merge, gone with the person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from matcher.domain.aftercare import (
    CallResult,
    KeptTick,
    Measure,
    RoundRow,
    RoundState,
    SaidBy,
    Spell,
    Tick,
    Voice,
)
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import PostingState
from matcher.domain.run import MatchRun
from matcher.store import Store, UnitOfWork
from matcher.store.schema import EMPLOYMENT_SPELL, FOLLOW_UP, METADATA, POSTING_VOICE, ROUND_ROW, SLIP_RETURN
from matcher.store.session import open_engine
from tests.matcher.store.records import a_plan, a_posting, a_worker

DAY = date(2026, 6, 22)
OWN = (SLIP_RETURN, POSTING_VOICE, EMPLOYMENT_SPELL, FOLLOW_UP, ROUND_ROW)


def people_with_plans(unit: UnitOfWork) -> tuple[list[int], list[int], list[int]]:
    """Two people of two villages, three postings, and a plan each."""
    workers = unit.workers.add_many(
        [(a_worker(), None), (a_worker("NM-2", name="白音", village="东沟村", id_number=""), None)]
    )
    postings = unit.postings.add_many([(a_posting(f"P-{number}"), None) for number in range(3)])
    run = unit.runs.create(MatchRun(as_of=DAY))
    return workers, postings, unit.plans.put_many(run, [a_plan(worker, *postings) for worker in workers])


def a_tick(posting: int, answer: int) -> KeptTick:
    """One posting turned down."""
    tick = Tick(posting_key=posting, kind=AnswerKind.NOT_WANTED, why=("TOO_FAR",), note="得照看老人")
    return KeptTick(tick=tick, answer_key=answer, measure=Measure(title="保洁员", km=12.5))


def told(unit: UnitOfWork, worker: int, plan: int, posting: int) -> tuple[int, int]:
    """A slip that tells of work begun, with its first call and a line of the month."""
    answer = unit.plans.answers.record(plan, posting, AnswerKind.NOT_WANTED, on=DAY)
    slip = unit.aftercare.returns.add(worker, plan, [a_tick(posting, answer)], on=DAY, said_by=SaidBy.WORKER)
    unit.aftercare.returns.hear(slip, {posting: Voice.FULL}, on=DAY)
    began = Spell(
        key=0, worker_key=worker, started_on=DAY, said_by=SaidBy.WORKER, place="沈阳", yuan=5000, return_key=slip
    )
    spell = unit.aftercare.spells.begin(began)
    unit.aftercare.calls.plan(spell, worker, [(7, DAY + timedelta(days=7)), (30, DAY + timedelta(days=30))])
    state = RoundState(status="已就业", where="沈阳")
    row = RoundRow(worker_key=worker, month="2026-06", state=state, changed=True, confirmed_on=DAY)
    unit.aftercare.rounds.put([row])
    return slip, spell


def test_everything_comes_out_as_it_went_in(store: Store) -> None:
    with store.unit("xie") as unit:
        workers, postings, plans = people_with_plans(unit)
        slip, spell = told(unit, workers[0], plans[0], postings[0])
    with store.reading() as unit:
        kept = unit.aftercare.returns.get(slip, villages=("西沟村",))
        assert kept.ticks == (a_tick(postings[0], kept.ticks[0].answer_key),)
        assert (kept.on, kept.said_by, kept.actor) == (DAY, SaidBy.WORKER, "xie")
        assert unit.aftercare.returns.of_people() == {workers[0]: [kept]}
        assert unit.aftercare.returns.of_people([workers[1]]) == {}
        assert unit.aftercare.returns.voices() == {postings[0]: (Voice.FULL, 1, DAY)}
        lines, standing = unit.aftercare.returns.typed_by("xie", DAY, limit=5)
        assert ([line.name for line in lines], standing) == (["包雪梅"], 1)
        assert unit.aftercare.returns.typed_by("xie", DAY, villages=("东沟村",), limit=5) == ([], 0)
        assert unit.aftercare.spells.of_people(workers, only_open=True)[workers[0]][0].key == spell
        (line,) = unit.aftercare.rounds.newest(workers).values()
        assert (line.state.where, line.actor) == ("沈阳", "xie")
        assert unit.aftercare.rounds.untouched("2026-06") == [workers[1]]
        assert unit.aftercare.rounds.counts("2026-06") == (2, 1, 1)
        with pytest.raises(RecordNotFound):
            unit.aftercare.returns.get(slip, villages=("东沟村",))


def test_a_line_of_the_month_takes_the_place_of_the_one_before(store: Store) -> None:
    with store.unit() as unit:
        (worker, _), _, _ = people_with_plans(unit)
        for where in ("沈阳", "北京"):
            row = RoundRow(
                worker_key=worker, month="2026-06", state=RoundState(where=where), changed=True, confirmed_on=DAY
            )
            unit.aftercare.rounds.put([row])
        assert [one.state.where for one in unit.aftercare.rounds.of_person(worker)] == ["北京"]


def test_calls_are_due_within_their_scope_only(store: Store) -> None:
    with store.unit("xie") as unit:
        workers, postings, plans = people_with_plans(unit)
        told(unit, workers[0], plans[0], postings[0])
        soon, late = DAY + timedelta(days=8), DAY + timedelta(days=40)
        assert unit.aftercare.calls.due(DAY) == ([], 0)
        assert [call.after_days for call in unit.aftercare.calls.due(soon)[0]] == [7]
        (call,), total = unit.aftercare.calls.due(late)
        assert (call.after_days, call.name, total) == (30, "包雪梅", 1)
        assert unit.aftercare.calls.due(late, villages=("东沟村",)) == ([], 0)
        unit.aftercare.calls.done(call.key, CallResult.STILL, on=late, note="挺好")
        assert [one["result"] for one in unit.aftercare.calls.of_person(workers[0])] == ["missed", "still"]


def test_what_is_due_in_a_village(store: Store) -> None:
    with store.unit() as unit:
        workers, postings, plans = people_with_plans(unit)
        third = unit.workers.add(a_worker("NM-3", name="无计划", village="西沟村", id_number=""))
        unit.plans.printed(plans[0], DAY)
        unit.plans.printed(plans[1], DAY - timedelta(days=3))
        unit.postings.set_state(postings[1], PostingState.FILLED, why="FILLED_SAID")
    with store.reading() as unit:
        due = unit.aftercare.due
        assert [(one.name, one.people) for one in due.villages()] == [("东沟村", 1), ("西沟村", 2)]
        assert [one.key for one in due.without_plan(limit=5)[0]] == [third]
        waiting, total = due.to_collect(limit=1)
        assert ([one.key for one in waiting], total) == ([workers[1]], 2)
        closed, many = due.closed_since(DAY, villages=("西沟村",), limit=5)
        assert ([(one.worker_key, one.posting_key, one.state) for one in closed], many) == (
            [(workers[0], postings[1], "filled")],
            1,
        )
        assert due.people(villages=("西沟村",), first=1, size=5)[1] == 2
    with store.unit() as unit:
        unit.plans.answers.record(plans[0], postings[1], AnswerKind.CALLED, on=DAY)
        assert unit.aftercare.due.closed_since(DAY, villages=("西沟村",), limit=5) == ([], 0)
        assert [one.key for one in unit.aftercare.due.to_collect(limit=5)[0]] == [workers[1]]


def test_taking_an_answer_back_brings_the_one_before_into_force(store: Store) -> None:
    with store.unit() as unit:
        _, postings, plans = people_with_plans(unit)
        record = unit.plans.answers.record
        record(plans[0], postings[0], AnswerKind.STARTED, on=DAY)
        mistaken = record(plans[0], postings[0], AnswerKind.NOT_WANTED, on=DAY)
        assert unit.openings.taken(postings[0]) == 0
        unit.plans.answers.take_back([mistaken], on=DAY)
        assert unit.openings.taken(postings[0]) == 1
        assert [one.kind for one in unit.plans.answers.of_plan(plans[0])] == [AnswerKind.STARTED]


def test_two_people_found_to_be_one_bring_all_of_it_and_take_it_back(store: Store) -> None:
    with store.unit() as unit:
        workers, postings, plans = people_with_plans(unit)
        slip, spell = told(unit, workers[1], plans[1], postings[0])
        merge = unit.merges.merge(workers[0], workers[1], unit.workers.get(workers[0]).value, None)
        after = unit.aftercare
        assert [one.key for one in after.returns.of_people()[workers[0]]] == [slip]
        assert [one.key for one in after.spells.of_people([workers[0]])[workers[0]]] == [spell]
        assert after.calls.due(DAY + timedelta(days=9))[0][0].worker_key == workers[0]
        assert [one.month for one in after.rounds.of_person(workers[0])] == ["2026-06"]
        unit.merges.undo(merge)
        assert list(after.returns.of_people()) == [workers[1]]
        assert list(after.spells.of_people(workers)) == [workers[1]]
        assert after.rounds.of_person(workers[0]) == []


def test_nothing_is_left_of_an_erased_person(store: Store, url: str) -> None:
    with store.unit() as unit:
        workers, postings, plans = people_with_plans(unit)
        for worker, plan in zip(workers, plans, strict=True):
            told(unit, worker, plan, postings[0])
        gone = unit.workers.forget([workers[0]])
    assert {table.name: gone[table.name] for table in OWN} == {
        "slip_return": 1,
        "posting_voice": 1,
        "employment_spell": 1,
        "follow_up": 2,
        "round_row": 1,
    }
    with store.reading() as unit:
        assert list(unit.aftercare.returns.of_people()) == [workers[1]]


def test_what_was_said_lies_sealed(store: Store, url: str) -> None:
    with store.unit() as unit:
        workers, postings, plans = people_with_plans(unit)
        told(unit, workers[0], plans[0], postings[0])
        (call, *_), _ = unit.aftercare.calls.due(DAY + timedelta(days=9))
        unit.aftercare.calls.tried(call, on=DAY, note="得照看老人")
    engine = open_engine(url)
    with engine.connect() as connection:
        stored = [repr(row) for table in OWN for row in connection.execute(select(METADATA.tables[table.name]))]
    engine.dispose()
    assert len(stored) == 6
    for words in ("得照看老人", "TOO_FAR", "沈阳", "保洁员"):
        assert not any(words in line for line in stored), words
