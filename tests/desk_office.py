"""A small made-up office for the desk: two people of Naiman and one of another county, ten postings, one class, plans.

In: an empty folder. Out: the office, opened, everybody planned; whoever asked for it closes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from matcher.casework import plan_people
from matcher.domain.account import Role
from matcher.domain.settings import SettingName
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.plans import StoredPlan
from tests.factories import BEIJING, KERQIN, NAIMAN_EAST, a_course, a_person, ages, an_opening, asks, known
from tests.web.made_up import PASSWORD as PASSWORD

NOW = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
ACCOUNTS = (
    ("window", Role.WINDOW, "150525", ()),
    ("elsewhere", Role.WINDOW, "150502", ()),
    ("coordinator", Role.COORDINATOR, "150525", ("西沟村",)),
)
POSTINGS = {
    "NEAR-1": an_opening(1, pay=3600.0, openings=2),
    "NEAR-2": an_opening(2, pay=3500.0, openings=2),
    "NEAR-3": an_opening(3, pay=3400.0, openings=2),
    "NEAR-4": an_opening(4, pay=3300.0, openings=2),
    "NEAR-5": an_opening(5, pay=3200.0, openings=1, place=NAIMAN_EAST),
    "FAR": an_opening(6, pay=6000.0, place=BEIJING, lodging=known(True, "包住", "食宿"), openings=9),
    "YOUNG": an_opening(7, pay=3900.0, age=ages(18, 30)),
    "LICENCE": an_opening(8, "electrician", pay=5000.0, skills=asks("cert_low_voltage")),
    "PAPER": an_opening(9, pay=3900.0, skills=asks("cert_home_help")),
    "CHEAP": an_opening(10, pay=600.0, openings=4),
}


@dataclass
class Desk:
    """The office with the keys of people and postings by their names."""

    office: Office
    people: dict[str, int]
    postings: dict[str, int]

    def plan(self, name: str = "bao") -> StoredPlan:
        """The current plan of a person."""
        with self.office.reading() as unit:
            found = unit.plans.current(self.people[name])
        assert found is not None
        return found

    def held(self, name: str = "bao") -> list[str]:
        """The postings of the current plan of a person, in order."""
        names = {key: ref for ref, key in self.postings.items()}
        return [names[match.posting_key] for match in self.plan(name).plan.matches]

    def plan_again(self, name: str = "bao") -> StoredPlan:
        """A new plan by the run."""
        with self.office.reading() as unit:
            ref = unit.workers.get(self.people[name]).value.ref
        plan_people(self.office, worker_ref=f"local:{ref}")
        return self.plan(name)


def _fill(office: Office) -> tuple[dict[str, int], dict[str, int]]:
    """People, postings, a class and accounts; the keys."""
    bao = a_person(1, ref="NM-1", phone="19900001234")
    wang = a_person(2, ref="NM-2", name="王示例", village="东沟村", phone="19900005678")
    far = a_person(3, ref="KE-1", name="李示例", village="北村", home=KERQIN)
    with office.unit() as unit:
        keys = unit.workers.add_many([(row.worker, row.facts) for row in (bao, wang, far)])
        rows = [(replace(row.posting, ref=ref), row.facts) for ref, row in POSTINGS.items()]
        postings = unit.postings.add_many(rows)
        course = a_course(1, skills=("cert_home_help",))
        unit.classes.add_many([(course.training, course.facts)])
        for name, role, division, villages in ACCOUNTS:
            unit.accounts.add(name, role, PASSWORD, division=division, villages=villages)
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000000")
    return dict(zip(("bao", "wang", "far"), keys, strict=True)), dict(zip(POSTINGS, postings, strict=True))


@contextmanager
def desk_office(folder: Path) -> Iterator[Desk]:
    """The office in a folder, everybody planned."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config, clock=lambda: NOW)
    try:
        people, postings = _fill(office)
        plan_people(office)
        yield Desk(office, people, postings)
    finally:
        office.close()
