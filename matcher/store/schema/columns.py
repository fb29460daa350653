"""The kinds of column all tables are made of.

In: a name. Out: a SQLAlchemy column; moments are kept as UTC text so that both databases sort them alike.
A column that names a village says what happens to it when the village is renamed or joins another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC in ISO form so that both databases sort and compare it alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetime → UTC text."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """UTC text → aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


TELLS_ONLY = "tells_only"
"""Mark of a table that tells what happened to a record and holds nobody's decision about it."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """The primary key; never used again after a row is gone."""
    return Column("key", Integer, primary_key=True, autoincrement=True)


def person(name: str = "worker_key", *, nullable: bool = False, primary: bool = False) -> Column[int]:
    """The person a row is about; what hangs on a person goes with the person."""
    worker = ForeignKey("worker.key", ondelete="CASCADE")
    return Column(name, worker, nullable=nullable, index=not primary, primary_key=primary)


def part_of(table: str, name: str) -> Column[int]:
    """A row of another table; gone with it."""
    return Column(name, ForeignKey(f"{table}.key", ondelete="CASCADE"), nullable=False, index=True)


def uid() -> Column[str]:
    """The random name of a row that its seals are tied to."""
    return Column("uid", String(32), nullable=False, unique=True)


def string(name: str, *, index: bool = False) -> Column[str]:
    """A text column, "" where nothing is known."""
    return Column(name, Text, nullable=False, server_default="", index=index)


def number(name: str, *, default: int = 0, index: bool = False) -> Column[int]:
    """A whole number with a default."""
    return Column(name, Integer, nullable=False, server_default=str(default), index=index)


def flag(name: str) -> Column[bool]:
    """Yes or no, no by default."""
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    """A moment."""
    return Column(name, Instant, nullable=nullable)


class Follows(Enum):
    """What happens to a village's name in a row when the village is renamed or joins another."""

    YES = "the row goes with the village"
    RENAMED = "the row goes with a village that has a new name, and stays with one that joins another"
    OWN = "a verb of its own sees to it, with a history"
    NEVER = "the row tells what was: it keeps the old name"


VILLAGE = "village"
"""In the info of a column: the `VillageName` that says how it follows."""


@dataclass(frozen=True, slots=True)
class VillageName:
    """How a column names villages: the column with the division, who follows, which rows still may, a mark."""

    code: str
    follows: Follows
    still: Callable[[Table], ColumnElement[bool]] | None = None
    mark: str = ""


def village(
    code: str,
    follows: Follows = Follows.YES,
    *,
    name: str = "village",
    index: bool = False,
    still: Callable[[Table], ColumnElement[bool]] | None = None,
    mark: str = "",
) -> Column[str]:
    """A village by name, in the division of the column `code`; only rows that are `still` open follow it."""
    info = {VILLAGE: VillageName(code, follows, still, mark)}
    return Column(name, Text, nullable=False, server_default="", index=index, info=info)


def villages(code: str, follows: Follows = Follows.YES) -> Column[Any]:
    """A list of villages in the division of the column `code`."""
    return Column("villages", JSON, nullable=False, info={VILLAGE: VillageName(code, follows)})
