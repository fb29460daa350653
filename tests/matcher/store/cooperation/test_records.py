"""Records of cooperation, intermediaries and visits: kept, changed, taken back, sealed, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import RecordNotFound
from matcher.domain.incoming.trust import employer_key
from matcher.domain.service.around.cooperation import (
    Departure,
    FirstWeek,
    RightsKind,
    RightsMatter,
    RightsResult,
    Traveller,
    TravelState,
)
from matcher.domain.service.around.intermediaries import Broker, BrokerKind
from matcher.domain.service.around.visiting import Topic, Visit
from matcher.store import Store
from matcher.store.schema import BROKER, RIGHTS_MATTER
from tests.matcher.store.records import a_posting, a_worker

DAY = date(2026, 6, 22)


def a_broker(name: str = "通辽示例人力资源有限公司", **more: object) -> Broker:
    """A recorded agency."""
    told = {"kind": BrokerKind.AGENCY, "record_no": "备2026001", "division": "150500", "valid_from": DAY}
    return Broker(name=name, name_key=employer_key(name), phone="19900001234", **(told | more))  # type: ignore[arg-type]


def a_departure(**more: object) -> Departure:
    """A group that leaves for Beijing."""
    told: dict[str, object] = {"division": "150525", "district": "110114", "batch": "1", "leaves_on": DAY}
    return Departure(employer="北京示例家政", companion="同村示例", **(told | more))  # type: ignore[arg-type]


def test_what_was_kept_comes_back_whole_and_words_stand_sealed(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.cooperation.brokers.add(a_broker(note="口碑好"))
        found = unit.cooperation.brokers.get(key)
        row = unit._context.connection.execute(select(BROKER)).mappings().one()
    assert (found.name, found.phone, found.note, found.actor) == (
        "通辽示例人力资源有限公司",
        "19900001234",
        "口碑好",
        "window",
    )
    assert not any("19900001234" in str(value) or "口碑" in str(value) for value in row.values())


def test_a_record_is_changed_or_taken_back_and_never_deleted(store: Store) -> None:
    with store.unit("window") as unit:
        brokers = unit.cooperation.brokers
        first, second = brokers.add_many([a_broker(), a_broker("开鲁示例劳务", division="150523")])
        brokers.change(replace(brokers.get(first), valid_to=date(2027, 1, 1)))
        brokers.take_back(second)
        assert [one.valid_to for one in brokers.where()] == [date(2027, 1, 1)]
        with pytest.raises(RecordNotFound):
            brokers.change(replace(a_broker(), key=second))
        assert len(unit._context.connection.execute(select(BROKER)).all()) == 2


def test_records_of_another_division_are_not_found(store: Store) -> None:
    with store.unit() as unit:
        key = unit.cooperation.departures.add(a_departure())
        assert unit.cooperation.departures.get(key, division="150525").companion == "同村示例"
        with pytest.raises(RecordNotFound):
            unit.cooperation.departures.get(key, division="150523")
        assert unit.cooperation.departures.count(division="150523") == 0


def test_travellers_rights_and_visits_keep_what_is_not_known_as_not_known(store: Store) -> None:
    with store.unit() as unit:
        worker, coop = unit.workers.add(a_worker("NM-1"), None), unit.cooperation
        departure = coop.departures.add(a_departure())
        key = coop.travellers.add(Traveller(departure_key=departure, worker_key=worker, lifted=True))
        coop.travellers.change(
            replace(coop.travellers.get(key), state=TravelState.ARRIVED, arrived_on=DAY, call_result=FirstWeek.WELL)
        )
        [one] = coop.travellers.of("departure_key", [departure])
        assert (one.state, one.call_result, one.returned_on, one.lifted) == (
            TravelState.ARRIVED,
            FirstWeek.WELL,
            None,
            True,
        )
        matter = RightsMatter(
            worker_key=worker, division="150525", kind=RightsKind.ARREARS, employer="某厂", opened_on=DAY, due_on=DAY,
            yuan=14000,
        )  # fmt: skip
        coop.rights.add(matter)
        [open_one] = coop.rights.where(closed_on=None)
        coop.rights.change(replace(open_one, closed_on=DAY, result=RightsResult.SETTLED, outcome="已付清"))
        assert coop.rights.where(closed_on=None) == []
        assert coop.rights.where()[0].result is RightsResult.SETTLED
        visit = Visit(
            employer="某厂", name_key="某厂", division="150525", visited_on=DAY, by="示例", topics=(Topic.WAGES,)
        )
        coop.visits.add(visit)
        assert coop.visits.between("visited_on", DAY, DAY)[0].topics == (Topic.WAGES,)
        unit.workers.forget([worker])
        assert unit._context.connection.execute(select(RIGHTS_MATTER)).all() == []


def test_the_books_know_employers_of_postings_and_those_only_told(store: Store) -> None:
    with store.unit() as unit:
        worker = unit.workers.add(a_worker("NM-1"), None)
        posting = unit.postings.add(a_posting("P-1", employer="通辽示例物业"))
        for told in ({"posting_key": posting}, {"employer": "开鲁示例饭店"}):
            unit.aftercare.spells.begin(
                Spell(key=0, worker_key=worker, started_on=DAY, said_by=SaidBy.WORKER, **told)  # type: ignore[arg-type]
            )
        names: dict[int, str] = {}
        books = unit.cooperation.books
        assert [one.employer for one in books.engagements(names)] == ["通辽示例物业", "开鲁示例饭店"]
        assert list(names.values()) == ["开鲁示例饭店"]
        assert books.engagements({}, division="150523") == []
        assert books.stamp() == (2, 2, 0)
