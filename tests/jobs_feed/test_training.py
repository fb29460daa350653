"""Rows of a training list become classes, or reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from jobs_feed.cells import CellValue, TableRow
from jobs_feed.rows import RowReader
from jobs_feed.training import read_training_row
from matcher.domain.training import TrainingClass, TrainingMode
from matcher.reference.divisions import load_gazetteer

AS_OF = date(2026, 6, 24)


def read(cells: Mapping[str, CellValue]) -> tuple[TrainingClass | None, RowReader]:
    """A row of a training list as a class."""
    cells = {"培训项目": "家政服务员", "培训机构": "某某学校", "培训地点": "奈曼旗"} | dict(cells)
    row = RowReader(TableRow("表一", 7, cells, {name: name for name in cells}), "training", AS_OF)
    return read_training_row(row, load_gazetteer(), sender="local"), row


def course(cells: Mapping[str, CellValue]) -> TrainingClass:
    """The class of a row that is one."""
    found, row = read(cells)
    assert found is not None, row.problems
    return found


def test_a_whole_training_row_is_a_class() -> None:
    found = course(
        {
            "开班日期": "2026-07-06",
            "结束日期": "2026-07-20",
            "课时": "80课时",
            "名额": "30人",
            "授课方式": "晚上",
            "报名截止": "2026-07-03",
        }
    )
    assert (found.hours, found.seats, found.mode) == (80, 30, TrainingMode.EVENING)
    assert (found.starts_on, found.enrol_until) == (date(2026, 7, 6), date(2026, 7, 3))


def test_a_class_that_ends_before_it_starts_is_refused() -> None:
    found, row = read({"开班日期": "2026-07-06", "结束日期": "2026-07-01"})
    assert found is None
    assert [problem.phrase.code for problem in row.problems] == ["IMPORT_END_BEFORE_START"]


@pytest.mark.parametrize("column", ["名额", "报名截止"])
@pytest.mark.parametrize("words", ["已报满", "满员", "名额已满", "停止报名"])
def test_a_class_said_to_be_full_has_no_seat_left(column: str, words: str) -> None:
    assert course({"开班日期": "2026-07-06", column: words}).seats == 0


@pytest.mark.parametrize("seats", ["30人", "还剩2个", "满20人开班"])
def test_a_class_with_seats_is_not_full(seats: str) -> None:
    assert course({"名额": seats}).seats != 0


@pytest.mark.parametrize(
    ("starts", "until", "day"),
    [
        ("2026-12-07", "12月1日", date(2026, 12, 1)),
        ("2027-01-11", "12月28日", date(2026, 12, 28)),
        ("2027-03-10", "3月5日", date(2027, 3, 5)),
        ("2026-07-06", "7月3日", date(2026, 7, 3)),
    ],
)
def test_an_enrolment_day_without_a_year_is_the_last_one_before_the_class_starts(
    starts: str, until: str, day: date
) -> None:
    assert course({"开班日期": starts, "报名截止": until}).enrol_until == day


@pytest.mark.parametrize(
    ("place", "provider", "code"),
    [
        ("奈曼旗", "某某学校", "150525"),
        ("本校", "科左中旗职业技能培训学校", "150521"),
        ("本校", "开鲁县技工学校", "150523"),
    ],
)
def test_a_class_whose_place_names_no_place_is_where_its_provider_is(place: str, provider: str, code: str) -> None:
    assert course({"培训地点": place, "培训机构": provider}).place.code == code
