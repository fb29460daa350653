"""Clients of the JSON API inside one unit of work: added, known by their token, revoked.

In: names, rights, scopes, tokens. Out: `ApiClient`s; a token leaves only once, when it is made.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from string import ascii_lowercase
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from matcher.domain.clients import ApiClient, Right
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.store.context import StoreContext
from matcher.store.schema import API_CLIENT

_BRAND = "j131"
_NAME = re.compile(r"[\w.\-]{2,40}")
_TOKEN = re.compile(rf"{_BRAND}_([a-z2-7]{{8}})_([A-Za-z0-9_\-]{{43}})")
_LETTERS = ascii_lowercase + "234567"
_PREFIX = 8
_NOBODY = "0" * 64
"""Compared with where no client has the prefix, so that both refusals take the same time."""


class Clients:
    """The table of clients inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(
        self,
        name: str,
        rights: Collection[Right],
        *,
        division: str = "",
        villages: tuple[str, ...] = (),
        expires_at: datetime | None = None,
    ) -> tuple[ApiClient, str]:
        """A new client and its token, which nobody can show again; InputRefused for a name in use or no right."""
        name = name.strip()
        if not _NAME.fullmatch(name):
            raise InputRefused("程序名称要2到40个字，只用文字、数字、点、横线和下划线；没有保存")
        if not rights:
            raise InputRefused("至少要给一项权限；没有保存")
        if self._row(API_CLIENT.c.name == name) is not None:
            raise InputRefused("这个名称已有人用，停用过的也不能再用；没有保存", ref=name)
        prefix = "".join(secrets.choice(_LETTERS) for _ in range(_PREFIX))
        token = f"{_BRAND}_{prefix}_{secrets.token_urlsafe(32)}"
        row = {
            "name": name,
            "rights": sorted(right.value for right in rights),
            "division": division,
            "villages": list(villages),
            "prefix": prefix,
            "token_hash": self._hash(token),
            "created_by": self._context.actor,
            "created_at": self._context.clock(),
            "expires_at": expires_at,
        }
        self._context.connection.execute(insert(API_CLIENT).values(row))
        return self.by_name(name), token

    def by_name(self, name: str) -> ApiClient:
        """One client; RecordNotFound where there is none."""
        return self._client(API_CLIENT.c.name == name.strip(), name)

    def get(self, key: int) -> ApiClient:
        """One client by key."""
        return self._client(API_CLIENT.c.key == key, str(key))

    def all(self) -> list[ApiClient]:
        """Every client, by name."""
        rows = self._context.connection.execute(select(API_CLIENT).order_by(API_CLIENT.c.name)).mappings()
        return [_client(dict(row)) for row in rows]

    def by_token(self, token: str) -> ApiClient | None:
        """Whose token this is; None alike for unknown, mistaken, expired and revoked ones."""
        parts = _TOKEN.fullmatch(token)
        row = self._row(API_CLIENT.c.prefix == parts[1]) if parts else None
        kept = _NOBODY if row is None else str(row["token_hash"])
        if not hmac.compare_digest(kept, self._hash(token)) or row is None:
            return None
        client = _client(row)
        return client if client.usable(self._context.clock()) else None

    def revoke(self, key: int) -> ApiClient:
        """Its token opens nothing from now on; one that is revoked already stays so."""
        standing = (API_CLIENT.c.key == key) & API_CLIENT.c.revoked_at.is_(None)
        self._context.connection.execute(update(API_CLIENT).where(standing).values(revoked_at=self._context.clock()))
        return self.get(key)

    def used(self, key: int) -> None:
        """Notes that it was used now."""
        mine = update(API_CLIENT).where(API_CLIENT.c.key == key)
        self._context.connection.execute(mine.values(last_used_at=self._context.clock()))

    def _hash(self, token: str) -> str:
        """The keyed hash of a token."""
        return self._context.keys.blind("api_token", token or " ")

    def _client(self, condition: ColumnElement[bool], ref: str) -> ApiClient:
        """The client of a condition."""
        row = self._row(condition)
        if row is None:
            raise RecordNotFound("没有这个接口程序", ref=ref)
        return _client(row)

    def _row(self, condition: ColumnElement[bool]) -> dict[str, Any] | None:
        """The row of a condition."""
        row = self._context.connection.execute(select(API_CLIENT).where(condition)).mappings().first()
        return None if row is None else {str(name): value for name, value in row.items()}


def _client(row: dict[str, Any]) -> ApiClient:
    """A row as a client."""
    kept = ("key", "name", "division", "prefix", "created_by", "created_at", "expires_at", "revoked_at", "last_used_at")
    rights = frozenset(Right(right) for right in row["rights"])
    return ApiClient(**{name: row[name] for name in kept}, rights=rights, villages=tuple(row["villages"]))
