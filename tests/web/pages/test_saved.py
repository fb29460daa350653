"""Filters with a name: kept, used again, dropped, and nobody else's."""

from __future__ import annotations

import re

from matcher.store.access.filters import MOST
from tests.web.made_up import World


def _kept(page: str) -> list[str]:
    """Addresses of the kept filters on a page."""
    return re.findall(r'href="(/saved/\d+)"', page)


def test_a_filter_is_kept_under_a_name_and_used_with_one_press(world: World) -> None:
    client = world.client("window")
    client.post("/people/search", data={"text": "包示例"})
    reply = client.post("/saved/", data={"page": "people.index", "short": "1", "name": "缺岗位的包家"})
    assert reply.headers["Location"] == "/people/?short=1"
    client.post("/people/search", data={"text": ""})
    page = client.get("/people/").text
    assert "缺岗位的包家" in page
    used = client.get(_kept(page)[0])
    assert used.headers["Location"] == "/people/?short=1"
    again = client.get(used.headers["Location"]).text
    assert "包示例" in again and 'value="包示例"' in again


def test_a_name_that_was_searched_stands_in_no_address_and_lies_sealed(world: World) -> None:
    client = world.client("window")
    client.post("/people/search", data={"text": "王示例"})
    client.post("/saved/", data={"page": "people.index", "name": "老王"})
    assert "示例" not in client.get(_kept(client.get("/people/").text)[0]).headers["Location"]
    with world.office.store.reading() as unit:
        rows = unit._context.connection.exec_driver_sql("SELECT body FROM saved_filter").all()
    assert rows and "王示例".encode() not in rows[0][0]


def test_postings_are_kept_by_what_is_chosen(world: World) -> None:
    client = world.client("window")
    client.post("/saved/", data={"page": "postings.index", "text": "保洁", "state": "open", "name": "开着的保洁"})
    page = client.get("/postings/").text
    assert client.get(_kept(page)[0]).headers["Location"] == "/postings/?text=%E4%BF%9D%E6%B4%81&state=open"


def test_the_same_name_again_replaces_the_filter(world: World) -> None:
    client = world.client("window")
    for state in ("open", "filled"):
        client.post("/saved/", data={"page": "postings.index", "state": state, "name": "我的"})
    found = _kept(client.get("/postings/").text)
    assert len(found) == 1
    assert client.get(found[0]).headers["Location"] == "/postings/?state=filled"


def test_another_account_neither_sees_nor_uses_nor_drops_it(world: World) -> None:
    world.client("window").post("/saved/", data={"page": "postings.index", "state": "open", "name": "我的"})
    other = world.client("viewer")
    assert _kept(other.get("/postings/").text) == []
    assert other.get("/saved/1").status_code == 404
    assert other.post("/saved/1/drop").status_code == 404


def test_a_filter_is_dropped(world: World) -> None:
    client = world.client("window")
    client.post("/saved/", data={"page": "postings.index", "state": "open", "name": "我的"})
    client.post(_kept(client.get("/postings/").text)[0] + "/drop")
    assert _kept(client.get("/postings/").text) == []


def test_nothing_chosen_no_name_and_one_too_many_are_refused_with_a_line(world: World) -> None:
    client = world.client("window")
    for data, line in (({"name": "空"}, "没有可记的"), ({"state": "open"}, "起个名字")):
        assert line in client.post("/saved/", data={"page": "postings.index", **data}).text
    assert client.post("/saved/", data={"page": "audit.index", "state": "open", "name": "x"}).status_code == 400
    for number in range(MOST + 1):
        reply = client.post("/saved/", data={"page": "postings.index", "state": "open", "name": f"第{number}个"})
    assert "最多记" in reply.text
    assert len(_kept(client.get("/postings/").text)) == MOST
