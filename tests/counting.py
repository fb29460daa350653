"""Statements that are sent to a database while something happens.

In: an office. Out: the statements, without those that only open a transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from matcher.office import Office


@contextmanager
def counting(office: Office) -> Iterator[list[str]]:
    """The statements sent meanwhile, as they go out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            sent.append(statement)

    engine = office.store._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
