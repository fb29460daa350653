"""The policy catalogue in the browser's eyes: lists, one person's check, answers in place, changes checked and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from matcher.catalogue import amount_of
from matcher.catalogue.cli import read_offers
from matcher.domain.errors import InputRefused
from matcher.domain.settings import SettingName
from tests.web.made_up import TODAY, World, opened


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with opened(tmp_path) as found:
        yield found


def fields_of(html: str) -> dict[str, str]:
    """What the form of a page would send as it stands."""
    form = html[html.index('class="offer-form"') :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner) or re.search(r'value="([^"]*)"', inner)
        found[name] = chosen[1] if chosen else ""
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = unescape(inner)
    return found


def test_the_list_is_found_in_plain_words_and_by_audience(world: World) -> None:
    client = world.client("window")
    assert "外出务工交通费补贴" in client.get("/policies/?q=车票钱").text
    employers = client.get("/policies/?audience=E").text
    assert "失业保险稳岗返还" in employers
    assert "外出务工交通费补贴" not in employers
    assert "换个说法" in client.get("/policies/?q=宇宙飞船").text


def test_an_offer_says_its_conditions_papers_and_that_no_rate_was_entered(world: World) -> None:
    page = world.client("viewer").get("/policies/POLICY_STABILITY").text
    assert "这份活连续干的月数不少于3" in page
    assert "下面有一样就行" in page
    assert "以办理当日窗口答复为准" in page
    assert world.client("viewer").get("/policies/NO_SUCH_OFFER").status_code == 404


def test_a_question_is_answered_in_place_and_taken_back(world: World) -> None:
    client, address = world.client("coordinator"), f"/policies/people/{world.bao}"
    assert "台账里登记的是脱贫户或监测户吗" in client.get(address).text
    client.post(f"{address}/answer", data={"fact": "in_population", "value": "no"})
    page = client.get(address).text
    assert "台账里登记的是脱贫户或监测户吗" not in page
    assert "<b>否</b>" in page
    assert client.post(f"{address}/answer", data={"fact": "in_population", "value": "maybe"}).status_code == 400
    client.post(f"{address}/answer", data={"fact": "in_population", "value": ""})
    assert "台账里登记的是脱贫户或监测户吗" in client.get(address).text


def test_a_coordinator_is_not_told_private_reasons_and_a_window_is(world: World) -> None:
    address = f"/policies/people/{world.bao}"
    world.client("window").post(f"{address}/answer", data={"fact": "in_population", "value": "no"})
    assert "要求的这条没有达到——是脱贫人口" in world.client("window").get(address).text
    assert "要求的这条没有达到——是脱贫人口" not in world.client("coordinator").get(address).text


def test_papers_are_ticked_once_for_every_offer(world: World) -> None:
    client, address = world.client("window"), f"/policies/people/{world.bao}"
    client.post(f"{address}/papers", data={"held": ["ID_CARD", "NO_SUCH_PAPER"]})
    page = client.get(address).text
    assert page.count("☑ 身份证") > 3
    client.post(f"{address}/papers", data={})
    assert "☑" not in client.get(address).text


def test_a_notice_told_is_noted_counted_and_taken_back(world: World) -> None:
    client, address = world.client("window"), f"/policies/people/{world.bao}"
    note = {"how": "read_aloud", "receipt": "thumb", "on": TODAY.isoformat(), "note": "念了两遍"}
    assert client.post(f"{address}/told", data=note).status_code == 302
    assert "念了两遍" in client.get(address).text
    assert "100.0%" in client.get("/policies/informed").text
    assert client.post(f"{address}/told", data={"how": "", "receipt": "thumb"}).status_code == 400
    assert client.post(f"{address}/told", data=note | {"on": "2026-03-17"}).status_code == 400
    key = re.search(r'name="issue" value="(\d+)"', client.get(address).text)
    assert key is not None
    client.post(f"{address}/untold", data={"issue": key[1]})
    assert "还没有告知过" in client.get(address).text


@pytest.mark.parametrize("verb", ["answer", "papers", "told", "untold"])
def test_people_of_other_divisions_are_not_found(world: World, verb: str) -> None:
    client, data = world.client("elsewhere"), {"fact": "contract", "value": "yes", "how": "handed", "receipt": "none"}
    assert client.get(f"/policies/people/{world.bao}").status_code == 404
    assert client.post(f"/policies/people/{world.bao}/{verb}", data=data).status_code == 404


def test_a_rate_is_entered_checked_tried_on_people_and_stands_from_its_day(world: World) -> None:
    client = world.client("city")
    fields = fields_of(client.get("/policies/edit?code=POLICY_TRAVEL").text)
    fields |= {"amount-value-2": "321.50", "amount-basis-2": "示例文件〔2026〕1号"}
    look = client.post("/policies/look", data=fields).text
    assert "321.50 元（一次）" in look
    assert "用 3 人试算" in look
    body = re.search(r'<textarea name="body"[^>]*>(.*?)</textarea>', look, re.S)
    assert body is not None
    with world.office.reading() as unit:
        before = amount_of(unit, "POLICY_TRAVEL", tier="outside", on=TODAY)
    assert before is not None
    assert before.value is None
    client.post("/policies/save", data={"body": unescape(body[1])})
    with world.office.reading() as unit:
        after = amount_of(unit, "POLICY_TRAVEL", tier="outside", on=TODAY)
        [version] = unit.catalogue.versions.all()
    assert after is not None
    assert str(after.value) == "321.50"
    assert version.actor == "city"
    page = client.get("/policies/POLICY_TRAVEL").text
    assert "系统自带" in page
    assert "city" in page


def test_a_form_that_nothing_was_changed_in_says_what_the_offer_said(world: World) -> None:
    client = world.client("city")
    for code in ("POLICY_TRAVEL", "POLICY_PUBLIC_POST", "EMPLOYER_INSURANCE", "SERVICE_131"):
        fields = fields_of(client.get(f"/policies/edit?code={code}").text)
        before, look = client.get(f"/policies/{code}").text, client.post("/policies/look", data=fields)
        assert look.status_code == 200, code
        conditions = re.compile(r'<ol class="conditions">(.*?)</ol>', re.S)
        first, second = conditions.search(before), conditions.search(look.text)
        assert first is not None
        assert second is not None
        assert sorted(re.findall("<li>.*?</li>", first[1])) == sorted(re.findall("<li>.*?</li>", second[1])), code


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"basis": ""}, "没有写依据"),
        ({"value-1": "十六"}, "这个值看不懂"),
        ({"amount-value-0": "abc", "amount-basis-0": "x"}, "数字看不懂"),
        ({"amount-value-0": "5"}, "没有写依据"),
        ({"valid_from": "明天"}, "日期看不懂"),
        ({"valid_to": "2020-01-01"}, "结束日期早于开始日期"),
        ({"title": ""}, "没有写名称"),
        ({"value-0": "否", "fact-9": "in_population", "compare-9": "is", "value-9": "是"}, "自相矛盾"),
        ({"region": "1101"}, "不归本账号管"),
        ({"fresh": "1"}, "代号已经有了"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(world: World, change: dict[str, str], said: str) -> None:
    client = world.client("city")
    fields = fields_of(client.get("/policies/edit?code=POLICY_TRAVEL").text) | change
    reply = client.post("/policies/look", data=fields)
    assert reply.status_code == 422
    assert said in reply.text
    with world.office.reading() as unit:
        assert unit.catalogue.versions.all() == ()


def test_a_broken_or_faulty_body_is_refused_and_windows_change_nothing(world: World) -> None:
    city, window = world.client("city"), world.client("window")
    assert city.post("/policies/save", data={"body": "{"}).status_code == 400
    assert city.post("/policies/save", data={"body": '{"code": "POLICY_TRAVEL"}'}).status_code == 400
    assert window.get("/policies/edit?code=POLICY_TRAVEL").status_code == 403
    assert window.post("/policies/save", data={"body": "{}"}).status_code == 403


def test_an_offer_is_withdrawn_and_comes_back(world: World) -> None:
    client = world.client("city")
    client.post("/policies/withdraw", data={"code": "POLICY_LOAN"})
    assert "创业担保贷款" not in client.get(f"/policies/people/{world.bao}").text
    assert "停用" in client.get("/policies/POLICY_LOAN").text
    client.post("/policies/withdraw", data={"code": "POLICY_LOAN"})
    assert "创业担保贷款" in client.get(f"/policies/people/{world.bao}").text


def test_a_new_offer_of_the_office_reaches_the_person(world: World) -> None:
    client = world.client("city")
    fields = fields_of(client.get("/policies/edit").text) | {
        "code": "OWN_BUS", "title": "示例班车", "plain": "愿意上班的可以坐班车。", "basis": "示例文件 | 第一条",
        "valid_from": "2026-03-01", "fact-0": "willing", "compare-0": "is", "value-0": "是", "visibility": "internal",
    }  # fmt: skip
    look = client.post("/policies/look", data=fields).text
    body = re.search(r'<textarea name="body"[^>]*>(.*?)</textarea>', look, re.S)
    assert body is not None
    client.post("/policies/save", data={"body": unescape(body[1])})
    assert "示例班车" in client.get(f"/policies/people/{world.bao}").text
    assert "示例班车" in client.get("/policies/?q=班车").text


def test_questions_are_found_added_bettered_and_taken_down(world: World) -> None:
    city = world.client("city")
    assert "有一样就行" in city.get("/policies/questions?q=没签合同咋办").text
    asked = {
        "question": "班车几点开？",
        "answer": "早上七点。",
        "basis": "示例通知",
        "asked_as": "大巴啥时候走\n班车点儿",
    }
    city.post("/policies/questions", data=asked)
    assert "早上七点" in city.get("/policies/questions?q=大巴啥时候走").text
    code = re.search(r"edit=(Q_OWN_\d+)", city.get("/policies/questions?q=班车几点开").text)
    assert code is not None
    city.post("/policies/questions", data=asked | {"code": code[1], "answer": "早上八点。"})
    page = city.get("/policies/questions?q=班车几点开").text
    assert "早上八点" in page
    assert "早上七点" not in page
    city.post("/policies/questions", data=asked | {"code": code[1], "gone": "1"})
    assert "早上" not in city.get("/policies/questions?q=班车几点开").text
    assert city.post("/policies/questions", data=asked | {"basis": ""}).status_code == 400
    assert world.client("window").post("/policies/questions", data=asked).status_code == 403


def test_the_papers_of_the_catalogue_are_printed_without_what_is_internal(world: World) -> None:
    client = world.client("window")
    with world.office.unit("window") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
    for paper, said in (("policy_list", "稳岗补贴"), ("policy_qa", "班车"), ("employer_policy", "示例车间")):
        form = {"paper": paper, "ending": "html", "employer": "示例车间"}
        reply = client.post("/policies/print", data=form)
        assert reply.status_code == 200, paper
        text = reply.data.decode()
        assert said in text or paper == "policy_qa"
        assert "内部" not in text
        assert "由办公室按上级文件填写" not in text


def test_a_file_of_offers_is_read_whole_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "offers.toml"
    file.write_text("[[item]]\ncode = 1", encoding="utf-8")
    with pytest.raises(InputRefused):
        read_offers(file)
    file.write_text("other = 1", encoding="utf-8")
    with pytest.raises(InputRefused, match="item"):
        read_offers(file)
    file.write_text("[[item", encoding="utf-8")
    with pytest.raises(InputRefused, match="什么都没有改"):
        read_offers(file)
