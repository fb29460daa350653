"""The pages of work near home as the office, the village and a department use them."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from matcher.domain.casenumber import case_number
from matcher.domain.facts import Fact
from matcher.domain.papers.records import PaperKind, PrintOrder
from matcher.domain.settings import SettingName
from matcher.domain.worker import HouseholdType, LabourSkill
from tests.web.local_work.making import Register, a_register
from tests.web.made_up import TODAY, World
from web.papers.forms import public_list

NEW_ROAD = {"kind": "relief", "name": "西村渠道清淤", "division": "150525", "village": "西村", "state": "running"}


@pytest.fixture
def register(world: World) -> Register:
    """The register of a village; 包示例 sews, 王示例 holds the post, 李示例 of another county is put forward."""
    return a_register(world.office, [world.bao, world.wang, world.far])


def landed(answer: object) -> str:
    assert answer.status_code == 303, answer.text  # type: ignore[attr-defined]
    return str(answer.headers["Location"])  # type: ignore[attr-defined]


def test_a_project_is_entered_paid_for_and_reaches_its_tenth(world: World) -> None:
    client = world.client("window")
    form = NEW_ROAD | {"funds_yuan": "100万", "labour_planned_yuan": "12万"}
    address = landed(client.post("/projects/new", data=form))
    assert "计划够，还没发够" in client.get(address).text
    paid = {"paid_on": TODAY.isoformat(), "yuan": "10万", "people": "12", "lifted": "9"}
    landed(client.post(f"{address}/pay", data=paid))
    page = client.get(address).text
    assert "已经够了" in page
    key = re.search(r'name="pay" value="(\d+)"', page)
    assert key is not None
    landed(client.post(f"{address}/pay/mark", data={"pay": key[1], "back": "1"}))
    assert "作废（window）" in client.get(address).text


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_kept(world: World) -> None:
    client = world.client("window")
    answer = client.post("/projects/new", data=NEW_ROAD | {"funds_yuan": "很多", "hires": "5", "hires_lifted": "6"})
    assert answer.status_code == 400
    assert "“很多”看不出是多少钱" in answer.text
    assert "其中6人，比用工总数5人还多" in answer.text
    assert 'value="西村渠道清淤"' in answer.text
    assert "西村渠道清淤" not in client.get("/projects/?kind=relief").text


def test_the_form_tells_while_typing(world: World) -> None:
    client, part = world.client("window"), {"X-Requested-With": "part"}
    form = NEW_ROAD | {"funds_yuan": "100万", "labour_planned_yuan": "9万"}
    told = client.post("/projects/check", data=form, headers=part).text
    assert "计划劳务报酬占资金 9%，至少要 10%" in told
    assert not told.lstrip().startswith("<!doctype")
    post = {"kind": "post", "name": "护路", "division": "150525", "need": "3", "headcount": "3"}
    money = {"allowance_yuan": "500", "months": "12", "budget_yuan": "1万"}
    assert "最多够1人" in client.post("/projects/check", data=post | money, headers=part).text


def test_a_change_is_undone_and_a_removed_entry_brought_back(world: World, register: Register) -> None:
    client = world.client("window")
    page = client.get(f"/projects/{register.relief}/edit").text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    form = NEW_ROAD | {"revision": revision[1], "name": "改了名"}
    landed(client.post(f"/projects/{register.relief}/edit", data=form))
    assert client.post(f"/projects/{register.relief}/edit", data=form).status_code == 409
    landed(client.post(f"/projects/{register.relief}/undo"))
    assert "东村村道硬化" in client.get(f"/projects/{register.relief}").text
    gone = landed(client.post(f"/projects/{register.relief}/remove"))
    assert client.get(f"/projects/{register.relief}").status_code == 404
    assert "恢复刚才删除的" in client.get(gone).text
    landed(client.post(f"/projects/{register.relief}/undo"))
    assert client.get(f"/projects/{register.relief}").status_code == 200


def test_the_page_of_another_kind_and_entries_elsewhere_answer_404(world: World, register: Register) -> None:
    assert world.client("window").get(f"/projects/{register.workshop}").status_code == 404
    elsewhere = world.client("elsewhere")
    for path in (f"projects/{register.relief}", f"workshops/{register.workshop}", f"posts/{register.post}"):
        assert elsewhere.get(f"/{path}").status_code == 404, path
    assert elsewhere.get(f"/posts/holders/{register.holder}").status_code == 404
    for path in ("pay", "undo", "remove", "edit", "posting"):
        answer = elsewhere.post(
            f"/projects/{register.relief}/{path}", data={"paid_on": "2026-03-01", "yuan": "5", "ref": "P-1"}
        )
        assert answer.status_code == 404, path
    assert "东村" not in elsewhere.get("/projects/?kind=relief").text


def test_a_department_reads_figures_and_no_names(world: World, register: Register) -> None:
    viewer = world.client("viewer")
    assert "6.4%" in viewer.get("/projects/?kind=relief").text
    assert "记一笔" not in viewer.get(f"/projects/{register.relief}").text
    workshop, post = viewer.get(f"/workshops/{register.workshop}").text, viewer.get(f"/posts/{register.post}").text
    assert "按人登记 1 人" in workshop
    assert "包示例" not in workshop
    assert "姓名只给经办人看" in post
    assert "王示例" not in post
    assert viewer.get("/posts/people").status_code == 403
    assert viewer.post("/posts/ledger", data={"purpose": "检查用"}).status_code == 403


def test_a_coordinator_sees_the_own_village_and_writes_days(world: World, register: Register) -> None:
    with world.office.unit() as unit:
        site = unit.local_work.sites.get(register.post)
        unit.local_work.sites.change(replace(site, village="西村"))
    coordinator = world.client("coordinator")
    assert coordinator.get(f"/posts/{register.post}").status_code == 404
    with world.office.unit() as unit:
        unit.local_work.sites.change(site)
        person = unit.workers.get(world.wang)
        unit.workers.replace(world.wang, replace(person.value, village="东村"), person.facts)
    page = coordinator.get(f"/posts/{register.post}").text
    assert "王示例" in page
    days = {"month": "2026-02", f"due-{register.holder}": "20", f"came-{register.holder}": "18"}
    landed(coordinator.post(f"/posts/{register.post}/months", data=days))
    holder = coordinator.get(f"/posts/holders/{register.holder}").text
    assert "应到 20 天，实到 18 天" in holder
    assert "母亲常年卧床" not in holder
    assert coordinator.post(f"/posts/holders/{register.holder}/leave", data={}).status_code == 403


def a_weak_person(world: World, key: int) -> None:
    """Somebody becomes weak labour of a lifted household with no plan that offers anything."""
    with world.office.unit() as unit:
        person = unit.workers.get(key)
        weak = replace(
            person.value, labour_skill=LabourSkill.WEAK, household_type=HouseholdType.LIFTED, wish_text="保洁"
        )
        assert person.facts is not None
        born = replace(person.facts, birth_date=Fact(TODAY.replace(year=1970)))
        unit.workers.replace(key, weak, born)


def test_somebody_goes_all_the_way_to_a_post_at_the_window(world: World, register: Register) -> None:
    a_weak_person(world, world.bao)
    with world.office.unit() as unit:
        for member in unit.local_work.members.of_people([world.bao])[world.bao]:
            unit.local_work.members.remove(member.key)
    client = world.client("window")
    holder = landed(client.post(f"/posts/{register.post}/people", data={"case": case_number(world.bao)}))
    page = client.get(holder).text
    assert "还差材料" in page
    assert "还有1个岗位没有试过（如：缝纫工）" in page
    asked = client.post(f"{holder}/notice", data={"first": "2026-03-01", "last": "2026-03-08"})
    assert (asked.status_code, "没有试过" in asked.text) == (400, True)
    landed(client.post(f"{holder}/write", data={"has_market": "1", "market": "三家都嫌慢，试用一天没留下"}))
    landed(client.post(f"{holder}/notice", data={"first": "2026-03-01", "last": "2026-03-08"}))
    assert "包示例" in client.get("/posts/people?list=notice").text
    with world.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
    order = PrintOrder(kind=PaperKind.PUBLIC_LIST, division="150525", topic="board")
    words = str([part.body.decode() for part in public_list.parts(world.office, order)])
    assert "包*例" in words
    assert "2026年3月1日至2026年3月8日" in words
    assert "包示例" not in words
    begin = {"started_on": TODAY.isoformat(), "term_end": "2026-05-01", "hours": "15"}
    landed(client.post(f"{holder}/place", data=begin))
    assert "公益岗到期" in client.get(holder).text
    with world.office.reading() as unit:
        plan = unit.plans.current(world.bao)
        assert plan is not None
        assert plan.plan.track.value == "public_post_exit"
    leave = {"on": TODAY.isoformat(), "why": "找到缝纫的活了", "exit_to": "market"}
    landed(client.post(f"{holder}/leave", data=leave))
    assert "去企业上班" in client.get(holder).text
    landed(client.post(f"{holder}/back"))
    landed(
        client.post(f"{holder}/review", data={"on": TODAY.isoformat(), "result": "keep", "note": "路段干净，还需要"})
    )
    assert "路段干净" in client.get(holder).text


def test_tables_hold_the_shares_and_the_ledger_asks_for_a_purpose(world: World, register: Register) -> None:
    client = world.client("window")
    sheet = _sheet(client, "/projects/tables/relief.xlsx")
    named = dict(zip(sheet[1], sheet[2], strict=True))
    assert (named["名称"], named["计划占比（%）"], named["实际占比（%）"]) == ("东村村道硬化", 12, 6.4)
    for kind in ("industry", "cooperative", "workshop"):
        rows = _sheet(client, f"/projects/tables/{kind}.xlsx")
        assert len(rows[1]) == len(rows[2])
        assert rows[2][0]
    assert client.get("/projects/tables/post.xlsx").status_code == 404
    assert client.post("/posts/ledger", data={"purpose": ""}).status_code == 400
    answer = client.post("/posts/ledger", data={"purpose": "旗里季度检查"})
    rows = _rows(answer.data)
    holder = dict(zip(rows[1], rows[2], strict=True))
    assert (holder["姓名"], holder["无法外出原因"], holder["近一年出勤天数"]) == (
        "王示例",
        "母亲常年卧床，村委会核实",
        19,
    )
    assert "李示例" not in str(rows)
    with world.office.reading() as unit:
        assert any(one.action == "export" and one.purpose == "旗里季度检查" for one in unit.audit.recent(20))


def _sheet(client: FlaskClient, address: str) -> list[tuple[object, ...]]:
    return _rows(client.get(address).data)


def _rows(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_a_workshop_takes_people_on_and_its_postings_rest_while_idle(world: World, register: Register) -> None:
    client, page = world.client("window"), f"/workshops/{register.workshop}"
    landed(client.post(f"/projects/{register.workshop}/posting", data={"ref": "P-1"}))
    assert "缝纫工" in client.get(page).text
    assert "属于帮扶车间" in client.get(f"/postings/{world.posting}").text
    assert f'href="{page}"' not in world.client("elsewhere").get(f"/postings/{world.posting}").text
    bad = client.post(f"{page}/people", data={"case": "131-000001-9", "since": "2026-01-05"})
    assert (bad.status_code, "编号不对" in bad.text) == (400, True)
    busy = client.post(f"{page}/people", data={"case": case_number(world.wang), "since": "2026-01-05"})
    assert "已经在别的车间或公益岗上" in busy.text
    idle = {
        "kind": "workshop",
        "name": "奈曼旗示例车间",
        "division": "150525",
        "state": "paused",
        "idle_since": "2026-02-01",
    }
    landed(client.post(f"/projects/{register.workshop}/edit", data=idle))
    told = client.get(page).text
    assert "闲置 43 天" in told
    assert "暂不推荐" in told
    landed(client.post(f"/projects/{register.workshop}/posting", data={"posting": world.posting, "act": "remove"}))


def test_english_pages_say_everything_in_english(world: World, register: Register) -> None:
    client = world.client("window")
    client.post("/language", data={"language": "en"})
    for path in (
        "projects/?kind=relief",
        f"projects/{register.relief}",
        f"posts/holders/{register.holder}",
        "posts/people",
    ):
        page = client.get(f"/{path}").text
        assert "LOCAL_" not in page
        assert "劳务报酬" not in page
    answer = client.post(f"/posts/{register.post}/people", data={"case": "1"})
    assert "That is no case number" in answer.text
