"""Pasting an advert: cards, storing, whom it suits; and placing names."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient

from jobs_feed.pasted import LONGEST_TEXT
from tests.web.made_up import World

MESSAGE = (
    "张姐 10:32\n示例饭店招服务员2名，月薪3200，包吃住，奈曼旗大沁他拉镇，13900001111 李经理\n收到\n"
    "急招叉车司机一名，13900002222\n"
)


def _fields(page: str) -> dict[str, str]:
    """The form of a page of cards as a browser would send it."""
    found = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page))
    boxes = re.findall(r'<input type="checkbox" name="([^"]+)" value="1" checked', page)
    texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    return found | dict.fromkeys(boxes, "1") | dict(texts)


def _read(client: FlaskClient, text: str = MESSAGE) -> str:
    return client.post("/postings/paste/read", data={"text": text}).text


def _count(world: World) -> int:
    with world.office.reading() as unit:
        return unit.postings.count()


def test_a_message_becomes_cards_and_nothing_is_stored(world: World) -> None:
    before = _count(world)
    page = _read(world.client("window"))
    assert "读出 2 条岗位" in page
    assert 'value="服务员"' in page
    assert "（把握大）" in page
    assert page.count("没写，请补") == 2
    assert '<s title="没有当作岗位：群里的客套话、表情或通知">收到</s>' in page
    assert _count(world) == before


def test_an_incomplete_card_stores_nothing_and_keeps_what_was_typed(world: World) -> None:
    before, client = _count(world), world.client("window")
    fields = _fields(_read(client)) | {"用人单位-1": "示例仓库"}
    page = client.post("/postings/paste/store", data=fields).text
    assert "还缺内容" in page
    assert 'value="示例仓库"' in page
    assert 'aria-invalid="true"' in page
    assert _count(world) == before


def test_completed_cards_are_stored_with_the_people_they_suit(world: World) -> None:
    before, client = _count(world), world.client("window")
    fields = _fields(_read(client)) | {"用人单位-1": "示例仓库", "工作地点-1": "奈曼旗"}
    answer = client.post("/postings/paste/store", data=fields)
    assert answer.status_code == 302
    assert _count(world) == before + 2
    page = client.get(answer.headers["Location"]).text
    assert "服务员" in page
    assert "看了 " in page
    assert "李示例" not in page


def test_a_card_without_its_tick_is_not_stored(world: World) -> None:
    before, client = _count(world), world.client("window")
    fields = _fields(_read(client))
    del fields["keep-1"]
    assert client.post("/postings/paste/store", data=fields).status_code == 302
    assert _count(world) == before + 1
    del fields["keep-0"]
    assert "一条都没有勾选" in client.post("/postings/paste/store", data=fields).text


@pytest.mark.parametrize(("text", "told"), [("  ", "还没有贴内容"), ("今天天气不错", "没有看出招聘")])
def test_what_holds_no_advert_says_so(shown: World, text: str, told: str) -> None:
    assert told in _read(shown.client("window"), text)


def test_too_long_a_text_is_refused_in_plain_words(shown: World) -> None:
    answer = shown.client("window").post("/postings/paste/read", data={"text": "招" * (LONGEST_TEXT + 1)})
    assert answer.status_code == 400
    assert "太长了" in answer.text


def test_markup_in_a_message_is_shown_as_words(shown: World) -> None:
    page = _read(shown.client("window"), "示例店招<script>alert(1)</script>店员2名，月薪3000，13900001111")
    assert "<script>alert" not in page


def test_others_may_not_paste(shown: World) -> None:
    assert shown.client("viewer").get("/postings/paste/").status_code == 403
    assert shown.client("coordinator").post("/postings/paste/read", data={"text": "x"}).status_code == 403


def test_a_name_is_placed_on_its_page(world: World) -> None:
    client = world.client("window")
    answer = client.post("/postings/names/", data={"kind": "title", "text": "缝纫工", "code": "保洁员"})
    assert answer.status_code == 302
    assert "缝纫工" in client.get("/postings/names/").text
    with world.office.reading() as unit:
        facts = unit.postings.by_ref("P-1").facts
    assert facts is not None
    assert facts.occupation == "cleaner"
    assert client.post("/postings/names/", data={"kind": "title", "text": "缝纫工", "code": ""}).status_code == 400
    assert client.post("/postings/names/", data={"kind": "title", "text": "缝纫工", "code": "没有"}).status_code == 400


def test_the_page_of_a_posting_says_how_surely_it_is_understood(world: World) -> None:
    client = world.client("window")
    keys = re.search(r"keys=(\d+)", client.post("/postings/paste/store", data=_one(client)).headers["Location"])
    assert keys is not None
    page = client.get(f"/postings/{keys[1]}").text
    assert "（把握大）" in page
    assert "按每月干26天算" in page


def _one(client: FlaskClient) -> dict[str, str]:
    """The card of one complete advert, paid by the day."""
    return _fields(_read(client, "示例饭店招服务员2名，120元/天，奈曼旗大沁他拉镇，13900001111"))


def test_the_preview_of_a_list_says_what_its_titles_are_taken_for(world: World) -> None:
    client = world.client("window")
    rows = "岗位名称,用人单位,工作地点\n电焊,示例厂,奈曼旗\n吾吾员,示例厂,奈曼旗\n"
    data = {"kind": "postings", "file": (io.BytesIO(rows.encode()), "岗位.csv")}
    answer = client.post("/imports/", data=data, content_type="multipart/form-data")
    page = client.get(answer.headers["Location"]).text
    assert "把握大" in page
    assert page.index("吾吾员") < page.index("电焊")
