"""Rows become people, postings and classes, or reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from jobs_feed.cells import CellValue, TableRow
from jobs_feed.postings import read_posting_row
from jobs_feed.postings import with_reference as posting_with_reference
from jobs_feed.roster import read_roster_row
from jobs_feed.rows import RowReader
from matcher.domain.posting import Posting, PostingKind
from matcher.domain.worker import Education, Health, HouseholdType, LabourSkill, Sex, Worker, WorkStatus
from matcher.reference.divisions import load_gazetteer
from tests.jobs_feed.books import id_number

AS_OF = date(2026, 6, 24)


def reader(kind: str, cells: Mapping[str, CellValue], **extra: str) -> RowReader:
    """A row of a sheet."""
    return RowReader(TableRow("表一", 7, cells, {name: name for name in cells}, extra=extra), kind, AS_OF)


def person(cells: Mapping[str, CellValue], **extra: str) -> tuple[Worker | None, RowReader]:
    """A roster row as a person."""
    row = reader("workers", {"姓名": "示例甲"} | dict(cells), **extra)
    return read_roster_row(row, load_gazetteer(), sender="local"), row


def posting(cells: Mapping[str, CellValue], *, unit: str = "") -> tuple[Posting | None, RowReader]:
    """A posting row as a posting."""
    base = {"岗位名称": "保洁员", "用人单位": "某某物业", "工作地点": "奈曼旗大沁他拉镇"}
    row = reader("postings", base | dict(cells))
    return read_posting_row(row, load_gazetteer(), sender="local", wage_unit=unit), row


def codes(row: RowReader) -> list[str]:
    """Why a row is refused."""
    return [problem.phrase.code for problem in row.problems]


def told(row: RowReader) -> list[str]:
    """What is told about a row."""
    return [notice.phrase.code for notice in row.notices]


def test_a_whole_roster_row_is_a_person() -> None:
    worker, row = person(
        {
            "编号": "NM-0132",
            "身份证号": id_number(2),
            "联系电话": "13800000001（儿子）",
            "旗县": "奈曼旗",
            "苏木乡镇": "大沁他拉镇",
            "嘎查村": "示例嘎查",
            "户类型": "脱贫不享受政策",
            "文化程度": "中专",
            "劳动技能": "半劳力",
            "健康状况": "长期慢性病、残疾",
            "就业状态": "失业",
            "是否公益性岗位": "是（2026-12-31到期）",
            "情况说明": "孩子上小学",
        }
    )
    assert worker is not None and row.problems == []
    assert (worker.ref, worker.sex, worker.birth_date) == ("NM-0132", Sex.FEMALE, date(1979, 3, 2))
    assert (worker.home.county, worker.village) == ("150525", "示例嘎查")
    assert worker.household_type is HouseholdType.LIFTED
    assert (worker.education, worker.education_text) == (Education.SENIOR, "中专")
    assert worker.labour_skill is LabourSkill.WEAK
    assert worker.health == (Health.CHRONIC, Health.DISABLED)
    assert worker.work_status is WorkStatus.UNEMPLOYED
    assert (worker.public_post, worker.public_post_until) == (True, date(2026, 12, 31))
    assert worker.phone == "13800000001"
    assert worker.remarks == "孩子上小学\n联系电话：儿子"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("15059919790302001", "IMPORT_ID_LENGTH"),
        (id_number()[:17] + ("0" if id_number()[17] != "0" else "1"), "IMPORT_ID_CHECK_DIGIT"),
        (id_number(born="19790231"), "IMPORT_ID_BIRTH_DATE"),
        (id_number(born="20300101"), "IMPORT_ID_BIRTH_DATE"),
        ("15059919790302OO1X", "IMPORT_ID_CHARACTERS"),
        (1.5059919790302e17, "IMPORT_ID_NUMBER"),
        (150599197903020011, "IMPORT_ID_NUMBER"),
        ("1.50599E+17", "IMPORT_ID_NUMBER"),
    ],
)
def test_a_wrong_id_number_refuses_the_row_and_is_not_shown(value: CellValue, code: str) -> None:
    worker, row = person({"身份证号": value})
    assert worker is None and codes(row) == [code]
    assert row.problems[0].value == ""


@pytest.mark.parametrize("tail", ["43", "43B1", "4311"])
def test_a_disability_card_is_an_id_number(tail: str) -> None:
    worker, row = person({"身份证号": id_number() + tail})
    assert worker is not None and row.problems == []
    assert worker.id_number == id_number() + tail


def test_an_id_number_of_an_unknown_county_is_only_told() -> None:
    assert told(person({"身份证号": id_number(county="150599")})[1]) == ["IMPORT_ID_COUNTY"]
    assert told(person({"身份证号": id_number(county="150525")})[1]) == []


def test_the_id_number_wins_over_typed_sex_and_birth_date() -> None:
    worker, row = person({"身份证号": id_number(2), "性别": "男", "出生日期": "1980-01-01"})
    assert worker is not None and (worker.sex, worker.birth_date) == (Sex.FEMALE, date(1979, 3, 2))
    assert told(row).count("IMPORT_DIFFERS_FROM_ID") == 2


def test_a_birth_date_in_words_stays_in_the_text() -> None:
    worker, _ = person({"出生日期": "属马"})
    assert worker is not None and worker.birth_date is None
    assert worker.remarks == "出生日期：属马"


def test_the_name_of_a_post_means_a_public_welfare_post() -> None:
    worker, row = person({"是否公益性岗位": "护林员"})
    assert worker is not None and worker.public_post is True
    assert told(row) == ["IMPORT_PUBLIC_POST_NAMED"]


def test_other_columns_join_a_text_with_their_name() -> None:
    worker, _ = person({"情况说明": "想干活"}, 情况说明="年龄：53")
    assert worker is not None and worker.remarks == "想干活\n年龄：53"


def test_values_of_private_columns_are_never_in_a_message() -> None:
    _, row = person({"户类型": "大户人家13800000001"})
    assert [notice.value for notice in row.notices] == [""]


def test_a_whole_posting_row_is_a_posting() -> None:
    found, row = posting(
        {"岗位类别": "公益岗", "招聘人数": "若干", "发布日期": "2015年03月19日", "截止日期": "1970-01-01"}
    )
    assert found is not None and found.kind is PostingKind.PUBLIC_WELFARE
    assert (found.openings, found.openings_text, found.deadline) == (None, "若干", None)
    assert found.place.township == "150525100"
    assert told(row) == ["IMPORT_DEADLINE_EARLY", "IMPORT_COUNT_UNKNOWN"]


def test_an_impossible_day_refuses_the_posting() -> None:
    found, row = posting({"发布日期": "2026-02-31"})
    assert found is None and codes(row) == ["IMPORT_DATE_IMPOSSIBLE"]
    assert row.problems[0].value == "2026-02-31"


def test_every_missing_required_cell_is_named() -> None:
    found, row = posting({"岗位名称": None, "工作地点": "—"})
    assert found is None
    assert [problem.field for problem in row.problems] == ["岗位名称", "工作地点"]


@pytest.mark.parametrize(
    ("wage", "text"), [("4.5", "4.5千元/月"), ("3-5", "3-5千元/月"), (4.5, "4.5千元/月"), ("面议", "面议")]
)
def test_a_bare_number_takes_the_unit_of_its_header(wage: CellValue, text: str) -> None:
    found, _ = posting({"薪资待遇": wage}, unit="千元/月")
    assert found is not None and found.wage_text == text


def test_a_posting_without_a_reference_gets_a_stable_one() -> None:
    first, second = posting({})[0], posting({"薪资待遇": "3000"})[0]
    assert first is not None and second is not None
    refs = {posting_with_reference(one, False).ref for one in (first, second)}
    assert len(refs) == 1 and refs.pop().startswith("local-")
    assert posting_with_reference(first, True).ref != posting_with_reference(second, True).ref


def test_a_formula_without_a_value_refuses_the_row_once() -> None:
    row = RowReader(
        TableRow("表一", 7, {"招聘人数": None}, {"招聘人数": "招聘人数"}, broken=frozenset({"招聘人数"})),
        "postings",
        AS_OF,
    )
    assert row.count("招聘人数") is None and row.text("招聘人数") == ""
    assert codes(row) == ["IMPORT_FORMULA"]
