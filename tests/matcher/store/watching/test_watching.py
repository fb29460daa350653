"""The key-assistance list, its cards, the care for alerts, counted months and losses of work, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.care import Care, CareState
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import EntryReason, Found, KeyEntry, KeyLine, LeaveReason, LogKind
from matcher.domain.service.months import MonthCount, month_before, month_of
from matcher.store import Store
from matcher.store.watching.losses import WorkTold
from tests.matcher.store.records import KULUN, NAIMAN, a_posting, a_worker

DAY = date(2026, 6, 22)
SECRET = "在工地干三天歇五天"


def an_entry(worker: int, **changes: object) -> KeyEntry:
    entry = KeyEntry(
        key=0, worker_key=worker, reason=EntryReason.UNSTABLE_WORK, entered_on=DAY - timedelta(days=60),
        identified_on=DAY - timedelta(days=70), next_due=DAY - timedelta(days=20), words=SECRET,
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


def test_the_list_is_read_by_its_parts_within_a_scope_and_nothing_sealed_stands_in_clear(store: Store) -> None:
    with store.unit("window") as unit:
        here, there = unit.workers.add(a_worker("A-1")), unit.workers.add(a_worker("A-2", home=KULUN))
        late, other = unit.watching.entries.enter([an_entry(here), an_entry(there, measure_on=DAY)])
    since = {"late_since": DAY, "bare_since": DAY - timedelta(days=30)}
    with store.reading() as unit:
        entries = unit.watching.entries
        assert entries.counts(**since) == {"late": 2, "bare": 1, "open": 2, "left": 0}
        found, total = entries.listed("bare", **since, division=NAIMAN.code)
        assert ([one.key for one in found], total) == ([late], 1)
        assert (found[0].words, found[0].name) == (SECRET, a_worker("A-1").name)
        assert entries.listed("bare", **since, first=5)[1] == 1
        with pytest.raises(RecordNotFound):
            entries.get(other, division=NAIMAN.code)
        assert set(entries.standing()) == {here, there} == set(entries.newest([here, there]))
    with store.unit("window") as unit:
        unit.watching.entries.change(late, left_on=DAY, left_reason=LeaveReason.CLEARED.value)
        unit.watching.entries.say(other, "缺技术", "公益岗")
    with store.reading() as unit:
        assert unit.watching.entries.of_person(here)[0].left_reason is LeaveReason.CLEARED
        assert unit.watching.entries.standing()[there].measures == "公益岗"
        assert unit.watching.entries.counts(**since)["left"] == 1
        assert SECRET not in repr(store.contents())
    with pytest.raises(RecordNotFound), store.unit() as unit:
        unit.watching.entries.change(999, owner="x")


def test_a_line_of_a_card_is_crossed_out_once_and_stays_to_be_read(store: Store) -> None:
    with store.unit("window") as unit:
        worker = unit.workers.add(a_worker("A-1"))
        [entry] = unit.watching.entries.enter([an_entry(worker)])
        line = KeyLine(
            key=0, entry_key=entry, worker_key=worker, kind=LogKind.CONTACT, on=DAY, way=GuidanceWay.VISIT,
            found=Found.HELPED, next_due=DAY, content=SECRET, next_step="下周去看岗位",
        )  # fmt: skip
        [key] = unit.watching.cards.write([line])
    with store.unit("town") as unit:
        unit.watching.cards.take_back(key, "记错了人")
    with store.reading() as unit:
        [held] = unit.watching.cards.of_entries([entry])[entry]
        assert (held.content, held.next_step) == (SECRET, "下周去看岗位")
        assert (held.way, held.found) == (GuidanceWay.VISIT, Found.HELPED)
        assert (held.stands, held.taken_back_by, held.taken_back_why) == (False, "town", "记错了人")
        assert unit.watching.cards.of_person(worker) == [held] == [unit.watching.cards.get(key)]
    with pytest.raises(EditConflict), store.unit() as unit:
        unit.watching.cards.take_back(key, "再划")
    with pytest.raises(RecordNotFound), store.reading() as unit:
        unit.watching.cards.get(999)
    with pytest.raises(RecordNotFound), store.unit() as unit:
        unit.watching.cards.take_back(999, "没有")


def test_the_newest_step_of_an_alert_holds_and_one_about_one_person_goes_with_the_person(store: Store) -> None:
    with store.unit("banner") as unit:
        worker = unit.workers.add(a_worker("A-1"))
        step = Care(
            mark="KEY_OVERDUE:1", code="KEY_OVERDUE", division="150525", village="东村", state=CareState.TAKEN,
            until=DAY, owner="王敏", note=SECRET, args={"people": 1}, people=(worker,), on=DAY,
        )  # fmt: skip
        unit.watching.cares.note(step)
        unit.watching.cares.note(replace(step, state=CareState.DONE, until=None))
        unit.watching.cares.note(replace(step, mark="CLASS_EMPTY:3", people=(), village="", division="150524"))
    with store.reading() as unit:
        standing = unit.watching.cares.standing()
        assert {mark: one.state for mark, one in standing.items()} == {
            "KEY_OVERDUE:1": CareState.DONE,
            "CLASS_EMPTY:3": CareState.TAKEN,
        }
        assert list(unit.watching.cares.standing(division="150525")) == ["KEY_OVERDUE:1"]
        assert unit.watching.cares.standing(division="1505", villages=("西村",)) == {}
        story = unit.watching.cares.of_mark("KEY_OVERDUE:1", division="1505")
        assert [(one.state, one.note, one.actor, one.people) for one in story] == [
            (CareState.TAKEN, SECRET, "banner", (worker,)),
            (CareState.DONE, SECRET, "banner", (worker,)),
        ]
        assert len(unit.watching.cares.of_person(worker)) == 2
    with store.unit() as unit:
        unit.workers.forget([worker])
        assert list(unit.watching.cares.standing()) == ["CLASS_EMPTY:3"]


def test_a_month_is_written_whole_and_the_one_before_stays(store: Store) -> None:
    def count(month: str, village: str, home: str = NAIMAN.code, **counts: int) -> MonthCount:
        return MonthCount(month=month, home_code=home, village=village, as_of=DAY, counts=counts)

    with store.unit() as unit:
        unit.watching.months.put("2026-05", [count("2026-05", "东村", IN_WORK=7)])
        unit.watching.months.put("2026-06", [count("2026-06", "东村", IN_WORK=5)])
        unit.watching.months.put("2026-06", [count("2026-06", "东村", IN_WORK=6), count("2026-06", "南村", KULUN.code)])
    with store.reading() as unit:
        assert unit.watching.months.taken() == {"2026-06": DAY, "2026-05": DAY}
        assert [one.counts for one in unit.watching.months.of("2026-06", division=NAIMAN.code)] == [{"IN_WORK": 6}]
        assert [one.village for one in unit.watching.months.of("2026-06", villages=("南村",))] == ["南村"]
        assert unit.watching.months.of("2026-01") == []


@pytest.mark.parametrize(
    ("month", "many", "before"), [("2026-03", 1, "2026-02"), ("2026-01", 1, "2025-12"), ("2026-06", 12, "2025-06")]
)
def test_months_before(month: str, many: int, before: str) -> None:
    assert month_before(month, many) == before
    assert month_of(date.fromisoformat(f"{month}-15")) == month


def test_losses_and_spells_are_told_with_the_place_they_were_at(store: Store) -> None:
    with store.unit() as unit:
        here, there = unit.workers.add(a_worker("A-1")), unit.workers.add(a_worker("A-2", home=KULUN))
        posting = unit.postings.add(a_posting("P-1"))
        spell = Spell(key=0, worker_key=here, started_on=DAY - timedelta(days=90), said_by=SaidBy.WORKER)
        unit.aftercare.spells.begin(replace(spell, posting_key=posting, ended_on=DAY - timedelta(days=2)))
        unit.aftercare.spells.begin(replace(spell, worker_key=there))
        unit.cases.open([there], EntryType.NEWLY_UNEMPLOYED, on=DAY, due_on=DAY)
    with store.reading() as unit:
        losses, year = unit.watching.losses, date(2026, 1, 1)
        [ended] = losses.ended(DAY - timedelta(days=30), division=NAIMAN.code)
        assert (ended.worker_key, ended.employer) == (here, a_posting("P-1").employer)
        assert losses.ended(DAY) == []
        assert [one.worker_key for one in losses.told(DAY)] == [there]
        assert losses.told(DAY, division=NAIMAN.code) == []
        assert losses.spells(year, DAY) == {here: WorkTold(), there: WorkTold(open_now=True)}
