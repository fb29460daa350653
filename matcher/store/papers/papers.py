"""The parts of papers, each stored once however often it is printed.

In: `PaperPart`s of a printing, in order. Out: the same again for a reprint, the papers of a person, and what everybody
holds in hand. Bodies are packed and sealed; the digest is keyed, good for nothing but to see that two are equal.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from sqlalchemy import and_, func, insert, or_, select, true

from matcher.domain.papers.records import PaperKind, PaperPart, PrintedFor, PrintState
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import PAPER, PLAN, PRINTING, PRINTING_PAPER, WORKER
from matcher.store.sealing import place_of

_MOST_OF_ONE = 3
"""Papers of one person in one printing at most: a referral for each posting."""
_DIGEST = 32
"""Hexadecimal digits kept of a digest."""


class Papers:
    """The tables of papers inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, printing_key: int, parts: Sequence[PaperPart], *, first: int) -> None:
        """Keeps parts of a printing, the first of them at a position; equal ones are kept once."""
        digests = [self._digest(part.kind.encode() + b"\x1f" + part.body) for part in parts]
        known = self._known(digests)
        fresh: dict[tuple[int | None, str], Row] = {}
        for part, digest in zip(parts, digests, strict=True):
            if (part.worker_key, digest) not in known:
                fresh.setdefault((part.worker_key, digest), self._row(part, digest))
        keys = self._context.insert_many(PAPER, list(fresh.values()))
        known.update(zip(fresh, keys, strict=True))
        links = [
            {"printing_key": printing_key, "paper_key": known[part.worker_key, digest], "position": position}
            for position, (part, digest) in enumerate(zip(parts, digests, strict=True), start=first)
        ]
        if links:
            self._context.connection.execute(insert(PRINTING_PAPER), links)

    def count(self, printing_key: int) -> int:
        """How many parts of a printing are left; fewer than it had where somebody was erased."""
        query = select(func.count()).where(PRINTING_PAPER.c.printing_key == printing_key)
        return self._context.connection.scalar(query) or 0

    def of_printing(
        self, printing_key: int, *, after: int, limit: int, worker_key: int | None = None
    ) -> list[tuple[int, PaperPart]]:
        """Some parts of a printing (or those of one person in it) with their positions, in order."""
        p, link = PAPER.c, PRINTING_PAPER.c
        columns = (link.position, p.uid, p.worker_key, p.plan_key, p.kind, p.made_on, p.body)
        query = select(*columns).select_from(PRINTING_PAPER.join(PAPER, p.key == link.paper_key))
        whose = true() if worker_key is None else p.worker_key == worker_key
        mine = query.where(link.printing_key == printing_key, link.position > after, whose).order_by(link.position)
        return [
            (
                position,
                PaperPart(kind=kind, body=self._opened(uid, body), worker_key=worker, plan_key=plan, made_on=made_on),
            )
            for position, uid, worker, plan, kind, made_on, body in self._context.connection.execute(mine.limit(limit))
        ]

    def of_person(self, worker_key: int, *, limit: int = 30) -> list[PrintedFor]:
        """What was printed of a person, and of records merged into the person, once each, newest first."""
        p, link, c = PAPER.c, PRINTING_PAPER.c, PRINTING.c
        joined = PRINTING.join(PRINTING_PAPER, link.printing_key == c.key).join(PAPER, p.key == link.paper_key)
        joined = joined.join(WORKER, WORKER.c.key == p.worker_key).outerjoin(PLAN, PLAN.c.key == p.plan_key)
        columns = (c.key, c.kind, c.actor, c.done_at, c.sheets, c.ending, c.large, p.plan_key, p.digest, PLAN.c.current)
        query = select(*columns).select_from(joined)
        whose = or_(p.worker_key == worker_key, WORKER.c.merged_into == worker_key)
        done = query.where(whose, c.state == PrintState.DONE.value).order_by(c.key.desc(), link.position)
        names = [column.name for column in columns]
        rows = self._context.connection.execute(done.limit(limit * _MOST_OF_ONE))
        found = list({row[0]: dict(zip(names, row, strict=True)) for row in rows}.values())[:limit]
        return [
            PrintedFor(
                printing=row.pop("key"),
                kind=PaperKind(row.pop("kind")),
                current=bool(row.pop("current")),
                **row,
            )
            for row in found
        ]

    def kept_of(self, worker_key: int) -> list[PaperPart]:
        """Every part that is stored of a person."""
        p = PAPER.c
        query = select(p.uid, p.plan_key, p.kind, p.made_on, p.body).where(p.worker_key == worker_key).order_by(p.key)
        return [
            PaperPart(kind=kind, body=self._opened(uid, body), worker_key=worker_key, plan_key=plan, made_on=made_on)
            for uid, plan, kind, made_on, body in self._context.connection.execute(query)
        ]

    def in_hand(self, kind: str, workers: Sequence[int]) -> dict[int, str]:
        """Person → the mark of the newest paper of a kind that was printed for them."""
        p, link, c = PAPER.c, PRINTING_PAPER.c, PRINTING.c
        joined = PAPER.join(PRINTING_PAPER, link.paper_key == p.key).join(PRINTING, c.key == link.printing_key)
        query = select(p.worker_key, p.mark).select_from(joined).order_by(link.key)
        held: dict[int, str] = {}
        for part in chunks(workers):
            mine = and_(p.worker_key.in_(part), p.kind == kind, c.state == PrintState.DONE.value)
            held.update((worker, mark) for worker, mark in self._context.connection.execute(query.where(mine)))
        return held

    def mark(self, said: bytes) -> str:
        """What a part is marked with, to compare it with `in_hand`."""
        return self._digest(b"mark\x1f" + said)

    def plans_of(self, printing_key: int) -> Iterator[int]:
        """The plans a printing was made from."""
        p, link = PAPER.c, PRINTING_PAPER.c
        query = select(p.plan_key).select_from(PRINTING_PAPER.join(PAPER, p.key == link.paper_key))
        mine = query.where(link.printing_key == printing_key, p.plan_key.is_not(None)).distinct()
        yield from self._context.connection.scalars(mine)

    def _known(self, digests: Sequence[str]) -> dict[tuple[int | None, str], int]:
        """Parts that are stored already, by person and digest."""
        p = PAPER.c
        found: dict[tuple[int | None, str], int] = {}
        for part in chunks(list(dict.fromkeys(digests))):
            rows = self._context.connection.execute(select(p.worker_key, p.digest, p.key).where(p.digest.in_(part)))
            found.update(((worker, digest), key) for worker, digest, key in rows)
        return found

    def _row(self, part: PaperPart, digest: str) -> Row:
        """The columns of a part."""
        uid = new_uid()
        return {
            "uid": uid,
            "worker_key": part.worker_key,
            "plan_key": part.plan_key,
            "kind": part.kind,
            "digest": digest,
            "mark": self.mark(part.mark) if part.mark else "",
            "made_on": part.made_on,
            "body": self._context.keys.seal(zlib.compress(part.body, 6), place_of("paper", "body", uid)),
        }

    def _opened(self, uid: str, body: bytes) -> bytes:
        """The body of a part."""
        return zlib.decompress(self._context.keys.unseal(body, place_of("paper", "body", uid)))

    def _digest(self, said: bytes) -> str:
        """A keyed digest."""
        return self._context.keys.digest(said)[:_DIGEST]
