"""A departure from the list to the return: everybody counted once, nobody of another banner, every mistake undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.cooperation.departures import (
    arrive,
    call,
    cancel_departure,
    come_home,
    make_departure,
    not_arrived,
    put_on,
    riders,
    stay_behind,
    village_riders,
)
from matcher.cooperation.ledger import kinds, ledger
from matcher.cooperation.signals import signals
from matcher.domain.aftercare import SaidBy
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.posting import PostingKind
from matcher.domain.service.around.cooperation import CoopKind, FirstWeek, TravelState
from matcher.domain.worker import WorkerFacts, WorkStatus
from matcher.listings import Scope
from tests.matcher.cooperation.conftest import ALL, CHANGPING, KAILU, NAIMAN, TODAY, Group, a_departure, somebody

WENT = date(2026, 3, 6)


def gone(group: Group) -> Group:
    """Three on the list, two of them arrived."""
    put_on(group.office, group.departure, group.people, ALL, actor="window")
    keys = [line.key for line in group.lines()][:2]
    arrive(group.office, group.departure, keys, ALL, on=WENT, said_by=SaidBy.EMPLOYER, actor="window")
    return group


def test_an_arrival_begins_one_stretch_of_work_through_jingmeng(group: Group) -> None:
    gone(group)
    keys = [line.key for line in group.lines()][:2]
    again = arrive(group.office, group.departure, keys, ALL, on=WENT, said_by=SaidBy.WORKER, actor="window")
    with group.office.reading() as unit:
        spells = unit.aftercare.spells.of_people(group.people)
        details = unit.casefile.details.of_people(group.people)
        hired = unit.figures.hired(date(2026, 1, 1), TODAY)
        taken = unit.openings.taken(group.posting)
        status = unit.workers.get(group.people[0]).value.work_status
    assert again == 0
    assert [len(found) for found in spells.values()] == [1, 1]
    assert {one.channel for found in details.values() for one in found} == {"jingmeng"}
    assert {one.county for found in details.values() for one in found} == {CHANGPING}
    assert hired == dict.fromkeys(group.people[:2], PostingKind.COOPERATION.value)
    assert (taken, status) == (2, WorkStatus.EMPLOYED)


def test_a_mistaken_arrival_goes_back_to_what_it_was(group: Group) -> None:
    gone(group)
    first = group.lines()[0]
    not_arrived(group.office, group.departure, first.key, ALL, actor="window")
    with group.office.reading() as unit:
        assert unit.aftercare.spells.of_people([first.worker_key]) == {}
        assert unit.openings.taken(group.posting) == 1
    assert (group.lines()[0].state, group.lines()[0].spell_key) == (TravelState.LISTED, None)


def test_who_comes_home_is_without_work_and_has_a_case_the_same_day(group: Group) -> None:
    gone(group)
    first = group.lines()[0]
    come_home(group.office, group.departure, first.key, ALL, on=TODAY, note="想孩子", actor="window")
    with group.office.reading() as unit:
        [spell] = unit.aftercare.spells.of_people([first.worker_key])[first.worker_key]
        opened = unit.figures.open_cases()[first.worker_key][0]
        worker = unit.workers.get(first.worker_key).value
    assert (spell.ended_on, worker.work_status) == (TODAY, WorkStatus.NEWLY_UNEMPLOYED)
    assert opened == TODAY


def test_people_of_another_banner_confidential_people_and_too_many_are_refused_whole(group: Group) -> None:
    office, key = group.office, group.departure
    with pytest.raises(RecordNotFound):
        put_on(office, key, [group.people[0], group.far], Scope(division=NAIMAN), actor="window")
    with pytest.raises(InputRefused, match="保密"):
        put_on(office, key, [group.people[0], group.secret], ALL, actor="window")
    with pytest.raises(RecordNotFound):
        put_on(office, key, [group.far], Scope(division=KAILU), actor="window")
    assert group.lines() == []
    small = make_departure(office, a_departure(batch="2", seats=2), ALL, actor="window")
    with pytest.raises(InputRefused, match="只有2个座位"):
        put_on(office, small, group.people, ALL, actor="window")


def test_a_line_that_stayed_may_be_put_on_again_and_nobody_stands_twice(group: Group) -> None:
    office, key = group.office, group.departure
    assert put_on(office, key, group.people[:1], ALL, actor="window") == 1
    assert put_on(office, key, group.people[:1], ALL, actor="window") == 0
    stay_behind(office, key, group.lines()[0].key, ALL, note="病了", actor="window")
    assert put_on(office, key, group.people[:1], ALL, actor="window") == 1
    assert [line.state for line in group.lines()] == [TravelState.LISTED]


@pytest.mark.parametrize(
    ("on", "says"), [(date(2026, 3, 1), "早于出发"), (TODAY + timedelta(days=1), "还没到")], ids=["before", "ahead"]
)
def test_an_arrival_on_a_day_that_cannot_be_is_refused(group: Group, on: date, says: str) -> None:
    put_on(group.office, group.departure, group.people, ALL, actor="window")
    keys = [line.key for line in group.lines()]
    with pytest.raises(InputRefused, match=says):
        arrive(group.office, group.departure, keys, ALL, on=on, said_by=SaidBy.WORKER, actor="window")
    assert all(line.state is TravelState.LISTED for line in group.lines())


def test_a_departure_with_arrivals_is_not_cancelled_and_one_batch_a_day_is_made_once(group: Group) -> None:
    gone(group)
    with pytest.raises(InputRefused, match="已经有人到岗"):
        cancel_departure(group.office, group.departure, ALL, on=TODAY, actor="window")
    with pytest.raises(InputRefused, match="已有这个批次"):
        make_departure(group.office, a_departure(), ALL, actor="window")


def test_the_call_of_the_first_week_is_late_until_somebody_is_reached(group: Group) -> None:
    gone(group)
    office, key, first = group.office, group.departure, group.lines()[0]
    call(office, key, first.key, ALL, result=FirstWeek.NOT_REACHED, note="", actor="window")

    def late() -> list[bool]:
        with office.reading() as unit:
            return [rider.late for rider in riders(office, unit, key, ALL)]

    assert sum(late()) == 2
    call(office, key, first.key, ALL, result=FirstWeek.WELL, note="", actor="window")
    assert sum(late()) == 1


def test_signals_tell_of_missing_calls_and_unconfirmed_arrivals_and_leave_returns_to_the_alerts_of_work(
    group: Group,
) -> None:
    gone(group)
    office = group.office
    with office.reading() as unit:
        policy = office.policy.at(TODAY)
        codes = {alert.code: alert for alert in signals(unit, ALL, TODAY, policy)}
        elsewhere = signals(unit, Scope(division=KAILU), TODAY, policy)
    assert codes.keys() == {"FIRST_WEEK_CALL", "ARRIVAL_UNCONFIRMED"}
    assert codes["FIRST_WEEK_CALL"].args == {"batch": "1", "people": 2}
    assert elsewhere == []
    rest = [line.key for line in group.lines() if line.state is TravelState.LISTED]
    arrive(office, group.departure, rest, ALL, on=WENT, said_by=SaidBy.EMPLOYER, actor="window")
    for line in group.lines():
        come_home(office, group.departure, line.key, ALL, on=TODAY, note="", actor="window")
    with office.reading() as unit:
        assert signals(unit, ALL, TODAY, policy) == []


def test_the_ledger_counts_lifted_people_apart_and_the_four_kinds_add_up(group: Group) -> None:
    gone(group)
    office = group.office
    with office.reading() as unit:
        [line] = ledger(office, unit, ALL, date(2026, 1, 1), date(2026, 12, 31))
        assert ledger(office, unit, Scope(division=KAILU), date(2026, 1, 1), date(2026, 12, 31)) == []
    assert (line.listed, line.lifted, line.arrived, line.arrived_lifted, line.uncalled) == (3, 2, 2, 2, 2)
    assert (line.three_months, line.three_proved, line.returned) == (0, 0, 0)
    counted = {one.kind: (one.times, one.people) for one in kinds([], [line], [])}
    assert counted[CoopKind.LABOUR_EXPORT] == (1, 2)
    assert counted[CoopKind.TRAINING] == (0, 0)


def test_a_coordinator_sees_and_notes_the_people_of_the_own_villages_only(group: Group) -> None:
    gone(group)
    with group.office.unit() as unit:
        other = unit.workers.add(replace(somebody("N-8"), village="西村"), WorkerFacts())
    put_on(group.office, group.departure, [other], ALL, actor="window")
    mine, theirs = Scope(division=f"{NAIMAN}100", villages=("东村",)), Scope(division=NAIMAN, villages=("西村",))
    east = Scope(division=NAIMAN, villages=("东村",))
    with group.office.reading() as unit:
        [(trip, lines)] = village_riders(group.office, unit, east)
        assert (trip.key, len(lines)) == (group.departure, 3)
        [(_, [west])] = village_riders(group.office, unit, theirs)
        assert village_riders(group.office, unit, mine) == []
    with pytest.raises(RecordNotFound):
        stay_behind(group.office, group.departure, west.traveller.key, east, note="", actor="coordinator")
    first = group.lines()[0]
    call(group.office, group.departure, first.key, east, result=FirstWeek.WELL, note="", actor="coordinator")
    assert group.lines()[0].call_result is FirstWeek.WELL
