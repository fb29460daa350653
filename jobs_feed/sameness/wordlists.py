"""The tables of this package: words of employers' names and of job titles, points of the scorecard.

In: the name of a table and a kind. Out: words, longest first, or points and limits by code.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobs_feed.reference import rows_of
from matcher.domain.errors import ReferenceInvalid


@lru_cache(maxsize=64)
def listed(table: str, kind: str) -> tuple[str, ...]:
    """The words of a kind, longest first, so that the longest one is found."""
    found = {word for row in rows_of(table) if row["kind"] == kind for word in row["words"].split()}
    if not found:
        raise ReferenceInvalid(f"{table}.csv 缺少词表 {kind}", ref=kind)
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=64)
def any_of(table: str, kind: str) -> str:
    """The words of a kind as one regular expression group; a word of title_words may itself be a small pattern."""
    patterns = listed(table, kind)
    return f"(?:{'|'.join(patterns if table == 'title_words' else map(re.escape, patterns))})"


@lru_cache(maxsize=1)
def points() -> dict[str, float]:
    """Points and limits of the scorecard by code."""
    return {row["code"]: float(row["value"]) for row in rows_of("same_points")}
