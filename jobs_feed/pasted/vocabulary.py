"""The words of group messages: pasted_words.csv and pasted_labels.csv.

In: the name of a list, or a label as somebody wrote it. Out: one regular expression group; the field it stands for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobs_feed.columns import names_of
from jobs_feed.reference import rows_of


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """All lists, longer words first where they are plain; rows of one name are one list."""
    found: dict[str, list[str]] = {}
    for row in rows_of("pasted_words"):
        found.setdefault(row["name"], []).extend(row["words"].split())
    return found


@lru_cache(maxsize=64)
def group(name: str) -> str:
    """A list as a regular expression group."""
    words = sorted(_lists()[name], key=len, reverse=True)
    return f"(?:{'|'.join(words)})"


@lru_cache(maxsize=64)
def whole(name: str) -> re.Pattern[str]:
    """A pattern that a whole line has to match."""
    return re.compile(rf"\W*{group(name)}\W*")


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Label → field: the columns of a spreadsheet, their other names, and the short words of messages."""
    names = names_of("postings")
    found = {alias: field for alias, (field, _) in names.alias.items()} | dict(names.exact)
    for row in rows_of("pasted_labels"):
        found |= dict.fromkeys((word.lower() for word in row["labels"].split()), row["field"])
    return {label: field for label, field in found.items() if field in names.exact.values()}


def field_of(label: str) -> str:
    """The field a label stands for, "" where it is none."""
    return labels().get(re.sub(r"[\s（）()]", "", label).lower(), "")
