"""A made-up office with an open fair, its app, and accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.domain.account import Role
from matcher.domain.fairs import Fair, Room
from matcher.fairs.pins import make_pin
from matcher.office import Office
from tests.matcher.fairs.hall import DIVISION, an_open_fair, copied, opened
from tests.web.made_up import PASSWORD
from web.app import create_app
from web.config import EXTENSION, WebConfig

ACCOUNTS = (
    ("window", Role.WINDOW, DIVISION),
    ("elsewhere", Role.WINDOW, "150523"),
    ("organiser", Role.FAIR_ORGANISER, DIVISION),
    ("viewer", Role.VIEWER, DIVISION),
)
SIGNED_WITH = token_hex(20)


@dataclass
class FairWorld:
    """An office with a fair, its app, and the PINs of its rooms."""

    office: Office
    app: Flask
    fair: Fair
    pins: dict[Room, str]

    def client(self, name: str = "") -> FlaskClient:
        """A browser, signed in where a name is given."""
        client = self.app.test_client()
        if name:
            assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302, name
        return client

    def later(self, seconds: float) -> None:
        """Let time pass for the web app."""
        config: WebConfig
        config, office = self.app.extensions[EXTENSION]
        moved = config.now() + seconds
        self.app.extensions[EXTENSION] = (replace(config, now=lambda: moved), office)


def app_of(office: Office, folder: Path, *, fair_key: int = 0, demo: bool = False, csrf: bool = False) -> Flask:
    """The app over an office; for one fair where its key is given."""
    web = WebConfig(
        secret_key=SIGNED_WITH, upload_folder=folder / "uploads", start_runs=False, fair_key=fair_key, demo=demo
    )
    app = create_app(web, office)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=csrf)
    return app


@pytest.fixture(scope="session")
def open_fair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Room, str]]:
    """The folder of an office whose fair has its doors open, and the PINs."""
    folder = tmp_path_factory.mktemp("open-fair")
    with opened(folder) as office:
        fair = an_open_fair(office)
        with office.unit() as unit:
            for name, role, division in ACCOUNTS:
                unit.accounts.add(name, role, PASSWORD, division=division)
        return folder, {room: make_pin(office, fair, room, actor="test") for room in Room}


@pytest.fixture
def make_world(open_fair: tuple[Path, dict[Room, str]], tmp_path: Path) -> Iterator[Callable[[bool], FairWorld]]:
    """Makes a world of this test's own: of an office, or served for the fair alone."""
    with copied(open_fair[0], tmp_path / "office") as office:
        with office.reading() as unit:
            [fair] = unit.fairs.all()
        yield lambda alone: FairWorld(
            office, app_of(office, tmp_path, fair_key=fair.key if alone else 0), fair, open_fair[1]
        )


@pytest.fixture
def world(make_world: Callable[[bool], FairWorld]) -> FairWorld:
    """An office with an open fair."""
    return make_world(False)


@pytest.fixture
def hall(make_world: Callable[[bool], FairWorld]) -> FairWorld:
    """The same, served for the fair alone."""
    return make_world(True)
