"""A small office with people, postings at several distances, and plans made by the program itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.aftercare.slips import Kept, Whose, keep_slip
from matcher.casework import plan_people
from matcher.domain.aftercare import Started, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.division import Place, Precision
from matcher.domain.posting import Posting, PostingFacts
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.plans import StoredPlan
from tests.factories import NAIMAN, a_person, an_opening

EVERYTHING = Whose()
FAR = Place("奈曼旗远镇", "150525103", "奈曼旗远镇", 42.93, 120.80, Precision.TOWNSHIP)
MIDDLE = Place("奈曼旗中镇", "150525102", "奈曼旗中镇", 42.90, 120.75, Precision.TOWNSHIP)


@dataclass
class Clock:
    """A clock moved by hand; it begins on 15 June 2026, nine in the morning in Tongliao."""

    now: datetime = datetime(2026, 6, 15, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def move(self, days: int) -> None:
        """Lets days pass."""
        self.now += timedelta(days=days)


@dataclass
class Book:
    """The office with its clock, and the keys of its people."""

    office: Office
    clock: Clock
    people: list[int]

    @property
    def today(self) -> date:
        """The day."""
        return self.office.today()

    def plan(self, number: int = 0) -> StoredPlan:
        """The current plan of a person."""
        with self.office.reading() as unit:
            found = unit.plans.current(self.people[number])
        assert found is not None
        return found

    def plan_again(self) -> None:
        """Plans for everybody."""
        plan_people(self.office)

    def tick(self, at: int, kind: AnswerKind, *why: str, number: int = 0, started: Started | None = None) -> Kept:
        """One tick of a person's slip: the posting at a place of the plan."""
        stored = self.plan(number)
        tick = Tick(posting_key=stored.plan.matches[at].posting_key, kind=kind, why=why, started=started)
        return keep_slip(self.office, stored.code, [tick], EVERYTHING, actor="clerk")


def openings() -> list[tuple[Posting, PostingFacts]]:
    """Cleaning jobs: two in the own township, the others nine and fifteen kilometres away as the crow flies."""
    places = (NAIMAN, NAIMAN, MIDDLE, MIDDLE, MIDDLE, FAR, FAR, FAR)
    rows = [an_opening(number, place=place) for number, place in enumerate(places, start=1)]
    return [(replace(row.posting, ref=f"P-{row.key}"), row.facts) for row in rows]


def make_book(folder: Path) -> None:
    """An office with two people of one village, postings, and everybody's plan."""
    config = _config(folder)
    init_office(config)
    office = Office.open(config, clock=Clock())
    with office.unit() as unit:
        people = [a_person(number) for number in (1, 2)]
        named = [(replace(one.worker, ref=f"W-{one.key}", name=f"示例{one.key}"), one.facts) for one in people]
        unit.workers.add_many(named)
        unit.postings.add_many(openings())
    plan_people(office)
    office.close()


def open_book(folder: Path) -> Book:
    """A book that was made."""
    clock = Clock()
    return Book(Office.open(_config(folder), clock=clock), clock, [1, 2])


def _config(folder: Path) -> OfficeConfig:
    """Where a book lies."""
    return OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
