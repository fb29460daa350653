"""Keys inside of bodies and lists: where they stand in a value, so that they can be named, and found again elsewhere.

In: a value of one column, opened, and what becomes of one key. Out: the value with every key put through it;
`Lost` where one of them leads nowhere here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table

from matcher.domain.aftercare import THE_CLASS
from matcher.store.schema import LIFE_CHANGE, PLAN_ANSWER, POSTING

Rename = Callable[[Table, Any], Any]
"""A key for a name or a name for a key; "" and 0 are nothing on either side."""
Walk = Callable[[Any, Rename], Any]
"""Puts every key of a value through a Rename."""


class Lost(Exception):
    """A name leads to no row here."""


def ticks(body: Any, rename: Rename) -> Any:
    """A slip: the posting of each tick, and the answer it became."""
    return body | {"ticks": [_tick(kept, rename) for kept in body["ticks"]]}


def _tick(kept: Any, rename: Rename) -> Any:
    """One tick; the class of the plan stands where a posting would."""
    told = kept["tick"]
    posting = told["posting_key"]
    named = posting if posting == THE_CLASS else rename(POSTING, posting)
    return kept | {"tick": told | {"posting_key": named}, "answer_key": rename(PLAN_ANSWER, kept["answer_key"])}


def postings(keys: Any, rename: Rename) -> Any:
    """A list of postings, those left out that are gone."""
    return sorted(found for found in (rename(POSTING, key) for key in keys) if found)


def one_of(table: Table) -> Walk:
    """A single key of a table in a column that is no foreign key."""
    return lambda key, rename: rename(table, key) or None if key else None


def life_change(key: Any, rename: Rename) -> Any:
    """The change of life a correction came with."""
    return None if key is None else rename(LIFE_CHANGE, key)
