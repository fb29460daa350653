"""Workbooks as offices lay them out: titles, merged cells, headers of several rows, sums, notes, hidden parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from matcher.domain.worker import Education, WorkStatus
from tests.jobs_feed.books import Cell, id_number
from tests.jobs_feed.files.case import (
    POSTING,
    WORKER,
    Case,
    append,
    book_with,
    posting_list,
    posting_row,
    refs,
    roster,
    simple,
    worker_row,
)


def titles_above(folder: Path) -> Path:
    """A merged title, a note and an empty row above the header."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [["奈曼旗 2026 年岗位信息汇总表"], ["填报单位：示例（盖章）", None, None, "2026年6月"], []])
        append(sheet, posting_list())
        sheet.merge_cells("A1:F1")

    return book_with(folder / "titles.xlsx", fill)


def many_titles(folder: Path) -> Path:
    """Twenty-five rows of instructions above the header."""
    rows = [[f"{number}. 填写说明第 {number} 条，请如实填写，不得漏项。"] for number in range(1, 26)]
    return book_with(folder / "notes.xlsx", lambda sheet: append(sheet, [*rows, *posting_list()]))


def header_of_two_rows(folder: Path) -> Path:
    """编号 and 姓名 merged downwards, 住址 merged over three columns."""

    def fill(sheet: Worksheet) -> None:
        append(
            sheet, [["编号", "姓名", "住址", None, None, "联系电话"], [None, None, "旗县", "苏木乡镇", "嘎查村", None]]
        )
        append(sheet, [["W-1", "示例一", "奈曼旗", "大沁他拉镇", "示例嘎查", "13800000001"]])
        append(sheet, [["W-2", "示例二", "奈曼旗", "大沁他拉镇", "示例嘎查", "13800000002"]])
        for area in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
            sheet.merge_cells(area)

    return book_with(folder / "two.xlsx", fill)


def header_of_two_rows_on_every_page(folder: Path) -> Path:
    """The same header printed again in the middle, without its merges."""

    def fill(sheet: Worksheet) -> None:
        head: list[list[Cell]] = [
            ["编号", "姓名", "住址", None, "联系电话"],
            ["编号", "姓名", "旗县", "嘎查村", "联系电话"],
        ]
        append(sheet, [["示例台账"], *head, ["W-1", "示例一", "奈曼旗", "示例嘎查", "13800000001"]])
        append(sheet, [["示例台账"], *head, ["W-2", "示例二", "奈曼旗", "示例嘎查", "13800000002"]])

    return book_with(folder / "pages.xlsx", fill)


def header_of_three_rows(folder: Path) -> Path:
    """Groups over groups over names."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [["编号", "基本情况", None, None, "就业情况", None]])
        append(sheet, [[None, "个人", None, "住址", "现状", "意向"]])
        append(sheet, [[None, "姓名", "身份证号", "嘎查村", "就业状态", "意向工种"]])
        append(sheet, [["W-1", "示例一", id_number(1), "示例嘎查", "未就业", "保洁"]])
        for area in ("A1:A3", "B1:D1", "E1:F1", "B2:C2"):
            sheet.merge_cells(area)

    return book_with(folder / "three.xlsx", fill)


def merged_employer(folder: Path) -> Path:
    """One employer merged over three postings."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [list(POSTING), posting_row(1, 用人单位="示例公司")])
        append(sheet, [posting_row(2, 用人单位=None), posting_row(3, 用人单位=None), posting_row(4)])
        sheet.merge_cells("C2:C4")

    return book_with(folder / "merged.xlsx", fill)


def person_on_two_rows(folder: Path) -> Path:
    """Everything of a person merged over two rows but the work done, which needs both."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [[*WORKER, "工作经历"], [*worker_row(1), "2019年在工地干瓦工"]])
        append(sheet, [[None] * 6 + ["2021年在饭店干后厨"], [*worker_row(2), "放羊"]])
        for column in "ABCDEF":
            sheet.merge_cells(f"{column}2:{column}3")

    return book_with(folder / "spread.xlsx", fill)


def person_on_two_lines(folder: Path) -> Path:
    """Two header rows, both full of names, and two rows a person."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [["编号", "姓名", "身份证号", "联系电话"], [None, "旗县", "嘎查村", "意向工种"]])
        for number in (1, 2):
            append(sheet, [[f"W-{number}", f"示例{number}", id_number(number), f"1380000000{number}"]])
            append(sheet, [[None, "奈曼旗", "示例嘎查", "保洁"]])

    return book_with(folder / "stacked.xlsx", fill)


def several_sheets(folder: Path) -> Path:
    """Two sheets with data under different headers, one that is something else, one empty."""
    book = openpyxl.Workbook()
    append(book.worksheets[0], [["这是说明页，请勿修改"], ["联系我们：示例"]])
    book.create_sheet("空表")
    append(book.create_sheet("企业"), posting_list())
    other = [["职位", "公司名称", "地区", "岗位编号"], ["焊工", "示例重工", "科尔沁区", "P-3"]]
    append(book.create_sheet("车间"), other)
    book.save(folder / "sheets.xlsx")
    return folder / "sheets.xlsx"


def hidden_parts(folder: Path) -> Path:
    """A hidden row and column are read, a hidden and a very hidden sheet are not."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    append(sheet, posting_list(3))
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for name, state in (("旧表", "hidden"), ("字典", "veryHidden")):
        append(other := book.create_sheet(name), [list(POSTING), posting_row(9)])
        other.sheet_state = state
    book.save(folder / "hidden.xlsx")
    return folder / "hidden.xlsx"


def filters_and_panes(folder: Path) -> Path:
    """A filter that hides rows, frozen panes, grouped columns."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, posting_list(3))
        sheet.auto_filter.ref = "A1:F4"
        sheet.auto_filter.add_filter_column(0, ["P-1"])
        sheet.freeze_panes = "B2"
        sheet.column_dimensions.group("C", "D", hidden=True)
        for row in (3, 4):
            sheet.row_dimensions[row].hidden = True

    return book_with(folder / "filter.xlsx", fill)


def decorated(folder: Path) -> Path:
    """Comments, lists to choose from, fonts, a chart."""
    from openpyxl.chart import BarChart, Reference

    def fill(sheet: Worksheet) -> None:
        append(sheet, posting_list())
        sheet["B2"].comment = Comment("批注里的话不算数", "示例")
        sheet["B2"].font = Font(bold=True)
        sheet.add_data_validation(rule := DataValidation(type="list", formula1='"保洁员,焊工"'))
        rule.add("B2:B100")
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=5, min_row=1, max_row=3))
        sheet.add_chart(chart, "H2")

    return book_with(folder / "decorated.xlsx", fill)


def sums_and_notes(folder: Path) -> Path:
    """Sections in the middle, headers again, sums and notes at the foot."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [list(POSTING), ["一、企业岗位"], posting_row(1), ["小计", None, None, None, 3]])
        append(sheet, [["二、公益岗位"], list(POSTING), posting_row(2), ["合  计", None, None, None, "=SUM(E3:E7)"]])
        append(
            sheet, [[], ["注：以上岗位长期有效，联系电话 0475-1234567"], ["填表人：示例", None, None, "审核人：示例"]]
        )
        append(sheet, [["制表日期：2026年6月1日"]])
        sheet.merge_cells("A2:F2")

    return book_with(folder / "foot.xlsx", fill)


def sections_of_a_roster(folder: Path) -> Path:
    """Names of villages merged across the table are no people."""

    def fill(sheet: Worksheet) -> None:
        head = [name for name in WORKER if name != "编号"]
        append(sheet, [head, ["示例嘎查"], worker_row(1)[1:], ["示例二村"], worker_row(2)[1:]])
        sheet.merge_cells("A2:E2")
        sheet.merge_cells("A4:E4")

    return book_with(folder / "villages.xlsx", fill)


def transposed(folder: Path) -> Path:
    """Fields down the first column, a posting a column."""
    rows = [list(column) for column in zip(*posting_list(3), strict=True)]
    return book_with(folder / "turned.xlsx", lambda sheet: append(sheet, [["岗位信息"], *rows]))


def one_form(folder: Path) -> Path:
    """A form for one posting: names and values side by side."""

    def fill(sheet: Worksheet) -> None:
        append(sheet, [["岗位信息采集表"], ["单位全称", "示例公司", "统一社会信用代码", None]])
        append(sheet, [["岗位名称", "焊工", "招聘人数", 5], ["工作地点", "科尔沁区", "薪资待遇", "5000元/月"]])
        append(sheet, [["编号", "P-1", "联系电话", "13800000001"], ["填表人：示例"]])
        sheet.merge_cells("A1:D1")

    return book_with(folder / "form.xlsx", fill)


def twice_the_columns(folder: Path) -> Path:
    """The same header twice: the second speaks where the first is silent."""
    rows: list[list[Cell]] = [
        [*POSTING, "联系电话", "联系电话"],
        [*posting_row(1), None, "13800000001"],
        [*posting_row(2), "13800000002", "13800000003"],
    ]
    return book_with(folder / "twice.xlsx", lambda sheet: append(sheet, rows))


def side_by_side(folder: Path) -> Path:
    """Two lists beside each other with an empty column between, the second one shorter."""
    rows: list[list[Cell]] = [
        ["编号", "姓名", "联系电话", None, "编号", "姓名", "联系电话"],
        ["W-1", "示例一", "13800000001", None, "W-3", "示例三", "13800000003"],
        ["W-2", "示例二", "13800000002"],
    ]
    return book_with(folder / "beside.xlsx", lambda sheet: append(sheet, rows))


def odd_headers(folder: Path) -> Path:
    """Blanks, line ends, zero-width characters, stars and emoji in the headers."""
    head = ["\ufeff编 号", "岗位\n名称*", "用\u200b人单位（必填）", "  工作地点：", "【招聘人数】", "📌薪资待遇"]
    return book_with(folder / "odd.xlsx", lambda sheet: append(sheet, [head, posting_row(1)]))


def traditional(folder: Path) -> Path:
    """Headers and values in traditional characters."""
    rows: list[list[Cell]] = [
        ["編號", "姓名", "性別", "聯繫電話", "文化程度", "就業狀態", "嘎查村"],
        ["W-1", "示例一", "女", "13800000001", "國中", "未就業", "示例嘎查"],
    ]
    return book_with(folder / "traditional.xlsx", lambda sheet: append(sheet, rows))


def english(folder: Path) -> Path:
    """English headers."""
    rows: list[list[Cell]] = [
        ["ID", "Job Title", "Company Name", "Location", "Openings", "Salary", "Phone", "Deadline"],
        ["P-1", "保洁员", "示例物业", "奈曼旗", 2, "3000元/月", "13800000001", date(2026, 7, 31)],
    ]
    return book_with(folder / "english.xlsx", lambda sheet: append(sheet, rows))


def unnamed_column(folder: Path) -> Path:
    """A column without a header holds something."""
    rows = [[*POSTING, None], [*posting_row(1), "急招"]]
    return book_with(folder / "unnamed.xlsx", lambda sheet: append(sheet, rows))


CASES = (
    Case("title rows above", "postings", titles_above, refs("P", 2)),
    Case("instructions above", "postings", many_titles, refs("P", 2)),
    Case(
        "header of two rows",
        "workers",
        header_of_two_rows,
        [{"ref": f"W-{n}", "village": "示例嘎查", "phone": f"1380000000{n}"} for n in (1, 2)],
    ),
    Case(
        "header of two rows on every page",
        "workers",
        header_of_two_rows_on_every_page,
        [{"ref": f"W-{n}", "name": f"示例{'一二'[n - 1]}"} for n in (1, 2)],
        notices=["IMPORT_ROW_HEADER"],
    ),
    Case(
        "header of three rows",
        "workers",
        header_of_three_rows,
        [{"ref": "W-1", "name": "示例一", "wish_text": "保洁", "village": "示例嘎查"}],
    ),
    Case(
        "employer merged over postings",
        "postings",
        merged_employer,
        [{"ref": f"P-{n}", "employer": "示例公司" if n < 4 else "示例物业4公司"} for n in range(1, 5)],
    ),
    Case(
        "person merged over two rows",
        "workers",
        person_on_two_rows,
        [
            {"ref": "W-1", "experience_text": "2019年在工地干瓦工\n2021年在饭店干后厨"},
            {"ref": "W-2", "experience_text": "放羊"},
        ],
    ),
    Case(
        "two lines a person",
        "workers",
        person_on_two_lines,
        [{"ref": f"W-{n}", "wish_text": "保洁", "village": "示例嘎查"} for n in (1, 2)],
    ),
    Case("several sheets", "postings", several_sheets, refs("P", 3), notices=["IMPORT_SHEET_SKIPPED"]),
    Case(
        "hidden parts",
        "postings",
        hidden_parts,
        refs("P", 3),
        notices=["IMPORT_SHEET_HIDDEN", "IMPORT_ROWS_HIDDEN", "IMPORT_COLUMNS_HIDDEN"],
    ),
    Case("filter and panes", "postings", filters_and_panes, refs("P", 3)),
    Case("comments, lists, charts", "postings", decorated, refs("P", 2)),
    Case(
        "sections, sums and notes",
        "postings",
        sums_and_notes,
        refs("P", 2),
        notices=["IMPORT_ROW_SUM", "IMPORT_ROW_NOTE", "IMPORT_ROW_HEADER", "IMPORT_ROW_SECTION"],
    ),
    Case(
        "villages across a roster",
        "workers",
        sections_of_a_roster,
        [{"name": "示例二"}, {"name": "示例三"}],
        notices=["IMPORT_ROW_SECTION"],
    ),
    Case("table on its side", "postings", transposed, refs("P", 3), notices=["IMPORT_TURNED"]),
    Case(
        "form for one posting",
        "postings",
        one_form,
        [{"ref": "P-1", "employer": "示例公司", "openings": 5, "phone": "13800000001"}],
    ),
    Case(
        "column twice",
        "postings",
        twice_the_columns,
        [{"ref": "P-1", "phone": "13800000001"}, {"ref": "P-2", "phone": "13800000002"}],
    ),
    Case(
        "two lists side by side",
        "workers",
        side_by_side,
        [{"ref": f"W-{n}", "phone": f"1380000000{n}"} for n in (1, 2, 3)],
        notices=["IMPORT_SIDE_BY_SIDE"],
    ),
    Case("odd characters in headers", "postings", odd_headers, [{"ref": "P-1", "openings": 3}]),
    Case(
        "traditional characters",
        "workers",
        traditional,
        [{"ref": "W-1", "phone": "13800000001", "work_status": WorkStatus.UNEMPLOYED, "education": Education.JUNIOR}],
    ),
    Case("English headers", "postings", english, [{"ref": "P-1", "openings": 2, "deadline": date(2026, 7, 31)}]),
    Case("column without a name", "postings", unnamed_column, refs("P", 1), notices=["IMPORT_COLUMNS_UNUSED"]),
    Case("plain roster", "workers", simple(roster(3)), refs("W", 3)),
)
