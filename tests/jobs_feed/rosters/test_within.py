"""A coordinator hands in the own villages: other rows are refused, people registered elsewhere are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs_feed.pipeline import preview_import, run_import
from jobs_feed.report import ImportReport
from jobs_feed.within import Within
from matcher.domain.division import Place
from matcher.domain.worker import Worker
from matcher.office import Office
from tests.jobs_feed.books import new_office

NAIMAN = "150525"
EAST = Within(division=NAIMAN, villages=("东村嘎查",))
BOTH = Within(division=NAIMAN, villages=("东村嘎查", "西村"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An empty office."""
    return new_office(tmp_path)


def hand_in(office: Office, folder: Path, lines: str, within: Within) -> ImportReport:
    """A roster as a coordinator hands it in."""
    path = folder / "台账.csv"
    path.write_text(lines, encoding="utf-8")
    report = run_import(office, "workers", path, sender="xie", within=within)
    office_people = preview_import(office, "workers", path, sender="xie", within=within).report
    assert office_people.stored == 0
    return report


def codes(report: ImportReport) -> list[tuple[int, str]]:
    """Row and code of every refusal."""
    return [(problem.row, problem.phrase.code) for problem in report.problems]


def test_rows_of_other_villages_are_refused_and_the_own_ones_spelled_as_the_office_does(
    office: Office, tmp_path: Path
) -> None:
    rows = ("姓名,旗县,嘎查村", "甲示例,奈曼旗,东村", "乙示例,奈曼旗,西村", "丙示例,开鲁县,东村")
    report = hand_in(office, tmp_path, "\n".join(rows), EAST)
    assert (report.stored, codes(report)) == (1, [(3, "IMPORT_OTHER_VILLAGE"), (4, "IMPORT_OTHER_VILLAGE")])
    with office.reading() as unit:
        (stored,) = unit.workers.all_for_planning()
    assert (stored.value.village, stored.value.home.code) == ("东村嘎查", NAIMAN)


def test_a_roster_that_names_no_village_is_of_the_one_it_can_be(office: Office, tmp_path: Path) -> None:
    report = hand_in(office, tmp_path, "姓名,手机\n甲示例,19900000001\n", EAST)
    assert report.stored == 1
    with office.reading() as unit:
        (stored,) = unit.workers.all_for_planning()
    assert (stored.value.village, stored.value.home.code) == ("东村嘎查", NAIMAN)
    report = hand_in(office, tmp_path, "姓名,手机\n乙示例,19900000002\n", BOTH)
    assert codes(report) == [(2, "IMPORT_WHICH_VILLAGE")]


def test_who_is_registered_elsewhere_is_not_taken_over(office: Office, tmp_path: Path) -> None:
    home = Place(text="奈曼旗", code=NAIMAN, name="奈曼旗")
    with office.unit() as unit:
        known = Worker(ref="A-1", name="甲示例", id_number="990000197903020012", village="西村", home=home)
        key = unit.workers.add(known)
    report = hand_in(office, tmp_path, "姓名,身份证号,嘎查村\n甲示例,990000197903020012,东村\n", EAST)
    assert (report.stored, report.updated, codes(report)) == (0, 0, [(2, "IMPORT_PERSON_ELSEWHERE")])
    with office.reading() as unit:
        assert unit.workers.get(key).value == known


def test_without_villages_the_division_is_the_limit(office: Office, tmp_path: Path) -> None:
    lines = "姓名,旗县,嘎查村,手机\n甲示例,奈曼旗,东村,19900000001\n乙示例,开鲁县,北村,19900000002\n"
    report = hand_in(office, tmp_path, lines, Within(division=NAIMAN))
    assert (report.stored, codes(report)) == (1, [(3, "IMPORT_OTHER_VILLAGE")])
