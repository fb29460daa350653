"""Pages of accounts, actions and offline data ask the database a dozen times at most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from matcher.domain.account import Role
from tests.web.made_up import PASSWORD, World

MOST = 12


@contextmanager
def asked(world: World) -> Iterator[list[str]]:
    """The statements of a request."""
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            said.append(statement)

    engine = world.office.store._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("admin", "/accounts/"),
        ("admin", "/accounts/1"),
        ("window", "/accounts/password"),
        ("auditor", "/audit/"),
        ("window", "/slices/"),
        ("window", "/drafts/?form=paste"),
    ],
)
def test_a_page_asks_little(world: World, name: str, address: str) -> None:
    with world.office.unit() as unit:
        unit.accounts.add("auditor", Role.AUDITOR, PASSWORD)
        unit.drafts.put(2, "paste", [("text", "x")], keep=timedelta(hours=1))
    client = world.client(name)
    client.get(address)
    with asked(world) as said:
        assert client.get(address).status_code == 200
    assert len(said) <= MOST, "\n".join(said)
