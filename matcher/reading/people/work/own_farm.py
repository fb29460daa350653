"""Work on one's own land and with one's own herd: 自家养牛, 自家80只羊带着放, 家里六十亩苞米.

In: a cell and own_farm.csv. Out: the work, unless the land is let or somebody else of the family does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.reading.linking import Mention
from matcher.reading.negation import clause_at, folded_polarity
from matcher.reading.people.cells import Cell
from matcher.reading.people.work.named import HELD
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_NOT_OWN_WORK = re.compile(words("work.farm_others"))
"""What says that the land is let or that somebody else works it."""
_COUNT = r"(?:\d{1,4}|[一二两三四五六七八九十百几]+)"


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Rows of own_farm.csv with the words for one's own and the numbers put in."""
    return tuple(
        (re.compile(row["pattern"].replace("OWN", words("work.own_farm")).replace("COUNT", _COUNT)), row["occupation"])
        for row in read_table("own_farm")
    )


def own_farm(cell: Cell) -> Iterator[Mention]:
    """Farm work that the cell says is done at home."""
    for pattern, occupation in _rows():
        found = pattern.search(cell.text)
        if found is None or folded_polarity(cell.text, *found.span()) not in HELD:
            continue
        clause = clause_at(cell.text, found.start())
        if not _NOT_OWN_WORK.search(cell.text[clause.start : clause.end + 12]):
            yield Mention(occupation, "occupation", *found.span(), found[0], 0.8)
