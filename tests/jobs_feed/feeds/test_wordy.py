"""Items that tell a posting in words only become rows with an employer and a place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jobs_feed.cells import SheetRows, plain
from jobs_feed.feeds.wordy import told_in_words
from jobs_feed.sources import ReadFile
from matcher.reading import load_tools

HEADERS = ("编号", "岗位名称", "岗位描述")


def told(headers: Sequence[str], *rows: Sequence[str]) -> list[dict[str, str]]:
    """What the rows of a feed say in the end."""
    sheet = SheetRows("feed", rows=[(1, headers), *((number, row) for number, row in enumerate(rows, start=2))])
    [filled] = told_in_words(ReadFile(sheets=[sheet]), load_tools()).sheets
    names = [plain(cell) for cell in filled.rows[0][1]]
    return [dict(zip(names, map(plain, cells), strict=False)) for _, cells in filled.rows[1:]]


def test_employer_place_pay_and_phone_come_out_of_the_words() -> None:
    words = "通辽市示例物业有限公司招保洁员2名，月薪3000元，工作地点科尔沁区，电话15430001234"
    [row] = told(HEADERS, ("g1", "招人啦", words))
    assert row["用人单位"] == "通辽市示例物业有限公司"
    assert row["岗位名称"] == "保洁员"
    assert "科尔沁区" in row["工作地点"]
    assert "3000" in row["薪资待遇"]
    assert row["联系电话"] == "15430001234"
    assert words in row["岗位描述"]


def test_what_the_feed_says_itself_goes_before_its_words() -> None:
    headers = (*HEADERS, "用人单位")
    [row] = told(headers, ("g1", "保洁员", "示例甲有限公司招保洁员，奈曼旗大沁他拉镇", "示例乙有限公司"))
    assert row["用人单位"] == "示例乙有限公司"
    assert "大沁他拉" in row["工作地点"]


def test_several_jobs_of_one_item_keep_its_reference_and_number_the_rest() -> None:
    words = "奈曼旗示例饭店招聘：\n1、服务员2名，月薪3000元\n2、后厨帮工1名，月薪3500元\n电话15430001234"
    rows = told(HEADERS, ("g7", "示例饭店招聘", words))
    assert [row["编号"] for row in rows] == ["g7", "g7#2"]
    assert {row["用人单位"] for row in rows} == {"示例饭店"}


def test_words_that_name_no_employer_leave_it_empty() -> None:
    [row] = told(HEADERS, ("g1", "招人", "待遇好，来电详谈"))
    assert (row["编号"], row["用人单位"]) == ("g1", "")


@pytest.mark.parametrize(
    "headers", [("岗位名称", "用人单位", "工作地点", "岗位描述"), ("岗位名称", "来源"), ("标题", "岗位描述")]
)
def test_a_feed_with_columns_of_its_own_or_without_words_stays_as_it_is(headers: Sequence[str]) -> None:
    row = tuple(f"{name}一" for name in headers)
    assert told(headers, row) == [dict(zip(headers, row, strict=True))]
