"""What checks of postings found and what staff decided; and the usual pay of a kind of work in a place.

In: flags of a posting. Out: the same again, lists by what a flag does, and the ranges the last full check measured.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from matcher.domain.incoming.trust import Decided, Flag, PostingCheck, Severity
from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext, chunks, within
from matcher.store.schema import PAY_RANGE, POSTING, POSTING_CHECK

_RANK = (Severity.HOLD, Severity.LETTER, Severity.CAUTION)
PayRanges = Mapping[tuple[str, str], tuple[int, float]]
"""(occupation, division or "") → how many postings, and the median in yuan a month."""


class Checks:
    """The table of checks inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put_many(
        self, found: Mapping[int, tuple[Flag, ...]], digests: Mapping[int, str], *, keep: Collection[int]
    ) -> None:
        """What a check found of postings; nothing found leaves no row. `keep`: postings whose decision still stands."""
        standing = self.many(list(keep))
        for part in chunks(list(found)):
            self._context.connection.execute(delete(POSTING_CHECK).where(POSTING_CHECK.c.posting_key.in_(part)))
        now = self._context.clock()
        rows = []
        for key, flags in found.items():
            kept = standing.get(key)
            if flags or kept is not None:
                rows.append(_row(key, flags, now, kept) | {"text_digest": digests[key]})
        if rows:
            self._context.connection.execute(insert(POSTING_CHECK), rows)
        self._context.touch(POSTING)

    def decide(self, key: int, decided: Decided, *, text_digest: str) -> None:
        """Notes what staff decided about the text as it stands; a posting without a check gets an empty one."""
        now = self._context.clock()
        values = {
            "text_digest": text_digest,
            "decided": decided.value,
            "decided_by": self._context.actor,
            "decided_at": now,
        }
        changed = self._context.connection.execute(
            update(POSTING_CHECK).where(POSTING_CHECK.c.posting_key == key).values(**values)
        )
        if changed.rowcount == 0:
            self._context.connection.execute(insert(POSTING_CHECK).values(_row(key, (), now, None) | values))
        self._context.touch(POSTING)

    def get(self, key: int) -> PostingCheck | None:
        """The check of one posting, None where nothing was found."""
        return self.many([key]).get(key)

    def many(self, keys: Sequence[int]) -> dict[int, PostingCheck]:
        """Checks by posting."""
        found = {}
        for part in chunks(keys):
            query = select(POSTING_CHECK).where(POSTING_CHECK.c.posting_key.in_(part))
            for row in self._context.connection.execute(query).mappings():
                found[int(row["posting_key"])] = _check(row)
        return found

    def cautions(self) -> dict[int, tuple[str, ...]]:
        """Codes of what whoever goes there is warned of, by posting."""
        query = select(POSTING_CHECK.c.posting_key, POSTING_CHECK.c.flags)
        found = {}
        for key, flags in self._context.connection.execute(query):
            codes = tuple(str(flag["code"]) for flag in flags if flag["severity"] == Severity.CAUTION.value)
            if codes:
                found[int(key)] = codes
        return found

    def waiting(
        self, *, letters: bool = False, division: str = "", first: int = 0, size: int = 30
    ) -> tuple[list[int], int]:
        """Keys of postings that wait for a person (held, or the employer is owed a letter), oldest first."""
        source = POSTING.outerjoin(POSTING_CHECK, POSTING_CHECK.c.posting_key == POSTING.c.key)
        condition = _owed_letters() if letters else _held()
        query = select(POSTING.c.key).select_from(source).where(condition, within(POSTING.c.place_code, division))
        rows = self._context.connection.execute(query.order_by(POSTING.c.key).offset(first).limit(size))
        total = self._context.connection.scalar(select(func.count()).select_from(query.subquery())) or 0
        return [int(key) for (key,) in rows], int(total)

    def holding(self, code: str, *, division: str = "") -> int:
        """How many postings of a division are held with a flag of this code."""
        query = select(POSTING_CHECK.c.flags).select_from(
            POSTING_CHECK.join(POSTING, POSTING.c.key == POSTING_CHECK.c.posting_key)
        )
        held = POSTING.c.state == PostingState.HELD.value
        rows = self._context.connection.scalars(query.where(held, within(POSTING.c.place_code, division)))
        return sum(any(flag["code"] == code for flag in flags) for flags in rows)

    def pay_ranges(self) -> PayRanges:
        """The usual pay as last measured."""
        c = PAY_RANGE.c
        query = select(c.occupation, c.division, c.postings, c.median_yuan)
        return {(work, place): (int(many), float(yuan)) for work, place, many, yuan in self._run(query)}

    def put_pay_ranges(self, ranges: PayRanges) -> None:
        """The usual pay, measured anew."""
        self._context.connection.execute(delete(PAY_RANGE))
        rows = [
            {"occupation": work, "division": place, "postings": many, "median_yuan": yuan}
            for (work, place), (many, yuan) in ranges.items()
        ]
        if rows:
            self._context.connection.execute(insert(PAY_RANGE), rows)

    def _run(self, query: Any) -> list[Any]:
        """The rows of a query."""
        return list(self._context.connection.execute(query))


def _held() -> ColumnElement[bool]:
    """Held, or open and yet found to pay too little, and not released."""
    undecided = func.coalesce(POSTING_CHECK.c.decided, "") != Decided.RELEASED.value
    found = and_(POSTING_CHECK.c.severity == Severity.HOLD.value, undecided)
    return or_(POSTING.c.state == PostingState.HELD.value, and_(POSTING.c.state == PostingState.OPEN.value, found))


def _owed_letters() -> ColumnElement[bool]:
    """Open, with limits that a letter is owed for, and none sent yet."""
    return and_(
        POSTING.c.state == PostingState.OPEN.value,
        POSTING_CHECK.c.severity == Severity.LETTER.value,
        POSTING_CHECK.c.decided == "",
    )


def _row(key: int, flags: tuple[Flag, ...], now: datetime, kept: PostingCheck | None) -> dict[str, Any]:
    """The columns of a check."""
    worst = next((one.value for one in _RANK if any(flag.severity is one for flag in flags)), "")
    return {
        "posting_key": key,
        "severity": worst,
        "flags": msgspec.to_builtins(flags),
        "text_digest": "" if kept is None else kept.text_digest,
        "checked_at": now,
        "decided": "" if kept is None or kept.decided is None else kept.decided.value,
        "decided_by": "" if kept is None else kept.decided_by,
        "decided_at": None if kept is None else kept.decided_at,
    }


def _check(row: Mapping[Any, Any]) -> PostingCheck:
    """A row as a check."""
    return PostingCheck(
        posting_key=int(row["posting_key"]),
        flags=msgspec.convert(row["flags"], tuple[Flag, ...]),
        checked_at=row["checked_at"],
        text_digest=row["text_digest"],
        decided=Decided(row["decided"]) if row["decided"] else None,
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )
