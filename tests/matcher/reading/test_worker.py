"""A roster row as a whole: what decides, what is contradicted, what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.worker import Education, Sex, Transport, Worker, WorkerFacts
from matcher.reading.identity import check_digit
from matcher.reading.tools import load_tools
from matcher.reading.worker import read_worker

READ_ON = date(2026, 5, 20)
BODY = "15059919790302002"
NUMBER = BODY + check_digit(BODY)


def facts(**fields: object) -> WorkerFacts:
    """Facts of a worker with the given columns."""
    return read_worker(replace(Worker(ref="T", name="某"), **fields), load_tools(), read_on=READ_ON)  # type: ignore[arg-type]


def test_the_identity_number_decides_and_a_contradicting_text_is_shown() -> None:
    read = facts(id_number=NUMBER, birth_date=date(1980, 1, 1), sex=Sex.MALE, remarks="虚岁六十五了")
    assert (read.birth_date.value, read.birth_estimated) == (date(1979, 3, 2), False)
    assert read.birth_date.contradicted
    assert [words.field for words in read.birth_date.evidence] == ["身份证号", "出生日期", "情况说明"]
    assert (read.sex.value, read.sex.contradicted) == (Sex.FEMALE, True)


def test_the_number_itself_is_never_evidence() -> None:
    read = facts(id_number=NUMBER)
    assert all(NUMBER not in words.words for words in (*read.birth_date.evidence, *read.sex.evidence))


@pytest.mark.parametrize(
    ("remarks", "born", "estimated"),
    [("虚岁五十三", 1974, True), ("65年的", 1965, True), ("五十三了", 1973, True), ("儿子三十岁了", None, False)],
)
def test_without_number_or_date_the_age_in_words_is_an_estimate(
    remarks: str, born: int | None, estimated: bool
) -> None:
    read = facts(remarks=remarks)
    assert (read.birth_date.value.year if read.birth_date.value else None) == born
    assert read.birth_estimated is estimated


def test_schooling_travel_and_pay_come_from_columns_first_and_texts_second() -> None:
    read = facts(education=Education.JUNIOR, education_text="初中", wage_text="3k-4k", remarks="有电动车")
    assert read.education.value is Education.JUNIOR
    assert read.wage_wish is not None and read.wage_wish.yuan_per_month == 3000
    assert read.transport.value is Transport.EBIKE
    assert facts(transport=Transport.BUS, remarks="有电动车").transport.value is Transport.BUS
    assert facts(remarks="得有车接").transport.value is None


@pytest.mark.parametrize(
    ("fields", "at_school"),
    [
        ({"school_status": "在校"}, True),
        ({"school_status": "否"}, False),
        ({"remarks": "正在读高二"}, True),
        ({"remarks": "孩子正在读高二"}, None),
        ({"remarks": "读高中时辍学"}, None),
    ],
)
def test_being_at_school_is_the_persons_own(fields: dict[str, str], at_school: bool | None) -> None:
    assert facts(**fields).at_school.value is at_school


def test_a_disability_card_gives_limits_of_function_without_words() -> None:
    read = facts(id_number=NUMBER + "23")
    assert read.holds("NO_PHONE")
    situation = read.situation("DISABILITY")
    assert situation is not None and situation.evidence[0].private


def test_a_whole_row_is_read_together() -> None:
    read = facts(
        home=load_tools().gazetteer.place("150525"),
        skills_text="会电焊，干过两年瓦工小工",
        certificates_text="低压电工证 2026-05 到期",
        wish_text="保洁、家政",
        wish_place_text="本旗或通辽市里",
        care_text="接送上小学的孙子",
        remarks="腰脱，不能干重活，汉话说不利索",
    )
    assert {limit.code for limit in read.constraints} == {"DAY_RETURN", "HOURS", "NO_HEAVY"} | (
        {"LANG_MN_PREFERRED"} if read.mongolian_first.value else set()
    )
    assert {term.code for term in read.wished} == {"cleaner", "home_helper"}
    assert {place.code for place, _ in read.wished_places} == {"150525", "150502"}
    assert "arc_welding" in {held.skill for held in read.skills}
    assert read.speaks_mandarin.value is False


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=60),
    st.text(alphabet="不没会腰脱接送孩子点半年月到前后以内公里0123456789，。、 的在家养头牛", max_size=50),
)
def test_no_text_breaks_the_reading_of_a_row(anything: str, likely: str) -> None:
    read = facts(remarks=likely, skills_text=anything, wish_text=likely, care_text=likely, wage_text=anything)
    assert isinstance(read, WorkerFacts)
