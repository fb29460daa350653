"""A coordinator's day in a real browser: roster → plans → village pack → thirty slips → monthly round.

The keystrokes of the thirty slips are counted; they must fit into five minutes at a calm two keys a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from playwright.sync_api import Browser, Page, expect

from matcher.domain.settings import SettingName
from matcher.store.plans import StoredPlan
from tests.factories import an_opening
from tests.web.driving import NEEDS_CHROMIUM, fits, serving
from tests.web.made_up import NAIMAN, PASSWORD, TODAY, World, a_worker, opened

MANY = 30
CALM_KEYS_A_SECOND = 2.0
FIVE_MINUTES = 300.0

pytestmark = NEEDS_CHROMIUM


class Typist:
    """Types and counts."""

    def __init__(self, page: Page) -> None:
        self._page, self.keys = page, 0

    def type(self, keys: str) -> None:
        """Letters and digits, one key each."""
        self._page.keyboard.type(keys)
        self.keys += len(keys)

    def press(self, key: str) -> None:
        """A named key."""
        self._page.keyboard.press(key)
        self.keys += 1


@pytest.fixture
def village(tmp_path: Path) -> Iterator[tuple[World, str]]:
    """An office with work nearby and a coordinator, served."""
    with opened(tmp_path, csrf=True) as world:
        with world.office.unit() as unit:
            unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
            fresh = {
                "published_on": TODAY,
                "verified_on": TODAY,
                "deadline": TODAY + timedelta(days=60),
                "openings": 40,
            }
            rows = [an_opening(number, place=a_worker("", "", "", NAIMAN).home) for number in range(1, 6)]
            unit.postings.add_many([(replace(row.posting, ref=f"N-{row.key}", **fresh), row.facts) for row in rows])
        with serving(world.app) as address:
            yield world, address


@pytest.fixture
def page(village: tuple[World, str], browser: Browser) -> Iterator[Page]:
    """The coordinator, signed in, at an office PC; complaints of the browser other than of refused slips fail."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=village[1])
    page = context.new_page()
    page.set_default_timeout(60_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/sign-in")
    page.locator("#name").fill("coordinator")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/village/")
    yield page
    context.close()
    assert [one for one in complaints if "status of 400" not in one] == []


def a_roster(folder: Path) -> Path:
    """Thirty people of the village, as a coordinator keeps them: no village column, no references."""
    path = folder / "东村.csv"
    head = "姓名,出生日期,文化程度,户类型,劳动技能,就业状态,就业意愿,交通方式,意向工种,手机号\n"
    told = "初中,脱贫户,普通劳动力,未就业,愿意,电动车,保洁"
    people = [f"示例{chr(0x4E00 + n)},{1975 + n % 20}-05-06,{told},199000010{n:02}" for n in range(MANY)]
    path.write_text(head + "\n".join(people), encoding="utf-8")
    return path


def hand_in(page: Page, path: Path) -> None:
    """The roster is previewed and confirmed."""
    page.goto("/imports/")
    page.locator("#file-workers").set_input_files(path)
    page.get_by_role("button", name="先看一看").click()
    page.get_by_role("button", name=f"确认导入 {MANY} 条").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible()
    page.get_by_role("link", name="回到我的村").click()


def plan_and_print(page: Page) -> None:
    """Everybody gets a plan, and the pack of the village is a file."""
    page.get_by_role("button", name=f"给这 {MANY} 个人做方案").click()
    expect(page.get_by_text(f"{MANY} 个人的方案做好了")).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="打印全村材料").click()
    assert download.value.suggested_filename == "131-东村.pdf"
    page.goto("/village/")
    assert page.locator('a[href="#collect"] b').inner_text() == str(MANY + 1)


def slips_of(world: World) -> list[StoredPlan]:
    """The plans of the thirty, as their slips lie in a pile."""
    with world.office.reading() as unit:
        plans = [one for one in unit.plans.current_bodies(villages=("东村",)) if one.plan.worker_key != world.bao]
    assert all(len(one.plan.matches) == 3 for one in plans)
    return plans[:MANY]


TICKS = ("1y2d3by", "1byq2by3bo", "1s3300", "1d2d3d", "1dm2y", "1bj2bj3bj")
"""What slips say, as keys: wanted, not wanted and why, called, started with pay."""


def type_slips(page: Page, slips: list[StoredPlan]) -> int:
    """The whole pile from the keyboard; how many keys that took."""
    page.goto("/slips/")
    typist = Typist(page)
    expect(page.locator("#code")).to_be_focused()
    for number, slip in enumerate(slips):
        typist.type(slip.code.lower())
        typist.type(TICKS[number % len(TICKS)])
        typist.press("Enter")
    expect(page.locator("#typed-title + b")).to_have_text(str(len(slips)))
    return typist.keys


def go_round(page: Page, name: str) -> None:
    """The monthly round: one person has lost work, the rest is as before."""
    page.goto("/village/round")
    line = page.locator(".round > li", has_text=name)
    line.get_by_text("有变化").click()
    line.get_by_label("现在").select_option("未就业")
    line.get_by_role("button", name="存好").click()
    expect(line.get_by_text("改过")).to_be_visible()
    expect(page.locator("#round-counts b")).to_have_text(f"1/{MANY + 1}")
    page.get_by_role("button", name="其余未变").click()
    expect(page.locator("#round-counts b")).to_have_text(f"{MANY + 1}/{MANY + 1}")


def test_a_coordinators_day(village: tuple[World, str], page: Page, tmp_path: Path) -> None:
    world, _ = village
    hand_in(page, a_roster(tmp_path))
    plan_and_print(page)
    slips = slips_of(world)
    began = perf_counter()
    keys = type_slips(page, slips)
    seconds = perf_counter() - began
    assert keys == 485  # 16.2 a slip
    assert keys / CALM_KEYS_A_SECOND < FIVE_MINUTES
    assert seconds < FIVE_MINUTES
    with world.office.reading() as unit:
        told = unit.aftercare.returns.of_people()
    assert sorted(told) == sorted(one.plan.worker_key for one in slips)
    assert len(told[slips[1].plan.worker_key][0].ticks) == 3
    started = [one.plan.worker_key for one in slips[2 :: len(TICKS)]]
    with world.office.reading() as unit:
        spells = unit.aftercare.spells.of_people(started)
    assert {spell.yuan for found in spells.values() for spell in found} == {3300}
    assert sorted(spells) == sorted(started)
    lost = slips[2].plan
    go_round(page, lost.worker_name)
    page.goto("/village/")
    assert page.locator('a[href="#lost"] b').inner_text() == "1"
    assert page.locator('a[href="#collect"] b').inner_text() == "1"


def test_a_wrong_sign_is_said_while_typing_and_keys_do_their_work(village: tuple[World, str], page: Page) -> None:
    world, _ = village
    with world.office.reading() as unit:
        plan = unit.plans.current(world.bao)
    assert plan is not None
    page.goto("/slips/")
    page.keyboard.type("ab0")
    expect(page.get_by_text("第 3 位“0”不对")).to_be_visible()
    page.locator("#code").fill("")
    page.keyboard.type(plan.code[:-1] + ("2" if plan.code[-1] != "2" else "3"))
    expect(page.get_by_text("有一位抄错了")).to_be_visible()
    page.locator("#code").fill("")
    page.keyboard.type(f"{plan.code[:4]} {plan.code[4:]}")
    page.keyboard.type("1b")
    page.keyboard.press("Enter")
    expect(page.get_by_text("要勾一个原因")).to_be_visible()
    page.keyboard.type("1by")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已存：包示例")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("都不算数了")).to_be_visible()


def test_no_page_is_wider_than_a_phone(village: tuple[World, str], page: Page) -> None:
    world, _ = village
    with world.office.reading() as unit:
        plan = unit.plans.current(world.bao)
    assert plan is not None
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("/village/", "/village/round", "/slips/", f"/s/{plan.code}"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        assert fits(page), address
