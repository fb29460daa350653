"""The records of a slice: the people of a division or some villages, and everything their work needs.

In: a scope. Out: for every kind of record its `Record`s, each with what was last agreed on with other offices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, false, func, or_, select, true

from matcher.domain.intake.errands import Tell, untold
from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext, chunks, within
from matcher.store.schema import (
    AUDIT_ENTRY,
    DEPARTURE,
    EMPLOYMENT_SPELL,
    HOLDER_TOLD,
    LOCAL_MEMBER,
    LOCAL_SITE,
    MATCH_RUN,
    OPENING_TAKEN,
    PLAN,
    PLAN_ANSWER,
    PLAN_CHOICE,
    PLAN_MATCH,
    POSTING,
    POSTING_VOICE,
    SLIP_RETURN,
    TRAVELLER,
    WORKER,
)
from matcher.store.slices.bases import Bases
from matcher.store.slices.kinds import JOB, KINDS, PERSON, Kind, Plain
from matcher.store.slices.names import SEPARATOR, Names
from matcher.store.slices.records import Record
from matcher.store.slices.rows import Rows, foreign, pointed_to
from matcher.store.slices.standing import name_in

_NAMED_OTHERWISE = (
    EMPLOYMENT_SPELL.c.posting_key,
    HOLDER_TOLD.c.posting_key,
    PLAN_CHOICE.c.came_key,
    PLAN_CHOICE.c.left_key,
)
"""Where people's rows name postings beside plans and answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What goes into a slice; `whole` = everything there is, as a laptop hands back."""

    division: str
    villages: tuple[str, ...] = ()
    today: date
    most_postings: int
    silent: frozenset[int] = frozenset()
    """Postings another advert of the same job speaks for."""
    whole: bool = False


def in_extent(extent: Extent) -> ColumnElement[bool]:
    """Whether a person belongs to a slice; whoever was merged into somebody goes too."""
    if extent.whole:
        return true()
    inside = within(WORKER.c.home_code, extent.division)
    return and_(inside, WORKER.c.village.in_(extent.villages)) if extent.villages else inside


class Collector:
    """Reads the records of one slice."""

    def __init__(self, context: StoreContext, extent: Extent) -> None:
        self._context, self._extent, self._connection = context, extent, context.connection
        self._names = Names(context)
        self._rows, self._bases = Rows(context, self._names), Bases(context)
        self._kept = self._bases.kept()
        self.people = self._keys(WORKER, in_extent(extent))
        self._plans = self._plan_keys()
        self._slips = self._of_people(SLIP_RETURN.c.key)
        self._postings = self._posting_keys()
        self._takings = self._takings_of_people()
        self._actors = self._last_actors()

    def records(self, kind: Kind) -> list[Record]:
        """Every record of a kind, in the order of its rows."""
        rows = list(self._rows_of(kind))
        for table, keys in pointed_to(kind, rows).items():
            self._names.ready(table, keys=keys)
        grouped: dict[str, list[Plain]] = defaultdict(list)
        people: dict[str, str] = {}
        for row in rows:
            self._names.noted(kind.table, row)
            plain = self._rows.plain(kind, row, takings=self._takings.get(row["key"], 0) if kind is JOB else 0)
            ref = ref_of(kind, plain)
            grouped[ref].append(plain)
            person = row["key"] if kind is PERSON else row.get("worker_key")
            people[ref] = self._actors.get(person or 0, "")
        gone = self._gone(kind, grouped) if kind.fades else {}
        found = self._bases.of(kind.name, [*grouped, *gone])
        return [
            Record(
                kind=kind.name, ref=ref, rows=group, by=people.get(ref, ""), bases=found.get(ref, {}), gone=ref in gone
            )
            for ref, group in (*grouped.items(), *gone.items())
        ]

    def _gone(self, kind: Kind, standing: Collection[str]) -> dict[str, list[Plain]]:
        """Records both offices had that are not here any more, of people who are."""
        here = set(self.people)
        found: dict[str, list[Plain]] = {}
        for (mark, person), rows in self._kept.items():
            if person is None or person in here:
                ref = named_as(kind, rows, mark, self._bases)
                if ref is not None and ref not in standing:
                    found[ref] = rows
        return found

    def _rows_of(self, kind: Kind) -> Iterator[Mapping[str, Any]]:
        """The rows of a kind that belong to the slice, in the order of their keys."""
        column, keys = self._limit(kind.table)
        order = kind.table.c.key if "key" in kind.table.c else next(iter(kind.table.primary_key.columns))
        if column is None:
            yield from map(dict, self._connection.execute(select(kind.table).order_by(order)).mappings())
            return
        found: list[Mapping[str, Any]] = []
        for part in chunks(sorted(keys)):
            rows = self._connection.execute(select(kind.table).where(column.in_(part))).mappings()
            found += [dict(row) for row in rows]
        yield from sorted(found, key=lambda row: row[order.name])

    def _limit(self, table: Table) -> tuple[ColumnElement[Any] | None, Collection[int]]:
        """The column that tells whether a row belongs to the slice, and its keys."""
        if table is MATCH_RUN:
            runs = select(PLAN.c.run_key).distinct()
            found: set[int] = set()
            for part in chunks(self._plans):
                found.update(self._connection.scalars(runs.where(PLAN.c.key.in_(part))))
            return MATCH_RUN.c.key, found
        if table is PLAN:
            return PLAN.c.key, self._plans
        if table is POSTING_VOICE:
            return POSTING_VOICE.c.return_key, self._slips
        own = {WORKER: self.people, POSTING: self._postings, **self._places}.get(table)
        if own is not None:
            return table.c.key, own
        for target, keys in ((WORKER, self.people), (POSTING, self._postings)):
            for column in table.columns:
                if foreign(column) is target:
                    return column, keys
        for column in table.columns:
            if foreign(column) is LOCAL_MEMBER:
                return column, self._of_people(LOCAL_MEMBER.c.key)
        return None, ()

    @cached_property
    def _places(self) -> dict[Table, set[int]]:
        """Sites and departures of the place, and those people of the slice are at or on."""
        found: dict[Table, set[int]] = {}
        for table, of_people in ((LOCAL_SITE, LOCAL_MEMBER.c.site_key), (DEPARTURE, TRAVELLER.c.departure_key)):
            near = within(table.c.division, self._extent.division)
            if self._extent.villages:
                near = and_(near, table.c.village.in_(self._extent.villages)) if "village" in table.c else false()
            here = self._keys(table, true() if self._extent.whole else near)
            found[table] = {*here, *self._of_people(of_people)}
        return found

    def _keys(self, table: Table, condition: ColumnElement[bool]) -> list[int]:
        """Keys of a condition."""
        return list(self._connection.scalars(select(table.c.key).where(condition).order_by(table.c.key)))

    def _plan_keys(self) -> list[int]:
        """Plans that hold, that were printed, that somebody answered, or that were changed by hand."""
        named = (PLAN_ANSWER.c.plan_key, SLIP_RETURN.c.plan_key, PLAN_CHOICE.c.plan_key, PLAN_CHOICE.c.from_plan_key)
        worked_on = or_(*(PLAN.c.key.in_(select(column)) for column in named))
        wanted = or_(PLAN.c.current, PLAN.c.printed_on.is_not(None), worked_on)
        found: list[int] = []
        for part in chunks(self.people):
            mine = and_(PLAN.c.worker_key.in_(part), true() if self._extent.whole else wanted)
            found += self._keys(PLAN, mine)
        return found

    def _posting_keys(self) -> set[int]:
        """Postings that plans and answers name, and as many open ones as a slice may hold, the nearest first."""
        if self._extent.whole:
            return set(self._keys(POSTING, true()))
        found: set[int] = set()
        for part in chunks(self._plans):
            found.update(
                self._connection.scalars(select(PLAN_MATCH.c.posting_key).where(PLAN_MATCH.c.plan_key.in_(part)))
            )
            answers = select(PLAN_ANSWER.c.posting_key).where(PLAN_ANSWER.c.plan_key.in_(part))
            found.update(self._connection.scalars(answers))
        for column in _NAMED_OTHERWISE:
            found.update(key for key in self._of_people(column) if key is not None)
        for column in (PLAN_CHOICE.c.given, PLAN_CHOICE.c.taken):
            found.update(key for keys in self._of_people(column) for key in keys)
        found.update(self._of_trips())
        c, county = POSTING.c, self._extent.division[:6]
        still = or_(c.deadline.is_(None), c.deadline >= self._extent.today)
        near = within(c.place_code, county) if county else false()
        usable = select(c.key, near).where(c.state == PostingState.OPEN.value, still)
        ranked = sorted(self._connection.execute(usable).all(), key=lambda row: (not row[1], -row[0]))
        heard = [int(key) for key, _ in ranked if key not in self._extent.silent]
        return found | set(heard[: self._extent.most_postings])

    def _of_trips(self) -> list[int]:
        """The postings of the departures that go along."""
        found: list[int] = []
        for part in chunks(sorted(self._places[DEPARTURE])):
            named = select(DEPARTURE.c.posting_key).where(
                DEPARTURE.c.key.in_(part), DEPARTURE.c.posting_key.is_not(None)
            )
            found += self._connection.scalars(named.where(DEPARTURE.c.posting_key.in_(select(POSTING.c.key))))
        return found

    def _of_people(self, column: Column[Any]) -> list[Any]:
        """A column of the rows that hang on people of the slice."""
        found: list[Any] = []
        for part in chunks(self.people):
            found += self._connection.scalars(select(column).where(column.table.c.worker_key.in_(part)))
        return found

    def _takings_of_people(self) -> Counter[int]:
        """How many openings of each posting people of the slice have taken."""
        c, found = OPENING_TAKEN.c, Counter[int]()
        standing = select(c.posting_key, func.count()).where(c.undone_at.is_(None), c.counted).group_by(c.posting_key)
        for part in chunks(self.people):
            for posting, many in self._connection.execute(standing.where(c.worker_key.in_(part))):
                found[posting] += many
        return found

    def _last_actors(self) -> dict[int, str]:
        """Who last worked on each person."""
        c = AUDIT_ENTRY.c
        found: dict[int, str] = {}
        for part in chunks(self.people):
            subjects = [f"worker:{key}" for key in part]
            newest = select(func.max(c.number)).where(c.subject.in_(subjects)).group_by(c.subject)
            for subject, actor in self._connection.execute(select(c.subject, c.actor).where(c.number.in_(newest))):
                found[int(subject.partition(":")[2])] = actor
        return found


def named_as(kind: Kind, rows: Sequence[Plain], mark: str, bases: Bases) -> str | None:
    """What a record of a kind is called, out of rows that were agreed under a mark; None where they are of another."""
    if not set(kind.owner) <= rows[0].keys():
        return None
    ref = ref_of(kind, rows[0])
    return ref if bases.mark(kind.name, ref) == mark else None


def ref_of(kind: Kind, plain: Plain) -> str:
    """What a record is called, out of one of its rows."""
    if kind.owner:
        return SEPARATOR.join(str(plain[name]) for name in kind.owner)
    return name_in(kind, plain)


def all_records(collector: Collector, kinds: Sequence[Kind] = KINDS, tell: Tell = untold) -> Iterable[Record]:
    """Every record of a slice, in the order it must land."""
    for done, kind in enumerate(kinds):
        tell(done / len(kinds))
        yield from collector.records(kind)
