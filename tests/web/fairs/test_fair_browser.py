"""A real browser: a fair from nothing to its report, taps counted, a walk-in by the stopwatch; a phone; no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matcher.domain.fairs import FairState
from matcher.office import Office
from tests.matcher.fairs.hall import COOKS, SEWING, an_open_fair, the_fair, visitor
from tests.matcher.fairs.hall import opened as opened_office
from tests.web.driving import NEEDS_CHROMIUM, fits, serving
from tests.web.fairs.conftest import app_of

pytestmark = NEEDS_CHROMIUM
SECONDS_OF_A_WALK_IN = 30
MOST_TAPS = 4


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """A running server over a filled office, in demo mode."""
    folder = tmp_path_factory.mktemp("fair-browser")
    with opened_office(folder) as office, serving(app_of(office, folder, demo=True, csrf=True)) as address:
        yield office, address


@pytest.fixture
def page(browser: Browser, served: tuple[Office, str]) -> Iterator[Page]:  # noqa: F811
    """A page of a signed-in organiser; complaints of the browser fail the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=served[1])
    yield from _signed_in(context, served[1])


def _signed_in(context: BrowserContext, address: str) -> Iterator[Page]:
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    page.get_by_role("button", name="一键进入演示").click()
    page.wait_for_url(f"{address}/", wait_until="load")
    yield page
    context.close()
    assert complaints == []


def test_a_fair_from_nothing_to_its_report(page: Page, served: tuple[Office, str], tmp_path: Path) -> None:
    office, _ = served
    page.get_by_role("link", name="招聘会").click()
    page.get_by_label("名称").fill("春风示例招聘会")
    page.get_by_label("请哪里的人").select_option("150525")
    page.get_by_role("button", name="建好，去放摊位").click()
    for employer in (SEWING, COOKS):
        page.get_by_role("checkbox", name=employer).check()
    page.get_by_role("button", name="勾选的都加上").click()
    expect(page.get_by_text("加了 2 个摊位")).to_be_visible()
    assert fits(page)
    key = int(page.url.split("#")[0].rsplit("/", 1)[-1])

    page.get_by_role("link", name="找该来的人").click()
    page.get_by_role("button", name="找出该来的人").click()
    expect(page.get_by_text("包示例")).to_be_visible()
    assert fits(page)
    with page.expect_download() as loaded:
        page.get_by_role("button", name="个人路线").first.click()
    loaded.value.save_as(tmp_path / "ways.pdf")
    assert (tmp_path / "ways.pdf").read_bytes().startswith(b"%PDF")

    page.goto(f"/fairs/{key}")
    page.get_by_role("button", name="已发出邀请").click()
    page.get_by_role("button", name="开门 →").click()
    expect(page.get_by_text("开门了")).to_be_visible()

    _check_in(page, key, visitor(office, the_fair(office, key), "包示例").code)
    _walk_in(page)
    _tap(page, key)

    page.goto(f"/fairs/{key}")
    page.get_by_role("button", name="收场 →").click()
    expect(page.get_by_role("heading", name="回访名单：1 条")).to_be_visible()
    page.get_by_role("button", name="把这 1 人录入台账").click()
    expect(page.get_by_text("录入 1 人")).to_be_visible()
    page.get_by_role("button", name="已上岗").click()
    expect(page.get_by_text("没有要回访的")).to_be_visible()
    assert the_fair(office, key).state is FairState.CLOSED


def _check_in(page: Page, key: int, code: str) -> None:
    """A code from a card: typed or scanned, nothing else."""
    page.goto(f"/fairs/{key}/door")
    page.locator("#door-text").fill(code)
    expect(page.locator(".arrived")).to_contain_text("包示例")
    expect(page.locator("[data-counts]")).to_contain_text("1到场")
    assert fits(page)


def _walk_in(page: Page) -> None:
    """Three lines by hand; the route stands on the screen within the half minute."""
    began = perf_counter()
    for field, said in (("#w-name", "新示例"), ("#w-village", "东村"), ("#w-can", "会踩缝纫机")):
        page.locator(field).press_sequentially(said, delay=30)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="登记并排路线").click()
    expect(page.locator(".arrived")).to_contain_text("会缝纫")
    expect(page.locator(".arrived .way")).to_contain_text("A01")
    assert perf_counter() - began < SECONDS_OF_A_WALK_IN
    expect(page.locator("#w-name")).to_have_value("")


def _tap(page: Page, key: int) -> None:
    """From the booth to a result: counted as a tablet would."""
    page.goto(f"/fairs/{key}/booth")
    taps = 0
    for name in (SEWING, "包示例"):
        page.get_by_role("link", name=name).click()
        taps += 1
    page.get_by_role("button", name="录用意向").click()
    taps += 1
    expect(page.get_by_text("记好了：包示例 录用意向")).to_be_visible()
    assert taps <= MOST_TAPS
    page.get_by_role("link", name="新示例").click()
    page.get_by_text("不合适", exact=True).click()
    page.get_by_role("button", name="太远").click()
    expect(page.get_by_text("记好了：新示例 不合适")).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("path", ["", "/invite", "/door", "/booth", "/report"])
def test_no_page_of_a_fair_is_wider_than_a_phone(
    browser: Browser,
    served: tuple[Office, str],
    path: str,  # noqa: F811
) -> None:
    office, address = served

    with office.reading() as unit:
        known = unit.fairs.all()
    key = known[0].key if known else an_open_fair(office).key
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", base_url=address)
    for page in _signed_in(context, address):
        page.goto(f"/fairs/{key}{path}")
        expect(page.locator("h1")).to_be_visible()
        assert fits(page)


def test_the_door_works_without_scripts(browser: Browser, served: tuple[Office, str]) -> None:  # noqa: F811

    office, address = served
    fair = an_open_fair(office)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", base_url=address)
    for page in _signed_in(context, address):
        page.goto(f"/fairs/{fair.key}/door")
        page.locator("#door-text").fill(visitor(office, fair, "王示例").code)
        page.locator("#main").get_by_role("button", name="查找").click()
        expect(page.locator(".arrived")).to_contain_text("王示例")
