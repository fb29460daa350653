"""Ended sessions stay ended and are forgotten in time; drafts are sealed anew with everything else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from matcher.domain.account import Role
from matcher.domain.errors import RecordNotFound
from matcher.store import Store
from matcher.store.sealing import add_cipher, forget_old_ciphers
from tests.matcher.store.conftest import Clock


def test_an_ended_session_opens_no_account_and_is_forgotten_after_a_day(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        account = unit.accounts.add("window", Role.WINDOW, "tall-birch-4711-river")
        unit.sessions.end("one")
        unit.sessions.end("one")
        assert unit.accounts.of_session(account.key, "two") == account
        assert unit.sessions.ended("one")
        with pytest.raises(RecordNotFound):
            unit.accounts.of_session(account.key, "one")
    clock.move(minutes=25 * 60)
    with store.unit() as unit:
        unit.sessions.end("two")
        assert not unit.sessions.ended("one")


def test_drafts_are_sealed_anew_with_a_fresh_key(store: Store, key_file: Path) -> None:
    keep = timedelta(hours=1)
    with store.unit() as unit:
        unit.drafts.put(1, "paste", [("text", "招焊工")], keep=keep)
    store.seal_anew(add_cipher(key_file))
    forget_old_ciphers(key_file)
    with store.reading() as unit:
        draft = unit.drafts.get(1, "paste", keep=keep)
    assert draft is not None
    assert draft.fields == [("text", "招焊工")]
