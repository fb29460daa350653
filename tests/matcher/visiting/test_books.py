"""Who is on an employer's books, who stayed, whose contract ends, and what somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.division import Place
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.visiting import Kept, Topic, Visit
from matcher.domain.worker import HouseholdType, Worker, WorkerFacts
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.cooperation.books import Engagement
from matcher.visiting.books import books, engagements, kept, shown_share
from matcher.visiting.signals import signals
from matcher.visiting.visits import keep_contract_end, keep_visit, take_back_visit

TODAY = date(2026, 6, 15)
NAIMAN, KAILU = "150525", "150523"
ALL = Scope()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with twelve people who work at one employer since the spring."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "key")
    init_office(config)
    opened = Office.open(config, clock=lambda: datetime(2026, 6, 15, 1, 0, tzinfo=UTC))
    with opened.unit() as unit:
        home = Place(text="奈曼旗", code=NAIMAN, name="奈曼旗")
        people = [(Worker(ref=f"N-{n}", name="示例", village="东村", home=home), WorkerFacts()) for n in range(12)]
        for key in unit.workers.add_many(people):
            told = {"started_on": date(2026, 3, 1), "said_by": SaidBy.WORKER, "employer": "示例纺织厂"}
            unit.aftercare.spells.begin(Spell(key=0, worker_key=key, **told))  # type: ignore[arg-type]
    yield opened
    opened.close()


def at(worker: int, began: date, ended: date | None = None) -> Engagement:
    """One stretch of work."""
    return Engagement(worker, worker, "某厂", began, ended, NAIMAN, "东村", None)


@pytest.mark.parametrize(
    ("found", "counted"),
    [
        ([], Kept()),
        ([at(1, TODAY)], Kept(started=1)),
        ([at(1, TODAY - timedelta(days=30))], Kept(started=1, of_30=1, at_30=1)),
        ([at(1, TODAY - timedelta(days=40), TODAY - timedelta(days=20))], Kept(started=1, of_30=1)),
        ([at(1, TODAY - timedelta(days=90))], Kept(started=1, of_30=1, at_30=1, of_90=1, at_90=1)),
        ([at(1, TODAY - timedelta(days=100), TODAY - timedelta(days=50))], Kept(started=1, of_30=1, at_30=1, of_90=1)),
        ([at(1, TODAY - timedelta(days=95))] * 2, Kept(started=1, of_30=1, at_30=1, of_90=1, at_90=1)),
        ([at(1, TODAY + timedelta(days=1))], Kept()),
    ],
)
def test_only_beginnings_old_enough_count_and_each_once(found: list[Engagement], counted: Kept) -> None:
    assert kept(found, TODAY) == counted


def test_a_rate_over_few_people_is_not_shown() -> None:
    assert shown_share(4, 4, 5) is None
    assert shown_share(4, 5, 5) == 0.8


def test_employers_are_found_however_they_are_written_and_within_the_scope(office: Office) -> None:
    with office.reading() as unit:
        made = books(engagements(office, unit, ALL), TODAY)
        assert [(book.name, book.people) for book in made.values()] == [("示例纺织厂", 12)]
        assert books(engagements(office, unit, Scope(division=KAILU)), TODAY) == {}
        assert books(engagements(office, unit, Scope(villages=("西村",))), TODAY) == {}


def codes(office: Office, on: date = TODAY) -> set[str]:
    """What the office is told on a day."""
    with office.reading() as unit:
        return {alert.code for alert in signals(unit, ALL, on, office.policy.at(on))}


def a_visit(**more: object) -> Visit:
    """A visit to the employer."""
    told: dict[str, object] = {"employer": "示例纺织厂", "name_key": "", "division": NAIMAN, "by": "示例"}
    return Visit(**(told | {"visited_on": TODAY, "topics": (Topic.KEEPING,)} | more))  # type: ignore[arg-type]


def test_contracts_that_end_are_told_until_somebody_says_that_they_go_on(office: Office) -> None:
    assert codes(office) == set()
    ends = TODAY + timedelta(days=29)
    keep_contract_end(office, 1, 1, ALL, ends_on=ends, renewed=False, actor="window")
    assert codes(office) == {"CONTRACTS_ENDING"}
    keep_contract_end(office, 1, 1, ALL, ends_on=ends, renewed=True, actor="window")
    assert codes(office) == set()
    with office.reading() as unit:
        assert len(unit.cooperation.contract_ends.where(spell_key=1)) == 1
    with pytest.raises(InputRefused, match="早于上岗"):
        keep_contract_end(office, 1, 1, ALL, ends_on=date(2026, 2, 1), renewed=False, actor="window")
    with pytest.raises(RecordNotFound):
        keep_contract_end(office, 2, 1, ALL, ends_on=ends, renewed=False, actor="window")
    with pytest.raises(RecordNotFound):
        keep_contract_end(office, 1, 1, Scope(division=KAILU), ends_on=ends, renewed=False, actor="window")


def test_an_employer_nobody_visits_is_told_of_until_somebody_does(office: Office) -> None:
    later = TODAY + timedelta(days=100)
    assert codes(office, later) == {"EMPLOYER_UNVISITED"}
    key = keep_visit(office, a_visit(), ALL, actor="window")
    assert codes(office, later) == set()
    take_back_visit(office, key, ALL, actor="window")
    assert codes(office, later) == {"EMPLOYER_UNVISITED"}


def test_many_people_lost_and_lay_offs_announced_are_told(office: Office) -> None:
    with office.unit() as unit:
        unit.aftercare.spells.end(range(1, 10), on=TODAY, said_by=SaidBy.WORKER)
    assert codes(office) == set()
    with office.unit() as unit:
        unit.aftercare.spells.end([10], on=TODAY, said_by=SaidBy.WORKER)
    assert codes(office) == {"EMPLOYER_LOSSES"}
    with office.reading() as unit:
        ordinary = unit.workers.get(10)
        [alert] = [one for one in signals(unit, ALL, TODAY, office.policy.at(TODAY)) if one.people]
    assert (alert.division, alert.args["count"], alert.args["here"]) == (NAIMAN, 10, 10)
    with office.unit() as unit:
        known = replace(ordinary.value, household_type=HouseholdType.ORDINARY)
        unit.workers.replace(10, known, ordinary.facts, expected_revision=ordinary.revision)
    assert codes(office) == set()
    with office.unit() as unit:
        unit.aftercare.spells.end([11], on=TODAY, said_by=SaidBy.WORKER)
    assert codes(office) == {"EMPLOYER_LOSSES"}
    keep_visit(office, a_visit(lay_off_people=30), ALL, actor="window")
    assert codes(office) == {"EMPLOYER_LOSSES", "LAY_OFF_ANNOUNCED"}


@pytest.mark.parametrize(
    "changes",
    [
        {"employer": " "},
        {"visited_on": TODAY + timedelta(days=1)},
        {"next_on": TODAY - timedelta(days=1)},
        {"topics": ()},
        {"lay_off_people": -1},
    ],
)
def test_a_visit_that_says_nothing_or_cannot_be_is_refused(office: Office, changes: dict[str, object]) -> None:
    with pytest.raises(InputRefused):
        keep_visit(office, a_visit(**changes), ALL, actor="window")
    with pytest.raises(RecordNotFound):
        keep_visit(office, a_visit(), Scope(division=KAILU), actor="window")
    with office.reading() as unit:
        assert unit.cooperation.visits.where() == []
