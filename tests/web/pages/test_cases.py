"""Pages of service cases: the queue, one case with its forms, work and proof."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.rosters.records import EntryType
from tests.web.made_up import TODAY, World


def case_text(world: World, who: str = "window") -> str:
    """The page of the first person's case."""
    return world.client(who).get(f"/cases/{world.bao}").text


def state(page: str) -> str:
    """Where the page says the case stands."""
    found = re.search(r'class="case-state">.*?<strong>([^<]+)</strong>', page, re.S)
    assert found is not None
    return found[1]


def talk(world: World, **more: str) -> int:
    """A session put on record; the status of the answer."""
    form = {"on": TODAY.isoformat(), "way": "visit", "minutes": "30", "guide": "示例指导人", "signed": "thumb"} | more
    return world.client("coordinator").post(f"/cases/{world.bao}/session", data=form).status_code


def a_spell(world: World, *, days: int = 100) -> int:
    """Work that began so many days ago."""
    with world.office.unit("window") as unit:
        begun = TODAY - timedelta(days=days)
        spell = Spell(
            key=0, worker_key=world.bao, started_on=begun, said_by=SaidBy.WORKER, employer="示例厂", yuan=3000
        )
        return unit.aftercare.spells.begin(spell)


def test_the_queue_shows_what_is_due_within_the_scope(world: World) -> None:
    with world.office.unit() as unit:
        day = TODAY - timedelta(days=30)
        unit.cases.open([world.bao, world.far], EntryType.NEWLY_UNEMPLOYED, on=day, due_on=day)
    page = world.client("coordinator").get("/cases/?late=1").text
    assert "包示例" in page
    assert "李示例" not in page
    assert "王示例" not in page
    assert "岗位（3个里有1个）" in page
    assert "已建档，待指导" in page
    assert "李示例" in world.client("city").get("/cases/?state=open").text
    assert "包示例" not in world.client("elsewhere").get("/cases/").text
    assert "这里没有要办的人" in world.client("window").get("/cases/?village=没有").text


def test_one_press_opens_the_cases_of_the_scope(world: World) -> None:
    client = world.client("coordinator")
    assert "给1人建档" in client.get("/cases/").text
    assert client.post("/cases/open").status_code == 303
    page = client.get("/cases/").text
    assert "已给1人建档" in page
    assert "给1人建档" not in page.replace("已给1人建档", "")


def test_a_session_put_on_record_stands_in_the_story(world: World) -> None:
    assert talk(world, note="想在镇里找活") == 303
    page = case_text(world)
    assert state(page) == "已指导，待配齐"
    assert "职业指导30分钟，上门谈，指导人示例指导人" in page
    assert "想在镇里找活" in page
    assert "现在只有1个还有效" in page
    assert "不算做完" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"minutes": "5"}, "谈不到20分钟不算一次职业指导"),
        ({"guide": ""}, "没有写谁做的指导"),
        ({"on": "2027-01-01"}, "日期不对"),
        ({"on": "昨天"}, "昨天"),
        ({"way": "飞过去"}, "有一项没有选"),
    ],
)
def test_what_is_refused_stands_in_its_form_again(world: World, form: dict[str, str], said: str) -> None:
    data = {"on": TODAY.isoformat(), "way": "visit", "minutes": "30", "guide": "甲老师", "note": "别丢了我"} | form
    answer = world.client("window").post(f"/cases/{world.bao}/session", data=data)
    assert answer.status_code == 400
    assert said in answer.text
    assert "别丢了我" in answer.text
    assert 'id="session" open' in answer.text
    assert state(case_text(world)) == "符合条件，待建档"


def test_other_divisions_and_roles_do_not_reach_a_case(world: World) -> None:
    foreign, viewer = world.client("elsewhere"), world.client("viewer")
    for address in (f"/cases/{world.bao}", f"/people/{world.bao}/employment"):
        assert foreign.get(address).status_code == 404
        assert viewer.get(address).status_code == 403
    session = {"on": TODAY.isoformat(), "way": "visit", "minutes": "30", "guide": "示例指导人", "signed": "thumb"}
    assert foreign.post(f"/cases/{world.bao}/session", data=session).status_code == 404
    spell = a_spell(world)
    proof = {"spell": str(spell), "kind": "contract", "from_on": "2026-01-01", "told_on": TODAY.isoformat()}
    assert foreign.post(f"/people/{world.bao}/employment/proof", data=proof).status_code == 404
    detail = {"spell": str(spell), "yuan": "3000"}
    assert foreign.post(f"/people/{world.bao}/employment/detail", data=detail).status_code == 404
    with world.office.reading() as unit:
        assert unit.casefile.proofs.of_people([world.bao]) == {}
        assert unit.casefile.details.of_people([world.bao]) == {}


def test_from_referral_to_work_and_back_by_taking_it_back(world: World) -> None:
    client = world.client("window")
    assert client.post(f"/cases/{world.bao}/open").status_code == 303
    assert client.post(f"/cases/{world.bao}/refer", data={"rank": "1", "on": TODAY.isoformat()}).status_code == 303
    page = case_text(world)
    letter = re.search(r'id="stub-letter" name="letter"><option value="(\d+)"', page)
    assert letter is not None
    assert state(page) == "推荐或培训中"
    stub = {"letter": letter[1], "result": "hired", "on": TODAY.isoformat(), "yuan": "3,200元"}
    assert client.post(f"/cases/{world.bao}/stub", data=stub).status_code == 303
    page = case_text(world)
    assert state(page) == "已上岗"
    record = re.search(r'name="record" value="(\d+)"', page[page.index("录用") :])
    assert record is not None
    undo = {"record": record[1], "reason": ""}
    assert client.post(f"/cases/{world.bao}/undo", data=undo).status_code == 400
    assert client.post(f"/cases/{world.bao}/undo", data=undo | {"reason": "记错了人"}).status_code == 303
    page = case_text(world)
    assert state(page) == "推荐或培训中"
    assert 'class="undone"' in page
    assert "记错了人" in page


def test_refusing_needs_the_reason_and_the_way_out_is_shown(world: World) -> None:
    client = world.client("window")
    leave = {"exit": "refused", "on": TODAY.isoformat(), "note": ""}
    assert "要写明为什么" in client.post(f"/cases/{world.bao}/leave", data=leave).text
    client.post(f"/cases/{world.bao}/leave", data=leave | {"note": "家里离不开人"})
    assert state(case_text(world)) == "本人不要服务"
    client.post(f"/cases/{world.bao}/open")
    page = case_text(world)
    assert state(page) == "已建档，待指导"
    assert "以前的个案" in page
    assert "第2次进来" in page


def test_work_shows_claimed_and_verified_side_by_side(world: World) -> None:
    spell, client = a_spell(world), world.client("window")
    address = f"/people/{world.bao}/employment"
    claim = {
        "spell": str(spell),
        "said_by": "worker",
        "told_on": TODAY.isoformat(),
        "channel": "jingmeng",
        "yuan": "6000",
    }
    seen = claim | {"said_by": "payroll", "verified_how": "pay_slip", "channel": "", "yuan": "5600"}
    assert client.post(f"{address}/detail", data=claim).status_code == 303
    assert client.post(f"{address}/detail", data=seen).status_code == 303
    page = client.get(address).text
    row = re.search(r'<th scope="row">月收入，元</th><td>(.*?)</td><td>(.*?)</td>', page)
    assert row is not None
    assert row.groups() == ("6000元/月", "5600元/月")
    channel = re.search(r'<th scope="row">怎么去的</th><td>京蒙协作</td><td>(.*?)</td>', page)
    assert channel is not None
    assert "未核实" in channel[1]
    assert client.post(f"{address}/detail", data={"spell": str(spell)}).status_code == 400


def test_proof_moves_the_clock_and_may_be_taken_back(world: World) -> None:
    spell, client = a_spell(world), world.client("window")
    address = f"/people/{world.bao}/employment"
    begun = (TODAY - timedelta(days=100)).isoformat()
    assert "证明还不够：有证明的0天" in client.get(address).text
    proof = {"spell": str(spell), "kind": "employer_proof", "said_by": "employer", "from_on": begun}
    kept = client.post(f"{address}/proof", data=proof | {"told_on": TODAY.isoformat()})
    assert kept.status_code == 303
    page = client.get(address).text
    assert "证明还不够" not in page
    assert state(case_text(world)) == "稳定3个月，有证明"
    record = re.search(r'name="what" value="proof"><button[^>]*value="(\d+)"', page)
    assert record is not None
    assert client.post(f"{address}/undo", data={"what": "proof", "record": record[1]}).status_code == 303
    assert "证明还不够" in client.get(address).text
    assert client.post(f"{address}/undo", data={"what": "proof", "record": record[1]}).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"from_on": "2026-03-17"}, "日期不对"),
        ({"told_on": "2026-03-17"}, "日期不对"),
        ({"until_on": "2025-12-01"}, "结束日期早于开始日期"),
        ({"from_on": "2025-01-01", "until_on": "2025-02-01"}, "不在这段工作里"),
        ({"kind": "pay_slip"}, "工资条要写实发多少元"),
    ],
)
def test_a_proof_that_cannot_be_is_refused_in_its_form(world: World, form: dict[str, str], said: str) -> None:
    spell = a_spell(world)
    data = {"spell": str(spell), "kind": "contract", "from_on": "2026-01-01", "told_on": TODAY.isoformat()} | form
    answer = world.client("window").post(f"/people/{world.bao}/employment/proof", data=data)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'id="proof-{spell}" open' in answer.text


def test_a_closed_case_is_closed_only_with_proof(world: World) -> None:
    client = world.client("window")
    assert "还没有满三个月的证明" in client.post(f"/cases/{world.bao}/close").text
    client.post(f"/cases/{world.bao}/owner", data={"owner": "示例指导人"})
    assert "责任人：示例指导人" in case_text(world)
