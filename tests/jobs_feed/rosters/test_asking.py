"""Questions to the coordinator: each is asked where columns contradict each other, and not where they agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jobs_feed.columns import names_of
from jobs_feed.reference import rows_of
from jobs_feed.rosters.asking import Limits, ask_person, works_away
from jobs_feed.rosters.kin import ask_household, ask_village
from matcher.domain.division import Place
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.rosters.records import QuestionState
from matcher.domain.worker import (
    Education,
    Health,
    HouseholdType,
    LabourSkill,
    MonitorCategory,
    Worker,
    WorkStatus,
)
from matcher.office import Office
from matcher.policy import load_policy
from matcher.wording import load_catalogue
from tests.jobs_feed.rosters.rolls import person, take

DAY = date(2026, 6, 24)
LIMITS = Limits.of(load_policy().at(DAY))
BEIJING = Place("北京市朝阳区", "110105", "朝阳区")
NAIMAN = Place("奈曼旗", "150525", "奈曼旗")
AWAY = Ledger(work_place=BEIJING, work_months=3, work_area="区外")
NEAR = Ledger(work_place=NAIMAN, work_months=3, work_area="乡镇外县内")
AT_HOME = Worker(ref="1", name="示例甲", birth_date=date(1980, 1, 1), home=NAIMAN, village="示例嘎查")
WORKING = replace(AT_HOME, work_status=WorkStatus.EMPLOYED, phone="13800001111")


def codes(worker: Worker) -> list[str]:
    """What is asked."""
    return [phrase.code.removeprefix("VERIFY_") for phrase in ask_person(worker, LIMITS, DAY)]


HEALTHY_WEAK = replace(AT_HOME, health=(Health.HEALTHY,), labour_skill=LabourSkill.WEAK)
MONITORED = replace(AT_HOME, household_type=HouseholdType.MONITORED, labour_skill=LabourSkill.ORDINARY)


@pytest.mark.parametrize(
    ("worker", "asked"),
    [
        (AT_HOME, []),
        (replace(AT_HOME, birth_date=date(1920, 1, 1)), ["AGE"]),
        (replace(AT_HOME, education=Education.SENIOR, school_status="高一"), ["SCHOOL"]),
        (replace(AT_HOME, school_status="高一"), []),
        (HEALTHY_WEAK, ["LABOUR"]),
        (replace(HEALTHY_WEAK, birth_date=date(1966, 6, 24)), []),
        (replace(HEALTHY_WEAK, birth_date=date(1966, 6, 25)), ["LABOUR"]),
        (replace(HEALTHY_WEAK, birth_date=date(2010, 6, 25)), []),
        (replace(HEALTHY_WEAK, school_status="高一"), []),
        (replace(HEALTHY_WEAK, health=(Health.HEALTHY, Health.CHRONIC)), []),
        (replace(WORKING, labour_skill=LabourSkill.NONE), ["WORKING"]),
        (replace(WORKING, labour_skill=LabourSkill.WEAK), []),
        (replace(WORKING, labour_skill=LabourSkill.WEAK, ledger=AWAY), ["WORKING"]),
        (replace(AT_HOME, birth_date=date(2011, 1, 1), public_post=True), ["YOUNG_POST"]),
        (replace(AT_HOME, public_post=True), []),
        (
            replace(AT_HOME, household_type=HouseholdType.ORDINARY, monitor_category=MonitorCategory.SUDDEN),
            ["HOUSEHOLD_TYPE"],
        ),
        (replace(WORKING, ledger=AWAY), []),
        (replace(WORKING, ledger=replace(AWAY, work_months=None)), ["NO_MONTHS"]),
        (replace(WORKING, ledger=replace(AWAY, work_months=None, work_from=date(2026, 1, 1))), []),
        (replace(WORKING, ledger=Ledger(work_months=3)), ["NO_PLACE"]),
        (replace(WORKING, phone="", ledger=AWAY), ["AWAY_PHONE"]),
        (replace(WORKING, phone="0475-1234567", ledger=AWAY), ["AWAY_PHONE"]),
        (replace(AT_HOME, work_status=WorkStatus.UNEMPLOYED, ledger=AWAY), []),
        (replace(WORKING, ledger=replace(AWAY, work_place=Place("北京", "110000", "北京市"))), ["WORK_COUNTY"]),
        (replace(WORKING, ledger=replace(AWAY, work_place=Place("蒙古国"), work_area="境外")), []),
        (replace(WORKING, ledger=replace(AWAY, income_yuan_per_month=300.0)), ["INCOME_LOW"]),
        (replace(WORKING, ledger=replace(AWAY, income_yuan_per_month=400.0)), []),
        (replace(WORKING, ledger=replace(AWAY, transport_claimed=True)), ["TRANSPORT_ZERO"]),
        (replace(WORKING, ledger=replace(AWAY, transport_claimed=True, transport_yuan_per_year=500.0)), []),
        (replace(WORKING, ledger=replace(AWAY, transport_yuan_per_year=0.0)), []),
        (
            replace(WORKING, ledger=replace(NEAR, transport_yuan_per_year=500.0)),
            ["TRANSPORT_NEAR"],
        ),
        (replace(MONITORED, ledger=Ledger(identified_on=date(2025, 12, 24))), ["NO_MEASURE"]),
        (replace(MONITORED, ledger=Ledger(identified_on=date(2025, 12, 25))), []),
        (replace(MONITORED, ledger=Ledger(identified_on=date(2025, 1, 1), measures="产业帮扶")), []),
        (replace(MONITORED, ledger=Ledger(identified_on=date(2025, 1, 1), risk_cleared=True)), []),
        (replace(MONITORED, labour_skill=LabourSkill.LOST, ledger=Ledger(identified_on=date(2025, 1, 1))), []),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_asked(worker: Worker, asked: list[str]) -> None:
    assert codes(worker) == asked


def test_work_in_the_own_township_is_not_away() -> None:
    assert not works_away(replace(WORKING, ledger=replace(AWAY, work_area="乡镇内")))
    assert works_away(replace(WORKING, ledger=replace(AWAY, work_area="")))


def member(relation: str, **changes: object) -> Worker:
    """Somebody of a household."""
    ledger = Ledger(relation=relation, work_place=changes.pop("at", Place()))  # type: ignore[arg-type]
    return replace(WORKING, ledger=ledger, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("members", "asked"),
    [
        ([member("户主"), member("配偶")], {}),
        ([member("本人或户主"), member("01-户主")], {0: ["TWO_HEADS"], 1: ["TWO_HEADS"]}),
        ([member("配偶"), member("之子")], {0: ["NO_HEAD"]}),
        ([WORKING, WORKING], {}),
        ([member("户主", at=BEIJING), member("配偶", at=BEIJING)], {}),
        ([member("户主", at=BEIJING), member("配偶", at=NAIMAN)], {0: ["SHARED_PHONE"], 1: ["SHARED_PHONE"]}),
        ([member("户主", at=BEIJING), member("配偶", at=NAIMAN, phone="13900001111")], {}),
        ([member("户主", at=BEIJING), member("配偶", at=NAIMAN, work_status=WorkStatus.UNEMPLOYED)], {}),
    ],
)
def test_a_household_has_one_head_and_phones_in_one_place(members: list[Worker], asked: dict[int, list[str]]) -> None:
    found = ask_household(members)
    assert {place: [one.code.removeprefix("VERIFY_") for one in told] for place, told in found.items()} == asked


@pytest.mark.parametrize(("same", "others", "asked"), [(8, 8, 8), (8, 9, 0), (7, 0, 0), (20, 1, 20)])
def test_one_income_for_most_of_a_village_is_asked_of_each(same: int, others: int, asked: int) -> None:
    incomes = [2500.0] * same + [3000.0 + number for number in range(others)]
    people = [replace(WORKING, ledger=replace(AWAY, income_yuan_per_month=income)) for income in incomes]
    assert len(ask_village(people, LIMITS)) == asked


def test_every_question_names_its_column() -> None:
    asked = {code for code in load_catalogue("jobs_feed").sentences if code.startswith("VERIFY_")}
    fields = {row["code"]: row["field"] for row in rows_of("question_fields")}
    assert set(fields) == asked
    assert set(fields.values()) <= set(names_of("workers").exact.values())


def questions(office: Office) -> list[tuple[str, str]]:
    """Every open question with the name of the person."""
    with office.reading() as unit:
        return [(one.name, one.phrase.code) for one in unit.questions.open()]


def test_a_question_is_told_kept_and_cured_by_a_later_roster(office: Office) -> None:
    report = take(office, person(文化程度="高中", 在校生状况="高一"))
    assert ("VERIFY_SCHOOL", 2) in [(notice.phrase.code, notice.row) for notice in report.notices]
    take(office, person(文化程度="高中", 在校生状况="高一"))
    assert questions(office) == [("包雪梅", "VERIFY_SCHOOL")]


def test_a_cured_question_is_closed_and_asked_again_when_it_comes_back(office: Office) -> None:
    wrong, right = (
        {"就业状态": "已就业", "月收入": "300", "务工所在县": "北京市朝阳区", "务工时间": "3"},
        {"月收入": "3000"},
    )
    take(office, person(**wrong))
    assert questions(office) == [("包雪梅", "VERIFY_INCOME_LOW")]
    take(office, person(**wrong | right))
    assert questions(office) == []
    take(office, person(**wrong))
    assert questions(office) == [("包雪梅", "VERIFY_INCOME_LOW")]


def test_a_household_is_asked_about_over_file_and_store(office: Office) -> None:
    take(office, person(户编号="H1", 与户主关系="户主"))
    husband = person(编号="NM-2", 姓名="王铁柱", 身份证号=None, 户编号="H1", 与户主关系="户主")
    take(office, husband)
    assert questions(office) == [("包雪梅", "VERIFY_TWO_HEADS"), ("王铁柱", "VERIFY_TWO_HEADS")]
    take(office, husband | {"与户主关系": "配偶"})
    assert questions(office) == []


def test_what_was_answered_is_not_asked_again(office: Office) -> None:
    take(office, person(文化程度="高中", 在校生状况="高一"))
    with office.unit("coordinator") as unit:
        (one,) = unit.questions.open()
        unit.questions.answer(one.key, QuestionState.ANSWERED, "六月毕业", worker_key=one.worker_key)
    take(office, person(文化程度="高中", 在校生状况="高一"))
    with office.reading() as unit:
        (kept,) = unit.questions.of_person(one.worker_key)
    assert (kept.state, kept.answer, kept.answered_by) == (QuestionState.ANSWERED, "六月毕业", "coordinator")
    assert questions(office) == []
