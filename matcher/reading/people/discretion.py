"""What people wrote that is never repeated: illness, debt, record, poverty, private life, judgements.

In: words of a person's file. Out: whether they may be quoted back on a paper or in a question.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.reference.tables import read_table


@lru_cache(maxsize=1)
def _unquoted() -> re.Pattern[str]:
    """Anything that keeps words from being quoted."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("unquoted_words")))


def quotable(words: str) -> bool:
    """Whether words may stand on a paper that is handed out."""
    return _unquoted().search(words) is None
