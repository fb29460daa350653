"""Failed tries to sign in by the address they came from, and how old passwords are.

In: addresses, accounts. Out: whether an address has to wait, whether a password is too old; an address is kept as a
keyed mark only, and no longer than it counts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from matcher.store.context import StoreContext
from matcher.store.schema import ACCOUNT, PASSWORD_AGE, SIGN_IN_TRY


class Tries:
    """The table of failed tries inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def since(self, address: str, moment: datetime) -> int:
        """How many tries failed from an address since a moment."""
        c = SIGN_IN_TRY.c
        query = select(func.count()).select_from(SIGN_IN_TRY).where(c.mark == self._mark(address), c.at >= moment)
        return self._context.connection.scalar(query) or 0

    def note(self, address: str, *, keep: timedelta) -> None:
        """Writes a failed try down and forgets those that count no more."""
        now = self._context.clock()
        self._context.connection.execute(delete(SIGN_IN_TRY).where(SIGN_IN_TRY.c.at < now - keep))
        self._context.connection.execute(insert(SIGN_IN_TRY).values(mark=self._mark(address), at=now))

    def _mark(self, address: str) -> str:
        """An address as it is kept."""
        return self._context.keys.blind("address", address or "?")


class PasswordAges:
    """The table of when passwords were set, inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def set_on(self, account_key: int) -> datetime | None:
        """When the password of an account was last set; of one from before these were noted, when it was made."""
        age, made = PASSWORD_AGE.c, ACCOUNT.c
        noted = select(age.changed_at).where(age.account_key == account_key)
        moment: datetime | None = self._context.connection.scalar(noted)
        return moment or self._context.connection.scalar(select(made.created_at).where(made.key == account_key))


def note_password(context: StoreContext, account_key: int) -> None:
    """The password of an account was set just now."""
    context.connection.execute(delete(PASSWORD_AGE).where(PASSWORD_AGE.c.account_key == account_key))
    context.connection.execute(insert(PASSWORD_AGE).values(account_key=account_key, changed_at=context.clock()))
