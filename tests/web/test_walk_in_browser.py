"""The first half of the window's day in a real browser: somebody walks in, is understood, planned and printed.

The stopwatch counts what hands do: keys (a Chinese character is three) and clicks, at the speed of an ordinary clerk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from matcher.domain.settings import SettingName
from matcher.reading.identity import check_digit
from tests.web.driving import NEEDS_CHROMIUM, serving
from tests.web.made_up import NAIMAN, World, a_worker, opened
from web.tasks import warm_up

pytestmark = NEEDS_CHROMIUM

SECONDS_A_KEY, SECONDS_A_CLICK, KEYS_A_CHARACTER = 0.28, 1.3, 3
"""A clerk who types forty words a minute; pointing and clicking (the keystroke-level model)."""
MOST_SECONDS = 120
ID_NUMBER = "15059919790302002"
TOLD = "会踩缝纫机，干过两年缝纫工，孩子小得接送，不想喂牲口"


@dataclass
class Hands:
    """Counts what a clerk does."""

    page: Page
    keys: int = 0
    clicks: int = 0

    def click(self, place: Locator) -> None:
        """One click."""
        place.click()
        self.clicks += 1

    def type(self, text: str) -> None:
        """Types into the field that has the focus."""
        self.page.keyboard.insert_text(text)
        self.keys += sum(KEYS_A_CHARACTER if ord(letter) > 0x2E80 else 1 for letter in text)

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)
        self.keys += 1

    @property
    def seconds(self) -> float:
        """How long these hands need."""
        return self.keys * SECONDS_A_KEY + self.clicks * SECONDS_A_CLICK


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office with a window phone, in demo mode."""
    with opened(tmp_path_factory.mktemp("walk-in"), demo=True, csrf=True) as world:
        with world.office.unit() as unit:
            unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
            unit.settings.put(SettingName.OFFICE_NAME, "示例中心")
            number = ID_NUMBER + check_digit(ID_NUMBER)
            unit.workers.add(a_worker("NM-30", "证示例", "东村", NAIMAN, id_number=number))
        warm_up(world.office)
        yield world


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    """A running server over that office."""
    with serving(world.app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a signed-in clerk; complaints of the browser fail the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=address)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    page.get_by_role("button", name="一键进入演示").click()
    page.wait_for_url(f"{address}/", wait_until="load")
    yield page
    context.close()
    assert complaints == []


def test_from_the_door_to_the_printed_sheet_in_two_minutes(page: Page, world: World) -> None:
    hands = Hands(page)
    page.goto("/people/new/")
    hands.type("包雪梅")
    for text in ("13900001111", "奈曼旗大沁他拉镇 东村", "1979-03"):
        hands.press("Tab")
        hands.type(text)
    hands.press("Tab")
    hands.press("Tab")
    hands.type(TOLD)
    expect(page.locator("#understood mark").first).to_be_visible()
    expect(page.locator("#understood").get_by_text("当天往返")).to_be_visible()
    hands.click(page.locator("#understood").get_by_text("电动车", exact=True))
    hands.click(page.get_by_role("button", name="保存并出方案"))
    expect(page.get_by_role("heading", name="包雪梅")).to_be_visible()
    expect(page.get_by_role("heading", name="三个适合的岗位")).to_be_visible()
    expect(page.get_by_role("link", name="缝纫工")).to_be_visible()

    hands.click(page.locator("#facts summary", has_text="肉牛饲养员"))
    hands.click(page.locator("#facts details[open]").get_by_role("button", name="不对，去掉"))
    expect(page.get_by_text("已经改掉的")).to_be_visible()
    hands.click(page.locator("#ask").get_by_role("button", name="初中"))
    expect(page.locator("#ask").get_by_role("button", name="初中")).to_have_count(0)

    with page.expect_download() as sheet:
        hands.click(page.get_by_role("button", name="打印匹配单"))
    assert sheet.value.suggested_filename.endswith(".pdf")
    assert "包" not in page.url
    assert hands.seconds <= MOST_SECONDS, (hands.keys, hands.clicks)
    with world.office.reading() as unit:
        told = unit.workers.get(unit.workers.count()).told
    assert {one.kind.value for one in told} == {"transport", "refused", "education"}


def test_a_passage_leads_to_the_fact_it_means(page: Page, world: World) -> None:
    page.goto(f"/people/{world.bao}")
    page.locator("a.told").first.click()
    expect(page.locator("#facts details[open]")).to_have_count(1)


def test_a_person_is_found_by_initials_from_the_keyboard_alone(page: Page, world: World) -> None:
    hands = Hands(page)
    hands.press("/")
    page.keyboard.type("wsl")
    expect(page.locator("#found").get_by_text("王示例")).to_be_visible()
    hands.press("Enter")
    page.wait_for_url(f"**/people/{world.wang}")


def test_a_person_is_found_by_identity_number_only_with_a_purpose(page: Page, world: World) -> None:
    number = ID_NUMBER + check_digit(ID_NUMBER)
    page.keyboard.press("/")
    page.keyboard.type(number)
    expect(page.locator("#found").get_by_text("选用途后再查")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="本人在窗口办事").click()
    expect(page.get_by_role("heading", name="证示例")).to_be_visible()
    assert number not in page.url
    assert number not in page.content()


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_of_the_window_is_wider_than_the_screen(page: Page, world: World, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for path in ("/people/new/", f"/people/{world.bao}", f"/people/{world.bao}/changes", "/villages/", "/classes/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
