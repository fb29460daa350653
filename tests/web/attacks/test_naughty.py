"""Naughty texts in every text field of every form: nothing bursts, nothing runs, nothing is shown as anything but text.

Each form is sent in process with a share of the texts, together every text; what was stored by it is then opened in a
real browser, page by page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Browser

from tests.web.attacks.besieged import Siege, besieged
from tests.web.attacks.found_forms import TOKEN, Form, forms_of
from tests.web.attacks.naughty import MARK, NAUGHTY
from tests.web.driving import CHROMIUM, serving
from tests.web.every_page import DEMO, role_for, token_of
from tests.web.test_every_page import cookies_of

ROUNDS = 1
"""How many of the texts each form is sent."""
LEAVES = frozenset({"entry.sign_out", "entry.demo", "entry.sign_in", "home.load_sample", "accounts.change_password"})
"""Forms that end or begin a session, or take long."""
LOCKS = frozenset({"accounts.act", "accounts.change"})
"""Forms that would lock out those who come after."""
LOOKED_AT = 30
"""How many pages are opened in the browser."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Siege, list[tuple[str, str, int]]]]:
    """A village after naughty texts were sent to all its forms; what burst."""
    with besieged(tmp_path_factory.mktemp("naughty")) as siege:
        siege.village.app.testing = False
        siege.village.app.config["PROPAGATE_EXCEPTIONS"] = False
        yield siege, list(burst(siege))


def all_forms(siege: Siege) -> list[tuple[str, Form]]:
    """Every form of every page with who sees it."""
    found: dict[tuple[str, tuple[str, ...]], tuple[str, Form]] = {}
    for client, endpoint, address in siege.village.visits():
        page = client.get(address, buffered=True)
        if page.status_code == 200 and page.mimetype == "text/html":
            for form in forms_of(page.text, address):
                known = (form.action, tuple(sorted(field.name for field in form.fields)))
                found.setdefault(known, (role_for(endpoint), form))
    return list(found.values())


def burst(siege: Siege) -> Iterator[tuple[str, str, int]]:
    """Sends every form; what was answered with an error of ours."""
    texts = cycle(NAUGHTY)
    adapter = siege.village.app.url_map.bind("localhost")
    forms = all_forms(siege)
    clients = {role: siege.village.visitor(role) for role, _ in forms}
    pages = {role: "/people/" if role == DEMO else "/account/password" for role in clients}
    visitors = {role: (client, token_of(client, pages[role])) for role, client in clients.items()}
    for role, form in forms:
        endpoint, _ = adapter.match(form.action, method="POST")
        if endpoint in LEAVES | LOCKS:
            continue
        client, token = visitors[role]
        for _ in range(ROUNDS):
            text = next(texts)
            answer = client.post(form.action, data=form.attacked(text) | {TOKEN: token}, buffered=True)
            if answer.status_code >= 500:
                yield endpoint, text[:40], answer.status_code


def test_no_form_bursts(attacked: tuple[Siege, list[tuple[str, str, int]]]) -> None:
    assert attacked[1] == []


def marked_pages(siege: Siege) -> list[str]:
    """Pages of the demonstration that show what was stored, the first of them."""
    found, client = [], siege.village.visitor(DEMO)
    for endpoint, address in siege.village.addresses().items():
        if role_for(endpoint) != DEMO:
            continue
        answer = client.get(address, buffered=True)
        assert answer.status_code < 500, endpoint
        if answer.data.startswith(b"<!doctype html>") and MARK in answer.text:
            found.append(address)
    return found


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_what_was_stored_is_shown_as_text_and_nothing_runs(
    attacked: tuple[Siege, list[tuple[str, str, int]]], browser: Browser
) -> None:
    siege, _ = attacked
    pages, complaints = marked_pages(siege)[:LOOKED_AT], list[str]()
    assert pages
    with serving(siege.village.app) as root:
        context = browser.new_context(base_url=root)
        context.add_cookies(cookies_of(siege.village.visitor(DEMO), root, "zh"))  # type: ignore[arg-type]
        page = context.new_page()
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(root) else complaints.append(asked.url))
        for address in pages:
            page.goto(address)
            assert page.url.startswith(root)
            loose = page.evaluate(
                "document.querySelectorAll('script:not([src]), [onerror], [onload], iframe, base').length"
            )
            complaints += [f"{address}: {loose} elements of a stored text"] * bool(loose)
        context.close()
    assert complaints == []
