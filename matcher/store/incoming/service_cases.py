"""Cases of the service, as far as rosters open them: who lost work, and until when somebody has to act.

In: people and the day they became known. Out: open cases of a scope, the most urgent first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import and_, delete, func, insert, select, update

from matcher.domain.rosters.records import EntryType, ServiceCase
from matcher.store.context import StoreContext, chunks
from matcher.store.schema import SERVICE_CASE, WORKER
from matcher.store.workers import in_scope

OPEN, CLOSED = "open", "closed"


class ServiceCases:
    """The table of cases inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def open(
        self, workers: Collection[int], entry_type: EntryType, *, on: date, due_on: date, import_key: int = 0
    ) -> int:
        """Opens a case for each of these people who has none open; how many. Each knows the case before it."""
        c = SERVICE_CASE.c
        latest: dict[int, tuple[int, str]] = {}
        for part in chunks(list(workers)):
            query = select(c.worker_key, c.key, c.state).where(c.worker_key.in_(part)).order_by(c.key)
            latest.update({worker: (key, state) for worker, key, state in self._context.connection.execute(query)})
        rows = [
            {
                "worker_key": worker,
                "entry_type": entry_type.value,
                "state": OPEN,
                "opened_on": on,
                "due_on": due_on,
                "previous_key": latest[worker][0] if worker in latest else None,
                "import_key": import_key,
                "created_at": self._context.clock(),
            }
            for worker in dict.fromkeys(workers)
            if latest.get(worker, (0, ""))[1] != OPEN
        ]
        if rows:
            self._context.connection.execute(insert(SERVICE_CASE), rows)
        return len(rows)

    def close(self, workers: Collection[int], *, on: date, import_key: int = 0) -> None:
        """Closes the cases of people a roster says have work again."""
        c = SERVICE_CASE.c
        values = {"state": CLOSED, "closed_on": on, "closing_import_key": import_key}
        for part in chunks(list(workers)):
            change = update(SERVICE_CASE).where(c.worker_key.in_(part), c.state == OPEN)
            self._context.connection.execute(change.values(values))

    def reopen(self, worker_key: int) -> None:
        """Opens the newest case of a person again that was closed by mistake and by no roster."""
        c = SERVICE_CASE.c
        newest = select(c.key, c.state, c.closing_import_key).where(c.worker_key == worker_key)
        row = self._context.connection.execute(newest.order_by(c.key.desc()).limit(1)).first()
        if row is not None and row[1] == CLOSED and not row[2]:
            change = update(SERVICE_CASE).where(c.key == row[0])
            self._context.connection.execute(change.values(state=OPEN, closed_on=None))

    def forget(self, import_key: int) -> None:
        """Takes back the cases an import that is undone has opened, and opens those it closed."""
        c = SERVICE_CASE.c
        reopened = {"state": OPEN, "closed_on": None, "closing_import_key": 0}
        closed = update(SERVICE_CASE).where(c.closing_import_key == import_key, c.state == CLOSED)
        self._context.connection.execute(closed.values(reopened))
        self._context.connection.execute(delete(SERVICE_CASE).where(c.import_key == import_key, c.state == OPEN))

    def of_person(self, worker_key: int) -> list[ServiceCase]:
        """All cases of one person, the first one first."""
        return self.of_people([worker_key]).get(worker_key, [])

    def of_people(self, workers: Sequence[int]) -> dict[int, list[ServiceCase]]:
        """All cases of some people, the first one first."""
        c, found = SERVICE_CASE.c, dict[int, list[ServiceCase]]()
        columns = (c.key, c.worker_key, c.entry_type, c.opened_on, c.due_on, c.previous_key, c.closed_on)
        for part in chunks(workers):
            query = select(*columns).where(c.worker_key.in_(part)).order_by(c.key)
            for row in self._context.connection.execute(query).mappings():
                case = ServiceCase(**{**row, "entry_type": EntryType(row["entry_type"])})
                found.setdefault(case.worker_key, []).append(case)
        return found

    def waiting(
        self, entry_type: EntryType, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 50
    ) -> tuple[list[ServiceCase], int]:
        """Open cases of a scope, the earliest due first, and how many there are in all."""
        c, w = SERVICE_CASE.c, WORKER.c
        joined = SERVICE_CASE.join(WORKER, w.key == c.worker_key)
        inside = and_(c.state == OPEN, c.entry_type == entry_type.value, in_scope(division, villages))
        columns = (c.key, c.worker_key, c.opened_on, c.due_on, c.previous_key, w.name, w.village, w.home_name)
        counted = select(*columns, func.count().over().label("_total")).select_from(joined).where(inside)
        rows = self._context.connection.execute(counted.order_by(c.due_on, c.key).limit(limit)).mappings().all()
        found = [
            ServiceCase(entry_type=entry_type, **{str(name): row[name] for name in row if name != "_total"})
            for row in rows
        ]
        return found, int(rows[0]["_total"]) if rows else 0
