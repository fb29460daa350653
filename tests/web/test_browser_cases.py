"""A whole case in a real browser: job lost, case, plan, talk, delivery, referral, work, ninety days proved, the papers
of the subsidy, closed, and counted in the report."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from matcher.aftercare.work import begin_work
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.settings import SettingName
from tests.matcher.aftercare.books import Book
from tests.matcher.aftercare.conftest import book as book
from tests.matcher.aftercare.conftest import made_book as made_book
from tests.web.driving import NEEDS_CHROMIUM, fits, serving
from web.app import create_app
from web.config import WebConfig

pytestmark = NEEDS_CHROMIUM


def record(page: Page, form: str, **fields: str) -> None:
    """Fills a form of the case and sends it."""
    box = page.locator(f"#{form}")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    for name, value in fields.items():
        field = box.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    box.get_by_role("button", name="登记").click()
    expect(page.get_by_text("已登记。")).to_be_visible()


def stands(page: Page, state: str) -> None:
    """The page says where the case stands, and nothing has to be scrolled sideways."""
    expect(page.locator(".case-state strong")).to_have_text(state)
    assert fits(page)


def work_begun(book: Book) -> None:
    """The person has had work for eight days."""
    with book.office.unit("demo") as unit:
        spell = Spell(key=0, worker_key=book.people[0], started_on=book.today, said_by=SaidBy.WORKER)
        begin_work(book.office, unit, spell)
    book.clock.move(8)


def test_from_the_job_lost_to_the_case_closed(book: Book, browser: Browser, tmp_path: Path) -> None:
    work_begun(book)
    with book.office.unit("demo") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
    config = WebConfig(secret_key="a test key long enough to sign", upload_folder=tmp_path, demo=True, start_runs=False)
    key = book.people[0]
    with serving(create_app(config, book.office)) as address:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=address)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name="一键进入演示").click()
        page.goto("/village/")
        page.locator("#calls").get_by_role("button", name="不干了").first.click()
        page.wait_for_load_state("networkidle")
        page.goto("/cases/?state=open")
        page.get_by_role("link", name="示例1").click()
        stands(page, "已建档，待指导")
        page.get_by_role("link", name="回到个人页").click()
        page.get_by_role("button", name="重新做方案").click()
        page.goto(f"/cases/{key}")
        record(page, "session", minutes="35", guide="示例指导人", signed="thumb")
        stands(page, "已配齐，待送达")
        record(page, "deliver", way="read_aloud")
        stands(page, "131已送达")
        record(page, "refer", rank="1")
        stands(page, "推荐或培训中")
        record(page, "stub", result="hired", yuan="3200")
        stands(page, "已上岗")
        book.clock.move(95)
        page.get_by_role("link", name="就业和证明").click()
        page.wait_for_url("**/employment")
        assert fits(page)
        proof = page.locator(".case-form").filter(has_text="加证明").first
        proof.locator("[name=kind]").select_option("employer_proof")
        proof.get_by_role("button", name="登记").click()
        expect(page.get_by_text("有证明").first).to_be_visible()
        page.get_by_role("link", name="服务个案").last.click()
        stands(page, "稳定3个月，有证明")
        page.goto(f"/claims/people/{key}")
        assert fits(page)
        with page.expect_download() as paper:
            page.get_by_role("button", name="打印申请表和证明表").first.click()
        assert paper.value.suggested_filename.endswith(".pdf")
        page.goto(f"/cases/{key}")
        record(page, "close")
        stands(page, "已结案")
        page.goto("/reports/targets")
        expect(page.get_by_role("img", name="脱贫人口务工规模")).to_contain_text("1 / 37,500")
        context.close()
