"""One fact, one alert: whoever noted it, and in whatever part of the service."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from matcher.alerts.collecting import all_alerts
from matcher.cooperation.departures import arrive, come_home, make_departure, put_on
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.worker import WorkerFacts
from tests.matcher.cooperation.conftest import ALL, TODAY, Group, a_departure, group, somebody

__all__ = ["group"]
BEGAN = date(2026, 3, 6)


def test_no_two_alerts_tell_of_the_same_people_and_each_loss_and_return_is_told_once(group: Group) -> None:
    office = group.office
    with office.unit() as unit:
        apart = [replace(somebody(f"V-{n}"), village=f"示例{n}村") for n in range(16)]
        many = unit.workers.add_many([(one, WorkerFacts()) for one in apart])
        for key in many[:10]:
            unit.aftercare.spells.begin(
                Spell(key=0, worker_key=key, started_on=BEGAN, said_by=SaidBy.WORKER, employer="示例厂")
            )
    trip = make_departure(office, a_departure(batch="9", posting_key=group.posting), ALL, actor="window")
    put_on(office, trip, many[10:], ALL, actor="window")
    with office.reading() as unit:
        lines = unit.cooperation.travellers.of("departure_key", [trip])
    arrive(office, trip, [one.key for one in lines], ALL, on=BEGAN, said_by=SaidBy.EMPLOYER, actor="window")
    for one in lines:
        come_home(office, trip, one.key, ALL, on=TODAY, note="", actor="window")
    with office.unit() as unit:
        running = unit.aftercare.spells.of_people(many[:10], only_open=True)
        unit.aftercare.spells.end([one.key for spells in running.values() for one in spells], on=TODAY,
                                  said_by=SaidBy.WORKER)  # fmt: skip
    alerts = all_alerts(office)
    told = Counter(one.people for one in alerts if one.people)
    assert {people: count for people, count in told.items() if count > 1} == {}
    [returns] = [one for one in alerts if set(many[10:]) <= set(one.people) and one.code.startswith("BEIJING")]
    assert returns.args["count"] == 6
    losses = [one for one in alerts if one.code == "EMPLOYER_LOSSES"]
    assert [(one.args["employer"], one.args["count"]) for one in losses] == [("示例厂", 10)]
    assert max(Counter(one.mark for one in alerts).values()) == 1
