"""What was known of a person and is to be unknown again.

In: a person, and the columns that are to be empty. Out: the person without what those columns had told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import MISSING, fields, replace
from functools import lru_cache
from typing import Any

from jobs_feed.reference import rows_of
from matcher.domain.worker import Worker

KEPT = frozenset({"编号", "姓名", "旗县", "苏木乡镇", "嘎查村"})
"""Columns by which a person is found again and answered for: they may be corrected, not emptied."""
OF_NUMBER = frozenset({"性别", "出生日期"})
"""What the ID number tells, wherever there is one."""
_READ_OUT = {"education_text": "education"}
"""Attributes that are read out of the words of another one."""


def emptied(person: Worker, columns: Collection[str]) -> Worker:
    """The person without what some columns told."""
    if not columns:
        return person
    known = _attributes()
    return replace(person, **{name: _unknown()[name] for column in columns for name in known.get(column, ())})


@lru_cache(maxsize=1)
def _attributes() -> dict[str, list[str]]:
    """Column → the attributes it tells."""
    found: dict[str, list[str]] = {}
    for row in rows_of("attributes"):
        if row["kind"] == "workers" and row["field"] not in KEPT:
            names = found.setdefault(row["field"], [])
            names += [row["attribute"], *filter(None, [_READ_OUT.get(row["attribute"], "")])]
    return found


@lru_cache(maxsize=1)
def _unknown() -> dict[str, Any]:
    """Attribute → its value where nothing is known."""
    return {one.name: one.default for one in fields(Worker) if one.default is not MISSING}
