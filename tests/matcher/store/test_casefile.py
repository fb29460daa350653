"""Records of cases, statements, proofs, on both databases: sealed, never lost, moved with a merge, gone when erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.casefile import CaseEvent, CaseStep, standing
from matcher.domain.service.ladder import Proof, ProofKind, SpellDetail
from matcher.store import Store, UnitOfWork
from matcher.store.aftercare.moving import move_back, move_rows
from matcher.store.schema import CASE_EVENT, SPELL_DETAIL, SPELL_PROOF
from tests.matcher.store.records import a_worker

DAY = date(2026, 6, 22)
OWN = (CASE_EVENT, SPELL_DETAIL, SPELL_PROOF)
SECRET = "腿脚不便，在亲戚厂里"


def two_people(unit: UnitOfWork) -> list[int]:
    """Two people of two villages."""
    return unit.workers.add_many(
        [(a_worker(), None), (a_worker("NM-2", name="白音", village="东沟村", id_number=""), None)]
    )


def filed(unit: UnitOfWork, worker: int) -> int:
    """One row of each kind; the key of the record."""
    spell = unit.aftercare.spells.begin(Spell(key=0, worker_key=worker, started_on=DAY, said_by=SaidBy.WORKER))
    unit.casefile.details.add(
        SpellDetail(
            worker_key=worker, spell_key=spell, said_by=SaidBy.WORKER, told_on=DAY, region="outside",
            channel="jingmeng", province="北京市", employer="示例家政", yuan=6000, note=SECRET,
        )
    )  # fmt: skip
    unit.casefile.proofs.add(
        Proof(worker_key=worker, spell_key=spell, kind=ProofKind.PAY_SLIP, from_on=DAY, told_on=DAY, yuan=6100)
    )
    event = CaseEvent(worker_key=worker, step=CaseStep.GUIDANCE, on=DAY, way="visit", minutes=35, note=SECRET)
    return unit.casefile.events.add(event)


def test_everything_comes_out_as_it_went_in(store: Store) -> None:
    with store.unit("xie") as unit:
        people = two_people(unit)
        key = filed(unit, people[0])
    with store.reading() as unit:
        event = unit.casefile.events.get(key, villages=("西沟村",))
        assert (event.step, event.way, event.minutes, event.note) == (CaseStep.GUIDANCE, "visit", 35, SECRET)
        assert event.actor == "xie"
        assert unit.casefile.events.of_people(people) == {people[0]: [event]}
        (detail,) = unit.casefile.details.of_people(people)[people[0]]
        assert (detail.channel, detail.yuan, detail.employer, detail.verified) == ("jingmeng", 6000, "示例家政", False)
        (proof,) = unit.casefile.proofs.of_people(people)[people[0]]
        assert (proof.kind, proof.from_on, proof.yuan) == (ProofKind.PAY_SLIP, DAY, 6100)
        with pytest.raises(RecordNotFound):
            unit.casefile.events.get(key, villages=("东沟村",))


def test_what_was_said_does_not_stand_in_clear(store: Store) -> None:
    with store.unit() as unit:
        people = two_people(unit)
        filed(unit, people[0])
        for table in OWN:
            for row in unit._context.connection.execute(select(*table.c)).mappings():
                assert SECRET not in repr(dict(row)), table.name
                assert SECRET.encode() not in bytes(row["body"]), table.name


def test_taking_back_is_a_record_of_its_own_and_can_be_taken_back(store: Store) -> None:
    with store.unit() as unit:
        worker = two_people(unit)[0]
        first = unit.casefile.events.get(filed(unit, worker))
        undo = CaseEvent(worker_key=worker, step=CaseStep.UNDO, on=DAY, about=first.uid, note="记错了人")
        undone = unit.casefile.events.get(unit.casefile.events.add(undo))
        assert standing(unit.casefile.events.of_people([worker])[worker]) == ()
        unit.casefile.events.add(CaseEvent(worker_key=worker, step=CaseStep.UNDO, on=DAY, about=undone.uid))
        everything = unit.casefile.events.of_people([worker])[worker]
        assert standing(everything) == (first,)
        assert len(everything) == 3


def test_statements_and_proofs_are_taken_back_once_and_stay_readable(store: Store) -> None:
    with store.unit() as unit:
        worker, other = two_people(unit)
        filed(unit, worker)
        (detail,), (proof,) = (
            table.of_people([worker])[worker] for table in (unit.casefile.details, unit.casefile.proofs)
        )
        for table, row in ((unit.casefile.details, detail), (unit.casefile.proofs, proof)):
            assert not table.take_back(row.key, worker_key=other)
            assert table.take_back(row.key, worker_key=worker)
            assert not table.take_back(row.key, worker_key=worker)
            assert table.of_people([worker]) == {}
            assert len(table.of_people([worker], all_of_them=True)[worker]) == 1


def test_all_of_it_goes_along_with_a_merge_and_back(store: Store) -> None:
    with store.unit() as unit:
        kept, gone = two_people(unit)
        filed(unit, gone)
        moved = move_rows(unit._context.connection, gone, kept)
        assert {table.name for table in OWN} <= set(moved)
        assert list(unit.casefile.proofs.of_people([kept, gone])) == [kept]
        move_back(unit._context.connection, moved, gone)
        assert list(unit.casefile.events.of_people([kept, gone])) == [gone]


def test_nothing_is_left_of_an_erased_person(store: Store) -> None:
    with store.unit() as unit:
        worker, other = two_people(unit)
        filed(unit, worker)
        filed(unit, other)
        unit.workers.forget([worker])
        for table in OWN:
            left = {row.worker_key for row in unit._context.connection.execute(select(table.c.worker_key))}
            assert left == {other}, table.name


def test_a_spell_told_by_mistake_takes_its_proofs_along(store: Store) -> None:
    with store.unit() as unit:
        worker = two_people(unit)[0]
        filed(unit, worker)
        (spell,) = unit.aftercare.spells.of_people([worker])[worker]
        assert spell.started_on + timedelta(days=0) == DAY
        unit.aftercare.spells.forget(spell.key)
        assert unit.casefile.proofs.of_people([worker]) == {}
        assert unit.casefile.details.of_people([worker], all_of_them=True) == {}
