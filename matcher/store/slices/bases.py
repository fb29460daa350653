"""What this office last took in from each other one, record by record.

In: records by kind and name, and what was agreed. Out: the same again; contents and digests are sealed, names keyed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import SLICE_BASE
from matcher.store.sealing import SealedBytes, place_of
from matcher.store.slices.kinds import Plain
from matcher.store.slices.names import SEPARATOR
from matcher.store.slices.records import Agreed

_BODY = msgspec.json.Decoder(tuple[str, list[dict[str, Any]] | None])


class Bases:
    """The table of what was agreed, inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def mark(self, kind: str, ref: str) -> str:
        """The keyed mark of a record."""
        return self._context.keys.blind("slice", f"{kind}{SEPARATOR}{ref}")

    def of(self, kind: str, refs: Collection[str]) -> dict[str, dict[str, Agreed]]:
        """What was agreed with each office on these records."""
        by_mark = {self.mark(kind, ref): ref for ref in refs}
        found: dict[str, dict[str, Agreed]] = {}
        for part in chunks(list(by_mark)):
            for row in self._context.connection.execute(
                select(SLICE_BASE).where(SLICE_BASE.c.mark.in_(part))
            ).mappings():
                found.setdefault(by_mark[row["mark"]], {})[row["peer"]] = self._agreed(row)
        return found

    def all_of(self, peer: str) -> dict[str, Agreed]:
        """By mark, everything that was agreed with one office."""
        rows = self._context.connection.execute(select(SLICE_BASE).where(SLICE_BASE.c.peer == peer)).mappings()
        return {row["mark"]: self._agreed(row) for row in rows}

    def kept(self) -> dict[tuple[str, int | None], list[Plain]]:
        """By mark and person, every content that was agreed and kept, of whichever office."""
        c = SLICE_BASE.c
        found: dict[tuple[str, int | None], list[Plain]] = {}
        for row in self._context.connection.execute(select(SLICE_BASE).order_by(c.key)).mappings():
            rows = self._agreed(row).rows
            if rows:
                found[row["mark"], row["worker_key"]] = rows
        return found

    def put(self, peer: str, mark: str, agreed: Agreed, *, worker_key: int | None, known: bool) -> None:
        """Notes what was agreed; `known` = something was agreed on this record before."""
        c, connection = SLICE_BASE.c, self._context.connection
        one = (c.peer == peer, c.mark == mark)
        uid = connection.scalar(select(c.uid).where(*one)) if known else new_uid()
        body: list[Plain] | None = agreed.rows
        values = {
            "number": agreed.number,
            "own_number": agreed.own_number,
            "decided": agreed.decided,
            "worker_key": worker_key,
            "body": self._sealed(str(uid), agreed.digest, body),
        }
        if known:
            connection.execute(update(SLICE_BASE).where(*one).values(values))
        else:
            connection.execute(insert(SLICE_BASE).values(values | {"uid": uid, "peer": peer, "mark": mark}))

    def _sealed(self, uid: str, digest: str, rows: list[Plain] | None) -> SealedBytes:
        """Digest and content, sealed."""
        return self._context.keys.seal(msgspec.json.encode((digest, rows)), place_of("slice_base", "body", uid))

    def _agreed(self, row: Any) -> Agreed:
        """A row, opened."""
        plain = self._context.keys.unseal(row["body"], place_of("slice_base", "body", row["uid"]))
        digest, rows = _BODY.decode(plain)
        return Agreed(digest, row["number"], row["own_number"], row["decided"], rows)
