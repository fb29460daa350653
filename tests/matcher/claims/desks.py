"""A small office for the tests of claims: three people in work, without plans, with a clock moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.aftercare.work import begin_work
from matcher.claims.claiming import decide, prepare_claim
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.division import Place, Precision
from matcher.domain.service.claim import ClaimState
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.domain.worker import HouseholdType, Worker
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.store import UnitOfWork

ALL = Scope()
BEIJING = "北京市顺义区"
HOME = Place("奈曼旗大镇", "150525100", "大沁他拉镇", 42.85, 120.66, Precision.TOWNSHIP)


@dataclass
class Clock:
    """A clock moved by hand; it begins on 22 June 2026, nine in the morning in Tongliao."""

    now: datetime = datetime(2026, 6, 22, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def move(self, days: int) -> None:
        """Lets days pass."""
        self.now += timedelta(days=days)


@dataclass
class Desk:
    """The office with its clock and the keys of its people."""

    office: Office
    clock: Clock
    people: list[int] = field(default_factory=list)

    def work(self, number: int, began: date, *, place: str = BEIJING, ended: date | None = None) -> int:
        """Somebody has begun to work; the key of the spell."""
        told = Spell(
            key=0, worker_key=self.people[number], started_on=began, ended_on=ended, said_by=SaidBy.WORKER,
            employer="示例公司", place=place,
        )  # fmt: skip
        with self.office.unit("window") as unit:
            return begin_work(self.office, unit, told)

    def prove(self, number: int, spell: int, began: date, *, kind: ProofKind = ProofKind.EMPLOYER_PROOF) -> None:
        """Somebody has shown a proof today."""
        proof = Proof(
            worker_key=self.people[number], spell_key=spell, kind=kind, from_on=began, told_on=self.office.today()
        )
        with self.office.unit("window") as unit:
            unit.casefile.proofs.add(proof)

    def ready(self, number: int = 0, began: date = date(2026, 3, 1)) -> int:
        """A claim of somebody with three months of work that are proved."""
        spell = self.work(number, began)
        self.prove(number, spell, began)
        return prepare_claim(self.office, self.people[number], "STABILITY", ALL, actor="window")

    def approved(self, number: int = 0) -> int:
        """The same, approved with an amount."""
        key = self.ready(number)
        decide(self.office, key, ClaimState.APPROVED, ALL, actor="window", yuan=500)
        return key

    def state(self, key: int) -> ClaimState:
        """Where a claim stands."""
        with self.office.reading() as unit:
            return unit.claims.get(key).state


def a_person(ref: str, name: str, village: str = "西沟村") -> Worker:
    """A person of a lifted household."""
    return Worker(
        ref=ref, name=name, village=village, home=HOME, household_type=HouseholdType.LIFTED, public_post=False
    )


def fill(unit: UnitOfWork) -> list[int]:
    """Three people, two of one village."""
    people = [a_person("A-1", "包示例"), a_person("A-2", "王示例"), a_person("A-3", "李示例", "东村")]
    return unit.workers.add_many([(one, None) for one in people])


def open_desk(folder: Path) -> Desk:
    """A desk of one test's own."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    clock = Clock()
    office = Office.open(config, clock=clock)
    with office.unit("import") as unit:
        people = fill(unit)
    return Desk(office, clock, people)
