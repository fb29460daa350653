"""Pictures of every page and every paper: `python -m tests.screens FOLDER` (`make screens`).

In: nothing but Chromium, pdftoppm and a font with Chinese characters. Out: PNG files of every page there is, found in
the app itself, on an office PC and on a phone, in Chinese and in English, and of every paper, all of a made-up
prefecture. Those the README and the handbook show are copied to docs/pictures.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.screens_papers import take_papers
from tests.web.driving import CHROMIUM, FLAGS, serving
from tests.web.every_page import Village, role_for, village
from tests.web.test_every_page import cookies_of

SIZES = {"pc": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
LANGUAGES = ("zh", "en")
PICTURES = Path("docs/pictures")
SHOWN = {
    "home": "home.index-pc-zh",
    "home-phone": "home.index-phone-zh",
    "person": "people.person-pc-zh",
    "village": "village.index-pc-zh",
    "village-phone": "village.index-phone-zh",
    "slips": "slips.index-pc-zh",
    "slip-phone": "slips.phone-phone-zh",
    "round": "village.round-pc-zh",
    "walk-in": "intake.index-pc-zh",
    "imports": "imports.index-pc-zh",
    "preview": "imports.preview-pc-zh",
    "paste": "pasted.index-pc-zh",
    "checks": "checks.index-pc-zh",
    "hall": "fairs.fair-pc-zh",
    "door": "door.index-pc-zh",
    "booth": "booth.index-phone-zh",
    "fair-report": "fairs.outcome-pc-zh",
    "coverage": "reports.index-pc-zh",
    "map": "report-map-pc-zh",
    "policy": "policy.index-pc-zh",
    "print": "sheets.index-pc-zh",
    "sheet-1": "paper-sheet-1",
    "sheet-2": "paper-sheet-2",
}
"""Picture of the README or the handbook → picture of the whole set."""


def shoot(browser: Browser, place: Village, address: str, folder: Path) -> None:
    """Every page in both sizes and both languages."""
    pages = [
        (role_for(endpoint), endpoint.replace("reports.report ", "report-"), path)
        for client, endpoint, path in place.visits()
        if (answer := client.get(path, buffered=True)).status_code == 200 and answer.data.startswith(b"<!doctype html>")
    ]
    for size, viewport in SIZES.items():
        for language in LANGUAGES:
            for role in sorted({role for role, _, _ in pages}):
                context = browser.new_context(viewport=viewport, locale="zh-CN", base_url=address)  # type: ignore[arg-type]
                context.add_cookies(cookies_of(place.visitor(role), address, language))  # type: ignore[arg-type]
                page = context.new_page()
                for name, path in ((name, path) for who, name, path in pages if who == role):
                    page.goto(path)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=folder / f"{name}-{size}-{language}.png")
                context.close()


def take(folder: Path) -> None:
    """Build the made-up prefecture, serve it, and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, village(Path(place), size="standard") as found:
        with serving(found.app) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            shoot(browser, found, address, folder)
            browser.close()
        take_papers(found.office, found.example.person, folder)
    for name, one in SHOWN.items():
        shutil.copyfile(folder / f"{one}.png", PICTURES / f"{name}.png")


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens"))
