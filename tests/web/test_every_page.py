"""What holds on every page of a made-up village, found in the app itself: it opens, asks little of the database, and in
a real browser has no serious fault for people who cannot see or hold a mouse, in both languages, on both screens."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.test import TestResponse

from tests.counting import counting
from tests.web.driving import CHROMIUM, fits, serving
from tests.web.every_page import Village, axe_source, role_for, village

MOST_QUERIES = 12
BARE_CODE = re.compile(r">\s*[A-Z]+(?:_[A-Z0-9]+)+\s*<")
"""A code that has no words."""
SCREENS = {"office-pc": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
SERIOUS = frozenset({"serious", "critical"})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """A village with everything that a page shows."""
    with village(tmp_path_factory.mktemp("every")) as found:
        yield found


def test_every_page_opens_in_both_languages_and_shows_no_bare_code(whole: Village) -> None:
    faults = list[tuple[str, str, int, str]]()
    for client, endpoint, address in whole.visits():
        for language in ("zh", "en"):
            client.set_cookie("lang", language)
            reply = client.get(address, buffered=True)
            if reply.status_code not in (200, 302, 304) or (
                reply.mimetype == "text/html" and BARE_CODE.search(reply.text)
            ):
                found = BARE_CODE.search(reply.text) if reply.mimetype == "text/html" else None
                faults.append((endpoint, language, reply.status_code, found.group() if found else ""))
    assert faults == []


def test_no_page_asks_the_database_more_than_a_dozen_times(whole: Village) -> None:
    dear = list[tuple[str, int]]()
    for client, endpoint, address in whole.visits():
        client.get(address, buffered=True)
        with counting(whole.office) as sent:
            client.get(address, buffered=True)
        if len(sent) > MOST_QUERIES:
            dear.append((endpoint, len(sent)))
    assert dear == []


def is_page(answer: TestResponse) -> bool:
    """Whether an answer is a whole page, no part of one and no file."""
    return answer.status_code == 200 and answer.data.startswith(b"<!doctype html>")


def cookies_of(client: FlaskClient, root: str, language: str) -> list[dict[str, str]]:
    """The session of somebody signed in, for a browser, and the language."""
    found = client.get_cookie("job131")
    assert found is not None
    return [{"name": "job131", "value": found.value, "url": root}, {"name": "lang", "value": language, "url": root}]


def looked_over(page: Page, addresses: list[tuple[str, str]], *, by_everybody: bool) -> list[str]:
    """What is wrong with pages, each by its endpoint."""
    complaints: list[str] = []
    page.set_default_timeout(8_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for endpoint, address in addresses:
        page.goto(address)
        if by_everybody:
            page.evaluate(axe_source())
            complaints += [f"{endpoint}: {fault}" for fault in faults_of(page)]
        if not fits(page):
            complaints.append(f"{endpoint}: wider than the screen")
    return complaints


def faults_of(page: Page) -> list[str]:
    """Serious faults of an open page, each with its rule and the first element that has it."""
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in SERIOUS]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)")
@pytest.mark.parametrize(
    ("screen", "language", "by_everybody"),
    [("office-pc", "zh", True), ("phone", "en", True), ("office-pc", "en", False), ("phone", "zh", False)],
)
def test_every_page_fits_the_screen_and_can_be_used_by_everybody(
    whole: Village, browser: Browser, screen: str, language: str, by_everybody: bool
) -> None:
    pages = [
        (role_for(endpoint), endpoint, address)
        for client, endpoint, address in whole.visits()
        if (answer := client.get(address, buffered=True)).status_code == 200
        and answer.data.startswith(b"<!doctype html>")
    ]
    assert len(pages) > 40
    complaints: list[str] = []
    with serving(whole.app) as root:
        for role in sorted({role for role, _, _ in pages}):
            context = browser.new_context(viewport=SCREENS[screen], base_url=root, bypass_csp=True)  # type: ignore[arg-type]
            context.add_cookies(cookies_of(whole.visitor(role), root, language))  # type: ignore[arg-type]
            mine = [(endpoint, address) for who, endpoint, address in pages if who == role]
            complaints += looked_over(context.new_page(), mine, by_everybody=by_everybody)
            context.close()
    assert complaints == []
