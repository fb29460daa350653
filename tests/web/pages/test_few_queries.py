"""Pages of accounts, actions and offline data ask the database a dozen times at most."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher.domain.account import Role
from tests.counting import counting
from tests.web.made_up import PASSWORD, World

MOST = 12


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
    with counting(world.office) as said:
        assert client.get(address).status_code == 200
    assert len(said) <= MOST, "\n".join(said)
