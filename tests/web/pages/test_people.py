"""The list of people and one person's page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from matcher.domain.casenumber import case_number
from matcher.domain.facts import Evidence
from matcher.domain.plan import Shortfall
from matcher.domain.run import MatchRun
from tests.factories import a_person, an_opening
from tests.web.made_up import ID_NUMBER, NAIMAN, PHONE, TODAY, World, a_plan
from web.pages.presentation import masked_id, masked_phone, passages, points


def _text(page: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("wanted", ["包示例", "示例", "BSL", "bsl", "NM-1"])
def test_people_are_found_by_name_initials_and_reference(shown: World, wanted: str) -> None:
    client = shown.client("window")
    client.post("/people/search", data={"text": wanted})
    assert "包示例" in client.get("/people/").text


def test_people_are_found_by_case_number(shown: World) -> None:
    client = shown.client("window")
    client.post("/people/search", data={"text": case_number(shown.wang)})
    page = client.get("/people/").text
    assert "王示例" in page
    assert "包示例" not in page


def test_a_search_is_forgotten_with_one_press(shown: World) -> None:
    client = shown.client("window")
    client.post("/people/search", data={"text": "王示例"})
    client.post("/people/search", data={"text": ""})
    assert "包示例" in client.get("/people/").text


def test_the_list_can_be_narrowed_to_people_short_of_three(shown: World) -> None:
    page = shown.client("window").get("/people/?short=1").text
    assert "包示例" in page
    assert "王示例" not in page
    assert "差 2 个" in page


def test_who_cannot_be_found_is_said_with_what_to_try(shown: World) -> None:
    client = shown.client("window")
    client.post("/people/search", data={"text": "没有这个人"})
    assert "没有找到人" in client.get("/people/").text


def test_the_plan_shows_guidance_posting_class_and_what_is_missing(shown: World) -> None:
    page = _text(shown.client("window").get(f"/people/{shown.bao}").text)
    for words in (
        "2026年3月17日（周二）09:00",
        "缝纫工",
        "每月 3000–3500 元",
        "+50.0",
        "−10.0",
        "技能特长：会踩缝纫机",
        "尚未核实",
        "缝纫提升班",
        "还差 2 个岗位",
        "+12",
    ):
        assert words in page, words


def test_where_nothing_would_open_more_the_page_promises_no_list(world: World) -> None:
    plan = replace(a_plan(world.bao, world.posting), shortfall=Shortfall(missing=2))
    with world.office.unit() as unit:
        run = unit.runs.create(MatchRun(division=NAIMAN, as_of=TODAY, started_by="window"))
        unit.plans.put_many(run, [plan])
    page = _text(world.client("window").get(f"/people/{world.bao}").text)
    assert "眼下单放宽哪一项都不会多出岗位" in page
    assert "放宽下面" not in page


def test_window_staff_see_masked_numbers_only(shown: World) -> None:
    page = shown.client("window").get(f"/people/{shown.bao}").text
    assert ID_NUMBER not in page
    assert PHONE not in page
    assert "199****1234" in page
    assert "47 岁" in page


def test_a_coordinator_sees_needs_and_an_age_band_but_no_numbers_texts_or_causes(shown: World) -> None:
    page = shown.client("coordinator").get(f"/people/{shown.bao}").text
    assert "45–54" in page
    for hidden in ("布病", "199****", masked_id(ID_NUMBER), "监测", "情况说明", "PAGE_REVEAL", "查看被遮住的内容"):
        assert hidden not in page, hidden
    assert "不安排接触牲畜" in _text(page)


def test_the_words_a_fact_rests_on_are_marked_in_the_text(shown: World) -> None:
    assert "<mark>电焊</mark>" in shown.client("window").get(f"/people/{shown.bao}").text


def test_a_masked_number_is_shown_once_for_a_reason_and_that_is_kept(world: World) -> None:
    client = world.client("window")
    page = client.post(f"/people/{world.bao}/reveal", data={"what": "phone", "reason": "通知面试时间"}).text
    assert PHONE in page
    assert PHONE not in client.get(f"/people/{world.bao}").text
    with world.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.actor, entry.action, entry.fields, entry.purpose) == ("window", "reveal", "phone", "通知面试时间")


@pytest.mark.parametrize("data", [{"what": "phone", "reason": " "}, {"what": "name", "reason": "想看看"}])
def test_nothing_is_shown_without_a_reason(world: World, data: dict[str, str]) -> None:
    answer = world.client("window").post(f"/people/{world.bao}/reveal", data=data)
    assert answer.status_code == 400
    assert PHONE not in answer.text


def test_a_coordinator_cannot_unmask(shown: World) -> None:
    answer = shown.client("coordinator").post(f"/people/{shown.bao}/reveal", data={"what": "phone", "reason": "打电话"})
    assert answer.status_code == 403


def test_why_not_answers_for_any_posting(shown: World) -> None:
    page = _text(shown.client("window").post(f"/people/{shown.bao}/why", data={"posting": "保洁员"}).text)
    assert "保洁员" in page
    assert ("不适合" in page) or ("干得了" in page)


@pytest.mark.parametrize(("language", "words"), [("zh", "这样就合适"), ("en", "Would fit if")])
def test_what_single_change_would_make_a_posting_fit_is_said(world: World, language: str, words: str) -> None:
    person, posting = a_person(ref="NM-77"), an_opening(77, "baker", title="面点师")
    with world.office.unit() as unit:
        key = unit.workers.add(person.worker, person.facts)
        unit.postings.add(posting.posting, posting.facts)
    client = world.client("window")
    client.post("/language", data={"language": language})
    page = _text(client.post(f"/people/{key}/why", data={"posting": "面点师"}).text)
    assert words in page


def test_a_plan_can_be_made_for_one_person_at_once(world: World) -> None:
    client = world.client("window")
    answer = client.post(f"/people/{world.wang}/plan", follow_redirects=True)
    assert "方案已重新做好" in answer.text
    with world.office.reading() as unit:
        assert unit.plans.current(world.wang) is not None


@pytest.mark.parametrize(
    ("evidence", "cut"),
    [
        ([Evidence("f", "电焊")], [("会", False), ("电焊", True), ("，会", False), ("电", False)]),
        ([Evidence("f", "没有")], [("会电焊，会电", False)]),
        ([Evidence("f", "会", start=4)], [("会电焊，", False), ("会", True), ("电", False)]),
        ([Evidence("f", "会电"), Evidence("f", "电焊")], [("会电焊", True), ("，会电", False)]),
    ],
)
def test_a_text_is_cut_where_its_evidence_stands(evidence: list[Evidence], cut: list[tuple[str, bool]]) -> None:
    text = "会电焊，会电"
    joined = passages(text, evidence)
    assert "".join(part for part, _ in joined) == text
    assert [part for part, flag in joined if flag] == [part for part, flag in cut if flag]


@pytest.mark.parametrize(("effect", "shown_as"), [(0.123, "+12.3"), (-0.2, "−20.0"), (-0.0001, "0"), (0.0, "0")])
def test_an_effect_has_a_sign_unless_it_is_nothing(effect: float, shown_as: str) -> None:
    assert points(effect) == shown_as


def test_masks_leave_too_little_to_name_a_person() -> None:
    assert masked_id("99010119790302002X") == "*" * 16 + "2X"
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("2345678") == "*******"
