"""Cells as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_feed.fields import (
    read_choice,
    read_count,
    read_date,
    read_deadline,
    read_hours,
    read_phone,
    read_uscc,
    read_yes_no,
)

AS_OF = date(2026, 6, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015年03月19日", date(2015, 3, 19)),
        ("2015/3/9", date(2015, 3, 9)),
        ("2022.6.1", date(2022, 6, 1)),
        ("2022-06-01 08:30", date(2022, 6, 1)),
        ("２０２２－０６－０１", date(2022, 6, 1)),
        ("20220601", date(2022, 6, 1)),
        ("22.6.1", date(2022, 6, 1)),
        ("44713", date(2022, 6, 1)),
        ("3月15日", date(2026, 3, 15)),
        ("04-20", date(2026, 4, 20)),
        ("12-25", date(2025, 12, 25)),
        ("2月29日", date(2024, 2, 29)),
        ("", None),
        ("—", None),
        ("不详", None),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, expected: date | None) -> None:
    found = read_date(text, as_of=AS_OF)
    assert (found.value, found.fault, found.notice) == (expected, None, None)


@pytest.mark.parametrize("text", ["2026年2月31日", "2025-02-29", "13月5日", "2026/0/1", "20260231"])
def test_a_day_that_does_not_exist_is_a_fault(text: str) -> None:
    found = read_date(text, as_of=AS_OF)
    assert found.value is None and found.fault is not None and found.fault.code == "IMPORT_DATE_IMPOSSIBLE"


def test_a_month_alone_is_its_first_day_and_said_so() -> None:
    found = read_date("2025年6月", as_of=AS_OF)
    assert found.value == date(2025, 6, 1) and found.notice is not None


@pytest.mark.parametrize("text", ["随时", "下个月", "属马", "1800-01-01"])
def test_words_that_are_no_date_are_unknown_with_a_notice(text: str) -> None:
    found = read_date(text, as_of=AS_OF)
    assert found.value is None and found.fault is None and found.notice is not None


@pytest.mark.parametrize(
    ("text", "expected", "noticed"),
    [
        ("长期", None, False),
        ("招满即止", None, False),
        ("1970-01-01", None, True),
        ("2026-07-31", date(2026, 7, 31), False),
        ("2026-06-01", date(2026, 6, 1), False),
        ("7月31日", None, True),
    ],
)
def test_a_deadline_before_the_publication_is_unknown(text: str, expected: date | None, noticed: bool) -> None:
    found = read_deadline(text, as_of=AS_OF, published_on=date(2026, 6, 1))
    assert found.value == expected and (found.notice is not None) == noticed and found.fault is None


def test_a_deadline_without_a_year_says_which_year_was_taken() -> None:
    found = read_deadline("6月20日", as_of=AS_OF, published_on=None)
    assert found.value == date(2026, 6, 20) and found.notice is not None and found.notice.code == "IMPORT_DATE_YEAR"


@pytest.mark.parametrize(
    ("text", "expected", "noticed"),
    [
        ("2人", 2, False),
        ("10", 10, False),
        ("５名", 5, False),
        ("招聘20人", 20, False),
        ("100人左右", 100, False),
        ("三人", 3, False),
        ("十二名", 12, False),
        ("二十人", 20, False),
        ("两名", 2, False),
        ("3-5名", 3, True),
        ("10至20人", 10, True),
        ("若干", None, True),
        ("数名人", None, True),
        ("不限人", None, True),
        ("人", None, True),
        ("0", None, True),
        ("2026-03-05", None, True),
        ("", None, False),
    ],
)
def test_a_head_count_is_a_number_or_unknown_with_a_notice(text: str, expected: int | None, noticed: bool) -> None:
    found = read_count(text)
    assert (found.value, found.notice is not None, found.fault) == (expected, noticed, None)


@pytest.mark.parametrize(("text", "expected"), [("80", 80), ("80课时", 80), ("共120学时", 120), ("", None)])
def test_lessons_are_counted(text: str, expected: int | None) -> None:
    assert read_hours(text).value == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800000001", "13800000001"),
        ("１３８００００００１２", "13800000012"),
        ("138-0000-0001", "13800000001"),
        ("+86 138 0000 0001", "13800000001"),
        ("13800000001（儿子）", "13800000001"),
        ("13800000001、13800000002", "13800000001 13800000002"),
        ("0475-8000000", "0475-8000000"),
        ("", ""),
    ],
)
def test_phone_numbers_are_kept_as_digits(text: str, expected: str) -> None:
    found = read_phone(text)
    assert (found.value or "") == expected and found.notice is None


def test_what_is_no_phone_number_is_kept_and_said() -> None:
    found = read_phone("找村书记")
    assert found.value == "找村书记" and found.notice is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("是", True), ("√", True), ("有", True), ("否", False), ("Ｎ", False), ("无", False), ("", None)],
)
def test_yes_and_no_in_the_ways_people_tick(text: str, expected: bool | None) -> None:
    assert read_yes_no(text).value == expected


def test_neither_yes_nor_no_is_unknown_with_a_notice() -> None:
    found = read_yes_no("看情况")
    assert found.value is None and found.notice is not None


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("户类型", "脱贫不享受政策", "脱贫户"),
        ("户类型", "监测对象", "监测户"),
        ("监测对象类别", "边缘户", "边缘易致贫户"),
        ("监测对象类别", "脱贫不稳定户", "脱贫不稳定户"),
        ("就业状态", "打零工", "灵活就业"),
        ("就业意愿", "无", "暂无意愿"),
        ("交通方式", "电瓶车", "电动车"),
        ("岗位类别", "公益岗", "公益性岗位"),
    ],
)
def test_other_words_for_a_value_are_known(field: str, text: str, expected: str) -> None:
    assert read_choice(field, text, frozenset({"脱贫不稳定户"})).value == expected


def test_an_unknown_word_for_a_value_is_unknown_and_the_known_ones_are_named() -> None:
    found = read_choice("户类型", "大户人家", frozenset({"脱贫户", "监测户"}))
    assert found.value is None and found.notice is not None
    assert "脱贫户" in str(found.notice.args)


def test_a_wrong_credit_code_is_kept_and_said() -> None:
    assert read_uscc("91150000MA0N00000X").notice is not None
    assert read_uscc("91150000MA0N00000X").value == "91150000MA0N00000X"
    assert read_uscc("").value is None


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    results = (
        read_date(text, as_of=AS_OF),
        read_deadline(text, as_of=AS_OF, published_on=AS_OF),
        read_count(text),
        read_hours(text),
        read_phone(text),
        read_yes_no(text),
        read_uscc(text),
        read_choice("户类型", text, frozenset({"脱贫户"})),
    )
    assert all(found.value is None or found.fault is None for found in results)
