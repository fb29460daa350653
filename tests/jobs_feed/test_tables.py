"""Where the header stands, and which rows are data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from jobs_feed.cells import CellValue, SheetRows
from jobs_feed.columns import field_named, names_of
from jobs_feed.tables import KnownNames, Table, find_tables

NAMES = KnownNames(partial(field_named, "workers"), frozenset(names_of("workers").required), names_of("workers").texts)


def table(rows: Sequence[Sequence[CellValue]]) -> Table:
    """The table of a sheet whose rows follow each other."""
    found = find_tables(SheetRows("表", rows=[(number, cells) for number, cells in enumerate(rows, start=1)]), NAMES)
    assert len(found) == 1
    return found[0]


def test_the_header_is_found_below_title_rows() -> None:
    found = table([["某某旗劳动力台账"], ["填报单位：示例", None, "2026年"], ["序号", "姓名", "性别"], [1, "甲", "女"]])
    assert found.headers == ("序号", "姓名", "性别")
    assert found.header_row == 3
    assert [number for number, _ in found.rows] == [4]


def test_a_header_of_two_rows_is_joined() -> None:
    found = table(
        [
            ["姓名", "家庭住址", None, None, "联系电话"],
            ["姓名", "旗县", "苏木乡镇", "嘎查村", None],
            ["甲", "奈曼旗", "大沁他拉镇", "示例嘎查", "13800000001"],
        ]
    )
    assert found.headers == ("姓名", "旗县", "苏木乡镇", "嘎查村", "联系电话")
    assert len(found.rows) == 1


def test_a_first_row_of_data_is_not_taken_for_a_lower_header() -> None:
    found = table([["姓名", "健康状况", "备注"], ["甲", "残疾", None], ["乙", "健康", "姓名"]])
    assert found.headers == ("姓名", "健康状况", "备注")
    assert len(found.rows) == 2


def test_sums_notes_and_repeated_headers_are_left_out_and_said() -> None:
    found = table(
        [
            ["姓名", "性别", "年龄"],
            ["甲", "女", 40],
            ["姓名", "性别", "年龄"],
            ["乙", "男", 41],
            ["合 计", None, 81],
            ["填表人：示例"],
        ]
    )
    assert [cells[0] for _, cells in found.rows] == ["甲", "乙"]
    assert [(notice.row, notice.phrase.code) for notice in found.notices] == [
        (3, "IMPORT_ROW_HEADER"),
        (5, "IMPORT_ROW_SUM"),
        (6, "IMPORT_ROW_NOTE"),
    ]


def test_the_first_values_of_a_column_are_its_samples() -> None:
    found = table([["姓名", "性别"], ["甲", None], ["乙", "男"], ["丙", "女"]])
    assert found.samples(1) == ("男", "女")


def test_required_headers_weigh_double_when_looking_for_the_header_row() -> None:
    assert NAMES.score(["姓名", "性别", "随便", ""]) == 3
    assert NAMES.required == {"姓名"}
