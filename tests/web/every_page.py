"""Every page there is: found in the app itself, opened with records of a made-up village.

In: the app and its office. Out: the addresses of all pages that a person can open, so that what holds for pages is
tried on each, also on those nobody thought of.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from secrets import token_hex

from flask import Flask
from flask.testing import FlaskClient
from waitress.server import create_server
from werkzeug.routing import Rule

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.casework import plan_people
from matcher.domain.incoming.feed import Feed
from matcher.domain.settings import SWITCHED_ON, SettingName
from matcher.office import Office, OfficeConfig, UnitOfWork, init_office
from web.app import create_app
from web.config import WebConfig

SAMPLE_DAY = date(2026, 3, 16)
NOT_FOR_READING = frozenset({"static", "entry.stylesheet", "shared.style"})
"""Routes that bring style, not pages."""


@dataclass(frozen=True, slots=True)
class Example:
    """Records that pages are opened with."""

    person: int
    posting: int
    run: int
    import_key: int
    waiting: str
    """The token of a file that waits for a look."""
    feed: int


Values = dict[str, object]
EXAMPLES: dict[str, Callable[[Example], Values]] = {
    "people.person": lambda one: {"key": one.person},
    "plan_desk.history": lambda one: {"key": one.person},
    "postings.posting": lambda one: {"key": one.posting},
    "counter.holders": lambda one: {"key": one.posting},
    "imported.record": lambda one: {"key": one.import_key},
    "imports.errors": lambda one: {"token": one.waiting},
    "imports.preview": lambda one: {"token": one.waiting},
    "imports.progress": lambda one: {"token": one.waiting},
    "imports.template": lambda one: {"kind": "workers"},
    "changes.of_import": lambda one: {"key": one.import_key},
    "changes.download": lambda one: {"key": one.import_key},
    "runs.run": lambda one: {"key": one.run},
    "runs.progress": lambda one: {"key": one.run},
    "pasted.done": lambda one: {"key": one.import_key},
    "feeds.source": lambda one: {"key": one.feed},
    "tour.step": lambda one: {"number": 3},
    "shared.job": lambda one: {"key": one.posting},
}
"""What a page with a record in its address is opened with; a new one is added here."""


@dataclass(frozen=True, slots=True)
class Village:
    """A made-up village that is served."""

    office: Office
    app: Flask
    example: Example

    def addresses(self) -> dict[str, str]:
        """Every address that can be opened, by endpoint."""
        rules = [rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or set())]
        shown = [rule for rule in rules if rule.endpoint not in NOT_FOR_READING]
        unknown = sorted(rule.endpoint for rule in shown if rule.arguments and not self._values(rule))
        assert not unknown, f"say in EXAMPLES which record opens {unknown}"
        with self.app.test_request_context():
            adapter = self.app.create_url_adapter(None) or self.app.url_map.bind("localhost")
            return {rule.endpoint: adapter.build(rule.endpoint, self._values(rule)) for rule in shown}

    def _values(self, rule: Rule) -> Values:
        """The arguments of an address."""
        given = EXAMPLES.get(rule.endpoint)
        return given(self.example) if given and rule.arguments else {}


@contextmanager
def village(folder: Path) -> Iterator[Village]:
    """An office of a few dozen made-up people with plans, in demo mode."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "key")
    init_office(config)
    office = Office.open(config)
    files = write_sample(folder / "sample", size="village", as_of=office.today())
    reports = [
        run_import(office, kind, path, as_of=office.today(), actor="demo")
        for kind, path in (("postings", files.postings), ("training", files.training), ("workers", files.workers))
    ]
    with office.unit(actor="demo") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
        unit.settings.put(SettingName.PUBLISHING, SWITCHED_ON)
        unit.settings.put(SettingName.OFFICE_NAME, "示例就业服务中心")
    plan_people(office, actor="demo")
    web = WebConfig(secret_key=token_hex(16), upload_folder=folder / "uploads", demo=True, start_runs=False)
    app = create_app(web, office)
    app.testing = True
    waiting = _hand_in(app)
    with office.unit(actor="demo") as unit:
        feed = unit.feeds.add(Feed(name="示例来源", url="https://jobs.example.org/list.json"))
        example = _example(unit, reports[2].import_key or 0, waiting, feed)
    try:
        yield Village(office, app, example)
    finally:
        office.close()


def _example(unit: UnitOfWork, import_key: int, waiting: str, feed: int) -> Example:
    """Somebody whose plan has most in it."""
    stored = max(unit.plans.current_bodies(), key=lambda one: (len(one.plan.matches), one.plan.training is not None))
    posting = stored.plan.matches[0].posting_key
    return Example(stored.plan.worker_key, posting, stored.run_key, import_key, waiting, feed)


def enter(app: Flask) -> FlaskClient:
    """A visitor of the demonstration."""
    client = app.test_client()
    client.post("/demo", data={"csrf_token": token_of(client, "/sign-in")})
    return client


def token_of(client: FlaskClient, address: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None, address
    return found[1]


def _hand_in(app: Flask) -> str:
    """A spreadsheet with a wrong row that waits for somebody to look at it."""
    table = "编号,岗位名称,用人单位,工作地点\nZ-1,护林员,示例林场,奈曼旗\nZ-2,,示例林场,奈曼旗\n"
    file = (BytesIO(table.encode()), "岗位.csv")
    client = enter(app)
    form = {"kind": "postings", "file": file, "csrf_token": token_of(client, "/imports/")}
    reply = client.post("/imports/", data=form)
    return str(reply.location).rstrip("/").rsplit("/", 1)[-1]


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app at an address of this machine."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)


@cache
def axe_source() -> str:
    """The checker of accessible pages."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
