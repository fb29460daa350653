"""The rooms of money: what is left in the hand, the clock, a claim from the window to the board and the payment."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.settings import SettingName
from matcher.domain.training import TrainingFacts
from matcher.domain.worker import HouseholdType
from tests.factories import a_course, terms
from tests.web.claims_made import works
from tests.web.made_up import ID_NUMBER, NOW, TODAY, World


@pytest.fixture
def money(world: World) -> World:
    """The first person of a lifted household, four months in work in Beijing, proved."""
    with world.office.unit() as unit:
        stored = unit.workers.get(world.bao)
        lifted = replace(stored.value, household_type=HouseholdType.LIFTED, public_post=False)
        unit.workers.replace(world.bao, lifted, stored.facts)
    works(world.office, world.bao)
    return world


def said(client: FlaskClient, address: str, **form: str) -> str:
    """What the page says after a form was sent."""
    return client.post(address, data=form, follow_redirects=True).text


def claim_of(client: FlaskClient, key: int) -> str:
    """The address of a claim made now."""
    answer = client.post(f"/claims/people/{key}/claim", data={"kind": "STABILITY"})
    return str(answer.headers["Location"])


def test_money_in_hand_names_every_source_and_asks_what_is_not_said(world: World) -> None:
    page = world.client("window").get(f"/money/{world.bao}").text
    assert "到手多少钱" in page
    assert "3,000–3,500 元" in page
    assert "去之前问雇主" in page
    assert "没说清的不当成不花钱" in page
    other = world.client("window").get(f"/money/{world.bao}?posting={world.posting + 1}").text
    assert "您挑的岗位" in other


def test_the_clock_says_what_was_checked_and_the_claim_can_be_made_once(money: World) -> None:
    client = money.client("window")
    page = client.get(f"/claims/people/{money.bao}").text
    assert "可以申领" in page
    assert "金额待办公室填写" in page
    assert "申领期限待办公室填写" in page
    made = claim_of(client, money.bao)
    assert re.fullmatch(r"/claims/\d+", made)
    assert "已经有申请" in said(client, f"/claims/people/{money.bao}/claim", kind="STABILITY")


def test_from_the_window_to_the_board_to_the_payment(money: World) -> None:
    client = money.client("window")
    made = claim_of(client, money.bao)
    key = made.rsplit("/", 1)[1]
    assert "已核定" in said(client, f"{made}/step", state="approved", yuan="600")
    assert "已张榜 1 份" in said(client, "/claims/publicity", topic="SUBSIDY", claim=key, where="村部")
    board = "/claims/publicity/1"
    assert "异议已记下" in said(client, f"{board}/objection", text="他回来了")
    assert "还没到期" in said(client, f"{board}/close")
    money.office.clock = lambda: NOW_LATER
    money.office.store._clock = lambda: NOW_LATER
    assert "还有异议没有处理" in said(client, f"{board}/close")
    assert "异议已处理" in said(client, f"{board}/answer", objection="1", outcome="dismissed", text="查了考勤，还在干")
    assert "公示已结束" in said(client, f"{board}/close")
    assert "600" in client.get("/claims/payments").text
    assert "已记 1 份为已发放" in said(client, "/claims/payments", claim=key, on=TODAY.isoformat())
    page = client.get("/claims/?state=paid").text
    assert "包示例" in page or "600 元" in page


NOW_LATER = NOW + timedelta(days=15)


def test_lists_with_identity_numbers_need_a_purpose_and_are_noted(money: World) -> None:
    client = money.client("window")
    made = claim_of(client, money.bao)
    said(client, f"{made}/step", state="approved", yuan="600")
    assert client.post("/claims/export/ledger", data={"purpose": ""}).status_code == 400
    answer = client.post("/claims/export/ledger", data={"purpose": "月度核对"})
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "包示例" in cells
    assert not [cell for cell in cells if ID_NUMBER in cell]
    with money.office.reading() as unit:
        noted = unit.audit.last_about("claims:ledger")
    assert noted is not None
    assert noted.purpose == "月度核对"


def test_a_coordinator_sees_the_own_village_and_decides_nothing(money: World) -> None:
    made = claim_of(money.client("window"), money.bao)
    coordinator = money.client("coordinator")
    assert coordinator.get(made).status_code == 200
    assert coordinator.get(f"/claims/people/{money.wang}").status_code == 404
    assert coordinator.get(f"/money/{money.far}").status_code == 404
    assert coordinator.post(f"{made}/step", data={"state": "approved"}).status_code == 403
    assert coordinator.get("/claims/payments").status_code == 403


def test_wrong_steps_say_so_and_keep_nothing(money: World) -> None:
    client = money.client("window")
    made = claim_of(client, money.bao)
    assert "请写明原因" in said(client, f"{made}/step", state="refused", note="")
    assert "金额应是" in said(client, f"{made}/step", state="approved", yuan="很多")
    assert "第一步不能撤销" in said(client, f"{made}/undo", reason="弄错了")
    assert client.post(f"{made}/step", data={"state": "posted"}).status_code == 400
    assert "没有可以公示的人" in said(client, "/claims/publicity", topic="SUBSIDY", claim="999")
    assert "一个人都没有选" in said(client, "/claims/payments")


def test_an_organisation_names_people_by_their_case_numbers(money: World) -> None:
    client = money.client("window")
    page = client.get("/claims/organisations/new").text
    assert "单位奖补申请" in page
    form = {"kind": "WORKSHOP", "claimant": "示例帮扶车间", "year": "2026"}
    wrong = said(client, "/claims/organisations/new", **form, people="张三 6 15000")
    assert "这一行看不懂" in wrong
    assert "张三 6 15000" in wrong
    number = re.search(r"131-\d{6}-\d", client.get(f"/claims/people/{money.bao}").text)
    assert number is not None
    made = said(client, "/claims/organisations/new", **form, people=f"{number[0]} 6 15000")
    assert "示例帮扶车间" in made
    assert "15,000" in made


def test_forms_and_the_due_list_are_printed(money: World) -> None:
    client = money.client("window")
    with money.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
    form = client.post(f"/claims/people/{money.bao}/form", data={"kind": "STABILITY"})
    assert form.data.startswith(b"%PDF")
    assert client.post("/claims/due").data.startswith(b"%PDF")


def test_a_class_is_claimed_and_its_form_is_printed(money: World) -> None:
    client, course = money.client("window"), passed(money)
    page = client.get(f"/claims/people/{money.bao}").text
    assert "结业凭证有了" in page
    assert "缝纫班" in page
    with money.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
    form = client.post(f"/claims/people/{money.bao}/form", data={"kind": "TRAINING", "course": str(course)})
    assert form.data.startswith(b"%PDF")
    made = client.post(f"/claims/people/{money.bao}/classes/{course}/claim", follow_redirects=True).text
    assert "职业培训补贴（本人）" in made
    again = client.post(f"/claims/people/{money.bao}/classes/{course}/claim", follow_redirects=True).text
    assert "没有再建一份" in again


def passed(money: World) -> int:
    """A sewing class the first person has passed."""
    facts = TrainingFacts(occupations=terms(["sewing_worker"]), level=5)
    told = replace(a_course().training, ref="T-9", title="缝纫班", starts_on=TODAY - timedelta(days=30))
    with money.office.unit("window") as unit:
        key = unit.classes.add(replace(told, ends_on=TODAY - timedelta(days=5)), facts)
        unit.class_life.enrol(key, money.bao, EnrolmentState.PASSED)
    return int(key)


def test_people_of_an_organisation_are_ticked_on_a_list(money: World) -> None:
    client, course = money.client("window"), passed(money)
    listed = client.get(
        "/claims/organisations/new", query_string={"kind": "TRAINING_BODY", "claimant": "示例学校", "class": course}
    ).text
    assert f'name="pick" value="{money.bao}"' in listed
    form = {"kind": "TRAINING_BODY", "claimant": "示例学校", "class": str(course), "year": str(TODAY.year)}
    wrong = said(client, "/claims/organisations/new", **form, pick=str(money.bao), **{f"months-{money.bao}": "很多"})
    assert "这一行看不懂" in wrong
    assert "示例学校" in said(client, "/claims/organisations/new", **form, pick=str(money.bao))
    nobody = client.get("/claims/organisations/new", query_string={"kind": "BASE", "claimant": "没有的单位"}).text
    assert "没有找到可以列的人" in nobody
