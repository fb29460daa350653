"""Sealed bodies: the words of a row that open only with the key file.

In: a context, the name of a table, a record. Out: sealed bytes, and the record again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import msgspec

from matcher.store.context import StoreContext
from matcher.store.sealing import SealedBytes, place_of

T = TypeVar("T")


class Bodies(Generic[T]):
    """The bodies of one table."""

    def __init__(self, context: StoreContext, table: str, kind: type[T]) -> None:
        self._keys, self._table = context.keys, table
        self._decoder = msgspec.json.Decoder(kind)

    def seal(self, uid: str, body: T) -> SealedBytes:
        """What goes into the column."""
        return self._keys.seal(msgspec.json.encode(body), place_of(self._table, "body", uid))

    def open(self, row: Mapping[str, Any]) -> T:
        """What stands in it."""
        return self._decoder.decode(self._keys.unseal(row["body"], place_of(self._table, "body", row["uid"])))
