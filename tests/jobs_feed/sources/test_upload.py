"""Files of any kind, good and bad: sheets, or one clear reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from jobs_feed.report import FileRefused
from jobs_feed.sources import read_file
from matcher.domain.errors import Cancelled
from tests.jobs_feed.books import csv_file, csv_text, postings, workbook

ROWS = [["编号", "岗位名称"], ["A-1", "焊工；电焊"], ["A-2", "两行\n文字"]]


def refusal(path: Path) -> str:
    """The code of the reason a file is refused."""
    with pytest.raises(FileRefused) as caught:
        read_file(path)
    return caught.value.phrase.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_encoding_and_with_every_separator(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS, encoding=encoding, delimiter=delimiter)
    assert [list(cells) for _, cells in read_file(path).sheets[0].rows] == ROWS


def test_rows_keep_the_numbers_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编号,岗位名称\n\nA-1,"两行\n文字"\nA-2,保洁\n', encoding="utf-8")
    assert [number for number, _ in read_file(path).sheets[0].rows] == [1, 3, 4]


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(tmp_path / "a.xls"))
    found = read_file(tmp_path / "a.xls")
    assert (found.form, found.sheets[0].name) == ("xls", "岗位")
    assert [list(cells) for _, cells in found.sheets[0].rows] == ROWS


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    csv_named_xlsx = csv_file(tmp_path / "a.xlsx", ROWS)
    xlsx_named_csv = workbook(tmp_path / "b.xlsx", ROWS).rename(tmp_path / "b.csv")
    assert read_file(csv_named_xlsx).form == "text"
    assert read_file(xlsx_named_csv).form == "zip"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "IMPORT_FILE_EMPTY"),
        (b"\n \n", "IMPORT_FILE_EMPTY"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 200, "IMPORT_FILE_PICTURE"),
        (b"%PDF-1.7\n%abc", "IMPORT_FILE_PDF"),
        (b"PK\x03\x04 broken", "IMPORT_FILE_BROKEN"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "IMPORT_FILE_BROKEN"),
        ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "IMPORT_FILE_WEBPAGE"),
        (b"a,b\x00,c\n\x00\x00\x00", "IMPORT_FILE_UNKNOWN"),
        (b"abc,\x81\xff\xff\xff\n", "IMPORT_ENCODING"),
        ('编号,名称\n1,"没有关上的引号\n'.encode() + "很长的文字".encode() * 30_000, "IMPORT_QUOTE_OPEN"),
    ],
)
def test_a_wrong_file_is_refused_for_one_clear_reason(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_archives_and_documents_are_told_from_workbooks(tmp_path: Path) -> None:
    for name, code in (("a.txt", "IMPORT_FILE_ZIP"), ("word/document.xml", "IMPORT_FILE_WORD")):
        path = tmp_path / "x.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")
        assert refusal(path) == code


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "IMPORT_FILE_MISSING"


def test_a_workbook_that_unpacks_to_a_hundred_times_its_size_is_not_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bomb.xlsx", ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"0" * (40 * 2**20))
    assert refusal(path) == "IMPORT_FILE_BOMB"


def test_a_document_type_refuses_the_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/extra.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>')
    assert refusal(path) == "IMPORT_FILE_DOCTYPE"


def test_one_stray_cell_at_the_end_of_the_sheet_harms_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in postings():
        sheet.append(row)
    sheet["XFD1048576"] = "x"
    book.save(tmp_path / "stray.xlsx")
    found = read_file(tmp_path / "stray.xlsx")
    assert [number for number, _ in found.sheets[0].rows] == [1, 2, 3]
    assert [notice.phrase.args for notice in found.notices] == [{"sheet": "Sheet", "cell": "XFD1048576"}]


def test_a_lying_dimension_hides_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", postings(count=5))
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(lying, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                text = text.replace(b'<dimension ref="A1:H6"', b'<dimension ref="A1"')
                assert b'ref="A1"/>' in text
            new.writestr(entry.filename, text)
    assert len(read_file(lying).sheets[0].rows) == 6


def test_formulas_without_a_value_and_errors_are_known_by_their_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b", "c"], ["=1+1", "#N/A", 3]])
    assert read_file(path).sheets[0].broken == {(2, 1), (2, 2)}


def test_merged_cells_count_for_every_row_they_cover(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["户编号", "姓名"], ["H-1", "甲"], [None, "乙"], ["H-2", "丙"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    rows = read_file(tmp_path / "a.xlsx").sheets[0].rows
    assert [cells[0] for _, cells in rows] == ["户编号", "H-1", "H-1", "H-2"]


def test_hidden_sheets_are_left_out_and_said_and_hidden_rows_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    shown, hidden = book.worksheets[0], book.create_sheet("字典")
    for row in ROWS:
        shown.append(row)
    shown.row_dimensions[2].hidden = True
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = read_file(tmp_path / "a.xlsx")
    assert [(sheet.name, len(sheet.rows), sheet.hidden_rows) for sheet in found.sheets] == [("Sheet", 3, 1)]
    assert [notice.phrase.code for notice in found.notices] == ["IMPORT_SHEET_HIDDEN"]


def test_reading_stops_when_somebody_cancels_or_time_is_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(csv_text(ROWS), encoding="utf-8")
    with pytest.raises(Cancelled):
        read_file(path, cancelled=lambda: True)
    with pytest.raises(FileRefused, match="IMPORT_FILE_SLOW"):
        read_file(path, wall_seconds=0.0)
