"""A real browser: sign in to the demonstration, find a person, see the plan; nothing refused, nothing too wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.driving import NEEDS_CHROMIUM, serving
from tests.web.made_up import opened

SIZES = ({"width": 1366, "height": 768}, {"width": 360, "height": 740})

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server over the made-up office, in demo mode."""
    with opened(tmp_path_factory.mktemp("browser"), demo=True, csrf=True) as world, serving(world.app) as address:
        yield address


@pytest.fixture(params=SIZES, ids=["office-pc", "phone"])
def page(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a signed-in visitor; complaints of the browser fail the test."""
    context = browser.new_context(viewport=request.param, locale="zh-CN", base_url=served)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((served, "data:")) else complaints.append(asked.url))
    page.goto("/")
    page.get_by_role("button", name="一键进入演示").click()
    page.wait_for_url(f"{served}/", wait_until="load")
    yield page
    context.close()
    assert complaints == []


def test_a_queued_run_shows_its_progress_and_can_be_stopped(page: Page) -> None:
    page.goto("/runs/")
    page.get_by_role("button", name="开始做方案").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_text("已停止").first).to_be_visible()
