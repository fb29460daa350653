"""Sharing over HTTP: off until switched on, no contact without consent, validators, cursors, the page of staff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import openpyxl
import pytest
from flask.testing import FlaskClient

from jobs_feed.publishing.reading import ReceivedPage, rows_of_feed
from matcher.domain.account import Role
from matcher.domain.posting import PostingFacts, PostingState
from matcher.domain.settings import SWITCHED_ON, SettingName
from tests.web.made_up import KAILU, NAIMAN, PASSWORD, World, a_posting, opened
from web.pages.sharing.shelf import Shelf, ShelfBusy

ADDRESSES = (
    "/shared/",
    "/shared/feed.json",
    "/shared/rss.xml",
    "/shared/jobs.xlsx",
    "/shared/jobs/1",
    "/shared/shared.css",
)
CONTACT, PHONE = "示例联系人", "0475-0000000"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An office with two postings and one account: making passwords takes longest."""
    with opened(tmp_path, empty=True) as found:
        with found.office.unit() as unit:
            postings = [(a_posting("P-1", "缝纫工"), PostingFacts()), (a_posting("P-2", "保洁员"), PostingFacts())]
            found.posting = unit.postings.add_many(postings)[0]
        yield found


def account(world: World, role: Role) -> FlaskClient:
    """A browser of somebody with a role."""
    with world.office.unit() as unit:
        unit.accounts.add(role.value, role, PASSWORD, division=NAIMAN)
    return world.client(role.value)


def switch_on(world: World) -> None:
    """Sharing is on, and the office has a telephone."""
    with world.office.unit() as unit:
        unit.settings.put(SettingName.PUBLISHING, SWITCHED_ON)
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
        unit.settings.put(SettingName.OFFICE_NAME, "示例中心")


def feed(client: FlaskClient, address: str = "/shared/feed.json") -> ReceivedPage:
    """A page of the feed."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    return rows_of_feed(answer.data)


def test_nothing_is_shared_before_staff_switches_it_on(world: World) -> None:
    client = world.client()
    assert {client.get(address).status_code for address in ADDRESSES} == {404}
    switch_on(world)
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "Set-Cookie" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    with world.office.unit() as unit:
        unit.settings.put(SettingName.PUBLISHING, "")
    assert {client.get(address).status_code for address in ADDRESSES} == {404}


def test_a_reader_who_has_it_is_told_so(world: World) -> None:
    switch_on(world)
    later = world.office.clock() + timedelta(minutes=5)
    world.office.clock = lambda: later
    client = world.client()
    tags = {address: has_validators(client, address) for address in ADDRESSES}
    assert len(set(tags.values())) == len(ADDRESSES)
    with world.office.unit() as unit:
        unit.postings.replace(world.posting, a_posting("P-1", "新名字"), PostingFacts())
    for address, tag in tags.items():
        changed = client.get(address, headers={"If-None-Match": tag})
        assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


def has_validators(client: FlaskClient, address: str) -> str:
    """Asks with the validators of an answer, and others; its tag."""
    first = client.get(address)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert not tag.startswith("W/")
    assert client.get(address).data == first.data
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": modified}, {"If-None-Match": f'"x", {tag}'}):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag), headers
    for headers in ({"If-None-Match": '"x"'}, {"If-None-Match": '"x"', "If-Modified-Since": modified}):
        assert client.get(address, headers=headers).status_code == 200, headers
    assert client.head(address).headers["ETag"] == tag
    return tag


def test_a_change_within_the_same_second_is_never_called_unmodified(world: World) -> None:
    switch_on(world)
    client = world.client()
    assert "Last-Modified" not in client.get("/shared/feed.json").headers
    since = {"If-Modified-Since": "Mon, 16 Mar 2026 01:00:00 GMT"}
    assert client.get("/shared/feed.json", headers=since).status_code == 200


def test_the_feed_holds_open_postings_without_contacts(world: World) -> None:
    switch_on(world)
    with world.office.unit() as unit:
        unit.postings.add_many([(a_posting("P-3", "待核实"), None)], state=PostingState.HELD)
    answer = world.client().get("/shared/feed.json")
    page = rows_of_feed(answer.data)
    assert [row.ref for row in page.rows] == ["P-1", "P-2"]
    assert {row.fields["联系电话"] for row in page.rows} == {"0475-8888131"}
    for address in ADDRESSES:
        body = world.client().get(address).data.decode("utf-8", "replace")
        assert CONTACT not in body
        assert PHONE not in body
        assert "待核实" not in body


def test_only_what_changed_since_a_cursor_is_told_page_by_page(world: World) -> None:
    switch_on(world)
    client = world.client()
    cursor = feed(client).cursor
    with world.office.unit() as unit:
        unit.postings.add_many([(a_posting(f"N-{number}", "新岗位"), None) for number in range(5)])
        unit.postings.set_state(world.posting, PostingState.WITHDRAWN)
    told, withdrawn, pages, address = [], [], 0, f"/shared/feed.json?since={cursor}&limit=2&division={NAIMAN}"
    cursor_of_all = feed(client, f"/shared/feed.json?division={NAIMAN}").cursor
    assert cursor_of_all != cursor
    while address:
        page = feed(client, address)
        told += [row.ref for row in page.rows]
        withdrawn += page.withdrawn
        pages += 1
        address = page.following
        assert not page.complete
    assert (sorted(told), withdrawn, pages) == ([f"N-{number}" for number in range(5)], ["P-1"], 3)
    last = feed(client, f"/shared/feed.json?since={page.cursor}")
    assert (last.rows, last.withdrawn, last.following) == ((), (), "")


def test_a_region_holds_its_own_postings(world: World) -> None:
    switch_on(world)
    client = world.client()
    assert len(feed(client, f"/shared/feed.json?division={NAIMAN}").rows) == 2
    assert feed(client, f"/shared/feed.json?division={KAILU}").rows == ()
    assert len(feedparser.parse(client.get(f"/shared/rss.xml?division={NAIMAN}").data).entries) == 2
    book = openpyxl.load_workbook(BytesIO(client.get(f"/shared/jobs.xlsx?division={KAILU}").data))
    assert book.worksheets[0].max_row == 1


@pytest.mark.parametrize(
    "query",
    ["since=nonsense", "division=999999", "district=顺义", "district=奈曼旗", "division=150525&district=110113"],
)
def test_what_is_not_there_is_said_in_a_form_for_programs(world: World, query: str) -> None:
    switch_on(world)
    answer = world.client().get(f"/shared/feed.json?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 400
    assert re.search(r"[一-龥]", answer.json["detail"])


@pytest.mark.parametrize("limit", ["0", "-5", "x", "999999", "1", "١"])
def test_the_size_of_a_page_is_bounded(world: World, limit: str) -> None:
    switch_on(world)
    assert len(feed(world.client(), f"/shared/feed.json?limit={limit}").rows) in (1, 2)


def test_a_posting_that_is_not_open_has_no_page(world: World) -> None:
    switch_on(world)
    with world.office.unit() as unit:
        unit.postings.set_state(world.posting, PostingState.HELD)
    assert world.client().get(f"/shared/jobs/{world.posting}").status_code == 404
    assert world.client().get("/shared/jobs/999").status_code == 404


def test_addresses_lead_to_the_offices_own_name_where_it_has_one(world: World) -> None:
    switch_on(world)
    with world.office.unit() as unit:
        unit.settings.put(SettingName.PUBLIC_URL, "https://131.example.cn")
    client = world.client()
    assert "https://131.example.cn/shared/jobs/1" in client.get("/shared/rss.xml").text
    assert '"url":"https://131.example.cn/shared/jobs/1"' in client.get("/shared/jobs/1").text
    assert "https://131.example.cn/shared/jobs/1" in client.get("/shared/feed.json").text


def test_staff_switches_sharing_on_and_sees_the_addresses(world: World) -> None:
    client = account(world, Role.CITY)
    page = client.get("/sharing/").text
    assert "没有打开" in page
    assert "窗口电话还没填" in page
    client.post("/sharing/switch", data={"publishing": "on"})
    page = client.get("/sharing/").text
    assert "http://localhost/shared/feed.json" in page
    assert f"shared/feed.json?division={NAIMAN}" in page
    client.post("/settings/", data={"office_phone": "0475-0000131"})
    assert world.client().get("/shared/feed.json").status_code == 200, "the form of the office leaves the switch alone"
    client.post("/sharing/switch", data={"publishing": ""})
    assert world.client().get("/shared/feed.json").status_code == 404


def test_a_pairing_is_entered_with_its_basis_and_opens_the_feed_of_the_district(world: World) -> None:
    switch_on(world)
    client = account(world, Role.CITY)
    assert "线索（不作数" in client.get("/sharing/").text
    entered = {"banner": NAIMAN, "district": "110113", "since": "2026-01-01", "basis": "示例文号〔2026〕1号"}
    for missing in entered:
        assert client.post("/sharing/pairings", data=entered | {missing: ""}).status_code == 400, missing
    assert client.post("/sharing/pairings", data=entered | {"until": "2025-01-01"}).status_code == 400
    assert client.post("/sharing/pairings", data=entered | {"banner": "110113"}).status_code == 400
    assert client.post("/sharing/pairings", data=entered).status_code == 302
    page = client.get("/sharing/").text
    assert "示例文号〔2026〕1号" in page
    assert "shared/feed.json?district=110113" in page
    assert len(feed(client, "/shared/feed.json?district=110113").rows) == 2
    client.post("/sharing/pairings/end", data={"banner": NAIMAN, "district": "110113"})
    assert client.get("/shared/feed.json?district=110113").status_code == 400


def test_consent_is_recorded_on_the_page_of_a_posting_and_taken_back(world: World) -> None:
    switch_on(world)
    client = account(world, Role.WINDOW)
    page = client.get(f"/postings/{world.posting}").text
    assert "别人能看到" in page
    assert "对外写窗口电话 0475-8888131" in page
    address = f"/sharing/consent/{world.posting}"
    assert client.post(address, data={"given": "yes"}).status_code == 400
    assert client.post(address, data={"given": "yes", "by": "王经理，电话"}).status_code == 302
    assert "登记：不再公开" in client.get(f"/postings/{world.posting}").text
    assert {row.fields["联系人"] + row.fields["联系电话"] for row in feed(client).rows} == {CONTACT + PHONE}
    with world.office.reading() as unit:
        assert [consent.by for consent in unit.sharing.consents().values()] == ["王经理，电话"]
    client.post(address, data={"given": "no", "by": "来人"})
    assert {row.fields["联系电话"] for row in feed(client).rows} == {"0475-8888131"}


def test_a_posting_says_why_others_do_not_see_it(world: World) -> None:
    client = account(world, Role.WINDOW)
    assert "共享没有打开" in client.get(f"/postings/{world.posting}").text
    switch_on(world)
    with world.office.unit() as unit:
        unit.postings.set_state(world.posting, PostingState.HELD)
        unit.sharing.note_received("local", "乙旗就业服务中心")
    assert "来自乙旗就业服务中心" in client.get(f"/postings/{world.posting}").text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COORDINATOR])
def test_who_may_not_decide_sees_no_form(world: World, role: Role) -> None:
    client = account(world, role)
    assert "consent-by" not in client.get(f"/postings/{world.posting}").text
    answer = client.post(f"/sharing/consent/{world.posting}", data={"given": "yes", "by": "x"})
    assert answer.status_code == 403
    assert client.get("/sharing/").status_code == 403


def test_the_page_in_english_is_english(world: World) -> None:
    client = account(world, Role.CITY)
    client.post("/language", data={"language": "en"})
    page = client.get("/sharing/").text
    assert "Sharing postings" in page
    assert "Naiman Banner" in page


def test_a_shelf_keeps_what_fits_and_makes_one_thing_at_a_time() -> None:
    shelf, made = Shelf(most_bytes=10, wait_seconds=0.01), []

    def making(text: str) -> Callable[[], bytes]:
        def make() -> bytes:
            made.append(text)
            return text.encode()

        return make

    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"):
        assert shelf.get(text, making(text)) == text.encode()
    assert made == ["aaaa", "bbbb", "cccc", "bbbb"], "the longest unused went"

    def while_making() -> bytes:
        assert shelf.get("aaaa", making("never")) == b"aaaa"
        with pytest.raises(ShelfBusy):
            shelf.get("new", making("never"))
        return b"slow"

    assert shelf.get("slow", while_making) == b"slow"


def test_a_busy_server_asks_to_come_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_on(world)

    def busy(*_: object) -> bytes:
        raise ShelfBusy

    monkeypatch.setattr(Shelf, "get", busy)
    answer = world.client().get("/shared/feed.json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
