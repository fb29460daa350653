"""Who stands in the rosters of a sender, and what each roster changed.

In: the people an import named, and its changes. Out: a sender's people, and the change list of an import.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import and_, delete, func, insert, select, update

from matcher.domain.division import Place
from matcher.domain.rosters.records import ChangeKind, RosterChange, RosterMember
from matcher.store.context import StoreContext, chunks
from matcher.store.schema import ROSTER_CHANGE, ROSTER_MEMBER, WORKER
from matcher.store.workers import in_scope


class RosterChanges:
    """The tables of members and changes inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def members(self, sender: str) -> dict[int, RosterMember]:
        """Everyone the rosters of a sender have named, by key."""
        joined = ROSTER_MEMBER.join(WORKER, WORKER.c.key == ROSTER_MEMBER.c.worker_key)
        w, m = WORKER.c, ROSTER_MEMBER.c
        query = select(w.key, w.home_code, w.village, w.name, m.fell_out).select_from(joined)
        rows = self._context.connection.execute(query.where(m.sender == sender, w.merged_into.is_(None)))
        return {int(row[0]): RosterMember(Place(code=row[1]).county, row[2], row[3], row[4]) for row in rows}

    def note_members(self, sender: str, import_key: int, present: Collection[int], fallen: Collection[int]) -> None:
        """Who stands in this roster, and who no longer does."""
        c = ROSTER_MEMBER.c
        known = set(self._context.connection.scalars(select(c.worker_key).where(c.sender == sender)))
        fresh = [key for key in dict.fromkeys(present) if key not in known]
        for keys, values in (
            ([key for key in present if key in known], {"import_key": import_key, "fell_out": False}),
            (list(fallen), {"fell_out": True}),
        ):
            for part in chunks(keys):
                change = update(ROSTER_MEMBER).where(c.sender == sender, c.worker_key.in_(part))
                self._context.connection.execute(change.values(values))
        if fresh:
            rows = [{"sender": sender, "worker_key": key, "import_key": import_key, "fell_out": False} for key in fresh]
            self._context.connection.execute(insert(ROSTER_MEMBER), rows)

    def record(self, import_key: int, changes: Sequence[RosterChange]) -> None:
        """Keeps the change list of an import."""
        rows = [
            {
                "import_key": import_key,
                "worker_key": one.worker_key,
                "kind": one.kind.value,
                "was": one.was,
                "now": one.now,
            }
            for one in changes
        ]
        if rows:
            self._context.connection.execute(insert(ROSTER_CHANGE), rows)

    def forget(self, import_key: int) -> None:
        """Takes back what an import that is undone said of who stands in the rosters."""
        m, c = ROSTER_MEMBER.c, ROSTER_CHANGE.c
        fell = select(c.worker_key).where(c.import_key == import_key, c.kind == ChangeKind.FELL_OUT.value)
        self._context.connection.execute(update(ROSTER_MEMBER).where(m.worker_key.in_(fell)).values(fell_out=False))
        self._context.connection.execute(delete(ROSTER_MEMBER).where(m.import_key == import_key))
        self._context.connection.execute(delete(ROSTER_CHANGE).where(c.import_key == import_key))

    def of_import(
        self, import_key: int, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 5_000
    ) -> list[RosterChange]:
        """The change list of an import within a scope, by kind, village and name."""
        c, w = ROSTER_CHANGE.c, WORKER.c
        query = select(c.worker_key, c.kind, c.was, c.now, w.name, w.village, w.home_name)
        joined = query.select_from(ROSTER_CHANGE.join(WORKER, w.key == c.worker_key))
        inside = joined.where(and_(c.import_key == import_key, in_scope(division, villages)))
        rows = self._context.connection.execute(inside.order_by(w.home_code, w.village, w.name, c.key).limit(limit))
        return [
            RosterChange(
                worker_key=row[0], kind=ChangeKind(row[1]), was=row[2], now=row[3], name=row[4], village=row[5],
                home_name=row[6],
            )
            for row in rows
        ]  # fmt: skip

    def counts(
        self, import_keys: Sequence[int], *, division: str = "", villages: tuple[str, ...] = ()
    ) -> dict[int, int]:
        """How many changes of a scope each import brought."""
        c = ROSTER_CHANGE.c
        joined = ROSTER_CHANGE.join(WORKER, WORKER.c.key == c.worker_key)
        query = select(c.import_key, func.count()).select_from(joined).group_by(c.import_key)
        inside = query.where(c.import_key.in_(import_keys), in_scope(division, villages))
        return {int(key): int(many) for key, many in self._context.connection.execute(inside)}
