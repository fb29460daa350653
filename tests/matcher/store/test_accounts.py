"""Accounts: passwords nobody can read, locks after failed tries, sessions that end."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from matcher.domain.account import Role
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.store import Store
from matcher.store.passwords import check_password, hash_password, password_fits
from matcher.store.session import open_engine
from tests.matcher.store.conftest import Clock

PASSWORD = "four horses by the river"  # noqa: S105


def with_account(store: Store) -> None:
    """A coordinator of two villages."""
    with store.unit() as unit:
        unit.accounts.add("bao", Role.COORDINATOR, PASSWORD, division="150525", villages=("西沟村", "东沟村"))


def test_an_account_comes_out_as_it_was_made(store: Store, clock: Clock) -> None:
    with_account(store)
    with store.reading() as unit:
        account = unit.accounts.by_name(" bao ")
        assert (account.role, account.division, account.villages) == (Role.COORDINATOR, "150525", ("西沟村", "东沟村"))
        assert account.created_at == clock.now
        assert unit.accounts.get(account.key) == account
        assert unit.accounts.all() == [account]


def test_a_password_is_kept_as_argon2id_only(store: Store, url: str) -> None:
    with_account(store)
    engine = open_engine(url)
    with engine.begin() as connection:
        stored = connection.scalar(text("SELECT password_hash FROM account"))
    engine.dispose()
    assert str(stored).startswith("$argon2id$")
    assert password_fits(str(stored), PASSWORD)
    assert not password_fits(str(stored), PASSWORD + "!")


def test_no_password_fits_an_empty_or_foreign_hash() -> None:
    assert not password_fits("", "nobody has this password")
    assert not password_fits("no hash at all", PASSWORD)
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "aaaaaaaaaaaaaaaa",
        "password12345678",
        "Tongliao2026",
        "baobaobaobao1a",
        "qwertyuiop123456",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(InputRefused):
        check_password(password, name="bao")


def test_a_name_is_used_once(store: Store) -> None:
    with_account(store)
    with pytest.raises(InputRefused, match="已有人用"), store.unit() as unit:
        unit.accounts.add("bao", Role.VIEWER, PASSWORD)
    with pytest.raises(InputRefused, match="不能为空"), store.unit() as unit:
        unit.accounts.add("  ", Role.VIEWER, PASSWORD)


def test_five_failures_lock_for_half_an_hour(store: Store, clock: Clock) -> None:
    with_account(store)
    with store.unit() as unit:
        for _ in range(4):
            unit.accounts.note_failure("bao")
        assert unit.accounts.password_hash("bao") != ""
        unit.accounts.note_failure("bao")
        assert unit.accounts.password_hash("bao") == ""
        clock.move(minutes=29)
        unit.accounts.note_failure("bao")
        assert unit.accounts.password_hash("bao") == ""
        clock.move(minutes=2)
        assert unit.accounts.password_hash("bao") != ""


def test_a_success_forgets_failures(store: Store) -> None:
    with_account(store)
    with store.unit() as unit:
        for _ in range(3):
            for _ in range(4):
                unit.accounts.note_failure("bao")
            unit.accounts.note_success("bao")
        assert unit.accounts.password_hash("bao") != ""


def test_an_unknown_name_fails_in_silence(store: Store) -> None:
    with store.unit() as unit:
        unit.accounts.note_failure("nobody")
        assert unit.accounts.password_hash("nobody") == ""
        with pytest.raises(RecordNotFound):
            unit.accounts.by_name("nobody")


def test_every_change_of_rights_ends_open_sessions(store: Store) -> None:
    with_account(store)
    with store.unit() as unit:
        versions = [unit.accounts.by_name("bao").session_version]
        unit.accounts.set_scope("bao", Role.WINDOW, division="150524")
        versions.append(unit.accounts.by_name("bao").session_version)
        unit.accounts.set_password("bao", "a quite different sentence")
        versions.append(unit.accounts.by_name("bao").session_version)
        unit.accounts.set_disabled("bao", True)
        versions.append(unit.accounts.by_name("bao").session_version)
        account = unit.accounts.by_name("bao")
        assert unit.accounts.password_hash("bao") == ""
    assert versions == [1, 2, 3, 4]
    assert (account.disabled, account.role, account.villages) == (True, Role.WINDOW, ())
