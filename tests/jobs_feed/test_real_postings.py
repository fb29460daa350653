"""Adverts that nobody here wrote: every row stored or refused with a reason, none silently changed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from jobs_feed.pipeline import run_import
from matcher.domain.posting import Posting
from matcher.office import Office
from tests.jobs_feed.books import new_office

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real adverts are not beside this checkout")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office for both files."""
    opened = new_office(tmp_path_factory.mktemp("real"))
    yield opened
    opened.close()


def stored(office: Office, sender: str) -> tuple[dict[str, Posting], set[str]]:
    """The postings of a sender that stand for a row, by reference, and the references of adverts that were split."""
    with office.reading() as unit:
        found = [item.value for item in unit.postings.all_for_planning(only_open=False)]
    own = [one for one in found if one.sender == sender]
    return {one.ref: one for one in own if "#" not in one.ref}, {one.source_ref for one in own if "#" in one.ref}


def rows_of(name: str, encoding: str) -> list[dict[str, str]]:
    """The rows of a file, read in the plainest way."""
    with (DATA / name).open(encoding=encoding, newline="") as stream:
        return [
            {key: value.replace("\r\n", "\n").strip() for key, value in row.items()} for row in csv.DictReader(stream)
        ]


def test_every_advert_of_2015_is_stored_word_for_word(office: Office) -> None:
    report = run_import(office, "postings", DATA / "postings_real_1.csv", sender="one", as_of=date(2015, 4, 1))
    rows = rows_of("postings_real_1.csv", "utf-8")
    assert report.refused is None and report.rows == len(rows) == 1170
    refused = {problem.row for problem in report.problems}
    found, split = stored(office, "one")
    assert len(found) + len(refused) == 1170
    for number, row in enumerate(rows, start=2):
        if number in refused:
            continue
        posting = found[row["编号"]]
        if posting.ref in split:
            assert normalize("NFKC", posting.title) in normalize("NFKC", row["岗位名称"] + row["岗位描述"])
            continue
        kept = (posting.title, posting.employer, posting.place.text, posting.wage_text, posting.openings_text)
        assert kept == tuple(row[name] for name in ("岗位名称", "用人单位", "工作地点", "薪资待遇", "招聘人数"))
        assert posting.description == row["岗位描述"]
        assert posting.published_on == date(*(int(row["发布日期"][i:j]) for i, j in ((0, 4), (5, 7), (8, 10))))
        assert posting.deadline in {None, date.fromisoformat(row["截止日期"])}
    early = [row for row in rows if row["截止日期"].startswith("1970")]
    assert len(early) == 136 and all(found[row["编号"]].deadline is None for row in early if row["编号"] in found)
    told = Counter(notice.phrase.code for notice in report.notices)
    assert told["IMPORT_DEADLINE_EARLY"] == 136


def test_every_advert_of_2020_is_stored_under_its_other_headers(office: Office) -> None:
    path = DATA / "postings_real_2.csv"
    report = run_import(office, "postings", path, sender="two", as_of=date(2020, 4, 22))
    rows = rows_of("postings_real_2.csv", "gb18030")
    found, split = stored(office, "two")
    assert report.refused is None and report.rows == len(rows) == len(found) == 626
    assert {column.header: column.field for column in report.mapping if column.field} == {
        "职位": "岗位名称",
        "公司名称": "用人单位",
        "地区": "工作地点",
        "月薪": "薪资待遇",
        "福利": "岗位描述",
        "职位信息": "岗位描述",
        "发布时间": "发布日期",
    }
    by_row = Counter((row["职位"], row["公司名称"], row["地区"], row["月薪"]) for row in rows)
    whole = (one for one in found.values() if one.ref not in split)
    kept = Counter((one.title, one.employer, one.place.text, one.wage_text) for one in whole)
    assert kept <= by_row and by_row.total() - kept.total() == len(split)
    assert {one.published_on.year for one in found.values() if one.published_on} == {2020}
    again = run_import(office, "postings", path, sender="two", as_of=date(2020, 4, 22))
    assert (again.stored, again.updated, again.refused_rows) == (0, 0, 0)
