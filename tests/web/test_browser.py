"""A real browser: sign in to the demonstration, find a person, see the plan; nothing refused, nothing too wide."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waitress.server import create_server

from tests.web.made_up import opened

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = ({"width": 1366, "height": 768}, {"width": 360, "height": 740})

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server over the made-up office, in demo mode."""
    with opened(tmp_path_factory.mktemp("browser"), demo=True, csrf=True) as world:
        server = create_server(world.app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        thread.join(timeout=5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        opened_browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened_browser
        opened_browser.close()


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


def _fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_from_sign_in_to_the_plan_of_a_person(page: Page) -> None:
    page.get_by_role("searchbox").first.fill("bsl")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="三个适合的岗位")).to_be_visible()
    expect(page.get_by_role("link", name="缝纫工")).to_be_visible()
    expect(page.get_by_text("还差 2 个岗位")).to_be_visible()
    assert _fits(page)
    assert "包" not in page.url


@pytest.mark.parametrize(
    "address", ["/", "/people/", "/postings/", "/imports/", "/runs/", "/runs/1", "/print/", "/settings/"]
)
def test_no_page_is_wider_than_the_screen(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert _fits(page)


def test_a_file_is_previewed_and_taken(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "岗位.csv"
    title = f"保安{tmp_path.name[-1]}"
    path.write_text(
        f"编号,岗位名称,用人单位,工作地点\nB-{tmp_path.name[-1]},{title},示例物业,奈曼旗\n", encoding="utf-8"
    )
    page.goto("/imports/")
    page.locator("#file-postings").set_input_files(path)
    page.locator("section", has=page.locator("#file-postings")).get_by_role("button", name="先看一看").click()
    expect(page.get_by_role("heading", name="先看一看")).to_be_visible()
    assert _fits(page)
    page.get_by_role("button", name="确认导入 1 条").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible()


def test_a_wrong_cell_is_put_right_in_place_taken_and_taken_back(page: Page, tmp_path: Path) -> None:
    ref = f"C-{tmp_path.name[-1]}"
    path = tmp_path / "岗位.csv"
    path.write_text(f"编号,岗位名称,用人单位,工作地点\n{ref},,示例物业,奈曼旗\n", encoding="utf-8")
    page.goto("/imports/")
    page.locator("#file-postings").set_input_files(path)
    page.locator("section", has=page.locator("#file-postings")).get_by_role("button", name="先看一看").click()
    expect(page.get_by_role("button", name="确认导入 0 条")).to_be_disabled()
    assert _fits(page)
    page.get_by_label("岗位名称", exact=True).first.fill("护林员")
    page.get_by_role("button", name="改好了，再看一遍").click()
    page.get_by_role("button", name="确认导入 1 条").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible()
    assert _fits(page)
    page.get_by_text("撤销这次导入").click()
    page.get_by_role("button", name="撤销整次导入").click()
    expect(page.get_by_role("heading", name="导入已撤销")).to_be_visible()
    expect(page.get_by_text("删去 1 条").first).to_be_visible()


def test_a_file_dropped_on_its_card_is_handed_in(page: Page) -> None:
    page.goto("/imports/")
    page.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File(["编号,岗位名称,用人单位,工作地点\\nD-1,保安,示例物业,奈曼旗\\n"], "拖来.csv"));
          const card = document.querySelector("#file-postings").closest("[data-drop]");
          card.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_role("heading", name="先看一看")).to_be_visible()
    expect(page.get_by_text("拖来.csv")).to_be_visible()


def test_keys_open_the_help_and_lead_to_the_people(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="劳动者")).to_be_visible()


def test_a_queued_run_shows_its_progress_and_can_be_stopped(page: Page) -> None:
    page.goto("/runs/")
    page.get_by_role("button", name="开始做方案").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_text("已停止").first).to_be_visible()
