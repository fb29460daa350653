"""The rooms of the village: what is due, one tap a call, plans for who has none, the monthly round."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from flask.testing import FlaskClient

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.posting import PostingState
from matcher.domain.rosters.records import EntryType
from matcher.domain.worker import WorkStatus
from tests.factories import a_person
from tests.web.made_up import NAIMAN, PHONE, TODAY, World

PART = {"X-Requested-With": "part"}


def a_call(world: World) -> int:
    """Somebody of the coordinator's village began eight days ago; the key of the call that is due."""
    began = TODAY - timedelta(days=8)
    with world.office.unit("window") as unit:
        spell = Spell(key=0, worker_key=world.bao, started_on=began, said_by=SaidBy.WORKER, place="奈曼旗")
        key = unit.aftercare.spells.begin(spell)
        unit.aftercare.calls.plan(key, world.bao, [(7, TODAY - timedelta(days=1)), (30, TODAY + timedelta(days=22))])
        return unit.aftercare.calls.due(TODAY)[0][0].key


def tiles(page: str) -> dict[str, str]:
    """The figures on top of the page, by the list they lead to."""
    return dict(re.findall(r'href="#?([^"]+)" class="tile[^"]*"><b class="num">([^<]+)</b>', page))


def test_the_coordinator_begins_in_the_village(shown: World) -> None:
    client = shown.client("coordinator")
    assert client.get("/").headers["Location"] == "/village/"
    page = client.get("/village/").text
    assert "<h1>东村</h1>" in page
    assert "王示例" not in page
    assert shown.client("window").get("/").status_code == 200


def test_what_is_due_is_counted_and_listed(world: World) -> None:
    a_call(world)
    with world.office.unit() as unit:
        plan = unit.plans.current(world.bao)
        assert plan is not None
        unit.plans.printed(plan.key, TODAY - timedelta(days=9))
        unit.postings.set_state(world.posting, PostingState.FILLED, why="FILLED_SAID")
        unit.cases.open([world.bao], EntryType.NEWLY_UNEMPLOYED, on=TODAY, due_on=TODAY)
    page = world.client("coordinator").get("/village/").text
    expected = {"calls": "1", "collect": "1", "unplanned": "0", "lost": "1", "closed": "1", "/village/round": "0/1"}
    assert tiles(page) == expected
    assert f'href="tel:{PHONE}"' in page
    assert f"/s/{plan.code}" in page
    assert "印了 9 天" in page
    whole = tiles(world.client("window").get("/village/").text)
    assert (whole["unplanned"], whole["/village/round"]) == ("1", "0/2")


def test_a_day_without_work_says_so(shown: World) -> None:
    page = shown.client("coordinator").get("/village/").text
    assert tiles(page)["calls"] == "0"
    for words in ("今天没有要打的回访", "人人都有方案", "没有人新失业"):
        assert words in page


def test_a_call_is_noted_with_one_tap(world: World) -> None:
    key, client = a_call(world), world.client("coordinator")
    part = client.post(f"/village/call/{key}", data={"result": "still"}, headers=PART)
    assert "<html" not in part.text
    assert "包示例 还在干" in part.text
    assert client.post(f"/village/call/{key}", data={"result": "left"}).status_code == 404


def test_who_has_left_stands_among_the_newly_unemployed_at_once(world: World) -> None:
    key, client = a_call(world), world.client("coordinator")
    assert client.post(f"/village/call/{key}", data={"result": "left"}).headers["Location"] == "/village/"
    page = client.get("/village/").text
    assert "重新开案" in page
    assert tiles(page)["lost"] == "1"


def test_a_call_without_a_result_or_of_another_village_keeps_nothing(world: World) -> None:
    key = a_call(world)
    assert world.client("coordinator").post(f"/village/call/{key}", data={"result": "missed"}).status_code == 400
    assert world.client("elsewhere").post(f"/village/call/{key}", data={"result": "still"}).status_code == 404
    with world.office.reading() as unit:
        assert unit.aftercare.calls.due(TODAY)[1] == 1


def test_the_window_chooses_a_village_and_no_foreign_one(world: World) -> None:
    client = world.client("window")
    assert client.post("/village/choose", data={"village": f"{NAIMAN}|西村"}).status_code == 302
    page = client.get("/village/").text
    assert "<h1>西村</h1>" in page
    assert tiles(page)["/village/round"] == "0/1"
    assert client.post("/village/choose", data={"village": "150523|北村"}).status_code == 404
    assert world.client("coordinator").post("/village/choose", data={"village": f"{NAIMAN}|西村"}).status_code == 404
    client.post("/village/choose", data={"village": ""})
    assert tiles(client.get("/village/").text)["/village/round"] == "0/2"


def test_plans_are_made_for_who_has_none(world: World) -> None:
    with world.office.unit() as unit:
        person = a_person(7).worker
        added = unit.workers.add(replace(person, ref="NM-7", name="新示例", village="东村"))
    client = world.client("coordinator")
    answer = client.post("/village/plans")
    while answer.status_code == 200:
        done = re.search(r'name="done" value="(\d+)"', answer.text)
        assert done is not None
        answer = client.post("/village/plans", data={"done": done.group(1)})
    assert "1 个人的方案做好了" in client.get("/village/").text
    with world.office.reading() as unit:
        assert unit.plans.current(added) is not None
        assert unit.plans.current(world.wang) is None


def test_plans_that_take_long_tell_how_far_they_are(world: World, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("web.pages.village.today.BUDGET_SECONDS", -1.0)
    with world.office.unit() as unit:
        person = a_person(7).worker
        for number in (7, 8):
            unit.workers.add(replace(person, ref=f"NM-{number}", name="新示例", village="东村", phone=""))
    page = world.client("coordinator").post("/village/plans").text
    assert "做好了 1 个，一共 2 个" in page
    assert 'name="done" value="1"' in page


def line(client: FlaskClient, key: int) -> str:
    """A person's line of the round."""
    page = client.get("/village/round").text
    return page.split(f'id="line-{key}"')[1].split("</li>")[0]


def test_the_round_shows_what_was_known_and_confirms_the_rest(world: World) -> None:
    client = world.client("coordinator")
    assert "按台账" in line(client, world.bao)
    assert client.post("/village/round/rest").status_code == 302
    page = client.get("/village/round").text
    assert "确认了 1 个人未变" in page
    assert "2026年3月16日 确认" in line(client, world.bao)
    assert 'value="1"' in page.split("<progress")[1]
    with world.office.reading() as unit:
        assert unit.aftercare.rounds.untouched("2026-03") == [world.wang, world.far]


def test_a_change_is_one_line_and_brings_the_figures_along(world: World) -> None:
    client = world.client("coordinator")
    told = {"status": WorkStatus.EMPLOYED.value, "where": "示例砖厂", "yuan": "3600元", "phone_ok": "1"}
    part = client.post(f"/village/round/{world.bao}", data=told, headers=PART).text
    for words in ("<template data-counts>", "已就业", "示例砖厂", "每月 3600 元", "改过"):
        assert words in part
    lost = {"status": WorkStatus.UNEMPLOYED.value}
    client.post(f"/village/round/{world.bao}", data=lost)
    assert "电话打不通" in line(client, world.bao)


def test_a_wrong_state_and_another_village_keep_nothing(world: World) -> None:
    client = world.client("coordinator")
    assert "就业状态不对" in client.post(f"/village/round/{world.bao}", data={"status": "睡觉"}, headers=PART).text
    assert client.post(f"/village/round/{world.wang}", data={"same": "1"}).status_code == 404
    with world.office.reading() as unit:
        assert unit.aftercare.rounds.counts("2026-03") == (3, 0, 0)


def test_an_empty_village_says_how_to_begin(empty_world: World) -> None:
    client = empty_world.client()
    client.post("/demo", environ_base={"REMOTE_ADDR": "127.0.0.1"})
    page = client.get("/village/", environ_base={"REMOTE_ADDR": "127.0.0.1"}).text
    assert "这里还没有人" in page
    assert 'href="/imports/"' in page
