"""What a wide word for work means at the place it is done at: 做饭 in a canteen is no cooking at somebody's home.

In: an occupation, a cell and where the work is named. Out: the occupation at that place, by work_contexts.csv.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.reading.negation import clause_at
from matcher.reading.people.cells import Cell
from matcher.reference.tables import read_table


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[frozenset[str], re.Pattern[str], str], ...]:
    """Rows of work_contexts.csv."""
    return tuple(
        (frozenset(row["codes"].split()), re.compile(row["context"]), row["becomes"])
        for row in read_table("work_contexts")
    )


def at_its_place(code: str, cell: Cell, start: int, end: int) -> str:
    """The occupation that work named at [start, end) is where the words before it in the clause say its place."""
    lead = cell.text[clause_at(cell.text, start).start : end]
    return next((becomes for codes, context, becomes in _rows() if code in codes and context.search(lead)), code)
