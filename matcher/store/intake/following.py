"""Rows that name a village follow it when it is renamed or joins another; and go back.

In: the village that was and the one it became. Out: how many rows of which table went with it, each kept with what
stood there before. Which columns name villages is told by the schema (`village()`, `villages()`), never by a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, func, insert, select, true, update

from matcher.domain.division import lies_within
from matcher.domain.intake.life import Village
from matcher.reference.name_forms import plain_village
from matcher.store.context import Row, StoreContext, chunks, within
from matcher.store.schema import METADATA, VILLAGE_FOLLOW, WORKER
from matcher.store.schema.columns import VILLAGE, Follows, VillageName

_FOLLOWING = frozenset({Follows.YES, Follows.RENAMED})


@dataclass(frozen=True, slots=True)
class Naming:
    """One column of the schema that names a village."""

    column: Column[Any]
    told: VillageName

    @property
    def table(self) -> Table:
        """The table it stands in."""
        return self.column.table

    @property
    def code(self) -> Column[Any]:
        """The column with the division of the village."""
        return self.table.c[self.told.code]


def namings() -> tuple[Naming, ...]:
    """Every column of the schema that says it names a village."""
    columns = (column for table in METADATA.sorted_tables for column in table.c)
    return tuple(Naming(column, column.info[VILLAGE]) for column in columns if VILLAGE in column.info)


class VillageRows:
    """The rows of all tables that follow a village, inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def follow(self, batch: str, was: Village, now: Village, *, joins: bool) -> Counter[str]:
        """Takes every row along that follows; how many by table. `joins` = the other village was there before."""
        counts = Counter[str]()
        for naming in namings():
            if naming.told.follows not in _FOLLOWING or (joins and naming.told.follows is Follows.RENAMED):
                continue
            rows = self._listed(naming, was, now) if naming.column.name == "villages" else self._named(naming, was, now)
            counts[naming.table.name] += self._write(naming.table, batch, rows)
        return +counts

    def back(self, batch: str) -> tuple[int, int]:
        """Rows as they stood before an act; how many went back, how many were changed since and stay."""
        back = kept = 0
        query = select(VILLAGE_FOLLOW).where(VILLAGE_FOLLOW.c.batch == batch).order_by(VILLAGE_FOLLOW.c.key)
        for row in self._context.connection.execute(query).mappings():
            table, was, became = METADATA.tables[row["of_table"]], row["was"], row["became"]
            naming = next(one for one in namings() if one.table is table)
            found = self._context.connection.execute(
                select(*(table.c[name] for name in became)).where(table.c.key == row["row_key"])
            ).mappings()
            if dict(found.first() or {}) != became or not self._free(naming, row["row_key"], was):
                kept += 1
                continue
            self._context.connection.execute(update(table).where(table.c.key == row["row_key"]).values(was))
            back += 1
        return back, kept

    def _named(self, naming: Naming, was: Village, now: Village) -> Iterator[tuple[int, Row, Row]]:
        """(key, what stood, what stands now) of the rows whose column names the village, however it is spelt."""
        table, told = naming.table, naming.told
        still = told.still(table) if told.still is not None else true()
        for code, name in self._spellings(naming, was):
            mark = [table.c[told.mark]] if told.mark else []
            query = select(table.c.key, *mark).where(naming.code == code, naming.column == name, still)
            before: Row = {told.code: code, naming.column.name: name}
            after: Row = {told.code: _moved(code, was, now), naming.column.name: now.name}
            for row in self._context.connection.execute(query.order_by(table.c.key)).mappings().all():
                marks = _marks(told, str(row[told.mark]), was, now) if told.mark else ({}, {})
                if self._free(naming, int(row["key"]), after):
                    yield int(row["key"]), before | marks[0], after | marks[1]

    def _spellings(self, naming: Naming, was: Village) -> list[tuple[str, str]]:
        """The ways rows write the division and the name of the village; a wider division only where it is the one."""
        codes = [was.code, *(code for code in _wider(was.code) if self._only_one(code, was))]
        distinct = select(naming.code, naming.column).where(naming.code.in_(codes)).distinct()
        wanted = plain_village(was.name)
        pairs = ((str(code), str(name)) for code, name in self._context.connection.execute(distinct))
        return sorted(pair for pair in pairs if pair[1] and plain_village(pair[1]) == wanted)

    def _only_one(self, code: str, was: Village) -> bool:
        """Whether a wider division has people of a village of this name in no other place."""
        c = WORKER.c
        here = and_(c.village == was.name, within(c.home_code, code), c.home_code != was.code)
        return not self._context.connection.scalar(select(func.count()).select_from(WORKER).where(here))

    def _listed(self, naming: Naming, was: Village, now: Village) -> Iterator[tuple[int, Row, Row]]:
        """The same for columns that hold a list of villages of a division."""
        query = select(naming.table.c.key, naming.code, naming.column).order_by(naming.table.c.key)
        for key, code, names in self._context.connection.execute(query).all():
            if was.name in (names or ()) and lies_within(was.code, str(code)):
                changed = list(dict.fromkeys(now.name if one == was.name else one for one in names))
                yield int(key), {naming.column.name: list(names)}, {naming.column.name: changed}

    def _free(self, naming: Naming, key: int, after: Row) -> bool:
        """Whether no other row stands where a row would come to stand."""
        table = naming.table
        for one in table.constraints:
            if isinstance(one, UniqueConstraint) and naming.column.name in one.columns:
                row = self._context.connection.execute(select(*one.columns).where(table.c.key == key)).mappings().one()
                wanted = {name: after.get(name, row[name]) for name in one.columns.keys()}  # noqa: SIM118
                there = and_(table.c.key != key, *(table.c[name] == value for name, value in wanted.items()))
                if self._context.connection.scalar(select(table.c.key).where(there)) is not None:
                    return False
        return True

    def _write(self, table: Table, batch: str, rows: Iterator[tuple[int, Row, Row]]) -> int:
        """Changes rows one by one and keeps what stood there; how many."""
        kept = []
        for key, was, became in rows:
            self._context.connection.execute(update(table).where(table.c.key == key).values(became))
            kept.append({"batch": batch, "of_table": table.name, "row_key": key, "was": was, "became": became})
        for part in chunks(kept):
            self._context.connection.execute(insert(VILLAGE_FOLLOW), list(part))
        return len(kept)


def _wider(code: str) -> Sequence[str]:
    """The divisions a division lies in, as codes are written."""
    lengths = [length for length in (9, 6) if length < len(code)]
    return [code[:length] + filler for length in lengths for filler in ("", "0" * (12 - length))]


def _moved(code: str, was: Village, now: Village) -> str:
    """The division of a row after the move: its own where the village still lies in it."""
    return code if code != was.code and lies_within(now.code, code) else now.code


def _marks(told: VillageName, mark: str, was: Village, now: Village) -> tuple[Row, Row]:
    """A mark that names the village, before and after."""
    old, new = f":{was.code}:{was.name}", f":{now.code}:{now.name}"
    return {told.mark: mark}, {told.mark: mark.replace(old, new)}
