"""Whole imports into a real store: all or nothing, the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pipeline import preview_import, run_import
from jobs_feed.report import ImportReport
from matcher.domain.errors import Cancelled, InputRefused
from matcher.office import Office
from tests.jobs_feed.books import Cell, Rows, csv_file, id_number, new_office, postings, workbook, workers

AS_OF = date(2026, 6, 24)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with an empty database."""
    opened = new_office(tmp_path)
    yield opened
    opened.close()


def take(office: Office, folder: Path, kind: str, rows: Rows, *, sender: str = "local") -> ImportReport:
    """Imports rows as a text file."""
    return run_import(office, kind, csv_file(folder / "in.csv", rows), sender=sender, as_of=AS_OF)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """New, updated, unchanged, refused."""
    return report.stored, report.updated, report.unchanged, report.refused_rows


def people(office: Office) -> int:
    """How many people are stored."""
    with office.reading() as unit:
        return unit.workers.count()


@pytest.mark.parametrize(("kind", "rows"), [("postings", postings(3)), ("workers", workers(3))])
def test_the_same_file_again_changes_nothing(office: Office, tmp_path: Path, kind: str, rows: Rows) -> None:
    assert counts(take(office, tmp_path, kind, rows)) == (3, 0, 0, 0)
    assert counts(take(office, tmp_path, kind, rows)) == (0, 0, 3, 0)


def test_classes_are_imported_and_found_again(office: Office, tmp_path: Path) -> None:
    rows = [["培训项目", "培训机构", "培训地点", "开班日期"], ["家政服务员", "某某学校", "奈曼旗", "2026-07-06"]]
    assert counts(take(office, tmp_path, "training", rows)) == (1, 0, 0, 0)
    assert counts(take(office, tmp_path, "training", rows)) == (0, 0, 1, 0)


def test_a_change_updates_only_the_record_it_is_in(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "postings", postings(3))
    assert counts(take(office, tmp_path, "postings", postings(3, 薪资待遇="3500元/月"))) == (0, 1, 2, 0)
    with office.reading() as unit:
        assert unit.postings.by_ref("GW-003").value.wage_text == "3500元/月"


def test_bad_rows_are_named_and_the_good_ones_stored(office: Office, tmp_path: Path) -> None:
    report = take(office, tmp_path, "workers", workers(3, 身份证号="150599197903020011"))
    assert counts(report) == (2, 0, 0, 1)
    problem = report.problems[0]
    assert (problem.sheet, problem.row, problem.field, problem.value) == ("in", 4, "身份证号", "")
    assert "校验位" in problem.line(office.wording("zh", "jobs_feed"))


def test_a_file_without_a_required_column_is_refused_whole(office: Office, tmp_path: Path) -> None:
    report = take(office, tmp_path, "postings", [["岗位名称", "公司名称", "电话"], ["保洁", "某某", "1"]])
    assert counts(report) == (0, 0, 0, 0) and report.refused is not None
    message = report.message(office.wording("zh", "jobs_feed"))
    assert message == "缺少必填列：工作地点。表里看到的列：岗位名称、公司名称、电话"
    assert [column.field for column in report.mapping] == ["岗位名称", "用人单位", "联系电话"]


def test_a_header_without_rows_is_refused(office: Office, tmp_path: Path) -> None:
    report = take(office, tmp_path, "postings", postings(0))
    assert report.refused is not None and report.refused.code == "IMPORT_NO_ROWS"


def test_a_dry_run_and_a_preview_store_nothing(office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "in.csv", workers(3))
    for report in (
        run_import(office, "workers", path, as_of=AS_OF, dry_run=True),
        preview_import(office, "workers", path, as_of=AS_OF).report,
    ):
        assert counts(report) == (3, 0, 0, 0) and report.dry_run
        samples = {column.field: column.samples for column in report.mapping}
        assert samples["身份证号"] == samples["联系电话"] == samples["姓名"] == ()
        assert samples["嘎查村"] == ("示例嘎查", "示例嘎查", "示例嘎查")
    assert people(office) == 0


def test_what_fails_or_is_cancelled_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "in.csv", workers(3))
    seen: list[str] = []

    def cancelled() -> bool:
        """Stops at the last question before storing."""
        return "IMPORT_STEP_READ" in seen

    with pytest.raises(Cancelled):
        run_import(
            office, "workers", path, as_of=AS_OF, progress=lambda _, code: seen.append(code), cancelled=cancelled
        )
    assert people(office) == 0


def test_progress_rises_to_the_end(office: Office, tmp_path: Path) -> None:
    shares: list[float] = []
    path = csv_file(tmp_path / "in.csv", workers(3))
    run_import(office, "workers", path, as_of=AS_OF, progress=lambda share, _: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1.0


@pytest.mark.parametrize(
    ("changes", "sender"),
    [
        ({"编号": "X-9", "姓名": "示例改", "联系电话": "13900000000"}, "other"),
        ({"身份证号": None, "联系电话": "13900000000"}, "local"),
        ({"身份证号": None, "编号": "X-9"}, "other"),
    ],
)
def test_a_person_is_found_again_by_each_key(
    office: Office, tmp_path: Path, changes: dict[str, Cell], sender: str
) -> None:
    take(office, tmp_path, "workers", workers(1))
    report = take(office, tmp_path, "workers", workers(1, **changes), sender=sender)
    assert report.stored == 0 and report.problems == () and people(office) == 1


def test_an_empty_cell_does_not_make_a_known_thing_unknown(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "workers", workers(1))
    report = take(office, tmp_path, "workers", workers(1, 文化程度=None, 情况说明="现在想去市里"))
    assert counts(report) == (0, 1, 0, 0)
    with office.reading() as unit:
        worker = unit.workers.by_ref("NM-0001").value
    assert (worker.education_text, worker.remarks) == ("初中", "现在想去市里")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"身份证号": id_number(77), "编号": "NM-0001"}, "IMPORT_REVIEW_ID"),
        ({"身份证号": id_number(1), "编号": "NM-0002"}, "IMPORT_REVIEW_TWO"),
        (
            {"身份证号": None, "编号": "NM-0001", "姓名": "示例别", "联系电话": "13900000000"},
            "IMPORT_REVIEW_NAME",
        ),
    ],
)
def test_keys_that_contradict_each_other_go_to_a_person(
    office: Office, tmp_path: Path, changes: dict[str, Cell], code: str
) -> None:
    take(office, tmp_path, "workers", workers(2))
    report = take(office, tmp_path, "workers", workers(1, **changes))
    assert counts(report) == (0, 0, 0, 1)
    assert [problem.phrase.code for problem in report.problems] == [code]
    assert people(office) == 2


def test_a_row_that_stands_twice_is_taken_once(office: Office, tmp_path: Path) -> None:
    for kind, rows in (("workers", workers(2)), ("postings", postings(2))):
        report = take(office, tmp_path, kind, [*rows, rows[1]])
        assert counts(report) == (2, 0, 1, 0)
        assert [notice.row for notice in report.notices if notice.phrase.code == "IMPORT_ROW_TWICE"] == [4]


def test_one_reference_for_two_records_refuses_the_second(office: Office, tmp_path: Path) -> None:
    for kind, rows in (("workers", workers(2, 编号="NM-0001")), ("postings", postings(2, 编号="GW-001"))):
        report = take(office, tmp_path, kind, rows)
        assert counts(report) == (1, 0, 0, 1)
        assert [(problem.row, problem.phrase.code) for problem in report.problems] == [(3, "IMPORT_REF_TWICE")]


def test_people_without_reference_or_number_are_found_again(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["姓名", "嘎查村", "情况说明"], ["示例甲", "示例嘎查", "会电焊"], ["示例甲", "示例嘎查", "会做饭"]]
    assert counts(take(office, tmp_path, "workers", rows)) == (2, 0, 0, 0)
    assert counts(take(office, tmp_path, "workers", rows)) == (0, 0, 2, 0)


def test_a_corrected_mapping_is_remembered_for_its_sender(office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "in.csv", [["代号甲", "用人单位", "工作地点"], ["保洁", "某某", "奈曼旗"]])
    assert run_import(office, "postings", path, sender="shop", as_of=AS_OF).refused is not None
    mapping = {"代号甲": "岗位名称"}
    assert run_import(office, "postings", path, sender="shop", as_of=AS_OF, mapping=mapping).stored == 1
    assert run_import(office, "postings", path, sender="shop", as_of=AS_OF).unchanged == 1
    assert run_import(office, "postings", path, sender="other", as_of=AS_OF).refused is not None


def test_every_sheet_with_a_fitting_header_is_read(office: Office, tmp_path: Path) -> None:
    import openpyxl

    path = workbook(tmp_path / "in.xlsx", [["某某旗岗位信息"], *postings(2)], sheet="六月")
    book = openpyxl.load_workbook(path)
    for name, rows in (("七月", postings(1, 编号="GW-100")), ("说明", [["填表要求"]])):
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    report = run_import(office, "postings", path, as_of=AS_OF)
    assert counts(report) == (3, 0, 0, 0) and report.rows == 3
    assert [(notice.sheet, notice.phrase.code) for notice in report.notices] == [("说明", "IMPORT_SHEET_SKIPPED")]


def test_a_formula_cell_is_one_clear_line(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", postings(2, 招聘人数="=1+2"))
    report = run_import(office, "postings", path, as_of=AS_OF)
    assert counts(report) == (1, 0, 0, 1)
    assert report.problems[0].line(office.wording("zh", "jobs_feed")).startswith("表一 第 3 行，“招聘人数”列：")


def test_an_import_is_kept_with_its_figures_and_in_the_audit_record(office: Office, tmp_path: Path) -> None:
    report = take(office, tmp_path, "workers", workers(3, 身份证号="123"))
    with office.reading() as unit:
        record = unit.imports.recent(1)[0]
        audit = unit.audit.recent(1)[0]
    assert (record.key, record.rows, record.stored, record.refused) == (report.import_key, 3, 2, 1)
    assert (audit.action, audit.subject) == ("import", f"import:{record.key}")


def test_an_unknown_kind_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        run_import(office, "people", tmp_path / "x.csv")


@pytest.mark.parametrize("kind", ["workers", "postings"])
def test_what_another_import_stored_meanwhile_is_seen(office: Office, tmp_path: Path, kind: str) -> None:
    make = {"workers": workers, "postings": postings}[kind]
    changed = {"workers": {"文化程度": "高中"}, "postings": {"薪资待遇": "4000元"}}[kind]
    ours, theirs = csv_file(tmp_path / "a.csv", make(5, **changed)), csv_file(tmp_path / "b.csv", make(3, **changed))
    run_import(office, kind, csv_file(tmp_path / "first.csv", make(2)), as_of=AS_OF)

    def between(_: float, code: str) -> None:
        """The other import is made just before ours is stored."""
        if code == "IMPORT_STEP_STORE" and imports(office) == 1:
            run_import(office, kind, theirs, as_of=AS_OF)

    report = run_import(office, kind, ours, as_of=AS_OF, progress=between)
    assert (report.stored, report.updated, report.unchanged) == (2, 1, 2)
    assert run_import(office, kind, ours, as_of=AS_OF).unchanged == 5
    with office.reading() as unit:
        table = unit.workers if kind == "workers" else unit.postings
        assert all(stored.facts is not None for stored in table.all_for_planning())


def imports(office: Office) -> int:
    """How many imports were made."""
    with office.reading() as unit:
        return len(unit.imports.recent())


def test_a_wish_to_stop_that_comes_after_the_store_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "in.csv", workers(3))
    report = run_import(office, "workers", path, as_of=AS_OF, cancelled=lambda: people(office) == 3)
    assert (report.stored, people(office)) == (3, 3)
