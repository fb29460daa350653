"""Accounts of staff: added, disabled, locked after failed tries.

In: names, roles, scopes, passwords. Out: `Account`s; a hash leaves only to be verified, outside the transaction.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, update

from matcher.domain.account import MANAGERS, Account, Role
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.settings import SettingName
from matcher.store.context import StoreContext
from matcher.store.keeping.tries import note_password
from matcher.store.passwords import PROFILES, check_password, hash_password
from matcher.store.schema import ACCOUNT, SESSION_ENDED
from matcher.store.settings import Settings

TRIES = 5
LOCKED_FOR = timedelta(minutes=30)


class Accounts:
    """The table of accounts inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(
        self,
        name: str,
        role: Role,
        password: str,
        *,
        division: str = "",
        villages: tuple[str, ...] = (),
        must_change: bool = False,
    ) -> Account:
        """Adds an account; InputRefused for a weak password or a name in use."""
        name = name.strip()
        if not name:
            raise InputRefused("账号名不能为空")
        self._check(password, name)
        if self._row(ACCOUNT.c.name == name) is not None:
            raise InputRefused("这个账号名已有人用", ref=name)
        row = {
            "name": name,
            "role": role.value,
            "division": division,
            "villages": list(villages),
            "password_hash": hash_password(password),
            "must_change": must_change,
            "created_at": self._context.clock(),
        }
        self._context.connection.execute(insert(ACCOUNT).values(row))
        made = self.by_name(name)
        note_password(self._context, made.key)
        return made

    def get(self, key: int) -> Account:
        """One account."""
        return self._account(ACCOUNT.c.key == key, str(key))

    def by_name(self, name: str) -> Account:
        """One account by name."""
        return self._account(ACCOUNT.c.name == name.strip(), name)

    def all(self) -> list[Account]:
        """Every account, by name."""
        rows = self._context.connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.name)).mappings()
        return [_account(dict(row)) for row in rows]

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Disables an account and ends its sessions, or lets it in again."""
        if disabled:
            self._keep_a_manager(self.by_name(name))
        self._change(name, {"disabled": disabled, "session_version": ACCOUNT.c.session_version + 1})

    def set_password(self, name: str, password: str, *, must_change: bool = False) -> None:
        """Sets a new password, lifts a lock and ends open sessions."""
        self._check(password, name)
        version = ACCOUNT.c.session_version + 1
        opened = {"failures": 0, "locked_until": None, "must_change": must_change}
        changed = opened | {"password_hash": hash_password(password)}
        self._change(name, changed | {"session_version": version})
        note_password(self._context, self.by_name(name).key)

    def must_change(self, name: str) -> Account:
        """A new password is asked for before anything else; the account."""
        self._change(name, {"must_change": True})
        return self.by_name(name)

    def set_scope(self, name: str, role: Role, *, division: str = "", villages: tuple[str, ...] = ()) -> None:
        """Sets what an account may do and see, and ends open sessions."""
        if role not in MANAGERS:
            self._keep_a_manager(self.by_name(name))
        version = ACCOUNT.c.session_version + 1
        scope = {"role": role.value, "division": division, "villages": list(villages)}
        self._change(name, scope | {"session_version": version})

    def lift_lock(self, name: str) -> None:
        """Lets somebody try again who was locked after failed tries."""
        self._change(name, {"failures": 0, "locked_until": None})

    def end_sessions(self, name: str) -> None:
        """Whoever is signed in with this account is out at the next request."""
        self._change(name, {"session_version": ACCOUNT.c.session_version + 1})

    def of_session(self, key: int, session: str) -> Account:
        """The account of a session; RecordNotFound where somebody signed out of it."""
        ended = self._context.keys.blind("session", session)
        over = select(SESSION_ENDED.c.mark).where(SESSION_ENDED.c.mark == ended).exists()
        return self._account(and_(ACCOUNT.c.key == key, ~over), str(key))

    def password_hash(self, name: str) -> str:
        """The hash to verify against, "" for an account that is unknown, disabled or locked."""
        row = self._row(ACCOUNT.c.name == name.strip())
        if row is None or row["disabled"]:
            return ""
        locked = row["locked_until"] is not None and row["locked_until"] > self._context.clock()
        return "" if locked else str(row["password_hash"])

    def note_success(self, name: str) -> Account:
        """Forgets failed tries; the account."""
        self._change(name, {"failures": 0, "locked_until": None, "signed_in_at": self._context.clock()})
        return self.by_name(name)

    def note_failure(self, name: str) -> None:
        """Counts a failed try and locks the account after the last one; unknown names pass in silence."""
        row = self._row(ACCOUNT.c.name == name.strip())
        if row is None or self.password_hash(name) == "":
            return
        failures = row["failures"] + 1
        lock = {"failures": 0, "locked_until": self._context.clock() + LOCKED_FOR}
        self._change(name, lock if failures >= TRIES else {"failures": failures})

    def _check(self, password: str, name: str) -> None:
        """InputRefused for a password that the profile in force does not take."""
        chosen = Settings(self._context).get(SettingName.PASSWORD_PROFILE)
        check_password(password, name=name, profile=PROFILES.get(chosen, PROFILES[""]))

    def _keep_a_manager(self, account: Account) -> None:
        """InputRefused where nobody would be left who can make and change accounts."""
        others = [one for one in self.all() if one.manages and not one.disabled and one.key != account.key]
        if account.manages and not account.disabled and not others:
            raise InputRefused(
                "这是最后一个能管理账号的管理员，不能停用或改职责；请先新建另一个管理员", ref=account.name
            )

    def _account(self, condition: ColumnElement[bool], ref: str) -> Account:
        """The account of a condition."""
        row = self._row(condition)
        if row is None:
            raise RecordNotFound("没有这个账号", ref=ref)
        return _account(row)

    def _row(self, condition: ColumnElement[bool]) -> dict[str, Any] | None:
        """The row of a condition."""
        row = self._context.connection.execute(select(ACCOUNT).where(condition)).mappings().first()
        return None if row is None else {str(name): value for name, value in row.items()}

    def _change(self, name: str, values: dict[str, Any]) -> None:
        """Changes one account."""
        changed = self._context.connection.execute(
            update(ACCOUNT).where(ACCOUNT.c.name == name.strip()).values(**values)
        )
        if changed.rowcount != 1:
            raise RecordNotFound("没有这个账号", ref=name)


def _account(row: dict[str, Any]) -> Account:
    """A row as an account."""
    return Account(
        key=row["key"],
        name=row["name"],
        role=Role(row["role"]),
        division=row["division"],
        villages=tuple(row["villages"]),
        disabled=row["disabled"],
        must_change=row["must_change"],
        signed_in_at=row["signed_in_at"],
        locked_until=row["locked_until"],
        session_version=row["session_version"],
        created_at=row["created_at"],
    )
