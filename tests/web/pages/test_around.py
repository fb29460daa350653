"""Settlements, graduates and coordinators in the browser: scopes, files, masks, and the gate of a training."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from matcher.domain.service.around.coordinators import Coordinator, EventKind, Result, StaffEvent
from matcher.domain.service.around.graduates import RainDew, TrackKind, TrackState
from matcher.domain.settings import SettingName
from matcher.policy import Entry
from tests.web.made_up import KAILU, NAIMAN, PHONE, TODAY, World

HOUSES = {"name": "幸福家园（示例）", "place": NAIMAN, "kind": "together", "households": "10", "persons": "30"}


def settlement(client: FlaskClient) -> str:
    """A settlement entered at the window; its page."""
    answer = client.post("/settled/add", data=HOUSES)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_a_settlement_is_entered_surveyed_and_shown(world: World) -> None:
    client = world.client("window")
    assert "还没有登记安置区" in client.get("/settled/").text
    place = settlement(client)
    assert "还没排查" in client.get(place).text
    look = {"facility": "yes", "window": "", "on": TODAY.isoformat(), "by": "示例员"}
    assert client.post(f"{place}/survey", data=look).status_code == 303
    page = client.get("/settled/?state=violation").text
    assert "幸福家园（示例）" in page
    assert "该有窗口没有" in page
    assert "幸福家园（示例）" not in client.get("/settled/?state=open").text
    missing = client.post(f"{place}/survey", data=look | {"facility": ""})
    assert missing.status_code == 400
    assert "没有保存" in missing.text
    assert world.client("elsewhere").get(place).status_code == 404
    assert world.client("elsewhere").post(f"{place}/survey", data=look).status_code == 404
    assert world.client("coordinator").get("/settled/").status_code == 403


def test_others_read_the_tables_and_no_names(world: World) -> None:
    place = settlement(world.client("window"))
    viewer = world.client("viewer")
    assert "幸福家园（示例）" in viewer.get("/settled/").text
    assert viewer.get(place).status_code == 403
    assert viewer.post("/settled/add", data=HOUSES).status_code == 403
    book = load_workbook(BytesIO(viewer.get("/settled/list/windows.xlsx").data))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert {"幸福家园（示例）", 10, 30, "还没排查"} <= set(cells)
    assert viewer.get("/settled/list/else.xlsx").status_code == 404


def test_a_table_is_printed(world: World) -> None:
    client = world.client("window")
    with world.office.unit("x") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
    settlement(client)
    pdf, word = client.get("/settled/list/windows.pdf"), client.get("/settled/list/windows.docx")
    assert pdf.data.startswith(b"%PDF")
    assert word.data.startswith(b"PK")


def test_posts_for_resettled_people_are_worked_out(world: World) -> None:
    client = world.client("window")
    told = {"name": "示例渠", "kind": "work_relief", "place": NAIMAN, "total": "20", "resettled": "1",
            "on": TODAY.isoformat()}  # fmt: skip
    assert client.post("/settled/posts", data=told).status_code == 303
    page = client.get("/settled/posts").text
    assert "5.0%" in page
    assert "还差 1 个" in page
    assert client.post("/settled/posts", data=told | {"resettled": "21"}).status_code == 400
    assert client.post("/settled/posts", data=told | {"total": "二十"}).status_code == 400
    assert client.post("/settled/posts", data=told | {"place": KAILU}).status_code == 400
    rows = load_workbook(BytesIO(client.get("/settled/list/posts.xlsx").data)).active.iter_rows(values_only=True)
    assert ("示例渠", "奈曼旗", "以工代赈项目", 20, 1, "5.0%", 1, TODAY.isoformat()) in set(rows)


def test_only_the_city_says_which_banners_count(world: World) -> None:
    told = {"banner": NAIMAN, "since": TODAY.isoformat(), "basis": "示例文号"}
    assert world.client("window").post("/settled/key-banners", data=told).status_code == 403
    city = world.client("city")
    assert "还没有录入" in city.get("/settled/key-banners").text
    assert city.post("/settled/key-banners", data=told).status_code == 303
    assert "示例文号" in world.client("viewer").get("/settled/key-banners").text


def on_register(world: World, worker: int, kind: TrackKind) -> None:
    """Somebody confirmed, two months ago."""
    since = TODAY - timedelta(days=60)
    one = RainDew(worker_key=worker, kind=kind, state=TrackState.CONFIRMED, since=since, graduation_on=since)
    with world.office.unit("x") as unit:
        unit.rain_dew.add_many([one])


def test_a_coordinator_calls_the_graduates_of_the_own_village(world: World) -> None:
    on_register(world, world.bao, TrackKind.GRADUATE)
    on_register(world, world.wang, TrackKind.GRADUATE)
    client = world.client("coordinator")
    page = client.get("/graduates/").text
    assert "包示例" in page
    assert "王示例" not in page
    assert "超期" in page
    told = {"reached": "yes", "way": "phone", "on": TODAY.isoformat(), "said": "在工地", "next_step": "学电工"}
    assert client.post(f"/graduates/{world.bao}/contact", data=told).status_code == 303
    assert "在工地" in client.get(f"/graduates/{world.bao}").text
    assert "没有超期的" in client.get("/graduates/").text
    assert client.get(f"/graduates/{world.wang}").status_code == 404
    assert client.post(f"/graduates/{world.wang}/contact", data=told).status_code == 404
    assert client.post(f"/graduates/{world.bao}/contact", data=told | {"said": ""}).status_code == 400


def test_the_tracking_ledger_needs_a_purpose_and_is_noted(world: World) -> None:
    on_register(world, world.bao, TrackKind.GRADUATE)
    client = world.client("window")
    assert client.post("/graduates/ledger", data={"purpose": ""}).status_code == 400
    answer = client.post("/graduates/ledger", data={"purpose": "示例回访", "ending": "xlsx"})
    assert "包示例" not in answer.headers["Content-Disposition"]
    names = [row[0].value for row in load_workbook(BytesIO(answer.data)).active.iter_rows()]
    assert "包示例" in names
    with world.office.reading() as unit:
        assert "graduate_ledger" in {entry.action for entry in unit.audit.recent()}
    assert world.client("coordinator").post("/graduates/ledger", data={"purpose": "x" * 9}).status_code == 403


def test_the_list_on_the_board_is_masked(world: World) -> None:
    on_register(world, world.bao, TrackKind.PUPIL)
    client = world.client("coordinator")
    term = re.search(r'name="term" value="([^"]+)"', client.get("/graduates/publicity").text)
    assert term is not None
    told = {"term": term[1], "place": NAIMAN, "village": "东村", "ending": "xlsx"}
    book = load_workbook(BytesIO(client.post("/graduates/publicity/list", data=told).data))
    said = " ".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert "包*例" in said
    assert "包示例" not in said
    assert PHONE not in said
    assert client.post("/graduates/publicity/list", data=told | {"village": "西村"}).status_code == 404
    assert client.post("/graduates/publicity", data=told).status_code == 403


def coordinator(world: World, **more: object) -> int:
    """Somebody on the roster; the key."""
    about: dict[str, object] = {"name": "王示例", "division": NAIMAN, "started_on": TODAY - timedelta(days=30)}
    with world.office.unit("x") as unit:
        return unit.coordinators.add(Coordinator(**(about | more)))  # type: ignore[arg-type]


def test_a_village_gets_a_coordinator_or_says_why_not(world: World) -> None:
    with world.office.unit("x") as unit:
        unit.accounts.add("banner", world_role("banner"), "tall-birch-4711-river", division=NAIMAN)
    client = world.client("banner")
    key = coordinator(world)
    assert "没有人管" in client.get("/coordinators/").text
    place = {"place": NAIMAN, "village": "东村"}
    assert client.post("/coordinators/village/add", data=place | {"coordinator": str(key)}).status_code == 303
    assert "王示例" in client.get(f"/coordinators/village?place={NAIMAN}&village=东村").text
    none = {"place": NAIMAN, "village": "西村", "reason": "没有要服务的人"}
    assert client.post("/coordinators/village/none", data=none | {"reason": ""}).status_code == 400
    assert client.post("/coordinators/village/none", data=none).status_code == 303
    assert "没有要服务的人" in client.get(f"/coordinators/village?place={NAIMAN}&village=西村").text
    assert (
        client.post(
            "/coordinators/village/add", data={"place": KAILU, "village": "北村", "coordinator": "1"}
        ).status_code
        == 404
    )
    elsewhere = world.client("elsewhere")
    assert elsewhere.get(f"/coordinators/{key}").status_code == 404
    assert elsewhere.get(f"/coordinators/village?place={NAIMAN}&village=东村").status_code == 404
    assert world.client("window").post("/coordinators/village/none", data=none).status_code == 403


def world_role(name: str) -> object:
    """A role by its name."""
    from matcher.domain.account import Role

    return Role(name)


@pytest.mark.parametrize("which", ["roster", "villages", "training"])
def test_lists_of_coordinators_need_a_purpose(world: World, which: str) -> None:
    coordinator(world)
    client = world.client("window")
    assert client.post(f"/coordinators/list/{which}", data={"purpose": ""}).status_code == 400
    answer = client.post(f"/coordinators/list/{which}", data={"purpose": "示例月报", "ending": "xlsx"})
    assert answer.data.startswith(b"PK")


def test_without_a_training_a_coordinator_is_told_what_to_do_and_sees_nothing(world: World) -> None:
    assert "包示例" in world.client("coordinator").get("/people/").text
    with world.office.unit("x") as unit:
        unit.policy_values.add([Entry("coordinators.trained_only", 1, "1 = asked", TODAY, "示例")])
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
    world.office.policies.look_again()
    client = world.client("coordinator")
    for address in ("/people/", f"/people/{world.bao}", "/village/", "/graduates/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/coordinators/not-yet")
    page = client.get("/coordinators/not-yet").text
    assert "花名册" in page
    assert "0475-0000131" in page
    key = coordinator(world, account="coordinator")
    assert "没有培训合格" in client.get("/coordinators/not-yet").text
    with world.office.unit("x") as unit:
        training = StaffEvent(coordinator_key=key, kind=EventKind.TRAINING, on=TODAY, result=Result.PASSED)
        unit.coordinators.note(training)
    assert "可以用了" in client.get("/coordinators/not-yet").text
    assert "包示例" in client.get("/people/").text
    assert world.client("window").get("/people/").status_code == 200
