"""The policy page: plain words, a value only with day and basis, tried before it is saved, taken back by another."""

from __future__ import annotations

import re

import pytest

from matcher.domain.account import Role
from matcher.wording import load_catalogue
from tests.web.made_up import KAILU, NAIMAN, PASSWORD, TODAY, World

GOOD = {
    "name": "plan.stale_days",
    "value-plan.stale_days": "60",
    "since": TODAY.isoformat(),
    "basis": "办公会纪要第3号",
}


def stale_days(world: World) -> int:
    """The value in force."""
    return world.office.policy.at(TODAY).whole("plan.stale_days")


def test_every_parameter_stands_there_in_words_with_unit_day_and_basis(shown: World) -> None:
    page = shown.client("viewer").get("/policy/").text
    at = shown.office.policy.at(TODAY)
    assert page.count('class="row-link"') == len(at.entries)
    for words in ("最低月工资 · 科尔沁区", "1,910", "元/月", "待本单位录入", "通人社办发〔2022〕113号 附件"):
        assert words in page
    assert "design" not in page
    assert "practice:" not in page


def test_a_search_narrows_and_says_when_nothing_fits(shown: World) -> None:
    client = shown.client("window")
    assert client.get("/policy/?q=最低月工资").text.count('class="row-link"') == 4
    assert client.get("/policy/?section=wish").text.count('class="row-link"') == 6
    assert "没有找到这样的参数" in client.get("/policy/?q=没有这个词").text


@pytest.mark.parametrize(("name", "may"), [("city", True), ("window", False), ("viewer", False)])
def test_only_city_and_banner_enter_values(world: World, name: str, may: bool) -> None:
    client = world.client(name)
    assert ("录入新值" in client.get("/policy/one?name=plan.stale_days").text) == may
    assert (client.post("/policy/save", data=GOOD).status_code == 302) == may
    assert stale_days(world) == (60 if may else 90)


def test_a_value_is_looked_at_saved_kept_with_its_history_and_taken_back(world: World) -> None:
    client = world.client("city")
    looked = client.post("/policy/look", data=GOOD)
    assert looked.status_code == 200
    assert "<mark>60</mark>" in looked.text
    assert stale_days(world) == 90
    before = world.office.policy.digest
    page = client.post("/policy/save", data=GOOD, follow_redirects=True).text
    assert "办公会纪要第3号" in page
    assert stale_days(world) == 60
    assert world.office.policy.digest != before
    client.post("/policy/save", data={**GOOD, "value-plan.stale_days": "90", "basis": "撤回第3号纪要"})
    assert stale_days(world) == 90
    history = client.get("/policy/one?name=plan.stale_days").text
    assert "办公会纪要第3号" in history
    assert "撤回第3号纪要" in history
    assert history.count("现在用") == 1
    with world.office.reading() as unit:
        assert [entry.action for entry in unit.audit.recent(2)] == ["policy", "policy"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value-plan.stale_days": "九十"}, "不是数字"),
        ({"value-plan.stale_days": "9999"}, "7 到 365"),
        ({"value-plan.stale_days": ""}, "没有填值"),
        ({"basis": ""}, "请写明依据"),
        ({"since": ""}, "请填从哪天起"),
        ({"since": "2026-03-15"}, "不能早于今天"),
    ],
)
@pytest.mark.parametrize("address", ["/policy/look", "/policy/save", "/policy/trial"])
def test_what_cannot_be_is_refused_in_plain_words_and_kept_in_the_form(
    shown: World, address: str, wrong: dict[str, str], said: str
) -> None:
    typed = {**GOOD, **wrong}
    answer = shown.client("city").post(address, data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "填的内容都还在" in answer.text
    if typed["basis"]:
        assert typed["basis"] in answer.text
    assert stale_days(shown) == 90


def test_weights_are_shown_and_changed_together(world: World) -> None:
    client = world.client("city")
    page = client.get("/policy/one?name=weights.wish.pay").text
    assert page.count('name="value-weights.wish.') == 6
    weights = world.office.policy.at(TODAY).group("weights.wish")
    typed = {f"value-weights.wish.{name}": str(value) for name, value in weights.items()}
    rest = {"name": "weights.wish.pay", "since": TODAY.isoformat(), "basis": "办公会纪要"}
    wrong = client.post("/policy/save", data={**rest, **typed, "value-weights.wish.pay": "0.5"})
    assert (wrong.status_code, "要等于 1" in wrong.text) == (422, True)
    moved = {"value-weights.wish.pay": "0.20", "value-weights.wish.occupation": "0.54"}
    assert client.post("/policy/save", data={**rest, **typed, **moved}).status_code == 302
    assert world.office.policy.at(TODAY).group("weights.wish")["pay"] == 0.2


def test_an_amount_for_another_place_is_found_by_its_name(world: World) -> None:
    client = world.client("city")
    answer = client.get("/policy/?add=minimum_wage&place=北京市")
    assert answer.headers["Location"].endswith("name=minimum_wage.11")
    assert client.get(answer.headers["Location"]).status_code == 200
    unknown = client.get("/policy/?add=minimum_wage&place=没有这个地方", follow_redirects=True)
    assert "没认出这个地方" in unknown.text
    typed = {"name": "minimum_wage.11", "value-minimum_wage.11": "2540", "since": "2025-09-01", "basis": "京人社文件"}
    assert client.post("/policy/save", data=typed).status_code == 302
    assert world.office.policy.at(TODAY).minimum_wage("110105") == 2540


def test_a_banner_enters_amounts_only_for_itself(world: World) -> None:
    with world.office.unit() as unit:
        unit.accounts.add("banner", Role.BANNER, PASSWORD, division=NAIMAN, villages=())
    client = world.client("banner")

    def save(code: str) -> int:
        key = f"targets.in_work.{code}"
        typed = {"name": key, f"value-{key}": "500", "since": TODAY.isoformat(), "basis": "旗里分解文件"}
        return client.post("/policy/save", data=typed).status_code

    assert [save(code) for code in (NAIMAN, KAILU, "1505")] == [302, 422, 422]


@pytest.mark.parametrize("name", ["plan.nonsense", "", "minimum_wage.999999", "../etc"])
def test_an_unknown_parameter_answers_404(shown: World, name: str) -> None:
    assert shown.client("city").get("/policy/one", query_string={"name": name}).status_code == 404
    assert shown.client("city").post("/policy/save", data={**GOOD, "name": name}).status_code == 404


def test_a_change_is_tried_without_storing_anything_and_can_then_be_saved(world: World) -> None:
    client = world.client("city")
    typed = {**GOOD, "name": "plan.minimum_score", "value-plan.minimum_score": "0.95"}
    answer = client.post("/policy/trial", data=typed)
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).text
    assert "什么都没有保存" in page
    assert "试了 3 人" in page
    assert world.office.policy.at(TODAY).number("plan.minimum_score") == 0.17
    hidden = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page.split('action="/policy/save"')[1]))
    assert client.post("/policy/save", data=hidden).status_code == 302
    assert world.office.policy.at(TODAY).number("plan.minimum_score") == 0.95


def test_a_trial_of_another_account_or_division_answers_404(world: World) -> None:
    with world.office.unit() as unit:
        unit.accounts.add("banner", Role.BANNER, PASSWORD, division=KAILU, villages=())
    address = world.client("city").post("/policy/trial", data=GOOD).headers["Location"]
    other = world.client("banner")
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/progress").status_code == 404
    assert other.post(f"{address}/stop").status_code == 404
    assert other.post("/policy/trial", data={**GOOD, "division": NAIMAN}).status_code == 404


@pytest.mark.parametrize(
    "address", ["/policy/", "/policy/one?name=weights.fit.skill", "/policy/one?name=limits.heavy_load"]
)
def test_english_pages_of_the_policy_hold_no_chinese_of_our_own(shown: World, address: str) -> None:
    client = shown.client("city")
    client.post("/language", data={"language": "en"})
    page = client.get(address).text
    sentences = load_catalogue("web.translations").sentences
    ours = {row["zh"] for row in sentences.values() if "{" not in row["zh"] and len(row["zh"]) > 3}
    assert [text for text in ours if f">{text}<" in page] == []
