"""An office with people of two banners, a posting in Beijing and a departure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.cooperation.departures import make_departure
from matcher.domain.division import Place
from matcher.domain.posting import Posting, PostingFacts, PostingKind
from matcher.domain.service.around.cooperation import Departure, Traveller
from matcher.domain.worker import Constraint, HouseholdType, Worker, WorkerFacts
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office

NOW = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 16)
NAIMAN, KAILU, CHANGPING = "150525", "150523", "110114"
ALL = Scope()


@dataclass
class Group:
    """The office, its people and the departure."""

    office: Office
    people: list[int]
    secret: int
    far: int
    posting: int
    departure: int

    def lines(self) -> list[Traveller]:
        """The list of the departure."""
        with self.office.reading() as unit:
            return unit.cooperation.travellers.of("departure_key", [self.departure])


def somebody(ref: str, county: str = NAIMAN, kind: HouseholdType | None = HouseholdType.LIFTED) -> Worker:
    """A person of a village."""
    home = Place(text=county, code=county, name=county)
    return Worker(ref=ref, name=f"示例{ref}", village="东村", home=home, household_type=kind)


def a_departure(**more: object) -> Departure:
    """A group that left a week ago."""
    told: dict[str, object] = {"division": NAIMAN, "district": CHANGPING, "batch": "1", "leaves_on": date(2026, 3, 5)}
    return Departure(employer="北京示例家政", title="养老护理员", yuan=6000, **(told | more))  # type: ignore[arg-type]


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    """An office of this test's own."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "key")
    init_office(config)
    office = Office.open(config, clock=lambda: NOW)
    confidential = WorkerFacts(constraints=(Constraint(code="CONFIDENTIAL"),))
    with office.unit() as unit:
        kinds = (HouseholdType.LIFTED, HouseholdType.MONITORED, HouseholdType.ORDINARY)
        people = unit.workers.add_many([(somebody(f"N-{n}", kind=kind), WorkerFacts()) for n, kind in enumerate(kinds)])
        secret = unit.workers.add(somebody("N-9"), confidential)
        far = unit.workers.add(somebody("K-1", KAILU), WorkerFacts())
        place = Place(text="北京市昌平区", code=CHANGPING, name="昌平区")
        told = {"title": "养老护理员", "employer": "北京示例家政", "kind": PostingKind.COOPERATION, "place": place}
        posting = unit.postings.add(Posting(ref="B-1", openings=9, **told), PostingFacts())  # type: ignore[arg-type]
    departure = make_departure(office, a_departure(posting_key=posting, seats=4), ALL, actor="window")
    yield Group(office, people, secret, far, posting, departure)
    office.close()
