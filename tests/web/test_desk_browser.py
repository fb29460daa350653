"""The window's second half in a real browser: plan, why not, swap, print; what if; filled, and whom to call."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waitress.server import create_server

from tests.desk_office import PASSWORD, Desk, desk_office
from tests.web.test_browser import CHROMIUM, FLAGS
from web.app import create_app
from web.config import WebConfig

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office of this test's own."""
    with desk_office(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(params=[1366, 360], ids=["office-pc", "phone"])
def page(desk: Desk, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the window clerk; complaints of the browser fail the test."""
    config = WebConfig(
        secret_key=token_hex(20),
        upload_folder=desk.office.config.home / "uploads",
        start_runs=False,
    )
    server = create_server(create_app(config, desk.office), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}"
    size = {"width": request.param, "height": 768}
    context = browser.new_context(viewport=size, locale="zh-CN", base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/sign-in")
    page.locator("#name").fill("window")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    yield page
    context.close()
    server.close()
    thread.join(timeout=5)
    assert complaints == []


def _fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_why_not_swap_with_a_reason_and_print(page: Page, desk: Desk, tmp_path: Path) -> None:
    page.goto(f"/people/{desk.people['bao']}")
    page.get_by_label("岗位名称、用人单位或编号").fill("YOUNG")
    page.get_by_role("button", name="问一问").click()
    expect(page.locator("#why-place")).to_contain_text("年龄不合")
    page.locator("#why-place summary", has_text="换上这个").click()
    page.locator("#why-place").get_by_text("第 2 个").click()
    page.locator("#why-place input[name=reason]").fill("单位说可以放宽")
    page.locator("#why-place").get_by_text("提醒我看过").click()
    assert _fits(page)
    page.locator("#why-place button", has_text="确定").click()
    expect(page.get_by_text("已换好")).to_be_visible()
    expect(page.get_by_text("当面商定").first).to_be_visible()
    assert desk.held() == ["NEAR-1", "YOUNG", "NEAR-3"]
    with page.expect_download() as waiting:
        page.locator("summary", has_text="其他格式").first.click()
        page.locator("button[name=ending][value=html]").first.click()
    path = tmp_path / "sheet.html"
    waiting.value.save_as(path)
    sheet = path.read_text(encoding="utf-8")
    assert "cleaner（7）" in sheet and "当面商定" in sheet and "cleaner（2）" not in sheet


def test_what_if_shows_how_many_come_in_and_keeps_the_focus(page: Page, desk: Desk) -> None:
    page.goto(f"/people/{desk.people['bao']}")
    lodging = page.locator("#switch-lodging")
    lodging.focus()
    page.keyboard.press("Space")
    expect(page.locator(".outcome-line b")).to_contain_text("+")
    assert page.locator(".outcome-line b").inner_text() != "+0"
    expect(page.locator("#switch-lodging")).to_be_focused()
    assert _fits(page)
    page.get_by_role("button", name="按这个记下来").click()
    expect(page.get_by_text("本人的话已经记下")).to_be_visible()
    expect(page.locator(".desk-bar")).to_contain_text("不用天天回家")


def test_filled_in_two_taps_and_everybody_is_called(page: Page, desk: Desk) -> None:
    page.goto(f"/postings/{desk.postings['NEAR-1']}")
    page.get_by_role("button", name="已招满").click()
    expect(page.get_by_text("还有 2 人没通知到")).to_be_visible()
    assert _fits(page)
    page.locator("tr", has_text="包雪梅").get_by_role("button", name="已告诉").click()
    expect(page.get_by_text("还有 1 人没通知到")).to_be_visible()
    page.get_by_role("button", name="重排勾选的人").click()
    expect(page.get_by_text("已给 2 个人重做方案")).to_be_visible()
    assert "NEAR-1" not in desk.held() + desk.held("wang")
