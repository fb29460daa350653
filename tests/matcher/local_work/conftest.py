"""Offices for the tests of work near home: made once, copied for each test, with a day that can be turned."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from matcher.domain.division import Place
from matcher.domain.facts import Fact
from matcher.domain.plan import ServicePlan, Track
from matcher.domain.posting import Posting, PostingFacts, PostingKind
from matcher.domain.run import MatchRun
from matcher.domain.worker import HouseholdType, LabourSkill, Worker, WorkerFacts, WorkStatus
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from tests.web.local_work.making import NAIMAN

DAY = date(2026, 6, 15)
EVERYWHERE = Scope()
BORN = {"weak": 1970, "able": 1990, "skilled": 1985, "second": 1968, "youth": 2009, "child": 2012}


@dataclass
class Near:
    """An office of one village, the people by what they are, a posting of a workshop, and the day it is."""

    office: Office
    people: dict[str, int]
    sewing: int
    day: list[date] = field(default_factory=lambda: [DAY])

    def turn(self, day: date) -> None:
        """It is another day."""
        self.day[0] = day


def a_person(name: str) -> tuple[Worker, WorkerFacts]:
    """Somebody of the village."""
    skill = {"able": LabourSkill.ORDINARY, "skilled": LabourSkill.SKILLED}.get(name, LabourSkill.WEAK)
    worker = Worker(
        ref=f"NM-{name}",
        name=f"包{name}",
        village="东村",
        home=Place(text="奈曼旗", code=NAIMAN, name="奈曼旗"),
        household_type=HouseholdType.LIFTED,
        labour_skill=skill,
        wish_text="保洁",
        work_status=WorkStatus.UNEMPLOYED,
    )
    return worker, WorkerFacts(birth_date=Fact(date(BORN[name], 3, 2)))


def a_plan(key: int, name: str) -> ServicePlan:
    """A plan that found nothing."""
    return ServicePlan(
        worker_key=key,
        worker_ref=f"NM-{name}",
        worker_name=f"包{name}",
        village="东村",
        made_on=DAY,
        valid_until=DAY,
        track=Track.FULL,
    )


@pytest.fixture(scope="session")
def filled_village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with the people of a village."""
    folder = tmp_path_factory.mktemp("near")
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config)
    with office.unit() as unit:
        keys = unit.workers.add_many([a_person(name) for name in BORN])
        place = Place(text="奈曼旗", code=NAIMAN, name="奈曼旗")
        posting = Posting(ref="W-1", title="缝纫工", employer="示例车间", kind=PostingKind.WORKSHOP, place=place)
        unit.postings.add(posting, PostingFacts())
        run = unit.runs.create(MatchRun(division=NAIMAN, as_of=DAY, started_by="window"))
        unit.plans.put_many(run, [a_plan(key, name) for key, name in zip(keys, BORN, strict=True)])
    office.close()
    return folder


@pytest.fixture
def near(filled_village: Path, tmp_path: Path) -> Iterator[Near]:
    """An office of this test's own."""
    shutil.copytree(filled_village, tmp_path, dirs_exist_ok=True)
    day = [DAY]
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    office = Office.open(config, clock=lambda: datetime.combine(day[0], time(2), UTC))
    with office.reading() as unit:
        people = {name: unit.workers.by_ref(f"NM-{name}").key for name in BORN}
        sewing = unit.postings.by_ref("W-1").key
    yield Near(office, people, sewing, day)
    office.close()
