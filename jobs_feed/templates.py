"""The three templates for download.

In: a kind of file. Out: an .xlsx with its columns, drop-down lists, text columns for numbers that are names, and a
second sheet that says what belongs where.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import xlsxwriter

from jobs_feed.reference import rows_of
from jobs_feed.roster import EDUCATION
from matcher.domain.posting import PostingKind
from matcher.domain.training import TrainingMode
from matcher.domain.worker import HouseholdType, LabourSkill, MonitorCategory, Transport, Willingness, WorkStatus

SHEETS = {"workers": "劳动者台账", "postings": "岗位信息", "training": "培训项目"}
GUIDE_SHEET = "填写说明"
_GUIDE_HEADERS = ("列", "要不要填", "填什么", "例子")
_ROWS_WITH_LISTS = 2_000
_ENUMERATIONS: dict[str, type[StrEnum]] = {
    "户类型": HouseholdType,
    "监测对象类别": MonitorCategory,
    "劳动技能": LabourSkill,
    "就业状态": WorkStatus,
    "就业意愿": Willingness,
    "交通方式": Transport,
    "岗位类别": PostingKind,
    "授课方式": TrainingMode,
}


def write_template(kind: str, path: Path) -> None:
    """Writes the empty template of one kind of file."""
    fields = [row for row in rows_of("fields") if row["kind"] == kind]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEETS[kind])
        plain = book.add_format({"num_format": "@", "valign": "top"})
        needed = book.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True})
        optional = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1, "text_wrap": True})
        sheet.freeze_panes(1, 0)
        for index, field in enumerate(fields):
            sheet.write_string(0, index, field["field"], needed if field["required"] else optional)
            sheet.set_column(index, index, int(field["width"]), plain)
            choices = list(choices_of(field))
            if choices:
                rule = {"validate": "list", "source": choices, "ignore_blank": True, "error_type": "warning"}
                sheet.data_validation(1, index, _ROWS_WITH_LISTS, index, rule)
        _write_guide(book, fields)


def choices_of(field: dict[str, str]) -> Iterable[str]:
    """The values a drop-down list of a column offers."""
    if field["form"] == "yesno":
        return ("是", "否")
    if field["form"] != "choice":
        return ()
    if field["field"] == "性别":
        return ("女", "男")
    if field["field"] == "文化程度":
        return EDUCATION
    return (choice.value for choice in _ENUMERATIONS[field["field"]])


def _write_guide(book: xlsxwriter.Workbook, fields: list[dict[str, str]]) -> None:
    """The sheet that says what belongs where; it has no header the import would take for a table."""
    guide = book.add_worksheet(GUIDE_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "bottom": 1})
    for index, (header, width) in enumerate(zip(_GUIDE_HEADERS, (16, 10, 60, 28), strict=True)):
        guide.set_column(index, index, width, wrapped)
        guide.write_string(0, index, header, bold)
    for number, field in enumerate(fields, start=1):
        must = "必填" if field["required"] else "可不填"
        for index, text in enumerate((field["field"], must, field["meaning"], field["example"])):
            guide.write_string(number, index, text, wrapped)
