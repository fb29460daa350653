"""The form of an entry in a real browser: it tells while somebody types, and saves with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.web.driving import NEEDS_CHROMIUM, serving
from tests.web.made_up import opened

pytestmark = NEEDS_CHROMIUM


def test_a_clerk_sees_the_share_while_typing_and_saves_with_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    with opened(tmp_path, demo=True, csrf=True) as world, serving(world.app) as root:
        page = browser.new_context(base_url=root, locale="zh-CN").new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/")
        page.get_by_role("button", name="一键进入演示").click()
        page.wait_for_url(f"{root}/", wait_until="load")
        page.goto("/projects/new?kind=relief")
        page.get_by_label("名称", exact=True).fill("西村渠道清淤")
        page.get_by_label("旗县、苏木乡镇", exact=True).select_option("150525")
        page.get_by_label("以工代赈资金", exact=True).fill("100万")
        page.get_by_label("计划发的劳务报酬", exact=True).fill("9万")
        check = page.locator("#check")
        expect(check).to_contain_text("计划劳务报酬占资金 9%，至少要 10%")
        page.get_by_label("计划发的劳务报酬", exact=True).fill("200万")
        expect(check).to_contain_text("比以工代赈资金1000000元还多")
        page.get_by_label("计划发的劳务报酬", exact=True).fill("12万")
        expect(check).to_contain_text("没有发现问题")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("西村渠道清淤")
        expect(page.locator("main")).to_contain_text("计划够，还没发够")
        assert faults == []
