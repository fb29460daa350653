"""Pages of terms, of requests and objections, of the informing sheet; a plan by hand; who may what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.requests import Outcome, RequestKind
from matcher.store.keeping.files import NAMELESS
from matcher.upkeep.keeping.doing import carry_out
from tests.web.made_up import NOW, World
from web.auth import access_table


def _later(world: World, days: int) -> None:
    """Some days on; whoever is signed in stays so."""
    moment = NOW + timedelta(days=days)
    world.office.clock = lambda: moment
    world.office.store._clock = world.office.clock


def test_a_request_is_written_down_answered_and_seen_by_its_own_division_only(world: World) -> None:
    window, elsewhere = world.client("window"), world.client("elsewhere")
    path = f"/people/{world.bao}/requests"
    form = {"kind": "appeal", "on": "2026-03-16", "words": "三个岗位都太远\n晚上要回家"}
    assert window.post(path, data=form).status_code == 302
    page = window.get(path).text
    assert "三个岗位都太远" in page and "2026年3月31日" in page
    assert "包示例" in window.get("/requests/").text
    assert "包示例" not in elsewhere.get("/requests/").text
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.post(path, data=form).status_code == 404
    [number] = re.findall(r'name="request" value="(\d+)"', page)
    answer = {"request": number, "outcome": "refused", "answer": "附近没有别的岗位，可向旗里反映"}
    assert elsewhere.post(f"{path}/answer", data=answer).status_code == 404
    assert window.post(f"{path}/answer", data=answer).status_code == 302
    assert window.post(f"{path}/answer", data=answer).status_code == 409
    with world.office.reading() as unit:
        [told] = unit.requests.of_person(world.bao)
        actions = [(one.action, one.fields) for one in unit.audit.recent(3)]
    assert (told.kind, told.outcome, told.received_by) == (RequestKind.APPEAL, Outcome.REFUSED, "window")
    assert ("request_answered", "refused") in actions and ("request_recorded", "appeal") in actions
    assert "包示例" in window.get("/requests/?list=answered").text


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "", "on": "2026-03-16", "words": "想看看"},
        {"kind": "appeal", "on": "2026-03-17", "words": "明天才说"},
        {"kind": "appeal", "on": "2026-03-16", "words": " "},
        {"kind": "appeal", "on": "昨天", "words": "想看看"},
    ],
)
def test_what_is_not_whole_is_refused_in_words_and_nothing_is_stored(world: World, form: dict[str, str]) -> None:
    answer = world.client("window").post(f"/people/{world.bao}/requests", data=form)
    assert answer.status_code == 400
    with world.office.reading() as unit:
        assert unit.requests.of_person(world.bao) == []


def test_who_wants_no_machine_gets_none_and_staff_make_a_plan_by_hand(world: World) -> None:
    window = world.client("window")
    path = f"/people/{world.bao}/requests"
    assert window.post(f"{path}/by-hand").status_code == 400
    window.post(path, data={"kind": "refuse_machine", "on": "2026-03-16", "words": "不要电脑派活"})
    with world.office.reading() as unit:
        assert LifeKind.RESTRICTED in {one.kind for one in unit.life.standing(world.bao)}
        assert unit.plans.current(world.bao) is None
        assert unit.requests.of_person(world.bao)[0].outcome is Outcome.DONE
    assert "不由机器处理" in window.get(f"/people/{world.bao}").text
    assert window.post(f"{path}/by-hand").status_code == 302
    with world.office.reading() as unit:
        plan = unit.plans.current(world.bao)
    assert plan is not None and plan.plan.matches == () and plan.plan.training is None
    assert window.get(f"/people/{world.bao}").status_code == 200
    window.post("/runs/", data={"division": "150525"})
    with world.office.reading() as unit:
        kept = unit.plans.current(world.bao)
    assert kept is not None and kept.code == plan.code


def test_what_is_overdue_loses_its_name_with_a_reason_and_in_ones_scope_only(world: World) -> None:
    _later(world, 800)
    admin, city = world.client("admin"), world.client("city")
    assert "包示例" in city.get("/keeping/").text
    shown = admin.get("/keeping/").text
    assert "131-" in shown and "包示例" not in shown
    assert world.client("window").get("/keeping/").status_code == 403
    [expected] = re.findall(r'name="expected" value="(\d+)"', shown)
    assert admin.post("/keeping/", data={"expected": expected, "reason": ""}).status_code == 400
    assert admin.post("/keeping/", data={"expected": "1", "reason": "到期"}).status_code == 400
    with world.office.reading() as unit:
        assert unit.files.nameless() == 0
    assert city.post("/keeping/", data={"expected": expected, "reason": "保存期限已到"}).status_code == 302
    with world.office.reading() as unit:
        people = [one.value for one in unit.workers.all_for_planning()]
        purposes = {one.purpose for one in unit.audit.recent(9) if one.action == "file_nameless"}
    assert {one.name for one in people} == {NAMELESS} and purposes == {"保存期限已到"}
    page = city.get(f"/people/{world.bao}").text
    assert "按保存期限去名" in page and "包示例" not in page


def test_a_scope_of_a_banner_touches_nobody_else(world: World) -> None:
    _later(world, 800)
    done = carry_out(world.office, reason="到期", actor="city", division="150523", with_audit=False)
    with world.office.reading() as unit:
        names = {one.value.name for one in unit.workers.all_for_planning()}
        assert unit.audit_years.all() == []
    assert done.files == 1
    assert names == {"包示例", "王示例", NAMELESS}


def test_an_upload_is_gone_once_it_was_imported(world: World) -> None:
    window, folder = world.client("city"), world.app.extensions["job131"][0].upload_folder
    table = "编号,岗位名称,用人单位,工作地点\nZ-1,护林员,示例林场,奈曼旗\n"
    reply = window.post("/imports/", data={"kind": "postings", "file": (BytesIO(table.encode()), "岗位.csv")})
    assert reply.status_code == 302 and list(folder.iterdir())
    assert window.post(str(reply.location).rstrip("/") + "/confirm").status_code == 302
    assert list(folder.iterdir()) == []


def test_the_sheet_names_the_office_and_nobody_else(world: World) -> None:
    page = world.client("window").get("/informing/").text
    assert "个人信息告知书" in page and "不要机器推荐" in page and "2 年" in page
    assert "包示例" not in page
    assert "/informing/" in world.client("window").get("/people/new/").text


def test_stricter_passwords_are_switched_on_by_those_who_manage_accounts(world: World) -> None:
    admin = world.client("admin")
    assert admin.post("/accounts/passwords", data={"profile": "dengbao"}).status_code == 302
    assert re.search(r'value="dengbao" checked', admin.get("/accounts/").text)
    assert world.client("window").post("/accounts/passwords", data={"profile": ""}).status_code == 403
    old = {"old_password": "tall-birch-4711-river"}  # pragma: allowlist secret
    word = "tallbirchriverstone"  # pragma: allowlist secret
    weak = {"new_password": word, "new_password_again": word}
    assert "3 种" in admin.post("/accounts/password", data=old | weak).text


def test_requests_are_open_to_those_who_serve_people() -> None:
    table = access_table()
    assert table["requests.record"].roles >= {"window", "coordinator"}
    assert "coordinator" not in table["requests.answer"].roles
    assert table["keeping.carry"].roles == {"city", "system_admin"}
    assert replace(table["informing.index"], roles=frozenset()).scope == "none"
