"""The window's pages: somebody new, facts put right, changes, villages, classes; each within the scope."""

from __future__ import annotations

import re

import pytest

from matcher.domain.casenumber import case_number
from matcher.reading.identity import check_digit
from tests.counting import counting
from tests.matcher.store.records import a_class, class_facts
from tests.web.made_up import NAIMAN, World, a_worker

PART = {"X-Requested-With": "part"}
HER = {
    "name": "包雪梅", "phone": "13900001111", "place": "大沁他拉镇 东村", "identity": "1979-03", "status": "未就业",
    "text": "会电焊，想在旗里干保洁，孩子小得接送",
}  # fmt: skip


def _text(page: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_while_typing_the_facts_are_shown_marked_and_nothing_is_stored(shown: World) -> None:
    part = shown.client("window").post("/people/new/", data=HER, headers=PART).text
    assert "<!doctype" not in part
    assert re.search(r'<mark title="[^"]*保洁[^"]*">', part)
    assert "当天往返" in _text(part)
    assert "平时怎么出门" in part
    assert part.count("<fieldset") <= 3
    with shown.office.reading() as unit:
        assert unit.workers.count() == 3


def test_saving_stores_plans_and_opens_the_person(world: World) -> None:
    client = world.client("window")
    answer = client.post("/people/new/", data=HER | {"save": "1", "answer-ASK_TRANSPORT": "电动车"})
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert "包雪梅" not in answer.headers["Location"]
    assert "一次职业指导" in page.text
    assert "电动车" in _text(page.text)
    assert "平时怎么出门" not in page.text


def test_somebody_known_is_offered_before_a_double_is_made(world: World) -> None:
    client = world.client("window")
    first = client.post("/people/new/", data=HER | {"save": "1"}).headers["Location"]
    again = client.post("/people/new/", data=HER | {"save": "1"})
    assert again.status_code == 409
    assert "还没有保存" in again.text
    assert f'href="{first}"' in again.text
    key = first.rpartition("/")[2]
    added = client.post("/people/new/", data=HER | {"save": "1", "same": key, "text": "想学缝纫"})
    assert added.headers["Location"] == first
    other = client.post("/people/new/", data=HER | {"save": "1", "new": "1"})
    assert other.headers["Location"] != first


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"identity": "150599197903020000"}, "身份证号"), ({"name": ""}, "姓名"), ({"place": "开鲁县北村"}, "范围")],
)
def test_a_wrong_field_stores_nothing_and_keeps_what_was_typed(
    shown: World, changed: dict[str, str], said: str
) -> None:
    answer = shown.client("window").post("/people/new/", data=HER | changed | {"save": "1"})
    assert answer.status_code == 400
    assert "孩子小得接送" in answer.text
    assert said in answer.text


def test_a_coordinator_writes_down_people_of_the_own_village_only(world: World) -> None:
    client = world.client("coordinator")
    assert client.post("/people/new/", data=HER | {"place": "", "save": "1"}).status_code == 303
    assert client.post("/people/new/", data=HER | {"name": "王新", "place": "西村", "save": "1"}).status_code == 400


def test_a_fact_is_put_right_on_the_page_and_brought_back(world: World) -> None:
    client = world.client("window")
    path = f"/people/{world.bao}"
    client.post(f"{path}/facts", data={"kind": "wished", "act": "wrong", "was": "welding_metal"})
    page = client.get(path).text
    assert "已经改掉的" in page
    assert '<input type="hidden" name="was" value="welding_metal">' not in page
    key = re.search(r'name="correction" value="(\d+)"', page)
    assert key is not None
    client.post(f"{path}/facts/undo", data={"correction": key[1]})
    assert '<input type="hidden" name="was" value="welding_metal">' in client.get(path).text


def test_a_question_is_answered_with_one_click_and_asked_no_more(world: World) -> None:
    client = world.client("window")
    path = f"/people/{world.wang}"
    client.post(f"{path}/plan")
    assert 'name="question" value="ASK_WILLING"' in client.get(path).text
    client.post(f"{path}/answer", data={"question": "ASK_WILLING", "answer": "愿意"})
    page = client.get(path).text
    assert 'name="question" value="ASK_WILLING"' not in page
    assert "当面核对" in page or "愿意" in _text(page)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("facts", {"kind": "nothing"}),
        ("facts", {"kind": "wished", "act": "add", "words": "飞檐走壁"}),
        ("facts", {"kind": "wage", "words": "很多"}),
        ("answer", {"question": "ASK_MOVE", "answer": "somewhere"}),
        ("answer", {"question": "ASK_PHONE", "words": "12"}),
        ("changes", {"kind": "nothing"}),
        ("same", {"other": "131-000001-0"}),
    ],
)
def test_nonsense_is_refused_in_plain_words_and_nothing_is_kept(shown: World, path: str, data: dict[str, str]) -> None:
    client = shown.client("window")
    before = shown.office.store.contents().digest
    answer = client.post(f"/people/{shown.bao}/{path}", data=data)
    assert answer.status_code == 400
    assert "没有" in answer.text
    assert shown.office.store.contents().digest == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "changes"),
        ("post", "changes"),
        ("post", "changes/undo"),
        ("post", "facts/undo"),
        ("post", "answer"),
        ("post", "same"),
        ("post", "join"),
        ("post", "part"),
    ],
)
def test_people_of_other_divisions_answer_404(shown: World, method: str, path: str) -> None:
    data = {"kind": "died", "question": "ASK_WILLING", "answer": "愿意", "other_key": str(shown.far), "change": "1"}
    client = shown.client("elsewhere")
    assert getattr(client, method)(f"/people/{shown.bao}/{path}", data=data).status_code == 404


def test_a_coordinator_may_correct_but_sees_no_texts_and_no_causes(world: World) -> None:
    page = world.client("coordinator").get(f"/people/{world.bao}").text
    assert "不安排接触牲畜" in page
    for hidden in ("布病", "身体有病", "情况说明", "不能再接触"):
        assert hidden not in page, hidden
    answer = world.client("coordinator").post(
        f"/people/{world.bao}/facts", data={"kind": "wished", "act": "add", "words": "保洁员"}
    )
    assert answer.status_code == 303


def test_a_change_of_life_is_written_down_shown_and_taken_back(world: World) -> None:
    client = world.client("window")
    path = f"/people/{world.bao}/changes"
    client.post(path, data={"kind": "died", "on": "2026-03-10"})
    assert "不再做方案" in client.get(f"/people/{world.bao}").text
    page = client.get(path).text
    key = re.search(r'name="change" value="(\d+)"', page)
    assert key is not None
    client.post(f"{path}/undo", data={"change": key[1]})
    assert "window" in client.get(path).text
    assert "不再做方案、打电话" not in client.get(f"/people/{world.bao}").text


def test_who_wants_no_machine_has_no_button_for_a_plan(world: World) -> None:
    client = world.client("window")
    client.post(f"/people/{world.bao}/changes", data={"kind": "restricted"})
    page = client.get(f"/people/{world.bao}").text
    assert "不由机器处理" in page
    assert f"/people/{world.bao}/plan" not in page
    assert client.post(f"/people/{world.bao}/plan").status_code == 400


def test_two_records_are_seen_side_by_side_joined_and_parted(world: World) -> None:
    client = world.client("window")
    page = client.post(f"/people/{world.bao}/same", data={"other": case_number(world.wang)}).text
    assert "王示例" in page
    assert "199****1234" in page
    client.post(f"/people/{world.bao}/join", data={"other_key": str(world.wang)})
    assert client.get(f"/people/{world.wang}").status_code == 404
    key = re.search(r'name="merge" value="(\d+)"', client.get(f"/people/{world.bao}/changes").text)
    assert key is not None
    client.post(f"/people/{world.bao}/part", data={"merge": key[1]})
    assert client.get(f"/people/{world.wang}").status_code == 200


def test_the_page_of_villages_hands_over_and_only_a_banner_merges(world: World) -> None:
    window = world.client("window")
    assert "东村" in window.get("/villages/").text
    assert "北村" not in window.get("/villages/").text
    page = window.get("/villages/", query_string={"place": NAIMAN, "village": "东村"}).text
    assert "交给谁" in page
    assert "改名或并入别的村" not in page
    data = {"place": NAIMAN, "village": "东村", "was": "", "now": "李示例"}
    assert window.post("/villages/hand-over", data=data).status_code == 303
    assert window.post("/villages/merge", data=data).status_code == 403
    assert world.client("elsewhere").post("/villages/hand-over", data=data).status_code == 404
    merged = data | {"into_place": "150525100", "into_village": "新东村"}
    assert world.client("city").post("/villages/merge", data=merged).status_code == 303
    batch = re.search(r'name="batch" value="(\w+)"', world.client("city").get("/villages/").text)
    assert batch is not None
    assert window.post("/villages/undo", data={"batch": batch[1]}).status_code == 404
    assert world.client("city").post("/villages/undo", data={"batch": batch[1]}).status_code == 303
    known = {"was_place": "150525100", "was": "老东村", "into_place": NAIMAN, "into_village": "东村"}
    assert "老东村" not in window.get("/villages/").text
    assert window.post("/villages/former", data=known).status_code == 403
    assert world.client("city").post("/villages/former", data=known).status_code == 303
    assert "老东村" in window.get("/villages/").text


@pytest.mark.parametrize("typed", ["包示例", "bsl", "baoshili", "baosl", "199 0000 1234", "131-000001-8"])
def test_one_hit_opens_the_person(shown: World, typed: str) -> None:
    answer = shown.client("window").post("/people/search", data={"text": typed})
    assert answer.headers["Location"] == f"/people/{shown.bao}"


def test_a_sheet_is_found_by_its_code_within_the_scope(shown: World) -> None:
    with shown.office.reading() as unit:
        plan = unit.plans.current(shown.bao)
    assert plan is not None
    found = shown.client("window").post("/people/search", data={"text": plan.code.lower()})
    assert found.headers["Location"] == f"/people/{shown.bao}"
    assert shown.client("elsewhere").post("/people/search", data={"text": plan.code}).headers["Location"] == "/people/"


def test_suggestions_come_while_typing_and_only_from_the_own_division(shown: World) -> None:
    part = shown.client("window").post("/people/search", data={"text": "示例"}, headers=PART).text
    assert "包示例" in part
    assert "王示例" in part
    assert "李示例" not in part
    assert shown.client("window").post("/people/search", data={"text": ""}, headers=PART).text == ""


def test_an_identity_number_is_looked_for_with_a_purpose_and_stands_nowhere(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    number = "15059919790302002"
    number += check_digit(number)
    with world.office.unit() as unit:
        key = unit.workers.add(a_worker("NM-30", "证示例", "东村", NAIMAN, id_number=number))
    client = world.client("window")
    asked = client.post("/people/search", data={"text": number})
    assert number not in asked.headers["Location"]
    assert number not in asked.headers.get("Set-Cookie", "")
    page = client.get(asked.headers["Location"]).text
    assert number not in page
    assert client.post("/people/number/", data={}).status_code == 400
    found = client.post("/people/number/", data={"purpose": "service"})
    assert found.headers["Location"] == f"/people/{key}"
    with world.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.action, entry.subject, entry.fields) == ("find_by_number", f"worker:{key}", "id_number")
    assert entry.purpose
    assert number not in caplog.text
    elsewhere = world.client("elsewhere")
    elsewhere.post("/people/search", data={"text": number})
    assert elsewhere.post("/people/number/", data={"purpose": "check"}).headers["Location"] == "/people/"


def _with_class(world: World) -> int:
    with world.office.unit() as unit:
        return unit.classes.add(a_class(seats=2), class_facts())


def test_classes_are_listed_filtered_changed_and_people_enrolled(world: World) -> None:
    key = _with_class(world)
    city = world.client("city")
    assert "家政服务员" in city.get("/classes/?occupation=cleaner&open=1").text
    assert "没有培训班" in city.get("/classes/?text=没有").text
    city.post(f"/classes/{key}/people", data={"case": case_number(world.bao), "state": "enrolled"})
    page = city.get(f"/classes/{key}").text
    assert "包示例" in page
    assert "1 / 2" in _text(page)
    assert "家政服务员 已报名" in _text(city.get(f"/people/{world.bao}").text)
    city.post(f"/classes/{key}/edit", data={"seats": "9", "act": "cancel"})
    page = city.get(f"/classes/{key}").text
    assert "这个班取消了" in page
    assert "包示例" in page
    assert city.post(f"/classes/{key}/edit", data={"seats": "多"}).status_code == 400
    city.post(f"/classes/{key}/edit", data={"act": "delivered"})
    city.post(f"/classes/{key}/people", data={"worker": str(world.bao), "state": ""})
    assert "包示例" not in city.get(f"/classes/{key}").text


def test_a_class_of_another_division_can_be_read_but_not_changed_nor_its_people_seen(world: World) -> None:
    key = _with_class(world)
    world.client("city").post(f"/classes/{key}/people", data={"case": case_number(world.bao), "state": "enrolled"})
    elsewhere = world.client("elsewhere")
    assert "包示例" not in elsewhere.get(f"/classes/{key}").text
    assert elsewhere.post(f"/classes/{key}/edit", data={"seats": "9"}).status_code == 404
    people = {"case": case_number(world.bao), "state": "attended"}
    assert elsewhere.post(f"/classes/{key}/people", data=people).status_code == 404
    assert world.client("viewer").get(f"/classes/{key}").status_code == 403


def test_pages_ask_the_database_a_dozen_times_at_most_and_speak_one_language(world: World) -> None:
    key = _with_class(world)
    client = world.client("city")
    addresses = [f"/people/{world.bao}", f"/people/{world.bao}/changes", "/people/new/", "/villages/", "/classes/"]
    for language in ("zh", "en"):
        client.post("/language", data={"language": language})
        for address in (*addresses, f"/classes/{key}"):
            with counting(world.office) as asked:
                page = client.get(address)
            assert page.status_code == 200
            assert len([one for one in asked if one.startswith("SELECT")]) <= 12, address
            assert "PAGE_" not in page.text
            if language == "en":
                assert not re.search(r">\s*(变更|登记|报名|撤销|不对，去掉)\s*<", page.text), address
