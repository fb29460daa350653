"""Slips typed at the desk and tapped on a phone."""

from __future__ import annotations

import re

import pytest

from matcher.domain.answer import AnswerKind
from matcher.domain.run import MatchRun
from matcher.store.plans import StoredPlan
from tests.web.made_up import NAIMAN, TODAY, World, a_plan

PART = {"X-Requested-With": "part"}


def the_plan(world: World) -> StoredPlan:
    """The plan of the first person."""
    with world.office.reading() as unit:
        found = unit.plans.current(world.bao)
    assert found is not None
    return found


def tick(world: World, kind: str, *why: str, **more: str) -> dict[str, object]:
    """The form of a slip with one tick."""
    key = world.posting
    return {"code": the_plan(world).code, f"a{key}": kind, f"w{key}": list(why), **more}


def answers(world: World) -> list[AnswerKind]:
    """What was answered."""
    with world.office.reading() as unit:
        return [one.kind for one in unit.plans.answers.of_plan(the_plan(world).key)]


def test_a_code_opens_its_slip_however_it_is_typed(shown: World) -> None:
    code = the_plan(shown).code
    part = shown.client("coordinator").post(
        "/slips/look", data={"code": f"{code[:4].lower()} {code[4:]}"}, headers=PART
    )
    assert (part.status_code, "<html" in part.text) == (200, False)
    for words in ("包示例", "缝纫工", "奈曼旗示例车间", 'data-posting="1"'):
        assert words in part.text


@pytest.mark.parametrize("name", ["elsewhere", "coordinator"])
def test_a_slip_outside_the_scope_is_not_there(world: World, name: str) -> None:
    with world.office.unit() as unit:
        run = unit.runs.create(MatchRun(division=NAIMAN, as_of=TODAY))
        unit.plans.put_many(run, [a_plan(world.wang, world.posting)])
        plan = unit.plans.current(world.wang)
    assert plan is not None
    client = world.client(name)
    for answer in (client.post("/slips/look", data={"code": plan.code}), client.get(f"/s/{plan.code}")):
        assert answer.status_code == 404
        assert "没有这份服务方案，或不在您的范围内" in answer.text
        assert "王示例" not in answer.text
    form = {"code": plan.code, f"a{world.posting}": "wanted"}
    assert client.post("/slips/record", data=form).status_code == 404


def test_a_miscopied_code_is_said_and_stays_in_the_field(shown: World) -> None:
    code = the_plan(shown).code
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    answer = shown.client("window").post("/slips/look", data={"code": wrong}, headers=PART)
    assert answer.status_code == 400
    assert "抄错了" in answer.text
    assert f'value="{wrong}"' in answer.text


def test_a_slip_is_kept_and_the_desk_is_ready_for_the_next(world: World) -> None:
    client = world.client("coordinator")
    part = client.post("/slips/record", data=tick(world, "not_wanted", "TOO_FAR", "LOW_PAY"), headers=PART).text
    assert "已存：包示例，1 个答复" in part
    assert 'id="code"' in part
    assert "太远、工资低" in part
    assert answers(world) == [AnswerKind.NOT_WANTED]
    again = client.post("/slips/record", data=tick(world, "not_wanted", "TOO_FAR", "LOW_PAY"), headers=PART).text
    assert "没有重复存" in again
    assert answers(world) == [AnswerKind.NOT_WANTED]


def test_what_is_missing_is_said_and_what_was_ticked_stays(world: World) -> None:
    client = world.client("coordinator")
    answer = client.post("/slips/record", data=tick(world, "not_wanted"), headers=PART)
    assert answer.status_code == 400
    assert "要勾一个原因" in answer.text
    assert re.search(r'value="not_wanted"[^>]* checked', answer.text)
    english = world.client("coordinator")
    english.post("/language", data={"language": "en"})
    assert "needs a reason" in english.post("/slips/record", data=tick(world, "not_wanted"), headers=PART).text
    key = world.posting
    wrong = tick(world, "started") | {f"day{key}": "2027-01-01", f"yuan{key}": "3300"}
    answer = client.post("/slips/record", data=wrong, headers=PART)
    assert "上班日期不对" in answer.text
    assert 'value="3300"' in answer.text
    assert answers(world) == []


def test_work_begun_is_told_with_place_pay_and_day(world: World) -> None:
    key = world.posting
    form = tick(world, "started") | {f"place{key}": "奈曼旗", f"yuan{key}": "3300", f"day{key}": "2026-03-10"}
    world.client("coordinator").post("/slips/record", data=form)
    with world.office.reading() as unit:
        (spell,) = unit.aftercare.spells.of_people([world.bao])[world.bao]
    assert (spell.place, spell.yuan, spell.started_on.isoformat(), spell.title) == (
        "奈曼旗",
        3300,
        "2026-03-10",
        "缝纫工",
    )


def test_a_mistyped_slip_is_taken_back(world: World) -> None:
    client = world.client("coordinator")
    client.post("/slips/record", data=tick(world, "wanted"))
    found = re.search(r"/slips/(\d+)/undo", client.get("/slips/").text)
    assert found is not None
    assert world.client("elsewhere").post(found.group()).status_code == 404
    assert "已撤销" in client.post(found.group(), headers=PART).text
    assert answers(world) == []
    assert client.post(found.group()).headers["Location"] == "/slips/"


def test_the_square_leads_to_its_slip_after_signing_in(world: World) -> None:
    code = the_plan(world).code
    client = world.client()
    there = client.get(f"/s/{code}").headers["Location"]
    assert there == f"/sign-in?next=/s/{code}"
    signed = client.post(there, data={"name": "coordinator", "password": "tall-birch-4711-river"})
    assert signed.headers["Location"] == f"/s/{code}"
    page = client.get(f"/s/{code}").text
    assert 'name="from" value="phone"' in page
    kept = client.post("/slips/record", data=tick(world, "called", **{"from": "phone"}))
    assert kept.headers["Location"] == f"/s/{code}"
    page = client.get(f"/s/{code}").text
    assert "已存：包示例" in page
    assert re.search(r'value="called"[^>]* checked', page)
    assert client.get("/s/nonsense").status_code == 400


def test_what_was_said_stands_on_the_persons_page_and_can_be_taken_back(world: World) -> None:
    client = world.client("coordinator")
    client.post("/slips/record", data=tick(world, "not_wanted", "TOO_FAR"))
    page = client.get(f"/people/{world.bao}").text
    assert "回执上说过" in page
    assert "只推比 5.2 公里近的" in page
    action = re.search(r"/slips/(\d+)/reason", page)
    assert action is not None
    form = {"posting": str(world.posting), "reason": "TOO_FAR"}
    assert world.client("elsewhere").post(action.group(), data=form).status_code == 404
    assert client.post(action.group(), data={"posting": "x"}).status_code == 400
    client.post(action.group(), data=form)
    page = client.get(f"/people/{world.bao}").text
    assert "<del><strong>太远" in page
    client.post(action.group(), data=form | {"back": "1"})
    assert "<del>" not in client.get(f"/people/{world.bao}").text


def test_a_posting_said_to_be_filled_comes_first_on_the_calling_list(world: World) -> None:
    world.client("coordinator").post("/slips/record", data=tick(world, "called", "FULL"))
    page = world.client("window").get("/postings/stale/").text
    assert "回执上说招满了" in page
    assert page.index("缝纫工") < page.index("保洁员")
    form = {"how": "phone", "result": "confirmed", "on": TODAY.isoformat()}
    with world.office.reading() as unit:
        assert unit.postings.get(world.posting).state.value == "open"
    world.client("window").post(f"/postings/stale/{world.posting}", data=form)
    assert "回执上说招满了" not in world.client("window").get("/postings/stale/").text


@pytest.mark.parametrize("name", ["viewer", "admin"])
def test_who_has_no_casework_has_no_slips(shown: World, name: str) -> None:
    assert shown.client(name).get("/slips/").status_code == 403
    assert shown.client(name).get("/village/").status_code == 403


def test_the_class_is_the_last_line_of_the_slip(world: World) -> None:
    client = world.client("coordinator")
    code = the_plan(world).code
    page = client.post("/slips/look", data={"code": code}, headers=PART).text
    line = page.split('data-posting="2"')[1]
    for words in ("学：缝纫提升班", "在学了", "太远"):
        assert words in line
    assert "工资低" not in line.split("</fieldset>")[0]
    kept = client.post(
        "/slips/record", data={"code": code, "a0": "not_wanted", "w0": ["FAMILY", "LOW_PAY"]}, headers=PART
    )
    assert (kept.status_code, "有一个原因和这个答复对不上" in kept.text) == (400, True)
    kept = client.post("/slips/record", data={"code": code, "a0": "not_wanted", "w0": ["FAMILY"]}, headers=PART)
    assert "不学" in kept.text
    assert "回执上说过" not in client.get(f"/people/{world.bao}").text
