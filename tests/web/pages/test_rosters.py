"""Pages about rosters: review by roles and scope, changes, questions, the newly unemployed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from jobs_feed.pipeline import run_import
from matcher.domain.rosters.records import QuestionState
from tests.jobs_feed.books import Cell, csv_file, id_number
from tests.jobs_feed.rosters.rolls import roll
from tests.web.made_up import ID_NUMBER, PHONE, TODAY, World

EAST: dict[str, Cell] = {"编号": "NM-1", "姓名": "包示例", "旗县": "奈曼旗", "嘎查村": "东村"}
WRONG_ID = id_number(6, born="19790312")


def take(world: World, folder: Path, *people: Mapping[str, Cell], as_of: date = TODAY) -> int:
    """Imports people; the key of the import."""
    path = csv_file(folder / "in.csv", roll(people))
    return run_import(world.office, "workers", path, as_of=as_of, actor="window").import_key or 0


def waiting(world: World) -> int:
    """The key of the only row that waits."""
    with world.office.reading() as unit:
        (one,) = unit.reviews.open()
    return one.key


@pytest.fixture
def doubtful(world: World, tmp_path: Path) -> World:
    """An office where a row with another ID number waits."""
    take(world, tmp_path, EAST | {"身份证号": WRONG_ID, "联系电话": "13900001111", "技能特长": "会做饭"})
    return world


def test_the_row_stands_beside_the_person_with_numbers_masked(doubtful: World) -> None:
    client = doubtful.client("window")
    page = client.get("/imports/review/").text
    assert "包示例" in page and "是同一个人，更新" in page and "<mark>199****1234</mark>" in page
    assert "位）</mark>" in page and "（出生日期不同）</mark>" in page
    assert not any(secret in page for secret in (ID_NUMBER, WRONG_ID, PHONE, "13900001111", "1979"))
    assert "/imports/review/" in client.get("/imports/").text


@pytest.mark.parametrize(
    ("name", "status"), [("window", 302), ("elsewhere", 404), ("coordinator", 403), ("viewer", 403)]
)
def test_only_the_office_of_the_division_decides(doubtful: World, name: str, status: int) -> None:
    key = waiting(doubtful)
    answer = doubtful.client(name).post(f"/imports/review/{key}", data={"choice": "drop"})
    assert answer.status_code == status
    with doubtful.office.reading() as unit:
        assert unit.reviews.count() == (0 if status == 302 else 1)


def test_another_division_does_not_see_the_row(doubtful: World) -> None:
    assert "包示例" not in doubtful.client("elsewhere").get("/imports/review/").text


def test_the_same_person_is_updated_and_the_decision_audited(doubtful: World, tmp_path: Path) -> None:
    key = waiting(doubtful)
    client = doubtful.client("window")
    answer = client.post(
        f"/imports/review/{key}", data={"choice": "same", "worker": doubtful.bao, "revision": 1}, follow_redirects=True
    )
    assert "已更新到这个人" in answer.text
    with doubtful.office.reading() as unit:
        stored = unit.workers.get(doubtful.bao).value
        noted = unit.audit.recent(1)[0]
    assert (stored.id_number, stored.skills_text, stored.phone) == (WRONG_ID, "会做饭", "13900001111")
    assert (noted.action, noted.subject, noted.fields) == ("import_review", f"worker:{doubtful.bao}", "same")
    assert client.post(f"/imports/review/{key}", data={"choice": "new"}).status_code == 409


def test_a_record_changed_meanwhile_is_not_overwritten(doubtful: World) -> None:
    with doubtful.office.unit() as unit:
        unit.workers.replace(doubtful.bao, unit.workers.get(doubtful.bao).value)
    answer = doubtful.client("window").post(
        f"/imports/review/{waiting(doubtful)}", data={"choice": "same", "worker": doubtful.bao, "revision": 1}
    )
    assert answer.status_code == 409
    with doubtful.office.reading() as unit:
        assert unit.workers.get(doubtful.bao).value.id_number == ID_NUMBER and unit.reviews.count() == 1


@pytest.mark.parametrize("data", [{}, {"choice": "same"}, {"choice": "same", "worker": "2"}, {"choice": "nonsense"}])
def test_a_decision_that_is_none_changes_nothing(doubtful: World, data: dict[str, str]) -> None:
    answer = doubtful.client("window").post(f"/imports/review/{waiting(doubtful)}", data=data)
    assert answer.status_code == 400
    with doubtful.office.reading() as unit:
        assert unit.reviews.count() == 1


def test_two_records_are_joined_and_taken_apart(world: World, tmp_path: Path) -> None:
    twin = EAST | {"编号": "NM-2", "姓名": "王示例", "嘎查村": "西村"}
    take(world, tmp_path, twin | {"编号": "T-7", "身份证号": WRONG_ID}, twin | {"身份证号": WRONG_ID})
    client = world.client("window")
    data = {"choice": "join", "worker": world.wang}
    assert client.post(f"/imports/review/{waiting(world)}", data=data).status_code == 302
    page = client.get("/imports/review/").text
    assert "合错了，拆开" in page and "王示例" in page
    assert world.client("elsewhere").post("/imports/review/merge/1/undo").status_code == 404
    with world.office.reading() as unit:
        joined = unit.workers.count()
    assert client.post("/imports/review/merge/1/undo").status_code == 302
    with world.office.reading() as unit:
        assert unit.workers.count() == joined + 1


def test_who_lost_work_stands_on_the_home_page_with_a_due_date(world: World, tmp_path: Path) -> None:
    for status in ("已就业", "未就业"):
        key = take(
            world, tmp_path, EAST | {"就业状态": status}, EAST | {"编号": "N-9", "姓名": "白示例", "嘎查村": "西村"}
        )
    assert (
        "新失业" in world.client("window").get("/").text and "2026年3月23日 前" in world.client("window").get("/").text
    )
    page = world.client("coordinator").get(f"/imports/{key}/changes").text
    assert "包示例" in page and "已就业" in page and "白示例" not in page
    assert world.client("elsewhere").get(f"/imports/{key}/changes").status_code == 404
    assert world.client("window").get("/imports/999/changes").status_code == 404
    assert world.client("coordinator").get(f"/imports/{key}/changes.xlsx").status_code == 403


def test_changes_are_saved_as_a_spreadsheet_without_formulas(world: World, tmp_path: Path) -> None:
    key = take(world, tmp_path, EAST | {"编号": "N-9", "姓名": "=1+1", "就业状态": "就业转失业"})
    answer = world.client("window").get(f"/imports/{key}/changes.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0].values)
    assert [row[:2] for row in rows[1:]] == [("新失业", "'=1+1"), ("新进台账", "'=1+1")]
    with world.office.reading() as unit:
        assert unit.audit.recent(1)[0].action == "export"


def test_questions_stand_with_the_person_and_on_the_list_of_the_village(world: World, tmp_path: Path) -> None:
    take(world, tmp_path, EAST | {"劳动技能": "无劳动力", "健康状况": "残疾", "就业状态": "已就业"})
    client = world.client("coordinator")
    page = client.get("/people/questions").text
    assert "劳动技能一栏与务工情况对不上" in page and "包示例" in page
    assert not any(word in page for word in ("残疾", "无劳动力", PHONE, ID_NUMBER))
    assert "待核实 1" in client.get("/people/").text
    assert "包示例" not in world.client("elsewhere").get("/people/questions").text
    with world.office.reading() as unit:
        (question,) = unit.questions.of_person(world.bao)
    answer = {"question": str(question.key), "state": "confirmed"}
    assert world.client("elsewhere").post(f"/people/{world.bao}/questions", data=answer).status_code == 404
    assert client.post(f"/people/{world.wang}/questions", data=answer).status_code == 404
    told = client.post(f"/people/{world.bao}/questions", data=answer, follow_redirects=True).text
    assert "情况属实 · coordinator" in told
    take(world, tmp_path, EAST | {"劳动技能": "无劳动力", "健康状况": "残疾", "就业状态": "已就业"})
    with world.office.reading() as unit:
        assert [one.state for one in unit.questions.of_person(world.bao)] == [QuestionState.CONFIRMED]


def test_an_explanation_needs_words(world: World, tmp_path: Path) -> None:
    take(world, tmp_path, EAST | {"文化程度": "初中", "在校生状况": "初中二年级"})
    with world.office.reading() as unit:
        (question,) = unit.questions.of_person(world.bao)
    answer = {"question": str(question.key), "state": "answered"}
    client = world.client("window")
    assert client.post(f"/people/{world.bao}/questions", data=answer).status_code == 400
    page = client.post(
        f"/people/{world.bao}/questions", data=answer | {"words": "去年毕业"}, follow_redirects=True
    ).text
    assert "已说明：去年毕业" in page


@pytest.mark.parametrize(
    "address", ["/imports/review/", "/people/questions", "/imports/{key}/changes", "/people/{bao}"]
)
def test_the_pages_speak_english(doubtful: World, tmp_path: Path, address: str) -> None:
    key = take(doubtful, tmp_path, EAST | {"就业状态": "就业转失业", "在校生状况": "在校", "文化程度": "初中"})
    client = doubtful.client("window")
    client.post("/language", data={"language": "en"})
    page = client.get(address.format(key=key, bao=doubtful.bao)).text
    assert any(word in page for word in ("To review", "To verify", "Changes of the roster"))
    assert not any(word in page for word in ("待核对", "待核实", "台账变化"))
