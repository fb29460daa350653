"""An app over an office with trouble around its database.

In: an office. Out: a clerk's client that keeps filters under names (the smallest thing a page can store), which of them
are there, and a database that fails as disks do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from matcher.office import Office
from web.app import create_app
from web.config import WebConfig

PAGE = "people.index"
WRITES = ("INSERT", "UPDATE", "DELETE")


def app_of(office: Office, folder: Path) -> Flask:
    """The app as it runs, in demo mode, but without tokens in its forms."""
    web = WebConfig(secret_key=token_hex(16), upload_folder=folder / "uploads", demo=True, start_runs=False)
    app = create_app(web, office)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def clerk_of(app: Flask) -> FlaskClient:
    """Somebody signed in to the demonstration."""
    client = app.test_client()
    assert client.post("/demo").status_code == 302
    return client


def keep(client: FlaskClient, name: str, chosen: str = "131") -> TestResponse:
    """Keeps a filter under a name, instead of the one kept there before."""
    return client.post("/saved/", data={"page": PAGE, "name": name, "track": chosen})


def kept(office: Office) -> dict[str, str]:
    """The names of the filters that are there, and what each chooses."""
    with office.reading() as unit:
        found = unit.filters.of(0, PAGE)
    assert len(found) == len({one.name for one in found})
    return {one.name: one.chosen["track"] for one in found}


@contextmanager
def failing(office: Office, words: str, statements: tuple[str, ...]) -> Iterator[None]:
    """Statements of a kind fail as SQLite does on a disk in trouble."""

    def fail(_cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(statements):
            raise sqlite3.OperationalError(words)

    engine = office.store._engine
    event.listen(engine, "do_execute", fail)
    event.listen(engine, "do_executemany", fail)
    try:
        yield
    finally:
        event.remove(engine, "do_execute", fail)
        event.remove(engine, "do_executemany", fail)
