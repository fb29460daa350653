"""Naughty texts everywhere: `python -m tests.drills.naughty [--texts N] [--minutes M] [--write PAGE]`.

In: how many of the texts, and how long the browser may work. Every text goes into every text field of every form that
is found by walking through the app; a real Chromium then fills the forms itself and looks at every page. Out: what
burst, ran, was reported by the browser, or stood in a spreadsheet or paper as anything but text.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask.testing import FlaskClient
from lxml import etree
from openpyxl import load_workbook
from playwright.sync_api import Browser, Error, Page, TimeoutError, sync_playwright

from matcher.domain.papers.records import PrintOrder
from matcher.domain.settings import SettingName
from tests.drills.page import put_section
from tests.web.attacks.besieged import Siege, besieged
from tests.web.attacks.found_forms import TOKEN, TYPED, Form
from tests.web.attacks.naughty import FORMULAS, MARK, NAUGHTY
from tests.web.attacks.test_naughty import LEAVES, LOCKS, all_forms
from tests.web.driving import CHROMIUM, FLAGS, serving
from tests.web.every_page import DEMO, role_for, token_of
from tests.web.test_every_page import cookies_of
from web.papers.printing import order_papers
from web.printing.work import work_off_order

STARTS_LIKE_A_FORMULA = re.compile(r"[=+\-@\t\r]")
A_NUMBER = re.compile(r"[-+]?\d[\d.,:/%]*")
"""A cell that begins with a sign and is a number harms nobody."""
PATIENCE = 8_000
WATCH = """addEventListener('securitypolicyviolation',
  e => console.error('csp ' + e.violatedDirective + ' ' + e.blockedURI))"""
REFUSED = re.compile(r"the server responded with a status of (400|403|404|409|413|422)")
"""What Chromium says of an answer that refuses what was sent."""
FILL = """(wanted) => {
  const leads = f => new URL(f.getAttribute('action') || location.href, location.href).pathname;
  const form = [...document.forms].find(f => leads(f) === wanted.action && f.method === 'post');
  if (!form) return false;
  for (const one of form.elements) {
    if (wanted.names.includes(one.name)) { one.removeAttribute('maxlength'); one.value = wanted.text; }
  }
  form.dataset.naughty = '1';
  return true;
}"""
SEND = "HTMLFormElement.prototype.submit.call(document.querySelector('form[data-naughty]'))"


@dataclass
class Found:
    """What went wrong, and how much was tried."""

    complaints: list[str] = field(default_factory=list)
    sent: int = 0
    filled: int = 0
    pages: int = 0
    files: int = 0
    cells: int = 0

    def say(self, what: str) -> None:
        """Keeps a complaint once, and tells it at once."""
        if what not in self.complaints:
            self.complaints.append(what)
            sys.stderr.write(f"{what}\n")


def attackable(siege: Siege) -> list[tuple[str, Form, str]]:
    """(role, form, endpoint) of every form that takes a text and leaves the session as it is."""
    adapter = siege.village.app.url_map.bind("localhost")
    found = []
    for role, form in all_forms(siege):
        endpoint, _ = adapter.match(form.action, method="POST")
        if endpoint not in LEAVES | LOCKS and names_of(form):
            found.append((role, form, str(endpoint)))
    return found


def names_of(form: Form) -> list[str]:
    """The fields of a form that take any text."""
    return [one.name for one in form.fields if one.kind in TYPED - {"hidden"} and one.name != TOKEN]


def send_everything(siege: Siege, texts: tuple[str, ...], found: Found) -> None:
    """Every text in every form, in process."""
    visitors: dict[str, tuple[FlaskClient, str]] = {}
    for role, form, endpoint in attackable(siege):
        for text in texts:
            if role not in visitors:
                client = siege.village.visitor(role)
                visitors[role] = client, token_of(client, "/people/" if role == DEMO else "/account/password")
            client, token = visitors[role]
            answer = client.post(form.action, data=form.attacked(text) | {TOKEN: token}, buffered=True)
            found.sent += 1
            if answer.status_code >= 500:
                found.say(f"{endpoint} answers {answer.status_code} to {text[:40]!r}")
            if (answer.location or "").startswith("/sign-in"):
                del visitors[role]


def watch(page: Page, root: str, found: Found) -> None:
    """Dialogs, reports of the policy, errors, and requests that leave the site."""
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCH)

    def complain(kind: str, what: str) -> None:
        found.say(f"{kind} on {page.url.removeprefix(root)[:60]}: {what[:120]}")

    page.on("dialog", lambda dialog: (complain("a dialog", dialog.message), dialog.dismiss()))
    page.on("console", lambda line: complain("console", line.text) if speaks_up(line.type, line.text) else None)
    page.on("pageerror", lambda error: complain("an error", str(error)))
    page.on("response", lambda got: complain("status", str(got.status)) if got.status >= 500 else None)
    page.on("request", lambda asked: None if asked.url.startswith((root, "data:")) else complain("leaves", asked.url))


def speaks_up(kind: str, text: str) -> bool:
    """Whether a line of the console is a complaint."""
    return kind == "error" and not REFUSED.search(text)


def drive(siege: Siege, browser: Browser, texts: tuple[str, ...], seconds: float, found: Found) -> None:
    """A real browser fills forms with one text after the other as long as there is time, then looks at every page."""
    until = time.monotonic() + seconds
    with serving(siege.village.app) as root:
        pages: dict[str, Page] = {}

        def of(role: str) -> Page:
            if role not in pages:
                context = browser.new_context(base_url=root)
                context.add_cookies(cookies_of(siege.village.visitor(role), root, "zh"))  # type: ignore[arg-type]
                pages[role] = context.new_page()
                watch(pages[role], root, found)
            return pages[role]

        forms = attackable(siege)
        for round_ in range(len(texts)):
            for at, (role, form, _) in enumerate(forms):
                if time.monotonic() > until:
                    break
                fill(of(role), form, texts[(round_ + at) % len(texts)], found)
        for client, endpoint, address in siege.village.visits():
            if client.get(address, buffered=True).mimetype == "text/html":
                look(of(role_for(endpoint)), address, found)


def fill(page: Page, form: Form, text: str, found: Found) -> None:
    """Fills one form in its page and sends it."""
    page.goto(form.page)
    wanted = {"action": form.action, "names": names_of(form), "text": text}
    if not page.evaluate(FILL, wanted):
        return
    try:
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.evaluate(SEND)
    except TimeoutError:
        found.say(f"{form.action} does not answer Chromium to {text[:40]!r}")
    except Error as ended:
        if "ERR_ABORTED" not in ended.message:  # a file came instead of a page
            raise
    found.filled += 1
    inert_page(page, found)


def look(page: Page, address: str, found: Found) -> None:
    """One page with whatever was stored."""
    page.goto(address, wait_until="domcontentloaded")
    found.pages += 1
    inert_page(page, found)


def inert_page(page: Page, found: Found) -> None:
    """Whether a stored text has become an element of the page."""
    loose = page.evaluate(
        "document.querySelectorAll('script:not([src]), [onerror], [onload], [ontoggle], iframe, base, "
        "meta[http-equiv=refresh][content*=evil], form[action*=evil]').length"
    )
    if loose:
        found.say(f"{loose} elements of a stored text on {page.url}")


def somebody_left(siege: Siege) -> int:
    """Somebody with a plan whom no form has taken away."""
    with siege.village.office.reading() as unit:
        here = {one.key for one in unit.workers.all_for_planning()} - set(unit.life.gone())
        return next(one.plan.worker_key for one in unit.plans.current_bodies() if one.plan.worker_key in here)


def files_of(siege: Siege) -> Iterator[tuple[str, bytes]]:
    """Every file that can be fetched, and papers made anew."""
    for client, endpoint, address in siege.village.visits():
        answer = client.get(address, buffered=True)
        if answer.status_code == 200 and answer.mimetype not in ("text/html", "application/json"):
            yield endpoint, answer.data
    office = siege.village.office
    person = somebody_left(siege)
    client = siege.village.visitor(DEMO)
    with office.unit(actor="demo") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")  # forms have made nonsense of it; papers need one
    for ending in ("pdf", "docx", "html"):
        key = order_papers(office, PrintOrder(worker_key=person, ending=ending), actor="demo")
        work_off_order(office, key)
        answer = client.get(f"/print/job/{key}/file", buffered=True)
        assert answer.status_code == 200, ending
        yield f"papers.{ending}", answer.data


def read_files(siege: Siege, found: Found) -> None:
    """Whether every file opens, and no cell of it is a formula."""
    for name, content in files_of(siege):
        found.files += 1
        try:
            cells = list(cells_of(content))
        except Exception as broken:  # noqa: BLE001 – any reader's own complaint is one
            found.say(f"{name} does not open: {type(broken).__name__}")
            continue
        found.cells += len(cells)
        for cell in cells:
            if STARTS_LIKE_A_FORMULA.match(cell) and not A_NUMBER.fullmatch(cell):
                found.say(f"{name} has a cell {cell[:30]!r}")


def cells_of(content: bytes) -> Iterator[str]:
    """The texts of a spreadsheet, cell by cell; nothing of other files, which only have to open."""
    if content.startswith(b"%PDF"):
        subprocess.run(["pdfinfo", "-"], input=content, check=True, capture_output=True)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            for name in names:
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(book.read(name))
        if "xl/workbook.xml" in names:
            for sheet in load_workbook(io.BytesIO(content)):
                for row in sheet.iter_rows():
                    yield from (str(cell.value) for cell in row if isinstance(cell.value, str))
    elif content[:3] == b"\xef\xbb\xbf":
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            yield from row


def _said(given: argparse.Namespace) -> str:
    """The command as it was given."""
    return f"python -m tests.drills.naughty --texts {given.texts} --minutes {given.minutes:g}"


def some(many: int) -> tuple[str, ...]:
    """So many of the texts, of every kind."""
    return NAUGHTY[:: max(1, len(NAUGHTY) // max(1, many))][:many]


def main() -> None:
    """Attack and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=len(NAUGHTY))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    began, found, texts = time.monotonic(), Found(), some(given.texts)
    with tempfile.TemporaryDirectory(prefix="job131naughty") as folder, besieged(Path(folder)) as siege:
        siege.village.app.testing = False
        siege.village.app.config["PROPAGATE_EXCEPTIONS"] = False
        forms = attackable(siege)
        fields = sum(len(names_of(form)) for _, form, _ in forms)
        send_everything(siege, texts, found)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            drive(siege, browser, texts, given.minutes * 60, found)
            browser.close()
        read_files(siege, found)
    lines = [
        f"{len(texts)} texts ({MARK!r} in those that would run, {len(FORMULAS)} like formulas) in {fields} text fields "
        f"of {len(forms)} forms: {found.sent:,} forms sent, {found.filled:,} of them filled by Chromium as well, "
        f"{found.pages} pages looked at, {found.files} files with {found.cells:,} cells opened: "
        f"**{len(found.complaints)} complaints** ({time.monotonic() - began:.0f} s).",
    ]
    sys.stdout.write("\n".join([*lines, *found.complaints]) + "\n")
    if given.write:
        put_section(given.write, "naughty", lines, _said(given))
    if found.complaints:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
