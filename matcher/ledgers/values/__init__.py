"""Where the value of a column comes from: a field of the record by its path, or a function by its name.

In: a `Subject` and the source of a column. Out: a plain value, None or "" where nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from matcher.ledgers.subject import Subject
from matcher.ledgers.values import person, service, wishes, work

Raw = str | int | float | bool | date | StrEnum | None
Source = Callable[[Subject], Raw]
FUNCTIONS: dict[str, Source] = {**person.SOURCES, **wishes.SOURCES, **service.SOURCES, **work.SOURCES}


def value_of(subject: Subject, source: str) -> Raw:
    """The value of a source: a function's, or that of worker.… or ledger.…"""
    found = FUNCTIONS.get(source)
    if found is not None:
        return found(subject)
    owner, _, name = source.partition(".")
    value: Raw = getattr(subject.worker if owner == "worker" else subject.ledger, name)
    return value
