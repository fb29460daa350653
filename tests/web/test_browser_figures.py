"""A real browser: reports fit every screen and lead to their people; a change of policy is tried and saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.driving import NEEDS_CHROMIUM, fits
from tests.web.test_browser import page, served

__all__ = ["page", "served"]
pytestmark = NEEDS_CHROMIUM

ADDRESSES = (
    "/reports/",
    "/reports/?division=150525",
    "/reports/targets",
    "/reports/waiting",
    "/reports/pay",
    "/reports/supply",
    "/reports/map",
    "/reports/fairness",
    "/reports/people?figure=PEOPLE",
    "/policy/?section=limits",
    "/policy/one?name=weights.fit.skill",
)


def test_no_report_is_wider_than_the_screen_in_either_language(page: Page) -> None:
    for language in ("zh", "en"):
        page.context.add_cookies([{"name": "lang", "value": language, "url": page.url}])
        for address in ADDRESSES:
            page.goto(address)
            expect(page.locator("h1")).to_be_visible()
            assert fits(page), (language, address)


def test_from_a_banner_to_its_people_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/reports/")
    page.get_by_role("link", name="奈曼旗").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("奈曼旗")
    page.get_by_role("link", name="1", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="包示例")).to_be_visible()


def test_a_chart_is_said_to_those_who_do_not_see_it(page: Page) -> None:
    page.goto("/reports/")
    chart = page.get_by_role("img", name="该服务的人里，已经做到哪一步")
    expect(chart).to_be_visible()
    expect(chart).to_have_accessible_description(
        "通辽市，该服务的人里，已经做到哪一步：开鲁县 0 / 0；奈曼旗 0 / 1。下面“看数字”里有同样的数字。"
    )


def test_a_change_is_looked_at_tried_and_refused_without_its_basis(page: Page) -> None:
    page.goto("/policy/?q=多少天有效")
    page.get_by_role("link", name="方案多少天有效").click()
    page.get_by_label("方案多少天有效").fill("20")
    page.get_by_role("button", name="先看看会怎样").click()
    expect(page.get_by_role("heading", name="录入新值")).to_be_visible()
    page.get_by_label("依据").fill("办公会纪要")
    page.get_by_role("button", name="先看看会怎样").click()
    assert fits(page)
    page.get_by_role("button", name="试算一下").click()
    expect(page.get_by_text("对这些人没有影响")).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("kind", ["", "pay", "map"])
def test_the_numbers_stand_under_every_chart(page: Page, kind: str) -> None:
    page.goto(f"/reports/{kind}")
    summary = page.locator("summary", has_text="看数字").first
    table = page.locator("details.numbers table").first
    if not table.is_visible():
        summary.click()
    expect(table).to_be_visible()
    assert fits(page)
