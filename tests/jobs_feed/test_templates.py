"""What people download fits what the import takes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jobs_feed.columns import KINDS
from jobs_feed.pipeline import run_import
from jobs_feed.reference import rows_of
from jobs_feed.templates import GUIDE_SHEET, SHEETS, choices_of, write_template
from tests.jobs_feed.books import new_office


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_holds_the_columns_of_its_kind_in_order(tmp_path: Path, kind: str) -> None:
    write_template(kind, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == [SHEETS[kind], GUIDE_SHEET]
    expected = [row["field"] for row in rows_of("fields") if row["kind"] == kind]
    assert [cell.value for cell in book[SHEETS[kind]][1]] == expected
    lists = {row["field"] for row in rows_of("fields") if row["kind"] == kind and list(choices_of(row))}
    assert len(book[SHEETS[kind]].data_validations.dataValidation) == len(lists) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_filled_with_its_own_examples_is_taken_without_a_question(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "t.xlsx"
    write_template(kind, path)
    book = openpyxl.load_workbook(path)
    book[SHEETS[kind]].append([row["example"] or None for row in rows_of("fields") if row["kind"] == kind])
    book.save(path)
    office = new_office(tmp_path)
    report = run_import(office, kind, path)
    office.close()
    assert report.stored == 1 and report.problems == ()
    assert [notice.phrase.code for notice in report.notices] == ["IMPORT_SHEET_SKIPPED"]


def test_columns_of_numbers_that_are_names_are_text(tmp_path: Path) -> None:
    write_template("workers", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")[SHEETS["workers"]]
    assert sheet.column_dimensions["C"].number_format == "@"
