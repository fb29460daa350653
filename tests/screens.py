"""Pictures of the app and of a match sheet for the README: `python -m tests.screens FOLDER`.

In: nothing but Chromium, pdftoppm and a font with Chinese characters. Out: PNG files of every page on an office PC
and on a phone, and of both sides of a sheet, all of the made-up prefecture.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from matcher.office import Office, OfficeConfig
from tests.screens_papers import take_papers
from tests.web.test_browser import CHROMIUM, FLAGS
from web.app import create_app
from web.cli import main
from web.config import load_web_config

SIZES = {"pc": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
PAGES = {
    "home": "/",
    "village": "/village/",
    "round": "/village/round",
    "slips": "/slips/",
    "people": "/people/",
    "person": "/people/{person}",
    "plans": "/people/{person}/plans",
    "walk-in": "/people/new/",
    "changes": "/people/{person}/changes",
    "villages": "/villages/",
    "classes": "/classes/",
    "class": "/classes/1",
    "postings": "/postings/",
    "posting": "/postings/{posting}",
    "holders": "/postings/{posting}/holders",
    "suits": "/postings/paste/done?keys={posting}",
    "paste": "/postings/paste/",
    "names": "/postings/names/",
    "same": "/postings/same/",
    "checks": "/postings/checks",
    "stale": "/postings/stale",
    "employers": "/employers",
    "sharing": "/sharing/",
    "imports": "/imports/",
    "review": "/imports/review/",
    "questions": "/people/questions",
    "runs": "/runs/",
    "run": "/runs/1",
    "coverage": "/reports/",
    "targets": "/reports/targets",
    "waiting": "/reports/waiting",
    "pay": "/reports/pay",
    "supply": "/reports/supply",
    "map": "/reports/map",
    "fairness": "/reports/fairness",
    "policy": "/policy/",
    "parameter": "/policy/one?name=weights.wish.pay",
    "print": "/print/",
    "fairs": "/fairs/",
    "papers": "/print/person/{person}",
    "settings": "/settings/",
    "api": "/api/v1/docs",
    "slices": "/slices/",
    "password": "/accounts/password",
}


def complete_person(office: Office) -> tuple[int, int]:
    """Somebody with three postings and a class, and the first of the postings."""
    with office.reading() as unit:
        for stored in unit.plans.current_bodies():
            if len(stored.plan.matches) == 3 and stored.plan.training is not None:
                return stored.plan.worker_key, stored.plan.matches[0].posting_key
    raise LookupError("nobody has three postings and a class")


def sign_in(page: Page) -> None:
    """Into the demonstration with one click."""
    page.goto("/")
    page.get_by_role("button", name="一键进入演示").click()
    page.wait_for_load_state("networkidle")


def shoot(browser: Browser, address: str, folder: Path, keys: tuple[int, int]) -> None:
    """Every page in both sizes."""
    for size, viewport in SIZES.items():
        context = browser.new_context(viewport=viewport, locale="zh-CN", base_url=address)  # type: ignore[arg-type]
        page = context.new_page()
        sign_in(page)
        for name, path in PAGES.items():
            page.goto(path.format(person=keys[0], posting=keys[1]))
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}-{size}.png")
        context.close()


def sheet(folder: Path, home: Path, person: str) -> None:
    """Both sides of one match sheet."""
    with TemporaryDirectory() as place:
        pdf = Path(place) / "sheet.pdf"
        main(["--home", str(home), "sheets", "--worker", person, "-o", str(pdf)])
        command = ["pdftoppm", "-png", "-r", "80", "-gray", str(pdf), str(folder / "sheet")]
        subprocess.run(command, check=True)


def take(folder: Path) -> None:
    """Build the made-up prefecture, serve it, and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        home, key = Path(place) / "data", Path(place) / "keys" / "key"
        os.environ |= {"JOB131_HOME": str(home), "JOB131_KEY_FILE": str(key)}
        if main(["demo", "--no-serve"]) != 0:
            raise SystemExit("the demo did not run")
        office = Office.open(OfficeConfig(home=home, key_file=key))
        server = create_server(create_app(load_web_config(home, key, demo=True), office), host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        keys = complete_person(office)
        shoot(browser, f"http://127.0.0.1:{server.effective_port}", folder, keys)
        browser.close()
        server.close()
        with office.reading() as unit:
            person = unit.workers.get(keys[0]).value.ref
        take_papers(office, keys[0], folder)
        office.close()
        sheet(folder, home, person)


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
