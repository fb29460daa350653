"""Claims and notices, on both databases: one a person and year, steps kept, all of it gone with the person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, text

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.claim import Claim, ClaimPerson, ClaimState
from matcher.domain.service.publicity import (
    Decision,
    Level,
    Notice,
    NoticeEntry,
    NoticeState,
    Objection,
    Outcome,
    notice_state,
)
from matcher.store import Store
from matcher.store.claims import WantedClaims
from matcher.store.schema import (
    CLAIM_PERSON,
    CLAIM_STEP,
    PUBLICITY,
    PUBLICITY_ENTRY,
    PUBLICITY_OBJECTION,
    SUBSIDY_CLAIM,
)
from matcher.store.session import open_engine
from tests.matcher.store.records import a_worker

DAY = date(2026, 6, 20)


def a_claim(worker: int | None, **more: Any) -> Claim:
    """A claim for three months in Beijing."""
    given: dict[str, Any] = {
        "kind": "STABILITY",
        "worker_key": worker,
        "year": 2026,
        "tier": "cross_province",
        "since": date(2026, 3, 1),
        "until": date(2026, 6, 1),
        "months": 3,
        "employer": "示例公司",
        "place": "北京市顺义区",
        "proofs": ("contract",),
        "made_on": DAY,
    }
    return Claim(**(given | more))


def worker_of(store: Store, ref: str = "NM-1") -> int:
    """A person with a stretch of work; the key."""
    with store.unit() as unit:
        worker = unit.workers.add(a_worker(ref, name=f"示例{ref}", id_number=""))
        spell = Spell(key=0, worker_key=worker, started_on=date(2026, 3, 1), said_by=SaidBy.WORKER)
        unit.aftercare.spells.begin(spell)
    return worker


def test_a_second_claim_of_the_year_is_refused_until_the_first_is_withdrawn(store: Store) -> None:
    worker = worker_of(store)
    with store.unit("window") as unit:
        key = unit.claims.make(a_claim(worker))
    with pytest.raises(EditConflict, match="已经有一份"), store.unit() as unit:
        unit.claims.make(a_claim(worker))
    with store.unit("window") as unit:
        unit.claims.move(unit.claims.get(key), ClaimState.WITHDRAWN, on=DAY, note="填错了月份")
        other = unit.claims.make(a_claim(worker))
    with pytest.raises(EditConflict), store.unit() as unit:
        unit.claims.undo(unit.claims.get(key))
    with store.reading() as unit:
        assert unit.claims.get(key).state is ClaimState.WITHDRAWN
        assert unit.claims.get(other).proofs == ("contract",)
        assert [one.key for one in unit.claims.light()[worker]] == [key, other]


def test_steps_are_kept_and_an_undone_one_says_by_whom(store: Store) -> None:
    worker = worker_of(store)
    with store.unit("window") as unit:
        key = unit.claims.make(a_claim(worker))
        unit.claims.move(unit.claims.get(key), ClaimState.APPROVED, on=DAY, yuan=500)
    with store.unit("banner") as unit:
        before = unit.claims.get(key)
        unit.claims.undo(before)
        with pytest.raises(EditConflict):
            unit.claims.move(before, ClaimState.POSTED, on=DAY)
    with store.reading() as unit:
        now, steps = unit.claims.get(key), unit.claims.steps(key)
    assert (now.state, now.yuan) == (ClaimState.CLAIMED, None)
    assert [(step.state.value, step.undone_by) for step in steps] == [("claimed", ""), ("approved", "banner")]


def test_claims_of_other_villages_are_not_there(store: Store) -> None:
    worker = worker_of(store)
    with store.unit() as unit:
        key = unit.claims.make(a_claim(worker))
        body = unit.claims.make(a_claim(None, kind="WORKSHOP", claimant="示例车间", division="150525"))
        unit.claims.name_people(body, [ClaimPerson(worker_key=worker, months=6, yuan=12000)])
    with store.reading() as unit:
        inside, total = unit.claims.page(WantedClaims(division="150525"), first=0, size=10)
        assert ([one.key for one in inside], total) == ([key, body], 2)
        assert unit.claims.page(WantedClaims(villages=("东村",)), first=0, size=10) == ([], 0)
        assert unit.claims.named_elsewhere("WORKSHOP", 2026, [worker]) == {worker}
        assert unit.claims.naming(worker)[0][0] == body
        with pytest.raises(RecordNotFound):
            unit.claims.get(key, division="150523")


def test_an_upheld_objection_takes_its_line_off(store: Store) -> None:
    worker, other = worker_of(store), worker_of(store, "NM-2")
    notice = Notice(
        topic="SUBSIDY", level=Level.VILLAGE, division="150525", village="西沟村", where="村部宣传栏",
        notice_from=date(2026, 6, 20), notice_until=date(2026, 6, 24),
    )  # fmt: skip
    with store.unit("village") as unit:
        claims = [unit.claims.make(a_claim(one)) for one in (worker, other)]
        lines = [
            NoticeEntry(worker_key=one, claim_key=claim, matter="稳岗补贴")
            for one, claim in zip((worker, other), claims, strict=True)
        ]
        key = unit.publicities.put_up(notice, lines)
        line = unit.publicities.entries(key)[0]
        unit.publicities.object(key, Objection(entry_key=line.key, told_on=DAY, text="他五月就回来了", by="李"))
        assert notice_state(unit.publicities.get(key), date(2026, 6, 25)) is NoticeState.OBJECTED
        (said,) = unit.publicities.objections(key)
        unit.publicities.answer(key, said, Outcome.UPHELD, answer="属实", on=DAY)
        with pytest.raises(EditConflict):
            unit.publicities.answer(key, said, Outcome.DISMISSED, answer="", on=DAY)
        assert notice_state(unit.publicities.get(key), date(2026, 6, 25)) is NoticeState.OVER
        unit.publicities.decide(key, Decision.PASSED, on=date(2026, 6, 25))
    with store.reading() as unit:
        assert [one.taken_off_on for one in unit.publicities.entries(key)] == [DAY, None]
        assert list(unit.publicities.of_claims(claims)) == [claims[1]]
        assert unit.publicities.objections(key)[0].text == "他五月就回来了"
        assert unit.publicities.get(key).decided_by == "village"
        assert [one[0].key for one in unit.publicities.of_person(worker)] == [key]
        with pytest.raises(RecordNotFound):
            unit.publicities.get(key, villages=("东村",))


def test_nothing_said_is_readable_in_the_database_and_all_goes_with_the_person(store: Store, url: str) -> None:
    worker = worker_of(store)
    with store.unit() as unit:
        key = unit.claims.make(a_claim(worker))
        body = unit.claims.make(a_claim(None, kind="WORKSHOP", claimant="示例车间", division="150525"))
        unit.claims.name_people(body, [ClaimPerson(worker_key=worker)])
        put_up = Notice(topic="SUBSIDY", division="150525", notice_from=DAY, notice_until=DAY)
        board = unit.publicities.put_up(put_up, [NoticeEntry(worker_key=worker, claim_key=key)])
        line = unit.publicities.entries(board)[0]
        unit.publicities.object(board, Objection(entry_key=line.key, told_on=DAY, text="有异议"))
    engine = open_engine(url)
    with engine.connect() as connection:
        said = connection.execute(text("SELECT body FROM subsidy_claim")).all()
        assert "北京市".encode() not in b"".join(bytes(row[0]) for row in said)
    with store.unit() as unit:
        gone = unit.workers.forget([worker])
    assert (gone["subsidy_claim"], gone["claim_person"], gone["publicity_entry"]) == (1, 1, 1)
    with engine.connect() as connection:
        own = (CLAIM_STEP, CLAIM_PERSON, PUBLICITY_ENTRY, PUBLICITY_OBJECTION)
        left = [connection.scalar(select(func.count()).select_from(table)) for table in own]
        kept = [connection.scalar(select(func.count()).select_from(table)) for table in (SUBSIDY_CLAIM, PUBLICITY)]
    engine.dispose()
    assert (left, kept) == ([1, 0, 0, 0], [1, 1])


def test_a_claim_outlives_a_stretch_of_work_that_was_told_by_mistake(store: Store) -> None:
    worker = worker_of(store)
    with store.unit() as unit:
        (spell,) = unit.aftercare.spells.of_people([worker])[worker]
        key = unit.claims.make(a_claim(worker, spell_key=spell.key))
        unit.aftercare.spells.forget(spell.key)
    with store.reading() as unit:
        assert unit.claims.get(key).spell_key is None


def test_the_look_for_timers_leaves_out_who_is_gone(store: Store) -> None:
    worker = worker_of(store)
    with store.reading() as unit:
        (row,) = unit.timers.rows(division="150525", back_to=date(2026, 1, 1))
        assert (row.worker_key, row.started_on, row.place_code) == (worker, date(2026, 3, 1), "")
        assert unit.timers.rows(villages=("东村",), back_to=date(2026, 1, 1)) == []
