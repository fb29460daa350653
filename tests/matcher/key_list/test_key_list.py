"""Who comes onto the list by itself, what is done for them, and that nobody leaves it but by a proved way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.life import LifeKind
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import EntryReason, Found, LeaveReason, LogKind
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.domain.worker import HouseholdType, MonitorCategory, Worker, WorkStatus
from matcher.key_list.entering import belongs, renew
from matcher.key_list.listing import is_bare, is_late, key_page, whole_list
from matcher.key_list.signals import signals
from matcher.key_list.tracking import (
    Contact,
    KeyRefused,
    enter_by_hand,
    leave,
    may_leave,
    record_contact,
    set_owner,
    take_back,
    undo_leave,
)
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from tests.factories import KERQIN, NAIMAN

DAY = date(2026, 6, 22)
ALL = Scope()
RISK = "就业不稳，收入下降"


def at_risk(ref: str, **more: object) -> Worker:
    """Somebody of a monitored household whose work is unsteady."""
    worker = Worker(
        ref=ref, name=f"白示例{ref[-1]}", home=NAIMAN, village="东村", household_type=HouseholdType.MONITORED,
        monitor_category=MonitorCategory.UNSTABLE, risk_reason=RISK, guide_name="王敏",
        ledger=Ledger(identified_on=date(2026, 5, 1)),
    )  # fmt: skip
    return replace(worker, **more)  # type: ignore[arg-type]


class Days:
    """A clock that is moved by days."""

    def __init__(self) -> None:
        self.day = DAY

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 2, tzinfo=UTC)


@pytest.fixture
def clock() -> Days:
    return Days()


@pytest.fixture
def office(tmp_path: Path, clock: Days) -> Iterator[Office]:
    """Two people who belong on the list, and one who does not."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config, clock=clock)
    with opened.unit() as unit:
        unit.workers.add(at_risk("NM-1"))
        unit.workers.add(at_risk("KQ-2", home=KERQIN, village="西村"))
        unit.workers.add(at_risk("NM-3", risk_reason="因病"))
    yield opened
    opened.close()


def entry_of(office: Office, ref: str = "NM-1"):  # type: ignore[no-untyped-def]
    """The newest stay of somebody."""
    with office.reading() as unit:
        return unit.watching.entries.of_person(unit.workers.by_ref(ref).key)[0]


def change(office: Office, ref: str, **more: object) -> None:
    """What the ledger says now."""
    with office.unit() as unit:
        stored = unit.workers.by_ref(ref)
        unit.workers.replace(stored.key, replace(stored.value, **more), stored.facts)


def a_contact(**more: object) -> Contact:
    """A visit today."""
    return replace(Contact(way=GuidanceWay.VISIT, found=Found.AGREED, on=DAY, content="家里说了"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ({}, True),
        ({"risk_reason": "务工不稳"}, True),
        ({"risk_reason": "因学"}, False),
        ({"household_type": HouseholdType.LIFTED, "monitor_category": None}, False),
        ({"monitor_category": None}, True),
        ({"ledger": Ledger(risk_cleared=True)}, False),
        ({"ledger": None}, True),
    ],
)
def test_who_belongs_on_the_list(more: dict[str, object], there: bool) -> None:
    assert belongs(at_risk("NM-1", **more)) is there


def test_everybody_who_belongs_comes_onto_the_list_once_with_a_first_contact_due(office: Office) -> None:
    done = renew(office, actor="town")
    assert (done.people, done.entered) == (3, 2)
    assert renew(office, actor="town").entered == 0
    entry = entry_of(office)
    assert (entry.reason, entry.owner, entry.words) == (EntryReason.UNSTABLE_WORK, "王敏", RISK)
    assert (entry.identified_on, entry.next_due) == (date(2026, 5, 1), DAY + timedelta(days=15))
    change(office, "NM-1", ledger=Ledger(identified_on=date(2026, 5, 1), measures="介绍到车间"))
    assert renew(office, actor="town").changed == 1
    assert (entry_of(office).measures, entry_of(office).measure_on) == ("介绍到车间", DAY)


def test_a_contact_moves_the_next_one_and_crossed_out_it_never_was(office: Office, clock: Days) -> None:
    renew(office, actor="town")
    key = entry_of(office).key
    held = record_contact(office, key, a_contact(found=Found.HELPED), ALL, actor="town")
    assert (held.contact_on, held.measure_on, held.next_due) == (DAY, DAY, DAY + timedelta(days=30))
    clock.day = DAY + timedelta(days=1)
    later = a_contact(on=clock.day, found=Found.NOT_REACHED, next_due=clock.day + timedelta(days=3))
    held = record_contact(office, key, later, ALL, actor="town")
    assert (held.contact_on, held.next_due) == (DAY, clock.day + timedelta(days=3)), "not reached is no contact"
    with office.reading() as unit:
        lines = unit.watching.cards.of_entries([key])[key]
    for line in lines[1:]:
        take_back(office, line.key, "记错了", ALL, actor="town")
    held = entry_of(office)
    assert (held.contact_on, held.measure_on, held.next_due) == (None, None, DAY + timedelta(days=15))
    with pytest.raises(KeyRefused, match="只有联系记录"):
        take_back(office, lines[0].key, "记错了", ALL, actor="town")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on": DAY + timedelta(days=1)}, "KEY_FUTURE"),
        ({"on": DAY - timedelta(days=90)}, "KEY_TOO_EARLY"),
        ({"content": " "}, "KEY_NO_CONTENT"),
        ({"next_due": DAY}, "KEY_DUE_PAST"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_and_nothing_is_kept(
    office: Office, more: dict[str, object], code: str
) -> None:
    renew(office, actor="town")
    with pytest.raises(KeyRefused) as refused:
        record_contact(office, entry_of(office).key, a_contact(**more), ALL, actor="town")
    assert refused.value.code == code
    with office.reading() as unit:
        assert len(unit.watching.cards.of_person(entry_of(office).worker_key)) == 1


@pytest.mark.parametrize("reason", list(LeaveReason))
def test_nobody_leaves_by_a_way_that_is_closed(office: Office, reason: LeaveReason) -> None:
    renew(office, actor="town")
    with pytest.raises(KeyRefused):
        leave(office, entry_of(office).key, reason, "想移出", ALL, actor="town")
    assert entry_of(office).left_on is None


def test_three_proved_months_in_work_are_a_way_out_and_told_ones_are_not(office: Office) -> None:
    renew(office, actor="town")
    entry = entry_of(office)
    start = DAY - timedelta(days=120)
    with office.unit() as unit:
        told = Spell(key=0, worker_key=entry.worker_key, started_on=start, said_by=SaidBy.WORKER)
        spell = unit.aftercare.spells.begin(told)
        policy = office.policy.at(DAY)
        assert may_leave(unit, [entry], policy)[entry.key].ways == ()
        proof = Proof(
            worker_key=entry.worker_key, spell_key=spell, kind=ProofKind.EMPLOYER_PROOF, from_on=start, told_on=DAY
        )
        unit.casefile.proofs.add(proof)
        assert may_leave(unit, [entry], policy)[entry.key].ways == (LeaveReason.STABLE,)
    leave(office, entry.key, LeaveReason.STABLE, "", ALL, actor="town")
    assert entry_of(office).left_reason is LeaveReason.STABLE
    assert renew(office, actor="town").entered == 0, "the old ledger does not bring anybody back"
    change(office, "NM-1", work_status=WorkStatus.NEWLY_UNEMPLOYED, unemployed_since=DAY + timedelta(days=1))
    assert renew(office, actor="town").entered == 1, "work lost since does"


def test_a_cleared_risk_is_a_way_out_that_can_be_taken_back_with_a_reason(office: Office) -> None:
    renew(office, actor="town")
    key = entry_of(office).key
    change(office, "NM-1", ledger=Ledger(risk_cleared=True))
    leave(office, key, LeaveReason.CLEARED, "", ALL, actor="town")
    with pytest.raises(KeyRefused, match="已经移出"):
        record_contact(office, key, a_contact(), ALL, actor="town")
    with pytest.raises(KeyRefused, match="没有写原因"):
        undo_leave(office, key, "", ALL, actor="town")
    undo_leave(office, key, "弄错了人", ALL, actor="town")
    assert entry_of(office).left_on is None
    with pytest.raises(KeyRefused, match="还在清单上"):
        undo_leave(office, key, "再来", ALL, actor="town")
    with office.reading() as unit:
        kinds = [line.kind for line in unit.watching.cards.of_entries([key])[key]]
    assert kinds == [LogKind.ENTERED, LogKind.LEFT, LogKind.UNDONE]


def test_by_hand_with_a_reason_and_off_again_where_it_was_a_mistake(office: Office) -> None:
    with office.reading() as unit:
        worker = unit.workers.by_ref("NM-3").key
    with pytest.raises(KeyRefused):
        enter_by_hand(office, worker, "", ALL, actor="town")
    key = enter_by_hand(office, worker, "工地停了，活不固定", ALL, actor="town")
    with pytest.raises(KeyRefused, match="没有重复列入"):
        enter_by_hand(office, worker, "再来", ALL, actor="town")
    set_owner(office, key, "李村", ALL, actor="town")
    assert entry_of(office, "NM-3").owner == "李村"
    with pytest.raises(KeyRefused):
        set_owner(office, key, "", ALL, actor="town")
    with pytest.raises(KeyRefused, match="没有写原因"):
        leave(office, key, LeaveReason.MISTAKE, "", ALL, actor="town")
    leave(office, key, LeaveReason.MISTAKE, "是别人家", ALL, actor="town")
    again = enter_by_hand(office, worker, "又停工了", ALL, actor="town")
    with pytest.raises(KeyRefused, match="没有重复列入"):
        undo_leave(office, key, "是他", ALL, actor="town")
    with office.unit() as unit:
        unit.life.add(worker, LifeKind.MOVED_AWAY, on=DAY)
    leave(office, again, LeaveReason.GONE, "", ALL, actor="town")
    assert entry_of(office, "NM-3").left_reason is LeaveReason.GONE


def test_the_parts_of_the_list_and_its_alerts_are_those_a_slow_look_finds(office: Office, clock: Days) -> None:
    renew(office, actor="town")
    policy = office.policy.at(DAY)
    with office.reading() as unit:
        assert [one.code for one in signals(unit, ALL, DAY, policy)] == ["KEY_NO_MEASURE", "KEY_NO_MEASURE"]
    record_contact(office, entry_of(office).key, a_contact(found=Found.HELPED), ALL, actor="town")
    clock.day = DAY + timedelta(days=46)
    policy = office.policy.at(clock.day)
    for scope in (ALL, Scope(division=NAIMAN.code), Scope(division="1505", villages=("西村",))):
        with office.reading() as unit:
            everybody = whole_list(unit, scope, policy)
            found = {part: key_page(unit, part, scope, policy, first=0, limit=9) for part in ("late", "bare")}
            alerts = signals(unit, scope, clock.day, policy)
        slow = {"late": [one for one in everybody if is_late(one, policy)]}
        slow["bare"] = [one for one in everybody if is_bare(one, policy)]
        for part, some in slow.items():
            assert {one.key for one in some} == {one.key for one in found[part].entries}
            assert found[part].counts[part] == len(some) == found[part].total
        told = [key for alert in alerts for key in alert.people]
        assert sorted(told) == sorted(one.worker_key for some in slow.values() for one in some)


def test_another_divisions_stay_is_not_found(office: Office) -> None:
    renew(office, actor="town")
    with pytest.raises(RecordNotFound):
        record_contact(office, entry_of(office, "KQ-2").key, a_contact(), Scope(division=NAIMAN.code), actor="town")
