"""What an import would change, field by field.

In: stored records and the same as the file states them. Out: `RecordChange`s; values of private columns are never
shown, only that they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import lru_cache

from jobs_feed.columns import names_of
from jobs_feed.reference import rows_of
from jobs_feed.report import masked
from matcher.domain.division import Place
from matcher.domain.posting import Posting
from matcher.domain.training import TrainingClass
from matcher.domain.worker import Worker

SHOWN_CHANGES = 200
"""Changed records a preview opens; the count tells of all."""
_HIDDEN = frozenset({"联系电话", "身份证号", "出生日期"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; `before` and `after` are "" where unknown, and both are where the field is `hidden`."""

    field: str
    before: str
    after: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record the file changes."""

    ref: str
    name: str
    fields: tuple[FieldChange, ...]


def changes_of(
    kind: str, updates: Sequence[tuple[int, Worker | Posting | TrainingClass]], stored: Mapping[int, object]
) -> list[RecordChange]:
    """The changed records with their fields."""
    found = []
    for key, value in updates:
        before = stored.get(key)
        if isinstance(before, Worker | Posting | TrainingClass):
            name = value.name if isinstance(value, Worker) else value.title
            found.append(RecordChange(value.ref, name, tuple(_fields(kind, before, value))))
    return found


def _fields(kind: str, before: object, after: Worker | Posting | TrainingClass) -> Iterator[FieldChange]:
    """The fields that differ, each column of the template once."""
    private = names_of(kind).private | (_HIDDEN if kind == "workers" else frozenset())
    told = set()
    for item in fields(after):
        column = column_of(kind, item.name)
        old, new = getattr(before, item.name), getattr(after, item.name)
        if old == new or not column or column in told:
            continue
        told.add(column)
        hidden = column in private
        yield FieldChange(column, "" if hidden else shown(old), "" if hidden else shown(new), hidden)


@lru_cache(maxsize=3)
def _columns(kind: str) -> dict[str, str]:
    """Attribute → column of the template."""
    return {row["attribute"]: row["field"] for row in rows_of("attributes") if row["kind"] == kind}


def column_of(kind: str, attribute: str) -> str:
    """The column of the template an attribute of a record comes from, "" where it is worked out."""
    return _columns(kind).get(attribute, "")


def shown(value: object) -> str:
    """A value in a few words, long runs of digits masked."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Place):
        return masked(value.name or value.text)
    if isinstance(value, tuple):
        return "、".join(shown(one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    return masked(str(value.value if isinstance(value, Enum) else value))
