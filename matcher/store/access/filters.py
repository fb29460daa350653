"""Filters of lists that somebody gave a name, to look through them again with one press.

In: an account, a page, a name, what was chosen. Out: the same again to the same account only; sealed, because a filter
may hold the name that was looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import RowMapping, and_, delete, func, insert, select, update

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import SAVED_FILTER
from matcher.store.sealing import place_of

MOST = 12
"""Filters an account may keep for a page; more of them would be another list to look through."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with its name; `chosen` are fields of the page, by name."""

    key: int
    page: str
    name: str
    chosen: Mapping[str, str]


class SavedFilters:
    """The table of kept filters inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context, self._connection = context, context.connection

    def put(self, account_key: int, page: str, name: str, chosen: Mapping[str, str]) -> None:
        """Keeps a filter; one of the same name is replaced, one too many is refused."""
        c = SAVED_FILTER.c
        mine = and_(c.account_key == account_key, c.page == page)
        uid = self._connection.scalar(select(c.uid).where(mine, c.name == name))
        own = str(uid) if uid is not None else new_uid()
        body = self._context.keys.seal(msgspec.json.encode(dict(chosen)), place_of("saved_filter", "body", own))
        row = {"body": body, "saved_at": self._context.clock()}
        if uid is not None:
            self._connection.execute(update(SAVED_FILTER).where(c.uid == own).values(row))
            return
        if (self._connection.scalar(select(func.count()).where(mine)) or 0) >= MOST:
            raise InputRefused(f"常用筛选最多记{MOST}个；没有保存，请先删掉一个不用的")
        row |= {"uid": own, "account_key": account_key, "page": page, "name": name}
        self._connection.execute(insert(SAVED_FILTER).values(row))

    def of(self, account_key: int, page: str) -> list[SavedFilter]:
        """The filters of an account for a page, in the order they were first kept."""
        c = SAVED_FILTER.c
        rows = self._connection.execute(
            select(SAVED_FILTER).where(c.account_key == account_key, c.page == page).order_by(c.key)
        )
        return [self._saved(row) for row in rows.mappings()]

    def get(self, account_key: int, key: int) -> SavedFilter:
        """One filter; RecordNotFound where it is another account's."""
        c = SAVED_FILTER.c
        row = self._connection.execute(select(SAVED_FILTER).where(c.account_key == account_key, c.key == key))
        found = row.mappings().first()
        if found is None:
            raise RecordNotFound("没有这个常用筛选", ref=str(key))
        return self._saved(found)

    def drop(self, account_key: int, key: int) -> None:
        """Forgets a filter."""
        c = SAVED_FILTER.c
        self._connection.execute(delete(SAVED_FILTER).where(c.account_key == account_key, c.key == key))

    def _saved(self, row: RowMapping) -> SavedFilter:
        """A row, opened."""
        plain = self._context.keys.unseal(row["body"], place_of("saved_filter", "body", row["uid"]))
        return SavedFilter(row["key"], row["page"], row["name"], msgspec.json.decode(plain, type=dict[str, str]))
