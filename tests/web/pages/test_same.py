"""Pairs that may be one job, decided side by side."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jobs_feed.sameness.merging import merge_same
from tests.web.made_up import World, a_posting

TEXT = "计件缝纫校服和工装，白班，中午能回家，新手有师傅带半个月，每月十五号发工资，厂里有食堂，路远的有班车接送。"


def prepared(world: World) -> tuple[int, int, int]:
    """A posting, the same of another sender, and one that may be the same; their keys."""
    one = replace(a_posting("S-1", "缝纫工"), employer="奈曼旗锦绣服装有限公司", phone="0475-0000007")
    one = replace(one, description=TEXT)
    two = replace(one, ref="S-2", source_ref="S-2", sender="镇上", employer="锦绣服装")
    three = replace(
        one, ref="S-3", source_ref="S-3", sender="群里", employer="金达莱实业有限公司", phone="0475-0000009"
    )
    with world.office.unit() as unit:
        keys = [unit.postings.add(posting) for posting in (one, two, three)]
    merge_same(world.office)
    return keys[0], keys[1], keys[2]


def text(page: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_doubtful_pair_is_shown_with_its_differences_marked(world: World) -> None:
    prepared(world)
    page = world.client("window").get("/postings/same/").text
    assert "这两条是同一个岗位吗" in page
    assert "正文几乎一样" in page and "单位不同" in page
    assert re.search(r"<mark>[^<]*达莱", page)
    assert "拆出来" in page
    assert page.count("这两条是同一个岗位吗？</h2>") == 1
    assert 'href="/postings/same/"' in world.client("window").get("/postings/").text


def test_an_answer_is_remembered_and_can_be_taken_back(world: World) -> None:
    prepared(world)
    client = world.client("window")
    with world.office.reading() as unit:
        (link,) = unit.sameness.questions()[0]
    pair = {"one": str(link.one), "other": str(link.other)}
    assert client.post("/postings/same/decide", data=pair | {"answer": "different"}).status_code == 302
    page = text(client.get("/postings/same/").text)
    assert "没有待判断的" in page and "不是同一个" in page and "window" in page
    client.post("/postings/same/withdraw", data=pair)
    assert "这两条是同一个岗位吗" in client.get("/postings/same/").text
    client.post("/postings/same/decide", data=pair | {"answer": "same"})
    with world.office.reading() as unit:
        (group,), total = unit.sameness.groups()
    assert (total, len(group.members)) == (1, 3)


def test_a_posting_is_taken_out_of_its_group(world: World) -> None:
    _, two, _ = prepared(world)
    assert world.client("window").post(f"/postings/same/take-out/{two}").status_code == 302
    with world.office.reading() as unit:
        assert unit.sameness.groups()[1] == 0
    assert world.client("window").post(f"/postings/same/take-out/{two}").status_code in {400, 409, 422}


def test_a_posting_shows_where_else_it_was_reported(world: World) -> None:
    one, two, _ = prepared(world)
    client = world.client("viewer")
    shown = text(client.get(f"/postings/{one}").text) + text(client.get(f"/postings/{two}").text)
    assert "这个岗位的来源" in shown
    assert "镇上" in shown
    assert "另有说法：锦绣服装" in shown or "另有说法：奈曼旗锦绣服装有限公司" in shown
    assert "推荐时用那一条" in shown


def test_who_may_only_look_sees_no_buttons_and_cannot_decide(world: World) -> None:
    one, two, _ = prepared(world)
    client = world.client("viewer")
    page = client.get("/postings/same/").text
    assert "<button" not in page.split('<main id="main"')[1].split("</main>")[0]
    answer = client.post("/postings/same/decide", data={"one": one, "other": two, "answer": "same"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "form", [{}, {"one": "1"}, {"one": "x", "other": "2", "answer": "same"}, {"one": "1", "other": "2", "answer": "so"}]
)
def test_a_broken_form_is_refused_in_plain_words(world: World, form: dict[str, str]) -> None:
    prepared(world)
    answer = world.client("window").post("/postings/same/decide", data=form)
    assert answer.status_code == 400
    assert "没有选中岗位" in answer.text


def test_the_page_speaks_english(world: World) -> None:
    prepared(world)
    client = world.client("window")
    client.post("/language", data={"language": "en"})
    page = client.get("/postings/same/").text
    assert "Are these two one job?" in page
    assert "这两条" not in page
