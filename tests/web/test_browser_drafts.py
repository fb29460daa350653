"""In a real browser: what was typed is back after another sign-in, says so, and can be dropped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.driving import NEEDS_CHROMIUM
from tests.web.test_browser import page, served

__all__ = ["page", "served"]
pytestmark = NEEDS_CHROMIUM


def _typed(page: Page, words: str) -> None:
    """Types into the box of pasted adverts until the server has kept it."""
    page.goto("/postings/paste/", wait_until="networkidle")
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/") and answer.request.method == "POST"):
        page.get_by_label("招聘信息原文").fill(words)


def test_what_was_typed_is_back_after_signing_in_again_and_can_be_dropped(page: Page) -> None:
    _typed(page, "招焊工两名，包吃住")
    page.locator("details.who > summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="一键进入演示").click()
    page.goto("/postings/paste/", wait_until="networkidle")
    expect(page.get_by_label("招聘信息原文")).to_have_value("招焊工两名，包吃住")
    expect(page.get_by_text("填了没交的内容，已经填回来了")).to_be_visible()
    page.get_by_role("button", name="不要了，清空").click()
    expect(page.get_by_label("招聘信息原文")).to_have_value("")


def test_a_form_that_was_sent_starts_empty_again(page: Page) -> None:
    page.goto("/settings/", wait_until="networkidle")
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/") and answer.request.method == "POST"):
        page.locator("#office_name").fill("奈曼旗就业服务中心")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/settings/", wait_until="networkidle")
    expect(page.locator("#office_name")).to_have_value("奈曼旗就业服务中心")
    expect(page.locator(".draft-note")).to_have_count(0)


@pytest.mark.parametrize("address", ["/slices/", "/accounts/password"])
def test_pages_fit_in_both_languages(page: Page, address: str) -> None:
    for language in ("中文", "English"):
        page.goto(address)
        page.get_by_role("button", name=language).first.click()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
