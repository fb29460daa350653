"""Alerts, the key-assistance list and the evidence on screen: within the scope, with reasons, noted, for a purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.domain.rosters.ledger import Ledger
from matcher.domain.service.months import month_before
from matcher.domain.worker import MonitorCategory
from matcher.key_list.entering import renew
from matcher.office import AuditWanted
from matcher.reports.book import shelf
from matcher.reports.evidence.indicators import BY_NAME
from matcher.reports.evidence.months import count_month
from tests.web.made_up import TODAY, World, opened

LIST = "/key-list/"
SECRET = "三天打鱼"


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[World]:
    """The first person is at risk because work is unsteady, and nothing has been done for two months."""
    with opened(tmp_path) as world:
        with world.office.unit() as unit:
            stored = unit.workers.get(world.bao)
            ledger = Ledger(identified_on=TODAY - timedelta(days=60))
            more = {"monitor_category": MonitorCategory.UNSTABLE, "risk_reason": "就业不稳", "ledger": ledger}
            unit.workers.replace(world.bao, replace(stored.value, **more), stored.facts)  # type: ignore[arg-type]
        renew(world.office, actor="town")
        yield world


def entry_of(world: World, worker: int | None = None) -> int:
    with world.office.reading() as unit:
        return unit.watching.entries.of_person(worker or world.bao)[0].key


def audited(world: World, action: str) -> list[str]:
    with world.office.reading() as unit:
        return [one.purpose for one in unit.audit.find(AuditWanted(action=action))]


def test_the_list_shows_its_parts_and_only_those_of_the_scope(watched: World) -> None:
    page = watched.client("window").get(LIST).text
    assert "包示例" in page
    assert "满月无措施" in watched.client("window").get(f"{LIST}?part=bare").text
    assert "没有人联系过期" in watched.client("window").get(f"{LIST}?part=late").text
    assert "包示例" not in watched.client("elsewhere").get(LIST).text
    assert watched.client("viewer").get(LIST).status_code == 403


def test_a_contact_is_written_crossed_out_and_stays_to_be_read(watched: World) -> None:
    client, entry = watched.client("coordinator"), entry_of(watched)
    form = {"way": "visit", "found": "helped", "content": SECRET, "next_step": "报电焊班"}
    answer = client.post(f"{LIST}entry/{entry}/contact", data=form)
    assert answer.location == f"{LIST}person/{watched.bao}"
    page = client.get(answer.location).text
    assert SECRET in page
    with watched.office.reading() as unit:
        line = unit.watching.cards.of_person(watched.bao)[-1]
    client.post(f"{LIST}entry/{entry}/line/{line.key}/undo", data={"why": "记错人了"})
    page = client.get(f"{LIST}person/{watched.bao}").text
    assert "crossed" in page
    assert "记错人了" in page
    assert client.post(f"{LIST}entry/{entry}/contact", data={"way": "visit"}).status_code == 400
    assert "今天之后" in client.post(
        f"{LIST}entry/{entry}/contact", data=form | {"on": "2030-01-01"}, follow_redirects=True
    ).text  # fmt: skip


def test_another_banner_finds_nobody(watched: World) -> None:
    client, entry = watched.client("elsewhere"), entry_of(watched)
    assert client.get(f"{LIST}person/{watched.bao}").status_code == 404
    for act in ("contact", "owner", "leave", "back"):
        form = {
            "way": "visit",
            "found": "helped",
            "content": SECRET,
            "owner": "王敏",
            "reason": "stable",
            "why": "错了",
        }
        assert client.post(f"{LIST}entry/{entry}/{act}", data=form).status_code == 404


def test_leaving_by_a_closed_way_says_why_not_and_an_open_one_can_be_taken_back(watched: World) -> None:
    client, entry = watched.client("window"), entry_of(watched)
    card = f"{LIST}entry/{entry}"
    refused = client.post(f"{card}/leave", data={"reason": "stable"}, follow_redirects=True).text
    assert "缺证明" in refused
    with watched.office.unit() as unit:
        stored = unit.workers.get(watched.bao)
        unit.workers.replace(watched.bao, replace(stored.value, ledger=Ledger(risk_cleared=True)), stored.facts)
    assert "风险已消除" in client.get(f"{LIST}person/{watched.bao}").text
    client.post(f"{card}/leave", data={"reason": "cleared", "note": "旗里批了"})
    assert "撤销移出" in client.get(f"{LIST}person/{watched.bao}").text
    client.post(f"{card}/back", data={"why": "批错了"})
    client.post(f"{card}/owner", data={"owner": "李村"})
    assert "李村" in client.get(LIST).text
    assert client.post(f"{card}/leave", data={"reason": "nonsense"}).status_code == 400
    assert watched.client("coordinator").post(f"{card}/leave", data={"reason": "cleared"}).status_code == 403


def test_by_hand_with_a_reason_and_looked_through_again(watched: World) -> None:
    client = watched.client("window")
    assert "不在清单上" in client.get(f"{LIST}person/{watched.wang}").text
    client.post(f"{LIST}person/{watched.wang}/enter", data={"why": "冬天没活"})
    assert "王示例" in client.get(LIST).text
    assert "新列入0人" in client.post(f"{LIST}renew", follow_redirects=True).text


def test_the_list_goes_out_for_a_purpose_only(watched: World) -> None:
    client = watched.client("window")
    assert "没有写用途" in client.post(f"{LIST}list.xlsx", data={}, follow_redirects=True).text
    answer = client.post(f"{LIST}list.xlsx", data={"purpose": "入户走访"})
    assert "包" not in answer.headers["Content-Disposition"]
    rows = list(load_workbook(BytesIO(answer.data)).active.values)  # type: ignore[union-attr]
    assert rows[2][1:4] == ("包示例", "东村", TODAY.isoformat())
    assert audited(watched, "key_list_export") == ["入户走访"]


def test_an_alert_is_taken_on_done_and_stands_in_the_to_do_list(watched: World) -> None:
    client = watched.client("window")
    page = client.get("/alerts/").text
    assert "东村有1名重点帮扶对象识别满一个月还没有帮扶措施" in page
    mark = f"KEY_NO_MEASURE:{150525}:东村"
    assert "包示例" in client.get("/alerts/people", query_string={"mark": mark}).text
    client.post("/alerts/care", data={"mark": mark, "state": "taken", "owner": "王敏"})
    sheet = load_workbook(BytesIO(client.get("/alerts/to-do.xlsx").data)).active
    [row] = [one for one in sheet.values if one[1] and "帮扶措施" in str(one[1])]  # type: ignore[union-attr]
    assert row[2:4] == ("在办", "王敏")
    assert "没有写怎么办" in client.post(
        "/alerts/care", data={"mark": mark, "state": "done"}, follow_redirects=True
    ).text  # fmt: skip
    client.post("/alerts/care", data={"mark": mark, "state": "done", "note": "已安排"})
    assert "满一个月" not in client.get("/alerts/").text
    assert "满一个月" in client.get("/alerts/?state=quiet").text
    assert "已办结" in client.get("/alerts/to-do").text
    assert client.post("/alerts/care", data={"mark": mark, "state": "odd"}).status_code == 400


def test_alerts_stay_within_the_scope_and_a_viewer_sees_no_people(watched: World) -> None:
    mark = f"KEY_NO_MEASURE:{150525}:东村"
    elsewhere = watched.client("elsewhere")
    assert "东村" not in elsewhere.get("/alerts/").text
    assert elsewhere.get("/alerts/people", query_string={"mark": mark}).status_code == 404
    assert elsewhere.post("/alerts/care", data={"mark": mark, "state": "taken"}).status_code == 404
    viewer = watched.client("viewer")
    assert "东村" in viewer.get("/alerts/").text
    assert viewer.get("/alerts/people", query_string={"mark": mark}).status_code == 403


def test_home_shows_the_most_pressing_alerts(watched: World) -> None:
    assert "满一个月还没有帮扶措施" in watched.client("window").get("/").text
    assert "满一个月还没有帮扶措施" not in watched.client("elsewhere").get("/").text


def test_a_figure_opens_its_people_for_a_purpose_that_is_noted(watched: World) -> None:
    client = watched.client("window")
    assert "怎么算的" in client.get("/evidence/").text
    refused = client.post("/evidence/people", data={"figure": "MONITORED"}, follow_redirects=True).text
    assert "没有写用途" in refused
    page = client.post("/evidence/people", data={"figure": "MONITORED", "purpose": "年度考核"}).text
    assert "包示例" in page
    assert "王示例" not in page
    assert audited(watched, "evidence_people") == ["年度考核"]
    assert client.post("/evidence/people", data={"figure": "NONE", "purpose": "考核"}).status_code == 404
    assert watched.client("viewer").post("/evidence/people", data={}).status_code == 403


def test_two_kept_months_stand_side_by_side(watched: World) -> None:
    city = watched.client("city")
    assert "还没有留存过月份" in city.get("/evidence/months").text
    assert "已留存2026-03的数字" in city.post("/evidence/months/keep", follow_redirects=True).text
    assert "只留存了一个月" in city.get("/evidence/months").text
    book = shelf(watched.office).book
    assert book is not None
    before = [replace(one, month=month_before("2026-03"), counts={"PEOPLE": 5}) for one in count_month(book)]
    with watched.office.unit() as unit:
        unit.watching.months.put(month_before("2026-03"), before)
    page = city.get("/evidence/months").text
    assert "2026-02统计于" in page
    assert watched.client("window").post("/evidence/months/keep").status_code == 403


def test_the_pack_has_a_contents_sheet_and_no_names(watched: World) -> None:
    answer = watched.client("window").get("/evidence/pack.xlsx")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames[:2] == ["目录", "全部指标"]
    assert len(book.sheetnames) == sum(bool(row[0]) and str(row[0]).isdigit() for row in book["目录"].values) + 1
    assert sum(1 for row in book["全部指标"].values if row[5]) == len(BY_NAME) + 1
    said = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell)
    assert "包示例" not in said
    assert "人社部门" in watched.client("viewer").get("/evidence/departments").text
