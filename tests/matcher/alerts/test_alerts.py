"""Every alert is what a slow look at the same people finds; what is done about it is kept and comes back in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.alerts.caring import CareRefused, care_for
from matcher.alerts.collecting import LEVELS, Shown, all_alerts, find_alert, glance, shown_alerts, stand
from matcher.alerts.market import out_of_reach
from matcher.alerts.people import people_alerts
from matcher.alerts.tasks import TaskState, counted, tasks
from matcher.alerts.work import falls, from_beijing, in_villages
from matcher.domain.errors import RecordNotFound
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.care import Care, CareState
from matcher.domain.service.months import MonthCount
from matcher.domain.training import TrainingClass
from matcher.domain.worker import HouseholdType, MonitorCategory, Worker
from matcher.key_list.entering import renew
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from matcher.policy import load_policy
from matcher.reference.divisions import load_gazetteer
from matcher.reports.traits import Trait
from matcher.store.watching.losses import Loss
from tests.factories import NAIMAN
from tests.matcher.reports.people import DAY, a_book, a_job, a_trait

POLICY = load_policy().at(DAY)
ALL = Scope()
DAYS = timedelta(days=1)


def marks(alerts: list[Alert]) -> list[str]:
    return [one.mark for one in alerts]


def lone(**more: Any) -> Trait:
    """The only one of a monitored household, without work for twenty days."""
    return a_trait(**({"monitored": True, "household": "h1", "lost_on": DAY - 20 * DAYS} | more))


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([lone()], [1]),
        ([lone(lost_on=DAY - 15 * DAYS)], []),
        ([lone(lost_on=None)], []),
        ([lone(monitored=False)], []),
        ([lone(), a_trait(household="h1", status="已就业")], []),
        ([lone(), a_trait(household="h1")], []),
        ([lone(), a_trait(household="h1", fit=False)], [1]),
        ([lone(sole=True), a_trait(household="h1")], [1]),
        ([lone(household="")], []),
    ],
)
def test_the_only_earner_of_a_monitored_household(people: list[Trait], found: list[int]) -> None:
    alerts = [one for one in people_alerts(a_book(people), POLICY) if one.code == "SOLE_EARNER"]
    assert [key for one in alerts for key in one.people] == found
    assert all(one.level is Level.NOW for one in alerts)


def test_posts_and_certificates_that_end_soon_are_told_a_village_once() -> None:
    soon, late = DAY + 59 * DAYS, DAY + 61 * DAYS
    people = [a_trait(public_until=soon), a_trait(public_until=late), a_trait(public_until=DAY - DAYS)]
    people += [a_trait(certificate_until=soon), a_trait(certificate_until=soon, village="西村"), a_trait(guided=False)]
    alerts = {one.mark: one.people for one in people_alerts(a_book(people), POLICY)}
    assert alerts == {
        "PUBLIC_POST_ENDING:150525100:东村": (1,),
        "CERTIFICATE_EXPIRING:150525100:东村": (4,),
        "CERTIFICATE_EXPIRING:150525100:西村": (5,),
        "NO_GUIDANCE_HOUR:150525100:东村": (6,),
    }


@pytest.mark.parametrize(("same", "others", "told"), [(8, 0, True), (7, 0, False), (8, 8, True), (8, 9, False)])
def test_incomes_filled_in_alike(same: int, others: int, told: bool) -> None:
    people = [a_trait(income=2500.0) for _ in range(same)] + [a_trait(income=3000.0 + n) for n in range(others)]
    assert bool(people_alerts(a_book(people), POLICY)) is told


def losses(many: int, employer: str = "示例厂", **more: str) -> list[Loss]:
    return [Loss(key, DAY, "150525100", "东村", employer, more.get("place", "")) for key in range(1, many + 1)]


def everybody(book: Any) -> dict[int, Trait]:
    return {one.key: one for one in book.people if not one.ordinary}


def test_three_of_a_village_are_counted_once_whoever_told() -> None:
    book = a_book([a_trait() for _ in range(3)])
    two = losses(2)
    assert in_villages(book, [*two, *two], everybody(book), POLICY) == []
    [alert] = in_villages(book, [*two, *losses(3)], everybody(book), POLICY)
    assert (alert.people, alert.village) == ((1, 2, 3), "东村")


def test_returns_from_beijing_are_counted_by_banner_from_spells_and_ledgers() -> None:
    book = a_book([a_trait(work_place="110105" if number > 2 else "") for number in range(6)])
    by_spell, by_ledger = losses(3, place="110105"), losses(6)[3:]
    [alert] = from_beijing(book, by_spell, by_ledger, everybody(book), POLICY)
    assert alert.people == (1, 2, 3, 4, 5, 6)
    assert from_beijing(book, losses(4, place="110105"), [], everybody(book), POLICY) == []
    [alert] = from_beijing(book, losses(4, place="110105"), [], everybody(book), POLICY, back=[4, 5])
    assert alert.people == (1, 2, 3, 4, 5)


def month(many: int, village: str = "东村", home: str = "150525100") -> MonthCount:
    return MonthCount(month="2026-05", home_code=home, village=village, as_of=DAY, counts={"IN_WORK": many})


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(("东村", "西村")), st.integers(0, 90), st.integers(0, 90)), max_size=5))
def test_a_fall_is_told_of_the_places_a_slow_count_finds(rows: list[tuple[str, int, int]]) -> None:
    before, now = [month(old, name) for name, old, _ in rows], [month(new, name) for name, _, new in rows]
    for code, share in (("IN_WORK_DOWN", 0.05), ("IN_WORK_BELOW_LAST_YEAR", 0.0)):
        slow = set()
        for place in ("东村", "西村", ""):
            old = sum(many for name, many, _ in rows if place in ("", name))
            new = sum(many for name, _, many in rows if place in ("", name))
            if old - new >= 3 and old - new > share * old:
                slow.add(place)
        assert {one.village for one in falls(code, "2026-05", before, now, POLICY)} == slow


def test_a_village_without_a_posting_near() -> None:
    gazetteer = load_gazetteer()
    far, near = a_job(place="150581"), a_job(place="150525100")
    people = [a_trait(), a_trait(track="not_entitled", village="西村")]
    assert marks(out_of_reach(a_book(people, [far]), gazetteer, POLICY)) == ["NO_POSTING_NEAR:150525100:东村"]
    assert out_of_reach(a_book(people, [far, near]), gazetteer, POLICY) == []
    assert len(out_of_reach(a_book(people), gazetteer, POLICY)) == 1
    assert out_of_reach(a_book([a_trait(home="")]), gazetteer, POLICY) == []


def an_alert(*people: int) -> Alert:
    return Alert(code="CLASS_EMPTY", mark="m", level=Level.SOON, division="150525", people=people)


def a_care(state: CareState, **more: Any) -> Care:
    care = Care(mark="m", code="CLASS_EMPTY", division="150525", state=state, on=DAY, people=(1, 2))
    return replace(care, **more)


@pytest.mark.parametrize(
    ("care", "people", "state", "overdue", "back"),
    [
        (None, (1,), CareState.OPEN, False, False),
        (a_care(CareState.OPEN), (1,), CareState.OPEN, False, False),
        (a_care(CareState.TAKEN, until=DAY), (1,), CareState.TAKEN, False, False),
        (a_care(CareState.TAKEN, until=DAY - DAYS), (1,), CareState.TAKEN, True, False),
        (a_care(CareState.PUT_OFF, until=DAY + DAYS), (1,), CareState.PUT_OFF, False, False),
        (a_care(CareState.PUT_OFF, until=DAY), (1,), CareState.OPEN, False, True),
        (a_care(CareState.DONE), (1, 2), CareState.DONE, False, False),
        (a_care(CareState.DONE), (1, 3), CareState.OPEN, False, True),
        (a_care(CareState.DONE, on=DAY - 30 * DAYS), (1,), CareState.OPEN, False, True),
    ],
)
def test_how_an_alert_stands(
    care: Care | None, people: tuple[int, ...], state: CareState, overdue: bool, back: bool
) -> None:
    found = stand(an_alert(*people), care, POLICY)
    assert (found.state, found.overdue, found.back) == (state, overdue, back)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A monitored person whose household has had no measure, three losses in a village, a class nobody joined."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config, clock=lambda: datetime(2026, 6, 22, 2, tzinfo=UTC))
    with opened.unit() as unit:
        risk = Worker(
            ref="NM-1", name="白示例", home=NAIMAN, village="东村", household_type=HouseholdType.MONITORED,
            monitor_category=MonitorCategory.UNSTABLE, risk_reason="就业不稳",
            ledger=Ledger(identified_on=date(2026, 4, 1)),
        )  # fmt: skip
        others = [replace(risk, ref=f"NM-{n}", name=f"王示例{n}", risk_reason="") for n in (2, 3)]
        keys = unit.workers.add_many([(one, None) for one in (risk, *others)])
        unit.cases.open(keys, EntryType.NEWLY_UNEMPLOYED, on=DAY, due_on=DAY)
        unit.classes.add(
            TrainingClass(ref="T-1", title="电焊班", provider="示例学校", place=NAIMAN, starts_on=DAY + 5 * DAYS)
        )
    renew(opened, actor="town")
    yield opened
    opened.close()


def shown(office: Office, scope: Scope = ALL) -> list[Shown]:
    with office.reading() as unit:
        return shown_alerts(office, unit, scope)


def test_alerts_of_all_parts_come_together_within_a_scope_the_pressing_first(office: Office) -> None:
    found = shown(office)
    levels = [LEVELS.index(one.alert.level) for one in found]
    assert levels == sorted(levels)
    codes = [one.alert.code for one in found]
    assert {"KEY_NO_MEASURE", "VILLAGE_LOSSES", "CLASS_EMPTY", "VILLAGE_NO_COORDINATOR"} <= set(codes)
    assert codes.index("KEY_NO_MEASURE") < codes.index("CLASS_EMPTY")
    assert shown(office, Scope(division="150523")) == []
    village = {one.alert.code for one in shown(office, Scope(villages=("东村",)))}
    assert {"KEY_NO_MEASURE", "VILLAGE_LOSSES"} <= village
    assert "CLASS_EMPTY" not in village
    assert all_alerts(office) is all_alerts(office)
    assert glance(office, ALL, size=2) == (found[:2], len(found))


def test_what_is_done_is_kept_step_by_step_and_nothing_is_deleted(office: Office) -> None:
    mark = shown(office)[0].alert.mark
    step = care_for(office, mark, CareState.TAKEN, ALL, actor="town", owner="王敏", note="明天入户")
    assert (step.until, step.owner) == (date(2026, 7, 6), "王敏"), "ten working days"
    care_for(office, mark, CareState.DONE, ALL, actor="town", note="已介绍到车间")
    assert not find_alert(office, mark, ALL).waits
    with office.reading() as unit:
        assert [one.state for one in unit.watching.cares.of_mark(mark)] == [CareState.TAKEN, CareState.DONE]
        states = {one.alert.code: one.state for one in tasks(office, unit, ALL)}
        assert counted(tasks(office, unit, ALL))["150525"][TaskState.DONE] == 1
    assert states["KEY_NO_MEASURE"] is TaskState.DONE
    care_for(office, mark, CareState.OPEN, ALL, actor="town", note="车间不干了")
    assert find_alert(office, mark, ALL).waits


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        (CareState.DONE, {}, "ALERT_NO_REASON"),
        (CareState.PUT_OFF, {"note": "忙"}, "ALERT_NO_REASON"),
        (CareState.PUT_OFF, {"note": "等通知"}, "ALERT_NO_DAY"),
        (CareState.TAKEN, {"until": DAY}, "ALERT_DAY_PAST"),
    ],
)
def test_a_step_that_says_too_little_is_refused(
    office: Office, state: CareState, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(CareRefused) as refused:
        care_for(office, shown(office)[0].alert.mark, state, ALL, actor="town", **more)
    assert refused.value.code == code
    with office.reading() as unit:
        assert unit.watching.cares.standing() == {}


def test_another_scope_finds_no_alert_and_one_whose_cause_is_gone_stays_to_be_read(office: Office) -> None:
    mark = shown(office)[0].alert.mark
    with pytest.raises(RecordNotFound):
        care_for(office, mark, CareState.TAKEN, Scope(division="150523"), actor="town")
    with office.unit() as unit:
        unit.watching.cares.note(a_care(CareState.TAKEN, mark="CLASS_EMPTY:99"))
        assert [one.state for one in tasks(office, unit, ALL)].count(TaskState.CEASED) == 1
    assert find_alert(office, "CLASS_EMPTY:99", ALL).care is not None
    with pytest.raises(RecordNotFound):
        find_alert(office, "CLASS_EMPTY:98", ALL)
