"""Proofs of work: what was shown, about which days, on which day.

In: proofs. Out: those of people that were not taken back, in the order they were shown.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import select, update

from matcher.domain.aftercare import SaidBy
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import SPELL_PROOF
from matcher.store.sealing import place_of

_SAME = ("worker_key", "spell_key", "from_on", "until_on", "told_on")


class _Body(msgspec.Struct, frozen=True):
    """What of a proof is sealed."""

    yuan: int | None = None
    note: str = ""


_BODY = msgspec.json.Decoder(_Body)


class Proofs:
    """The table of proofs inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, proof: Proof) -> int:
        """Keeps a proof; its key."""
        uid = new_uid()
        body = msgspec.json.encode(_Body(proof.yuan, proof.note))
        row = {name: getattr(proof, name) for name in _SAME} | {
            "uid": uid,
            "kind": proof.kind.value,
            "said_by": proof.said_by.value,
            "body": self._context.keys.seal(body, place_of("spell_proof", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(SPELL_PROOF, [row])[0]

    def take_back(self, key: int, *, worker_key: int) -> bool:
        """A proof that was none counts no more; whether there was one that did."""
        c = SPELL_PROOF.c
        mine = update(SPELL_PROOF).where(c.key == key, c.worker_key == worker_key, c.undone_at.is_(None))
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        return self._context.connection.execute(mine.values(values)).rowcount == 1

    def of_people(self, workers: Collection[int], *, all_of_them: bool = False) -> dict[int, list[Proof]]:
        """The proofs of some people, in the order they were kept; those taken back too where asked for."""
        c, found = SPELL_PROOF.c, dict[int, list[Proof]]()
        for part in chunks(sorted(workers)):
            query = select(*c).where(c.worker_key.in_(part)).order_by(c.key)
            for row in self._context.connection.execute(
                query if all_of_them else query.where(c.undone_at.is_(None))
            ).mappings():
                proof = self._proof(dict(row))
                found.setdefault(proof.worker_key, []).append(proof)
        return found

    def _proof(self, row: dict[str, Any]) -> Proof:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("spell_proof", "body", row["uid"])))
        same = {name: row[name] for name in (*_SAME, "key", "actor", "recorded_at")}
        said_by, kind = SaidBy(row["said_by"]), ProofKind(row["kind"])
        return Proof(kind=kind, said_by=said_by, yuan=body.yuan, note=body.note, **same)
