"""Ledgers on screen: who sees what, only one's own division, files with a purpose, columns, months, questions."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from matcher.domain.facts import Phrase
from matcher.domain.service.ledgers import LedgerKind
from tests.web.made_up import ID_NUMBER, KAILU, NAIMAN, PHONE, TODAY, World

KINDS = [kind.value for kind in LedgerKind]
PURPOSE = {"purpose": "报旗里调度", "whole": "1", "ending": "xlsx"}


@pytest.mark.parametrize("name", ["city", "window", "coordinator"])
def test_every_ledger_opens_and_shows_no_whole_number(shown: World, name: str) -> None:
    client = shown.client(name)
    for address in (f"/ledgers/{view}/{kind}" for view in ("show", "sheet") for kind in KINDS):
        page = client.get(address)
        assert page.status_code == 200, address
        assert ID_NUMBER not in page.text and PHONE not in page.text, address


def test_a_coordinator_sees_the_own_village_without_numbers_and_illness(world: World) -> None:
    page = world.client("coordinator").get("/ledgers/show/base").text
    assert "包示例" in page and "王示例" not in page and "李示例" not in page
    table = page[page.index("<table") : page.index("</table>")]
    assert "身份证号" not in table and "健康状况" not in table and "45–54" in table
    assert world.client("window").get("/ledgers/show/base").text.count("长期慢性病") == 1


def test_another_division_is_not_found(world: World) -> None:
    window = world.client("window")
    assert window.get(f"/ledgers/show/base?division={KAILU}").status_code == 404
    assert window.get("/ledgers/show/nothing").status_code == 404
    assert window.post("/ledgers/export/base", data=PURPOSE | {"division": KAILU}).status_code == 404
    coordinator = world.client("coordinator")
    assert coordinator.post("/ledgers/export/base", data=PURPOSE | {"village": "西村"}).status_code == 404
    for name in ("viewer", "admin"):
        assert world.client(name).get("/ledgers/").status_code == 403


def test_a_file_needs_a_purpose_and_a_coordinator_gets_no_numbers(world: World) -> None:
    refused = world.client("window").post("/ledgers/export/base", data=PURPOSE | {"purpose": " "})
    assert "用途" in refused.text and refused.status_code == 400
    whole = world.client("window").post("/ledgers/export/base", data=PURPOSE)
    rows = list(openpyxl.load_workbook(BytesIO(whole.data)).active.values)
    assert ID_NUMBER in rows[2] and "包" not in str(whole.headers["Content-Disposition"])
    masked = world.client("coordinator").post("/ledgers/export/base", data=PURPOSE)
    cells = [cell for row in openpyxl.load_workbook(BytesIO(masked.data)).active.values for cell in row]
    assert ID_NUMBER not in cells and PHONE not in cells and "包示例" in cells and "王示例" not in cells


def test_only_who_asked_fetches_the_file(world: World) -> None:
    window = world.client("window")
    window.post("/ledgers/export/wishes", data=PURPOSE)
    assert "已写好" in window.get("/ledgers/exported/1").text
    assert world.client("city").get("/ledgers/exported/1/file").status_code == 404
    assert world.client("elsewhere").get("/ledgers/exported/1").status_code == 404
    assert "脱贫人口底数台账" in window.get("/ledgers/").text


def test_columns_are_learnt_from_a_file_kept_and_used(world: World) -> None:
    window = world.client("window")
    file = (BytesIO("人员姓名,出生年月,镇里意见\n张三,1965.01,\n".encode()), "月报表.csv")
    shown = window.post("/ledgers/columns/learn", data={"ledger": "work", "file": file}).text
    assert 'value="出生年月"' in shown and re.search(r'value="yyyy.mm" selected', shown) and "张三" not in shown
    form = {
        "ledger": "base", "name": "镇里的表",
        "header-0": "人员姓名", "code-0": "NAME", "order-0": "2", "header-1": "证件", "code-1": "ID", "order-1": "1",
        "header-2": "", "code-2": "SEX",
    }  # fmt: skip
    assert window.post("/ledgers/columns", data=form).status_code == 302
    assert "镇里的表" in window.get("/ledgers/columns").text
    assert "镇里的表" not in world.client("elsewhere").get("/ledgers/columns").text
    answer = window.post("/ledgers/export/base", data=PURPOSE | {"profile": "镇里的表"})
    assert list(openpyxl.load_workbook(BytesIO(answer.data)).active.values)[1] == ("证件", "人员姓名")
    assert world.client("coordinator").post("/ledgers/columns", data=form).status_code == 403
    assert "还没有保存" in window.post("/ledgers/columns", data=form | {"name": ""}).text
    assert window.post("/ledgers/columns/forget/1").status_code == 302
    strange = (BytesIO(b"a,b\n1,2\n"), "x.csv")
    told = window.post("/ledgers/columns/learn", data={"ledger": "work", "file": strange}).text
    assert "什么都没有保存" in told


def test_a_coordinator_hands_in_the_month_and_the_office_opens_it_again(world: World) -> None:
    coordinator, window = world.client("coordinator"), world.client("window")
    month = f"{TODAY:%Y-%m}"
    place = {"month": month, "home": NAIMAN, "village": "东村"}
    assert "西村" not in coordinator.get("/ledgers/month").text
    assert coordinator.post("/ledgers/month/submit", data=place | {"rest": "1"}).status_code == 302
    assert "已交" in coordinator.get("/ledgers/month").text
    marked = coordinator.post(f"/village/round/{world.bao}", data={"status": "已就业"}, follow_redirects=True)
    assert "这个村本月已经提交" in marked.text
    other = coordinator.post("/ledgers/month/submit", data=place | {"village": "西村", "rest": "1"})
    assert other.status_code == 404
    assert coordinator.post("/ledgers/month/reopen", data=place | {"reason": "记错了一个人"}).status_code == 403
    assert window.post("/ledgers/month/reopen", data=place | {"reason": "记错了一个人"}).status_code == 302
    assert "记错了一个人" in window.get("/ledgers/month").text
    coordinator.post(f"/village/round/{world.bao}", data={"status": "已就业", "yuan": "3000", "phone_ok": "1"})
    assert "包示例" in window.get(f"/ledgers/month/changed?month={month}").text


def test_questions_lead_to_where_they_are_answered(world: World) -> None:
    with world.office.unit() as unit:
        asked = {world.bao: [Phrase("VERIFY_AWAY_PHONE"), Phrase("VERIFY_LABOUR")]}
        unit.questions.settle(asked, on=TODAY)
    window = world.client("window")
    assert "2 个问题" in window.get("/ledgers/questions").text
    page = window.get(f"/ledgers/questions?division={NAIMAN}&village=东村").text
    assert f"/people/{world.bao}#questions" in page and f"/people/{world.bao}/changes" in page
    assert window.post("/ledgers/questions", data={"division": NAIMAN, "village": "东村"}).status_code == 302
    assert world.client("coordinator").get("/ledgers/questions?village=西村").status_code == 404
