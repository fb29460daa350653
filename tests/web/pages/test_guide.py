"""The five steps of a first visit, for each kind of role; the handbook in the app."""

from __future__ import annotations

import pytest

from tests.web.made_up import World
from web.pages.guide.handbook import handbook, read_handbook


@pytest.mark.parametrize("name", ["window", "coordinator"])
def test_the_steps_lead_one_to_the_next_and_each_page_shows_its_card(shown: World, name: str) -> None:
    client, number = shown.client(name), 1
    page = client.get("/tour/1", follow_redirects=True)
    while f"第 {number} 步" in page.text and "下一步" in page.text:
        number += 1
        page = client.get(f"/tour/{number}", follow_redirects=True)
    assert number >= 2
    assert "看完了，开始干活" in page.text
    assert client.get("/tour/9").location == "/"


@pytest.mark.parametrize("text", ["0", "77", "x", "1'", "-1", "²"])
def test_a_step_there_is_not_shows_no_card(shown: World, text: str) -> None:
    page = shown.client("window").get("/", query_string={"tour": text})
    assert page.status_code == 200
    assert "下一步" not in page.text


def test_the_handbook_stands_in_the_app_with_its_contents(shown: World) -> None:
    page = shown.client("coordinator").get("/help/").text
    for heading in handbook().headings:
        assert f'href="#{heading.anchor}"' in page
        assert f'id="{heading.anchor}"' in page
    assert "协管员" in page


def test_markup_in_the_handbook_is_text() -> None:
    book = read_handbook("# 手册\n\n## 一<script>x</script>\n\n<b>甲</b>\n\n![图](p.png)\n")
    assert "<script>" not in book.body
    assert "<b>" not in book.body
    assert "<img" not in book.body
    assert book.title == "手册"
