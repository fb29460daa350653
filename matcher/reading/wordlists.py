"""Lists of words that readers look for, kept in reading_words.csv, paper_words.csv and work_words.csv.

In: the name of a list. Out: one regular expression group of its words; a word may itself be a small pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.domain.errors import ReferenceInvalid
from matcher.reference.tables import read_table

TABLES = ("reading_words", "paper_words", "work_words")


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    """All lists; rows of one name are one list."""
    found: dict[str, list[str]] = {}
    for row in (row for table in TABLES for row in read_table(table)):
        found.setdefault(row["name"], []).extend(row["words"].split())
    return {name: f"(?:{'|'.join(words)})" for name, words in found.items()}


def words(name: str) -> str:
    """A list as a regular expression group, in the order of the file."""
    try:
        return _lists()[name]
    except KeyError:
        raise ReferenceInvalid(f"reading_words.csv 缺少词表 {name}", ref=name) from None


_NAMED = re.compile(r"<([a-z_]+(?:\.[a-z_]+)+|kin)>")


def spelled(pattern: str) -> str:
    """A pattern of a table with the lists it names put in: “<home.child>没人<home.tended>”."""
    return _NAMED.sub(lambda name: words(name[1]), pattern)
