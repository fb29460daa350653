"""Every file of the collection: the right rows stored, every refused row named at its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.report import ImportReport
from matcher.office import Office, OfficeConfig
from tests.jobs_feed.books import new_office
from tests.jobs_feed.files import forms, hostile, layouts, old_books, texts, values
from tests.jobs_feed.files.case import Case

AS_OF = date(2026, 6, 24)
CASES: Sequence[Case] = (*layouts.CASES, *values.CASES, *texts.CASES, *old_books.CASES, *hostile.CASES, *forms.CASES)


@pytest.fixture(scope="module")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office made once; every file gets a copy."""
    folder = tmp_path_factory.mktemp("office")
    new_office(folder).close()
    return folder


@pytest.fixture
def office(empty_office: Path, tmp_path: Path) -> Iterator[Office]:
    """An office with an empty database."""
    shutil.copytree(empty_office / "home", tmp_path / "home")
    opened = Office.open(OfficeConfig(home=tmp_path / "home", key_file=empty_office / "keys" / "key"))
    yield opened
    opened.close()


def records_of(office: Office, kind: str) -> list[object]:
    """What is stored."""
    with office.reading() as unit:
        if kind == "workers":
            return [item.value for item in unit.workers.all_for_planning()]
        if kind == "postings":
            return [item.value for item in unit.postings.all_for_planning(only_open=False)]
        return [item.value for item in unit.classes.all_for_planning()]


def as_expected(case: Case, record: object) -> dict[str, object]:
    """The properties of a record that the case speaks of."""
    return {name: getattr(record, name) for name in (case.stored[0] if case.stored else ("ref",))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_right_rows_are_stored_and_every_refused_row_is_named(office: Office, tmp_path: Path, case: Case) -> None:
    report = run_import(office, case.kind, case.make(tmp_path), as_of=AS_OF)
    found = [as_expected(case, record) for record in records_of(office, case.kind)]
    if case.file_code:
        codes = (case.file_code,) if isinstance(case.file_code, str) else case.file_code
        assert report.refused is not None and report.refused.code in codes
        assert found == [] and report.stored == 0
        return
    assert report.refused is None, report.refused
    assert {problem.row: problem.phrase.code for problem in report.problems} == dict(case.refused)
    assert sorted(found, key=str) == sorted(map(dict, case.stored), key=str)
    told = {notice.phrase.code for notice in report.notices}
    assert set(case.notices) <= told
    assert_all_rows_accounted_for(report)


def assert_all_rows_accounted_for(report: ImportReport) -> None:
    """Every row is stored, known, or refused; an advert split adds records, never loses a row."""
    refused = len({(problem.sheet, problem.row) for problem in report.problems})
    assert report.rows <= report.stored + report.updated + report.unchanged + refused
