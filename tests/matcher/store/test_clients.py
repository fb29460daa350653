"""Clients of the API in the store: tokens nobody can read, marks that hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from matcher.domain.clients import Right
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.store import Store
from matcher.store.session import open_engine
from tests.matcher.store.conftest import Clock

RIGHTS = [Right.READ_PEOPLE, Right.WRITE_PLANS]


def test_a_client_comes_out_as_it_was_made_and_is_known_by_its_token(store: Store, clock: Clock) -> None:
    with store.unit("admin") as unit:
        made, token = unit.clients.add("旗人社局-台账", RIGHTS, division="150525", villages=("东村",))
    with store.reading() as unit:
        assert unit.clients.by_token(token) == made == unit.clients.get(made.key)
        assert unit.clients.all() == [made]
    assert (made.rights, made.division, made.villages) == (frozenset(RIGHTS), "150525", ("东村",))
    assert (made.created_by, made.created_at, made.prefix) == ("admin", clock.now, token[5:13])


def test_a_token_is_kept_as_a_keyed_hash_only(store: Store, url: str) -> None:
    with store.unit() as unit:
        _, token = unit.clients.add("probe", RIGHTS)
    engine = open_engine(url)
    with engine.begin() as connection:
        row = connection.execute(text("SELECT * FROM api_client")).mappings().one()
    engine.dispose()
    assert all(token[14:] not in str(value) for value in row.values())
    assert len(str(row["token_hash"])) == 64


@pytest.mark.parametrize("name", ["", "x", "two words", "a" * 41, "a/b", "a:b"])
def test_a_name_that_cannot_stand_in_the_audit_record_is_refused(store: Store, name: str) -> None:
    with store.unit() as unit, pytest.raises(InputRefused):
        unit.clients.add(name, RIGHTS)


def test_a_name_is_given_once_and_a_client_has_a_right(store: Store) -> None:
    with store.unit() as unit:
        made, _ = unit.clients.add("probe", RIGHTS)
        unit.clients.revoke(made.key)
        for name, rights in (("probe", RIGHTS), ("other", [])):
            with pytest.raises(InputRefused):
                unit.clients.add(name, rights)
        with pytest.raises(RecordNotFound):
            unit.clients.by_name("other")


def test_revoked_and_expired_tokens_are_nobodys(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        _, first = unit.clients.add("first", RIGHTS, expires_at=clock.now + timedelta(minutes=5))
        second, token = unit.clients.add("second", RIGHTS)
        unit.clients.revoke(second.key)
        at = unit.clients.get(second.key).revoked_at
    clock.move(minutes=5)
    with store.unit() as unit:
        assert unit.clients.by_token(first) is None
        assert unit.clients.by_token(token) is None
        assert unit.clients.revoke(second.key).revoked_at == at


def test_a_mark_is_begun_once_finished_or_dropped_and_forgotten_in_time(store: Store, clock: Clock) -> None:
    old = clock.now - timedelta(hours=24)
    with store.unit() as unit:
        client, _ = unit.clients.add("probe", RIGHTS)
        first = unit.once.begin(client.key, "mark-1", b"sent", forget_before=old)
        again = unit.once.begin(client.key, "mark-1", b"other", forget_before=old)
        assert (first.fresh, again.fresh, again.key, again.status) == (True, False, first.key, 0)
        assert again.digest == unit.once.digest_of(b"sent") != unit.once.digest_of(b"other")
        unit.once.finish(first.key, status=201, location="/api/v1/workers/1")
        done = unit.once.begin(client.key, "mark-1", b"sent", forget_before=old)
        assert (done.status, done.location) == (201, "/api/v1/workers/1")
        dropped = unit.once.begin(client.key, "mark-2", b"sent", forget_before=old)
        unit.once.drop(dropped.key)
        assert unit.once.begin(client.key, "mark-2", b"sent", forget_before=old).fresh
    clock.move(minutes=1)
    with store.unit() as unit:
        assert unit.once.begin(client.key, "mark-1", b"sent", forget_before=clock.now).fresh


def test_neither_a_mark_nor_what_was_sent_can_be_read(store: Store, url: str, clock: Clock) -> None:
    with store.unit() as unit:
        client, _ = unit.clients.add("probe", RIGHTS)
        unit.once.begin(client.key, "19900001234", "包示例".encode(), forget_before=clock.now)
    engine = open_engine(url)
    with engine.begin() as connection:
        row = connection.execute(text("SELECT * FROM api_once")).mappings().one()
    engine.dispose()
    assert all("19900001234" not in str(value) and "包示例" not in str(value) for value in row.values())
