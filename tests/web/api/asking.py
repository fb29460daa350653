"""How the tests speak to the API: a program with a token, and the document its answers are held against."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from werkzeug.test import TestResponse

from matcher.domain.clients import Right
from matcher.office import Office, OfficeConfig
from tests.web.made_up import NOW, World
from web.api.document import the_document
from web.app import create_app
from web.config import WebConfig
from web.pace import PACE

ROOT = "/api/v1"


@dataclass(frozen=True)
class Program:
    """A client of the API with its token."""

    world: World
    name: str
    token: str

    def ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, language: str = "zh", **more: Any
    ) -> TestResponse:
        """One request; an address of ours may be given whole."""
        self.world.app.extensions.pop(PACE, None)  # the pace has tests of its own
        address = path if path.startswith(ROOT) else ROOT + path
        sent = {"Authorization": f"Bearer {self.token}", "Accept-Language": language} | (headers or {})
        return self.world.app.test_client(use_cookies=False).open(address, method=method, headers=sent, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        """A look."""
        return self.ask("GET", path, **more)

    def tag(self, path: str) -> str:
        """The ETag of a record."""
        return self.get(path).headers["ETag"]


def program(
    world: World, *rights: Right, name: str = "probe", division: str = "", villages: tuple[str, ...] = ()
) -> Program:
    """A client with some rights, or with all of them."""
    with world.office.unit("admin") as unit:
        _, token = unit.clients.add(name, rights or tuple(Right), division=division, villages=villages)
    return Program(world, name, token)


@lru_cache(maxsize=200)
def validator(*way: str) -> jsonschema_rs.Draft202012Validator:
    """What holds for one part of the document."""
    document = the_document()
    part: Any = document
    for name in way:
        part = part[name]
    return jsonschema_rs.Draft202012Validator({**part, "components": document["components"]})


def conforms(answer: TestResponse, method: str, path: str) -> None:
    """Fails where an answer is not as the document says."""
    status = str(answer.status_code)
    told = the_document()["paths"][path][method.lower()]["responses"][status]
    if "$ref" in told:
        assert answer.mimetype == "application/problem+json"
        validator("components", "schemas", "Problem").validate(answer.get_json(force=True))
    elif "content" in told:
        assert answer.mimetype == "application/json"
        way = ("paths", path, method.lower(), "responses", status, "content", "application/json", "schema")
        validator(*way).validate(answer.get_json())
    else:
        assert answer.data == b""


@contextmanager
def copied(template: Path, folder: Path) -> Iterator[World]:
    """A world of its own, copied from one that was filled before: much sooner ready than a new one."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    office = Office.open(config, clock=lambda: NOW)
    web = WebConfig(secret_key="a test key that is long enough to sign", upload_folder=folder / "up", start_runs=False)
    app = create_app(web, office)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    try:
        yield World(office, app, bao=1, wang=2, far=3, posting=1)
    finally:
        office.close()
