"""Own columns, exports and months of villages: kept, found again in their scope, and sealed where words are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.division import Place
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.ledgers import (
    ExportOrder,
    ExportState,
    LedgerKind,
    Profile,
    ProfileColumn,
    RoundEvent,
    RoundStep,
)
from matcher.domain.worker import Worker
from matcher.store import Store
from tests.matcher.store.conftest import Clock

NAIMAN, KAILU = "150525", "150523"
COLUMNS = (ProfileColumn("NAME", "人员姓名"), ProfileColumn("", "备注"), ProfileColumn("BIRTH", "出生年月", "yyyy.mm"))


def a_profile(division: str, name: str = "大沁他拉镇月报") -> Profile:
    """The columns of a township."""
    return Profile(ledger=LedgerKind.WORK, name=name, division=division, columns=COLUMNS)


def test_a_profile_is_found_again_by_its_division_and_those_around_it(store: Store) -> None:
    with store.unit("window") as unit:
        kept = unit.ledgers.profiles.put(a_profile(NAIMAN))
        again = unit.ledgers.profiles.put(replace(a_profile(NAIMAN), columns=COLUMNS[:1]))
        unit.ledgers.profiles.put(a_profile(KAILU))
    with store.reading() as unit:
        [mine] = unit.ledgers.profiles.usable(NAIMAN)
        assert (again.key, mine.key, mine.columns, mine.actor) == (kept.key, kept.key, COLUMNS[:1], "window")
        assert len(unit.ledgers.profiles.usable("")) == 2
        with pytest.raises(RecordNotFound):
            unit.ledgers.profiles.get(kept.key, division=KAILU)
    with store.unit() as unit:
        unit.ledgers.profiles.forget(kept.key)
        assert unit.ledgers.profiles.usable(NAIMAN) == []


def test_an_export_goes_from_order_to_file_and_a_dead_one_is_noticed(store: Store, clock: Clock) -> None:
    order = ExportOrder(ledger=LedgerKind.WORK, division=NAIMAN, purpose="旗里调度", whole=True)
    with store.unit("window") as unit:
        first, second = (unit.ledgers.exports.order(order, place="奈曼旗") for _ in range(2))
        assert unit.ledgers.exports.waiting() == [first, second]
        assert unit.ledgers.exports.claim(first) and not unit.ledgers.exports.claim(first)
        assert not unit.ledgers.exports.progress(first, 0.5)
        unit.ledgers.exports.finish(first, people=12, hidden=1)
        unit.ledgers.exports.claim(second)
    clock.move(minutes=2)
    with store.unit() as unit:
        unit.ledgers.exports.close_silent("died")
        done, dead = unit.ledgers.exports.get(first), unit.ledgers.exports.get(second)
        assert (done.state, done.people, done.hidden, done.actor) == (ExportState.DONE, 12, 1, "window")
        assert (dead.state, dead.message) == (ExportState.FAILED, "died")
        assert unit.ledgers.exports.wanted(first) == order
        assert unit.ledgers.exports.last_written(division=NAIMAN) == {LedgerKind.WORK: done.done_at}
        assert unit.ledgers.exports.recent(division=KAILU) == []


def test_a_month_is_closed_by_handing_it_in_and_opened_again_with_a_reason(store: Store) -> None:
    home = Place(text="奈曼旗", code=NAIMAN, name="奈曼旗")
    people = [Worker(ref=str(number), name=f"人{number}", home=home, village="东村") for number in range(2)]
    submitted = RoundEvent(
        month="2026-06", home_code=NAIMAN, village="东村", step=RoundStep.SUBMITTED, happened_on=date(2026, 6, 20)
    )
    with store.unit("coordinator") as unit:
        unit.workers.add_many([(one, None) for one in people])
        [before] = unit.ledgers.months.villages("2026-06", due_on=date(2026, 6, 25), division=NAIMAN)
        assert (before.place, before.people, before.seen, before.changed) == ((NAIMAN, "东村"), 2, 0, 0)
        unit.ledgers.months.note(submitted)
        assert unit.ledgers.months.closed("2026-06") == {(NAIMAN, "东村")}
        unit.ledgers.months.note(replace(submitted, step=RoundStep.REOPENED, reason="两个人的月收入写反了"))
        assert unit.ledgers.months.closed("2026-06") == set()
        newest = unit.ledgers.months.newest("2026-06", division=NAIMAN, villages=("东村",))[NAIMAN, "东村"]
        assert (newest.reason, newest.actor) == ("两个人的月收入写反了", "coordinator")
        assert unit.ledgers.months.newest("2026-06", division=KAILU) == {}
