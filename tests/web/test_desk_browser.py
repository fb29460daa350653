"""The window's second half in a real browser: plan, why not, swap, print; what if; filled, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk_office import PASSWORD, Desk, desk_office
from tests.web.driving import NEEDS_CHROMIUM, fits, serving
from web.app import create_app
from web.config import WebConfig

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office of this test's own."""
    with desk_office(tmp_path) as opened:
        yield opened


@pytest.fixture(params=[1366, 360], ids=["office-pc", "phone"])
def page(desk: Desk, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the window clerk; complaints of the browser fail the test."""
    config = WebConfig(
        secret_key=token_hex(20),
        upload_folder=desk.office.config.home / "uploads",
        start_runs=False,
    )
    with serving(create_app(config, desk.office)) as address:
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
    assert complaints == []


def test_filled_in_two_taps_and_everybody_is_called(page: Page, desk: Desk) -> None:
    page.goto(f"/postings/{desk.postings['NEAR-1']}")
    page.get_by_role("button", name="已招满").click()
    expect(page.get_by_text("还有 2 人没通知到")).to_be_visible()
    assert fits(page)
    page.locator("tr", has_text="包雪梅").get_by_role("button", name="已告诉").click()
    expect(page.get_by_text("还有 1 人没通知到")).to_be_visible()
    page.get_by_role("button", name="重排勾选的人").click()
    expect(page.get_by_text("已给 2 个人重做方案")).to_be_visible()
    assert "NEAR-1" not in desk.held() + desk.held("wang")
