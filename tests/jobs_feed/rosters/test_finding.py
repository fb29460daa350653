"""Who is found again, who is somebody else, and which rows only a person can place."""

from __future__ import annotations

import pytest

from matcher.office import Office
from tests.jobs_feed.books import Cell, id_number
from tests.jobs_feed.rosters.rolls import codes, outcome, person, stored, take

NO_ID: dict[str, Cell] = {"身份证号": None, "编号": None}
BORN: dict[str, Cell] = {**NO_ID, "出生日期": "1979-03-02"}


@pytest.mark.parametrize(
    "again",
    [
        {"编号": None, "联系电话": None, "嘎查村": None},
        {"编号": "X-7", "身份证号": id_number(2) + "43"},
        {"编号": "X-7", "身份证号": id_number(2) + "43B1"},
        {**NO_ID, "姓名": "包·雪梅"},
        {**NO_ID, "姓名": "包 雪 梅"},
        {**NO_ID, "姓名": "包雪梅（妻子）"},
        {**NO_ID, "姓名": "包雪□"},
        {**NO_ID, "嘎查村": "大沁他拉镇示例村"},
        {**NO_ID, "联系电话": "+86 138-0000-1111"},
        {**BORN, "联系电话": "13911112222"},
        {**BORN, "联系电话": None, "嘎查村": "示例村委会"},
    ],
)
def test_a_person_is_found_again_however_written(office: Office, again: dict[str, Cell]) -> None:
    take(office, person())
    report = take(office, person(**again), sender="township")
    assert (report.stored, codes(report)) == (0, [])
    assert [one.value.name for one in stored(office)] == ["包雪梅"]


def test_an_old_number_of_fifteen_digits_is_the_person_of_eighteen(office: Office) -> None:
    new = id_number(2)
    take(office, person(身份证号=new[:6] + new[8:17]))
    report = take(office, person(姓名="包雪梅", 编号="Z", 联系电话=None), sender="township")
    assert (report.stored, codes(report)) == (0, [])


def test_traditional_and_simplified_characters_are_one_name(office: Office) -> None:
    take(office, person(姓名="張麗華"))
    assert take(office, person(姓名="张丽华", **NO_ID), sender="township").stored == 0
    assert stored(office)[0].value.name == "張麗華"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"身份证号": id_number(4)}, "IMPORT_REVIEW_ID"),
        ({**NO_ID, "身份证号": id_number(4)}, "IMPORT_REVIEW_ID"),
        ({**NO_ID, "出生日期": "1985-07-01"}, "IMPORT_REVIEW_BIRTH"),
        ({**BORN, "联系电话": None, "苏木乡镇": "八仙筒镇"}, "IMPORT_REVIEW_PLACE"),
        ({**BORN, "嘎查村": "新名嘎查"}, "IMPORT_REVIEW_VILLAGE"),
        ({"编号": "NM-9", "姓名": "王秀兰"}, "IMPORT_REVIEW_OTHER_NAME"),
        ({"身份证号": None, "姓名": "王秀兰"}, "IMPORT_REVIEW_NAME"),
        ({"身份证号": None, "姓名": "王秀兰", "联系电话": None}, "IMPORT_REVIEW_NAME"),
        ({"身份证号": None, "出生日期": "1985-07-01", "联系电话": "13911112222"}, "IMPORT_REVIEW_BIRTH"),
    ],
)
def test_keys_that_contradict_each_other_wait_for_a_person(office: Office, changes: dict[str, Cell], code: str) -> None:
    take(office, person())
    report = take(office, person(**changes))
    assert (outcome(report), codes(report)) == ((0, 0, 0, 1), [code])
    assert len(stored(office)) == 1
    with office.reading() as unit:
        assert [one.waiting.reason for one in unit.reviews.open()] == [code]


@pytest.mark.parametrize(
    "other",
    [
        {"姓名": "王铁柱", "身份证号": id_number(5), "编号": "NM-2"},
        {"姓名": "王铁柱", "身份证号": None, "编号": None},
        {**NO_ID, "联系电话": "13911112222"},
        {**BORN, "联系电话": None, "旗县": "库伦旗", "苏木乡镇": None},
        {**NO_ID, "嘎查村": "别的嘎查"},
    ],
)
def test_somebody_else_is_stored_as_somebody_else(office: Office, other: dict[str, Cell]) -> None:
    take(office, person())
    report = take(office, person(**other))
    assert (outcome(report), codes(report)) == ((1, 0, 0, 0), [])


def test_a_couple_with_one_reference_and_one_phone_stays_two_people(office: Office) -> None:
    take(office, person(身份证号=None))
    report = take(office, person(身份证号=None, 姓名="王铁柱"))
    assert codes(report) == ["IMPORT_REVIEW_NAME"]
    assert [one.value.name for one in stored(office)] == ["包雪梅"]


def test_two_rows_are_never_written_into_one_person(office: Office) -> None:
    take(office, person())
    report = take(office, person(编号="NM-5", 情况说明="甲"), person(身份证号=None, 联系电话=None, 情况说明="乙"))
    assert (outcome(report), codes(report)) == ((0, 1, 0, 1), ["IMPORT_PERSON_TWICE"])


def test_namesakes_without_any_key_wait_once_there_are_two(office: Office) -> None:
    bare = {"姓名": "包雪梅", "嘎查村": "示例嘎查"}
    assert take(office, bare | {"情况说明": "会电焊"}, bare | {"情况说明": "会做饭"}).stored == 2
    report = take(office, bare | {"情况说明": "会瓦工"})
    assert codes(report) == ["IMPORT_REVIEW_NAMESAKES"]


def test_a_row_waits_once_and_its_newest_words_wait(office: Office) -> None:
    take(office, person())
    for words in ("一", "一", "二"):
        report = take(office, person(身份证号=id_number(4), 情况说明=words))
        assert codes(report) == ["IMPORT_REVIEW_ID"]
    with office.reading() as unit:
        waiting = unit.reviews.open()
    assert [one.waiting.draft.remarks for one in waiting] == ["二"]


def test_the_sentence_says_why_and_where_it_waits(office: Office) -> None:
    take(office, person())
    report = take(office, person(身份证号=id_number(4)))
    sentence = report.problems[0].sentence(office.wording("zh", "jobs_feed"))
    assert sentence.startswith("与已有的一个人同编号或同名同村，但身份证号不同，本行未存入，已放进“待核对”")
    assert id_number(4) not in report.json_line(office.wording("zh", "jobs_feed"))


def test_a_try_lets_nothing_wait(office: Office) -> None:
    take(office, person())
    assert codes(take(office, person(身份证号=id_number(4)), dry_run=True)) == ["IMPORT_REVIEW_ID"]
    with office.reading() as unit:
        assert unit.reviews.count() == 0
