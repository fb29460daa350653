"""Any two rosters of made-up people, any keys present, any order: two people never become one, and whoever shares a
key with the record of before is found again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs_feed.rosters.asking import Limits
from jobs_feed.rosters.desk import PeopleDesk
from jobs_feed.staging import DraftRow
from matcher.domain.division import Place
from matcher.domain.worker import Worker, WorkerFacts
from matcher.office import Office
from matcher.store import UnitOfWork
from tests.jobs_feed.books import id_number, new_office

DAY = date(2026, 6, 24)
NAMES = ("包雪梅", "白音", "王秀兰", "張麗華", "乌云·其其格")
SPELLED = {"包雪梅": "包 雪 梅", "張麗華": "张丽华", "乌云·其其格": "乌云其其格"}
VILLAGES = ("示例嘎查", "样板村")
SPELLED_VILLAGES = {"示例嘎查": "示例村", "样板村": "样板村委会"}
HOME = Place("奈曼旗", "150525", "奈曼旗")
KEYS = ("id", "ref", "phone", "birth")


class Undone(Exception):
    """Ends a transaction without a trace."""


@dataclass(frozen=True)
class Somebody:
    """Who a person really is; families share villages and phones, namesakes share names."""

    number: int
    name: str
    village: str
    family: int

    def worker(self, keys: frozenset[str], *, sender: str, spelled: bool, remark: str) -> Worker:
        """The person as a roster with these keys states it; the truth stands in the remarks."""
        name, village = self.name, self.village
        if spelled:
            name, village = SPELLED.get(name, name), SPELLED_VILLAGES[village]
        born = date(1970 + self.number, 3, 2)
        number = id_number(2 * self.number + 1, born=born.strftime("%Y%m%d"))
        return Worker(
            ref=f"{sender}-{self.number}" if "ref" in keys else "",
            sender=sender,
            name=name,
            village=village,
            home=HOME,
            id_number=number if "id" in keys else "",
            phone=f"1380000{self.family:04d}" if "phone" in keys else "",
            birth_date=born if "birth" in keys or "id" in keys else None,
            guide_name=f"{self.number}",
            remarks=remark,
        )


def _different(people: list[Somebody]) -> bool:
    """No two people of one name, village and phone: whoever shares a phone has another name."""
    return len({(one.name, one.village, one.family) for one in people}) == len(people)


@st.composite
def crowds(draw: st.DrawFn) -> list[Somebody]:
    """A few people, many of them namesakes, neighbours or of one family."""
    many = draw(st.integers(2, 7))
    pick = st.tuples(st.sampled_from(NAMES), st.sampled_from(VILLAGES), st.integers(1, 3))
    drawn = draw(st.lists(pick, min_size=many, max_size=many, unique=True))
    return [Somebody(number, *one) for number, one in enumerate(drawn)]


@st.composite
def rosters(draw: st.DrawFn, people: list[Somebody], senders: tuple[str, ...]) -> list[tuple[Somebody, Worker]]:
    """Some of the people in some order, each with some keys."""
    sender = draw(st.sampled_from(senders))
    named = draw(st.permutations(people))[: draw(st.integers(1, len(people)))]
    keys = st.frozensets(st.sampled_from(KEYS), min_size=1)
    remark = draw(st.sampled_from(("一", "二")))
    return [(one, one.worker(draw(keys), sender=sender, spelled=draw(st.booleans()), remark=remark)) for one in named]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One office for all worlds; each is undone."""
    with TemporaryDirectory() as folder:
        opened = new_office(Path(folder))
        yield opened
        opened.close()


@contextmanager
def undone(office: Office) -> Iterator[UnitOfWork]:
    """A transaction that leaves nothing behind."""
    try:
        with office.unit() as unit:
            yield unit
            raise Undone
    except Undone:
        pass


def hand_in(unit: UnitOfWork, office: Office, roster: list[tuple[Somebody, Worker]]) -> PeopleDesk:
    """Imports a roster; reading texts is left out, it says nothing about who somebody is."""
    rows = [(DraftRow(worker, "表", number), worker) for number, (_, worker) in enumerate(roster, start=2)]
    desk = PeopleDesk(rows, DAY, Limits.of(office.policy.at(DAY)))
    desk.plan(unit)
    steps = desk.planned.steps
    desk._ready = desk._made(unit, steps, [WorkerFacts()] * len(steps))
    desk.store(unit)
    desk.leave(unit, 1)
    return desk


def strong(worker: Worker, known: Worker) -> bool:
    """Whether a key of the contract agrees."""
    one_village = (worker.name, worker.village) == (known.name, known.village)
    return (
        bool(worker.id_number and worker.id_number == known.id_number)
        or bool(worker.ref and (worker.sender, worker.ref) == (known.sender, known.ref))
        or bool(one_village and worker.phone and worker.phone == known.phone)
        or bool(one_village and worker.birth_date and worker.birth_date == known.birth_date)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_two_people_are_never_one_and_the_same_is_found_again(office: Office, data: st.DataObject) -> None:
    people = data.draw(crowds().filter(_different))
    first = data.draw(rosters(people, ("甲",)))
    second = data.draw(rosters(people, ("甲", "乙")))
    with undone(office) as unit:
        hand_in(unit, office, first)
        before = {one.key: one.value for one in unit.workers.all_for_planning()}
        desk = hand_in(unit, office, second)
        after = list(unit.workers.all_for_planning())
        truth: dict[int, set[str]] = {}
        for placed in desk._plan.placed:
            truth.setdefault(placed.key or 0, set()).add(placed.value.guide_name)
            if placed.before is not None:
                assert placed.before.guide_name == placed.value.guide_name
        assert all(len(numbers) == 1 for numbers in truth.values())
        assert desk._plan.waiting == {}
        for somebody, worker in second:
            known = [one for one in before.values() if one.guide_name == str(somebody.number)]
            plain = replace(worker, name=somebody.name, village=somebody.village)
            agree = [one for one in known if strong(plain, replace(one, name=somebody.name, village=somebody.village))]
            if agree:
                assert sum(one.value.guide_name == worker.guide_name for one in after) == len(known)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_same_roster_again_changes_nothing_and_queues_nothing_twice(office: Office, data: st.DataObject) -> None:
    people = data.draw(crowds().filter(_different))
    roster = data.draw(rosters(people, ("甲",)))
    with undone(office) as unit:
        hand_in(unit, office, roster)
        count, waits = unit.workers.count(), unit.reviews.count()
        again = hand_in(unit, office, roster)
        assert (unit.workers.count(), unit.reviews.count()) == (count, waits)
        assert again.planned.steps == []
