"""The Rain-Dew register: proposals, monthly contact, publicity before pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.facts import LinkedTerm
from matcher.domain.localtime import add_months
from matcher.domain.service.around.graduates import (
    Contact,
    Level,
    Outcome,
    Publicity,
    Term,
    TermStatus,
    TrackKind,
    TrackState,
    Verdict,
    Way,
    next_contact,
    term_of,
)
from matcher.domain.worker import HouseholdType, Worker, WorkerFacts
from matcher.graduates.calls import due_list
from matcher.graduates.looking import graduation_of, look
from matcher.graduates.register import add_person, change, contact, decide, keep_term, publish, take_down
from matcher.graduates.signals import signals
from matcher.listings import Scope
from matcher.office import Office
from tests.matcher.around_office import BANNER, OTHER, TODAY, Clock, opened, somebody

MINE = Scope(division=BANNER)
FINISHED = WorkerFacts(situations=(LinkedTerm("GRADUATE", ()),), wished=(LinkedTerm("electrician", ()),))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Office, Clock]]:
    """An office of this test's own, and its clock."""
    with opened(tmp_path) as found:
        yield found


def add(office: Office, *people: tuple[Worker, WorkerFacts | None]) -> list[int]:
    """People of rosters."""
    with office.unit() as unit:
        return unit.workers.add_many(list(people))


def a_graduate(office: Office, *, graduated: date = date(2026, 6, 1)) -> int:
    """Somebody confirmed who has finished school."""
    [key] = add(office, (somebody("G"), FINISHED))
    add_person(office, MINE, key, TrackKind.GRADUATE, actor="x")
    with office.reading() as unit:
        one = unit.rain_dew.get(key)
    assert one is not None
    change(office, MINE, replace(one, graduation_on=graduated), actor="x")
    return key


def test_rosters_propose_each_for_what_they_say(place: tuple[Office, Clock]) -> None:
    office, _ = place
    keys = add(
        office,
        (somebody("A", remarks="2026年5月从职校毕业"), FINISHED),
        (somebody("B", school_status="中职二年级"), None),
        (somebody("C", school_status="高中二年级"), None),
        (somebody("D", birth_date=date(2009, 3, 1)), None),
        (somebody("E", birth_date=date(2010, 12, 1)), None),
        (somebody("F", household_type=HouseholdType.ORDINARY), FINISHED),
    )
    assert look(office, "", actor="x") == (3, 3)
    with office.reading() as unit:
        found = {one.worker_key: one for one in unit.rain_dew.listed()}
    assert [found[key].kind if key in found else None for key in keys] == [
        TrackKind.GRADUATE, TrackKind.PUPIL, None, TrackKind.ENTRANT, None, None,
    ]  # fmt: skip
    assert (found[keys[0]].graduation_on, found[keys[0]].wishes) == (date(2026, 5, 1), ("power",))
    assert decide(office, MINE, [keys[0]], TrackState.REFUSED, actor="x") == 1
    assert decide(office, Scope(division=OTHER), [keys[1]], TrackState.CONFIRMED, actor="x") == 0
    assert look(office, "", actor="x") == (3, 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今年六月毕业，想在近处", date(2026, 6, 1)),
        ("去年夏天毕业", date(2025, 6, 1)),
        ("2025年7月从职校毕业", date(2025, 7, 1)),
        ("毕业半年了", None),
        ("明年六月毕业", None),
        ("没念完", None),
    ],
)
def test_the_day_of_graduation_is_read_and_never_guessed(text: str, day: date | None) -> None:
    assert graduation_of(Worker(ref="1", name="示例", remarks=text), TODAY) == day


def test_the_calendar_of_contacts() -> None:
    begun = date(2026, 8, 31)
    day = {"since": begun, "months": 6, "on": date(2026, 10, 1)}
    assert add_months(begun, 1) == date(2026, 9, 30)
    assert next_contact(begun, reached_on=None, **day) == date(2026, 9, 30)  # type: ignore[arg-type]
    assert next_contact(begun, reached_on=date(2026, 10, 5), **day) == date(2026, 11, 5)  # type: ignore[arg-type]
    assert next_contact(begun, reached_on=date(2027, 2, 1), **day) is None  # type: ignore[arg-type]
    after = {"months": 6, "on": date(2027, 5, 1)}
    assert next_contact(begun, begun, None, **after) == date(2026, 9, 30)  # type: ignore[arg-type]
    assert next_contact(begun, date(2027, 4, 1), None, **after) is None  # type: ignore[arg-type]
    assert next_contact(begun, begun, date(2026, 10, 1), **after) is None  # type: ignore[arg-type]
    assert [term_of(date(2026, month, 1)) for month in (1, 2, 7, 8)] == [
        "2025-autumn", "2026-spring", "2026-spring", "2026-autumn",
    ]  # fmt: skip


def test_a_month_without_contact_is_overdue_and_told(place: tuple[Office, Clock]) -> None:
    office, clock = place
    key = a_graduate(office)
    clock.now += timedelta(days=20)
    on = office.today()
    policy = office.policy.at(on)
    with office.reading() as unit:
        [due] = due_list(unit, MINE, on, policy)
        [alert] = signals(unit, MINE, on, policy)
    assert (due.due_on, due.overdue_days) == (date(2026, 7, 1), (on - date(2026, 7, 1)).days)
    assert (alert.code, alert.village, alert.people) == ("GRADUATE_CONTACT", "东村", (key,))
    with pytest.raises(InputRefused, match="说了什么"):
        contact(office, MINE, Contact(worker_key=key, on=on, way=Way.PHONE), actor="x")
    contact(office, MINE, Contact(worker_key=key, on=on, way=Way.PHONE, reached=False), actor="x")
    with office.reading() as unit:
        assert [one.code for one in signals(unit, MINE, on, policy)] == ["GRADUATE_CONTACT"]
    contact(office, MINE, Contact(worker_key=key, on=on, way=Way.VISIT, said="在工地"), actor="x")
    with office.reading() as unit:
        assert signals(unit, MINE, on, policy) == []
        assert signals(unit, Scope(division=BANNER, villages=("西村",)), on, policy) == []
    with pytest.raises(RecordNotFound):
        contact(office, Scope(division=OTHER), Contact(worker_key=key, on=on, way=Way.PHONE, said="x"), actor="x")


def test_whoever_serves_in_the_army_is_not_called(place: tuple[Office, Clock]) -> None:
    office, clock = place
    key = a_graduate(office)
    with office.reading() as unit:
        one = unit.rain_dew.get(key)
    assert one is not None
    change(office, MINE, replace(one, outcome=Outcome.ARMY), actor="x")
    clock.now += timedelta(days=60)
    with office.reading() as unit:
        assert signals(unit, MINE, office.today(), office.policy.at(office.today())) == []


def hang(office: Office, level: Level, *, village: str = "", days: int = 5) -> int:
    """A list that hung out some days ago."""
    begins = TODAY - timedelta(days=20)
    one = Publicity(
        term="2026-spring", level=level, division=BANNER, village=village, notice_from=begins,
        notice_to=begins + timedelta(days=days - 1),
    )  # fmt: skip
    return publish(office, MINE, one, actor="x")


def test_nothing_is_paid_before_both_lists_came_down(place: tuple[Office, Clock]) -> None:
    office, _ = place
    [key] = add(office, (somebody("P", school_status="中职二年级"), None))
    add_person(office, MINE, key, TrackKind.PUPIL, actor="x")
    paid = Term(worker_key=key, term="2026-spring", status=TermStatus.AT_SCHOOL, paid_on=TODAY)
    with pytest.raises(InputRefused, match="村级、旗县级公示"):
        keep_term(office, MINE, paid, actor="x")
    with pytest.raises(InputRefused, match="不满5天"):
        hang(office, Level.VILLAGE, village="东村", days=4)
    village, banner = hang(office, Level.VILLAGE, village="东村"), hang(office, Level.BANNER)
    take_down(office, MINE, village, objections=0, verdict=Verdict.NONE, said="", actor="x")
    with pytest.raises(InputRefused, match="没有登记发放"):
        keep_term(office, MINE, paid, actor="x")
    with pytest.raises(InputRefused, match="有异议的"):
        take_down(office, MINE, banner, objections=0, verdict=Verdict.DISMISSED, said="", actor="x")
    take_down(office, MINE, banner, objections=1, verdict=Verdict.DISMISSED, said="查过，符合", actor="x")
    keep_term(office, MINE, replace(paid, early="不该留下"), actor="x")
    with office.reading() as unit:
        [term] = unit.rain_dew.terms_of([key])[key]
        assert (term.paid_on, term.early) == (TODAY, "")
        assert signals(unit, MINE, TODAY, office.policy.at(TODAY)) == []


def test_an_objection_upheld_lets_nothing_go_and_early_money_is_told(place: tuple[Office, Clock]) -> None:
    office, _ = place
    [key] = add(office, (somebody("P", school_status="技校"), None))
    add_person(office, MINE, key, TrackKind.PUPIL, actor="x")
    for at in (hang(office, Level.VILLAGE, village="东村"), hang(office, Level.BANNER)):
        take_down(office, MINE, at, objections=1, verdict=Verdict.UPHELD, said="名单要改", actor="x")
    paid = Term(worker_key=key, term="2026-spring", status=TermStatus.AT_SCHOOL, paid_on=TODAY)
    with pytest.raises(InputRefused, match="没有登记发放"):
        keep_term(office, MINE, paid, actor="x")
    keep_term(office, MINE, replace(paid, early="学校催缴"), actor="x")
    with office.reading() as unit:
        [alert] = signals(unit, MINE, TODAY, office.policy.at(TODAY))
    assert (alert.code, alert.args["count"], alert.people) == ("RAIN_DEW_PAID_EARLY", 1, (key,))


def test_a_list_stays_until_its_days_are_over(place: tuple[Office, Clock]) -> None:
    office, _ = place
    one = Publicity(
        term="2026-spring", level=Level.BANNER, division=BANNER, notice_from=TODAY,
        notice_to=TODAY + timedelta(days=5),
    )  # fmt: skip
    key = publish(office, MINE, one, actor="x")
    with pytest.raises(InputRefused, match="才满"):
        take_down(office, MINE, key, objections=0, verdict=Verdict.NONE, said="", actor="x")
    with pytest.raises(RecordNotFound):
        take_down(office, Scope(division=OTHER), key, objections=0, verdict=Verdict.NONE, said="", actor="x")
