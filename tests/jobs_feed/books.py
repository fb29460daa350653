"""Files and offices for the tests of the import; every person in them is made up, with unassigned county codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from matcher.office import Office, OfficeConfig, init_office
from matcher.reading.identity import check_digit

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]

POSTING_HEADERS = ("编号", "岗位名称", "用人单位", "工作地点", "招聘人数", "薪资待遇", "发布日期", "截止日期")
WORKER_HEADERS = ("编号", "姓名", "身份证号", "联系电话", "旗县", "苏木乡镇", "嘎查村", "文化程度", "情况说明")


def id_number(serial: int = 1, born: str = "19790302", county: str = "150599") -> str:
    """A number that passes its check digit, from a county that does not exist."""
    body = f"{county}{born}{serial:03d}"
    return body + check_digit(body)


def workbook(path: Path, rows: Rows, *, sheet: str = "表一") -> Path:
    """An .xlsx of one sheet."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    """Rows as separated text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def csv_file(path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A text file in an encoding."""
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def postings(count: int = 2, **changes: Cell) -> list[list[Cell]]:
    """A posting list with its header."""
    rows: list[list[Cell]] = [list(POSTING_HEADERS)]
    for number in range(1, count + 1):
        row: dict[str, Cell] = {
            "编号": f"GW-{number:03d}",
            "岗位名称": "保洁员",
            "用人单位": f"某某物业有限公司{number}（示例）",
            "工作地点": "奈曼旗大沁他拉镇",
            "招聘人数": "3人",
            "薪资待遇": "2800-3200元/月",
            "发布日期": "2026-06-01",
            "截止日期": "2026-07-31",
        }
        rows.append(
            [changes.get(header, row[header]) if number == count else row[header] for header in POSTING_HEADERS]
        )
    return rows


def workers(count: int = 2, **changes: Cell) -> list[list[Cell]]:
    """A roster with its header; `changes` go into the last row."""
    rows: list[list[Cell]] = [list(WORKER_HEADERS)]
    for number in range(1, count + 1):
        row: dict[str, Cell] = {
            "编号": f"NM-{number:04d}",
            "姓名": f"示例{'一二三四五六七八九'[number % 9]}",
            "身份证号": id_number(number),
            "联系电话": f"1380000{number:04d}",
            "旗县": "奈曼旗",
            "苏木乡镇": "大沁他拉镇",
            "嘎查村": "示例嘎查",
            "文化程度": "初中",
            "情况说明": "想找离家近的活",
        }
        rows.append([changes.get(header, row[header]) if number == count else row[header] for header in WORKER_HEADERS])
    return rows


def new_office(folder: Path) -> Office:
    """An office with an empty database."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    return Office.open(config)
