"""Pages about trust: what waits, what is decided, who may decide, letters as files, calls, employers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

import pytest
from docx import Document
from flask.testing import FlaskClient
from pypdf import PdfReader

from jobs_feed.trust.checking import bench_of, settle
from matcher.domain.division import Place
from matcher.domain.incoming.trust import Decided
from matcher.domain.posting import Posting, PostingState
from matcher.domain.settings import SettingName
from matcher.reading import load_tools, read_posting
from tests.web.made_up import KAILU, NAIMAN, opened

HELD = "招人打扫，入职交押 金300元，离职退<script>"


class Room:
    """One office for all these tests, each with postings of its own; a visitor signs in once."""

    def __init__(self, world: Room) -> None:
        self.world, self.office = world, world.office
        self._clients: dict[str, FlaskClient] = {}
        self._number = count(1)

    def client(self, name: str) -> FlaskClient:
        """The browser of somebody."""
        if name not in self._clients:
            self._clients[name] = self.world.client(name)
        return self._clients[name]

    def next(self) -> int:
        """A number nobody has had."""
        return next(self._number)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """An office that these tests share."""
    with opened(tmp_path_factory.mktemp("trust")) as made:
        yield Room(made)


@pytest.fixture
def bad(world: Room) -> int:
    """A held posting of Naiman; its key."""
    return posted(world, HELD)


def posted(world: Room, text: str, county: str = NAIMAN, **more: object) -> int:
    """A posting of an employer of its own, checked as an import checks it."""
    place, number = Place(text="旗县", code=county, name="旗县"), world.next()
    told = {"title": "保洁员", "employer": f"示例物业{number}", "place": place, "description": text}
    posting = Posting(ref=f"T-{number}", **(told | more))  # type: ignore[arg-type]
    facts = read_posting(posting, load_tools())
    with world.office.unit("import") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "199-0000-0131")
        key = unit.postings.add(posting, facts)
        bench = bench_of(unit, world.office.policy.at(world.office.today()))
        settle(unit, unit.postings.many([key]), {key: bench.flags(posting, facts)})
    return key


def state(world: Room, key: int) -> PostingState:
    """Where a posting stands."""
    with world.office.reading() as unit:
        return unit.postings.get(key).state


def decided(world: Room, key: int) -> Decided | None:
    """What staff decided."""
    with world.office.reading() as unit:
        check = unit.checks.get(key)
    return None if check is None else check.decided


def test_what_waits_is_shown_with_its_words_marked_and_its_basis(world: Room, bad: int) -> None:
    page = world.client("window").get("/postings/checks/").text
    assert "<mark>押 金</mark>" in page
    assert "依据" in page
    assert "<script>" not in page.split("<main")[1]
    assert "<mark>押 金</mark>" not in world.client("elsewhere").get("/postings/checks/").text


def test_a_release_wants_a_reason_and_is_then_suggested(world: Room, bad: int) -> None:
    client = world.client("window")
    assert client.post("/postings/checks/release", data={"key": bad}).status_code == 400
    assert state(world, bad) is PostingState.HELD
    answer = client.post("/postings/checks/release", data={"key": bad, "reason": "电话核实是误写"})
    assert answer.status_code == 302
    assert (state(world, bad), decided(world, bad)) == (PostingState.OPEN, Decided.RELEASED)
    page = client.get(f"/postings/{bad}").text
    assert "电话核实是误写" in page
    assert "工作人员已放行" in page
    assert "电话核实是误写" not in world.client("viewer").get(f"/postings/{bad}").text


def test_nothing_ticked_or_too_much_is_refused_in_words(world: Room, bad: int) -> None:
    client = world.client("window")
    assert "没有勾选岗位" in client.post("/postings/checks/release", data={"reason": "看过"}).text
    many = client.post("/postings/checks/release", data={"key": list(range(1, 300)), "reason": "看过"})
    assert many.status_code == 400


@pytest.mark.parametrize("path", ["release", "return"])
def test_postings_of_other_divisions_are_not_decided_about(world: Room, bad: int, path: str) -> None:
    answer = world.client("elsewhere").post(f"/postings/checks/{path}", data={"key": bad, "reason": "看过了"})
    assert answer.status_code == 404
    assert state(world, bad) is PostingState.HELD
    assert decided(world, bad) is None


@pytest.mark.parametrize("what", ["hold", "reopen", "filled"])
def test_one_posting_of_another_division_is_left_alone(world: Room, what: str) -> None:
    far = posted(world, "打扫", KAILU)
    assert world.client("window").post(f"/postings/checks/{far}/{what}", data={"reason": "看过了"}).status_code == 404
    assert state(world, far) is PostingState.OPEN


@pytest.mark.parametrize("who", ["coordinator", "viewer", "admin"])
def test_only_offices_decide(world: Room, bad: int, who: str) -> None:
    client = world.client(who)
    assert client.get("/postings/checks/").status_code == 403
    assert client.post("/postings/checks/release", data={"key": bad, "reason": "看过了"}).status_code == 403
    assert client.post("/employers/bar", data={"name": "示例物业", "reason": "欠薪"}).status_code == 403


def test_the_letter_is_a_pdf_that_says_what_was_found_and_what_to_change(world: Room, bad: int) -> None:
    answer = world.client("window").post("/postings/checks/return", data={"key": bad})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).replace(" ", "")
    for words in ("招聘信息退回函", "示例物业", "押金", "请改为", "依据", "199-0000-0131", "2026年3月16日"):
        assert words in text, words
    assert decided(world, bad) is Decided.RETURNED
    assert state(world, bad) is PostingState.HELD


def test_the_letter_as_word_names_nobody_and_no_number(world: Room) -> None:
    text = "女，三十岁以下，未婚优先，入职交押金，打13912345678找包经理"
    key = posted(world, text, contact="包经理", phone="13912345678")
    answer = world.client("window").post("/postings/checks/return", data={"key": key, "ending": "docx"})
    said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.data)).paragraphs)
    assert {"性别限制", "婚姻限制"} <= {word for word in ("性别限制", "婚姻限制") if word in said}
    assert "13912345678" not in said
    assert "包经理" not in said


def test_without_the_phone_of_the_window_there_is_no_letter(world: Room, bad: int) -> None:
    with world.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "")
    answer = world.client("window").post("/postings/checks/return", data={"key": bad})
    with world.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "199-0000-0131")
    assert answer.status_code == 400
    assert decided(world, bad) is None


def test_several_letters_are_one_file(world: Room, bad: int) -> None:
    other = posted(world, "报名费100元")
    answer = world.client("window").post("/postings/checks/return", data={"key": [bad, other]})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
    assert sum("退回函" in page for page in pages) == 2


def test_limits_wait_for_a_letter_and_not_for_a_release(world: Room) -> None:
    posted(world, "只招女的")
    client = world.client("window")
    assert "只招女的" in client.get("/postings/checks/?what=letters").text.replace("<mark>", "").replace("</mark>", "")
    assert "只招女的" not in client.get("/postings/checks/").text.replace("<mark>", "").replace("</mark>", "")


def test_a_call_is_recorded_and_stands_on_the_page_of_the_posting(world: Room) -> None:
    client = world.client("window")
    key = posted(world, "打扫")
    assert "电话里这样问" in client.get("/postings/stale/").text
    data = {"how": "phone", "result": "confirmed", "by": "示例核实员", "note": "老板接的"}
    assert client.post(f"/postings/stale/{key}", data=data).status_code == 302
    page = client.get(f"/postings/{key}").text
    assert "2026年3月16日 由示例核实员电话核实" in page
    assert client.post(f"/postings/stale/{key}", data={"how": "phone"}).status_code == 400
    assert world.client("elsewhere").post(f"/postings/stale/{key}", data=data).status_code == 404


def test_an_employer_is_barred_and_let_in_again(world: Room) -> None:
    client = world.client("city")
    key = posted(world, "打扫", employer="有过欠薪的物业")
    client.post("/employers/bar", data={"name": "有过欠薪的物业", "kind": "blacklisted", "reason": "拖欠工资"})
    assert state(world, key) is PostingState.HELD
    page = client.get("/employers/").text
    assert "拖欠工资" in page
    with world.office.reading() as unit:
        (mark,) = unit.employers.marks()
    client.post("/employers/lift", data={"record": mark.key})
    assert state(world, key) is PostingState.OPEN


def test_a_complaint_about_a_posting_names_its_employer(world: Room) -> None:
    key = posted(world, "打扫", employer="被投诉的物业")
    client = world.client("coordinator")
    assert "记一次投诉" in client.get(f"/postings/{key}").text
    assert client.post("/employers/complaint", data={"posting": key, "text": "到那儿又要押金"}).status_code == 302
    with world.office.reading() as unit:
        (told,) = unit.employers.complaints()
    assert (told.employer, told.posting_key) == ("被投诉的物业", key)
    assert client.get("/employers/").status_code == 403


def test_held_filled_and_opened_again_from_the_page_of_a_posting(world: Room) -> None:
    client, key = world.client("window"), posted(world, "打扫")
    client.post(f"/postings/checks/{key}/hold", data={"reason": "像是假的"})
    assert state(world, key) is PostingState.HELD
    client.post(f"/postings/checks/{key}/filled")
    assert state(world, key) is PostingState.FILLED
    client.post(f"/postings/checks/{key}/reopen", data={"reason": "又缺人"})
    assert state(world, key) is PostingState.OPEN
    page = client.get(f"/postings/{key}").text
    assert "像是假的" in page
    assert "又缺人" in page


@pytest.mark.parametrize(
    "address", ["/postings/checks/", "/postings/checks/?what=letters", "/postings/stale/", "/employers/"]
)
def test_the_pages_speak_english_too(world: Room, bad: int, address: str) -> None:
    client = world.client("city")
    client.set_cookie("lang", "en")
    answer = client.get(address)
    client.delete_cookie("lang")
    assert answer.status_code == 200
    assert "PAGE_" not in answer.text
    assert "岗位核查" not in answer.text
