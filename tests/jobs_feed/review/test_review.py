"""What a person looks at before a file is taken: refused rows, changes field by field, corrections, the error sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jobs_feed.cells import SheetRows
from jobs_feed.corrections import corrected
from jobs_feed.pipeline import preview_import, run_import
from jobs_feed.review.changes import column_of, shown
from jobs_feed.review.error_sheet import write_error_sheet
from jobs_feed.review.refused import RefusedRow, WrongCell
from matcher.domain.facts import Phrase
from matcher.office import Office
from matcher.wording import Wording, load_catalogue
from tests.jobs_feed.books import csv_file, id_number, new_office, postings, workbook, workers

TODAY = date(2026, 6, 22)
WRONG_ID = id_number()[:-1] + ("0" if id_number()[-1] != "0" else "1")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = new_office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def wording() -> Wording:
    return Wording(load_catalogue("matcher.wording", "jobs_feed"), "zh", lambda kind, code, language: code)


def test_a_refused_row_is_shown_as_delivered_with_the_wrong_cell(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", workers(2, 身份证号=WRONG_ID))
    found = preview_import(office, "workers", path, as_of=TODAY).refused
    assert [(row.sheet, row.row) for row in found] == [("表一", 3)]
    assert found[0].headers[2] == "身份证号"
    assert found[0].cells[2] == WRONG_ID
    assert [cell.column for cell in found[0].wrong] == [3]
    assert 3 in found[0].hidden


def test_a_row_refused_as_a_whole_has_no_wrong_cell(office: Office, tmp_path: Path) -> None:
    rows = [*postings(2), [*postings(2)[2][:1], "别的岗位", "另一家", "奈曼旗"]]
    found = preview_import(office, "postings", csv_file(tmp_path / "a.csv", rows), as_of=TODAY).refused
    assert [(row.row, [cell.column for cell in row.wrong]) for row in found] == [(4, [1])]


def test_a_corrected_cell_makes_its_row_good_and_leaves_the_file(office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", postings(2, 岗位名称=None))
    before = path.read_bytes()
    fixed = {("a", 3, 2): "电焊工"}
    seen = preview_import(office, "postings", path, as_of=TODAY, corrections=fixed)
    assert (seen.report.stored, seen.refused) == (2, ())
    assert run_import(office, "postings", path, as_of=TODAY, corrections=fixed).stored == 2
    assert path.read_bytes() == before
    with office.reading() as unit:
        assert unit.postings.by_ref("GW-002").value.title == "电焊工"


def test_a_correction_reaches_beyond_a_short_row_and_mends_a_formula() -> None:
    sheet = SheetRows("a", broken=frozenset({(2, 1), (2, 4)}), rows=[(1, ["x", "y"]), (2, ["1"])])
    found = corrected([sheet, SheetRows("b", rows=[(2, ["other"])])], {("a", 2, 4): "new"})
    assert found[0].rows == [(1, ["x", "y"]), (2, ["1", None, None, "new"])]
    assert found[0].broken == {(2, 1)}
    assert found[1].rows == [(2, ["other"])]
    assert sheet.rows[1] == (2, ["1"])


def test_changes_are_told_field_by_field_and_private_ones_without_values(office: Office, tmp_path: Path) -> None:
    run_import(office, "workers", csv_file(tmp_path / "a.csv", workers(2)), as_of=TODAY)
    rows = workers(2, 文化程度="高中", 情况说明="去年得过布病", 联系电话="13912345678")
    changes = preview_import(office, "workers", csv_file(tmp_path / "b.csv", rows), as_of=TODAY).changes
    assert [change.ref for change in changes] == ["NM-0002"]
    told = {field.field: (field.before, field.after, field.hidden) for field in changes[0].fields}
    assert told == {"文化程度": ("初中", "高中", False), "情况说明": ("", "", True), "联系电话": ("", "", True)}


def test_changes_of_postings_and_classes_name_the_columns_of_the_template(office: Office, tmp_path: Path) -> None:
    run_import(office, "postings", csv_file(tmp_path / "a.csv", postings(1)), as_of=TODAY)
    rows = postings(1, 薪资待遇="4000元", 截止日期=None)
    (change,) = preview_import(office, "postings", csv_file(tmp_path / "b.csv", rows), as_of=TODAY).changes
    assert [(one.field, one.before, one.after) for one in change.fields] == [
        ("薪资待遇", "2800-3200元/月", "4000元"),
        ("截止日期", "2026-07-31", ""),
    ]
    assert column_of("training", "seats") == "名额"
    assert (shown(True), shown(None), shown(("a", "b"))) == ("是", "", "a、b")


def test_the_error_sheet_put_right_is_taken_and_named_once(office: Office, tmp_path: Path, wording: Wording) -> None:
    rows = postings(3, 岗位名称=None, 用人单位="=HYPERLINK(1)")
    found: list[RefusedRow] = []
    report = run_import(office, "postings", csv_file(tmp_path / "a.csv", rows), as_of=TODAY, refused=found.extend)
    assert (report.stored, len(found)) == (2, 1)
    sheet = tmp_path / "问题.xlsx"
    write_error_sheet(sheet, found, wording)
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    cells = [cell.value for cell in page[2]]
    assert page.max_row == 2
    assert cells[-2] == 4
    assert "岗位名称" in str(cells[-1])
    assert cells[2] == "'=HYPERLINK(1)"
    assert page.cell(2, 2).fill.fgColor.rgb == "FFFFC7CE"
    page.cell(2, 2).value = "保安"
    book.save(sheet)
    again = run_import(office, "postings", sheet, as_of=TODAY)
    assert (again.stored, again.problems) == (1, ())
    with office.reading() as unit:
        assert unit.postings.by_ref("GW-003").value.employer == "=HYPERLINK(1)"


@pytest.mark.parametrize("kind", ["workers", "postings", "training"])
def test_the_two_added_columns_feed_no_field(kind: str) -> None:
    from jobs_feed.columns import recognise

    assert [recognise(kind, header)[0] for header in ("行号", "问题")] == ["", ""]


def test_no_cell_of_an_error_sheet_is_a_formula_and_long_numbers_keep_their_digits(
    tmp_path: Path, wording: Wording
) -> None:
    cells = ("=1+1", "+86", "-5", "@x", 150599197903020019, 12.5, None, True)
    wrong = (WrongCell(1, Phrase("IMPORT_MISSING")), WrongCell(0, Phrase("IMPORT_REVIEW_TWO")))
    headers = ("=a", "b", "c", "d", "e", "f", "g", "h")
    rows = [RefusedRow(name, 5, headers, cells, (), wrong) for name in ("a/b" * 20, "a?b" * 20)]
    write_error_sheet(tmp_path / "x.xlsx", rows, wording)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert len(book.worksheets) == 2
    for page in book.worksheets:
        texts = [cell.value for line in page.iter_rows() for cell in line if isinstance(cell.value, str)]
        assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]
        assert page["E2"].value == "150599197903020019"
        assert page["F2"].value == 12.5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.xlsx"]
