"""The people of a scope, some hundred in memory at a time.

In: an office and an order. Out: stored people in the order of villages and names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.domain.papers.records import PrintOrder
from matcher.listings import MOST_ROWS, PeopleFilter, PersonSummary, Scope, people

if TYPE_CHECKING:
    from matcher.office import Office, StoredWorker


def people_of(office: Office, order: PrintOrder) -> Iterator[tuple[PersonSummary, StoredWorker]]:
    """Everybody of a scope."""
    scope, number = Scope(order.division, order.villages), 1
    while True:
        with office.reading() as unit:
            page = people(unit, PeopleFilter(), scope, number=number, size=MOST_ROWS)
            opened = unit.workers.many([row.key for row in page.rows])
        yield from ((row, opened[row.key]) for row in page.rows)
        if number * MOST_ROWS >= page.total:
            return
        number += 1
