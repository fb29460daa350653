"""Files of people nothing was done for in a long time: found, and kept without names.

In: a moment since which nothing was done, a scope; keys of people. Out: whom it concerns with the day of the last
service; files of which only what is counted is left: sex, year of birth, township, schooling, kind of household, work,
and every step of the service with its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)

from matcher.domain.division import Place
from matcher.domain.facts import Fact
from matcher.domain.intake.life import LifeKind
from matcher.domain.localtime import local_date
from matcher.domain.worker import Worker, WorkerFacts
from matcher.store.context import Row, StoreContext, chunks
from matcher.store.keeping.hanging import done_columns, own_columns, rows_of, tables_of_people
from matcher.store.keeping.scrubbing import Known, scrubbed, scrubbed_tree
from matcher.store.schema import (
    IMPORT_BATCH,
    LIFE_CHANGE,
    ROSTER_MEMBER,
    SEALED_AS,
    SLICE_BASE,
    SLICE_CONFLICT,
    WORKER,
    WORKER_VERSION,
)
from matcher.store.schema.columns import Instant
from matcher.store.sealing import Sealed, place_of
from matcher.store.workers import StoredWorker, Workers, in_scope

NAMELESS = "（已去名）"
"""What stands where the name was."""
_EMPTIED = frozenset({"name", "initials", "village", "was", "now"})
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class QuietFile:
    """A file nothing was added to since its last service."""

    worker_key: int
    ref: str
    name: str
    home_name: str
    village: str
    last_on: date


class Files:
    """The files of people inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def quiet(self, since: datetime, *, division: str = "", villages: tuple[str, ...] = ()) -> list[QuietFile]:
        """People nothing was done for since a moment, who was served longest ago first."""
        c, now = WORKER.c, self._context.clock()
        query = select(c.key, c.ref, c.name, c.home_name, c.village).where(
            in_scope(division, villages),
            ~_nameless(),
            c.updated_at < since,
            *(~_done_since(table, since, now) for table in tables_of_people()),
            ~exists().where(_members(), IMPORT_BATCH.c.imported_at.between(since, now)),
        )
        rows = self._context.connection.execute(query.order_by(c.key)).all()
        last = self.last_service([row[0] for row in rows])
        found = [QuietFile(*row, last[row[0]]) for row in rows]
        return sorted(found, key=lambda one: (one.last_on, one.worker_key))

    def last_service(self, people: Sequence[int]) -> dict[int, date]:
        """Person → day of the newest plan, answer, slip, spell, call, session, import or whatever else was done."""
        found: dict[int, date] = {}
        now = self._context.clock()
        for part in chunks(people):
            for key, text in self._context.connection.execute(_newest(part, now)):
                day = date.fromisoformat(text) if len(text) == 10 else local_date(datetime.fromisoformat(text))
                found[key] = max(found.get(key, day), day)
        return found

    def nameless(self, *, division: str = "") -> int:
        """How many files of a division are kept without a name."""
        query = select(func.count()).select_from(WORKER).where(in_scope(division, ()), _nameless())
        return self._context.connection.scalar(query) or 0

    def uids(self, people: Sequence[int]) -> list[str]:
        """The random names of people, with those of records that turned out to be them."""
        return list(self._context.uids(WORKER, self._with_merged(people)).values())

    def take_names(self, people: Sequence[int]) -> int:
        """Takes names, numbers, phones, households and texts out of files; how many rows were changed."""
        if self._context.connection.dialect.name == "sqlite":
            self._context.connection.exec_driver_sql("PRAGMA secure_delete=ON")
        changed = 0
        for part in chunks(self._with_merged(people), _AT_ONCE):
            stored = Workers(self._context).many(part)
            known = Known([word for one in stored.values() for word in _known_by(one.value)])
            for table, keys in rows_of(self._context.connection, part).items():
                changed += self._scrub(table, keys, known)
            changed += self._drop(part)
            changed += sum(self._take_name(one) for one in stored.values())
        return changed

    def _with_merged(self, people: Sequence[int]) -> list[int]:
        """People, with the records that turned out to be them."""
        found = list(people)
        for part in chunks(people):
            found += self._context.connection.scalars(select(WORKER.c.key).where(WORKER.c.merged_into.in_(part)))
        return found

    def _drop(self, people: Sequence[int]) -> int:
        """What stood before imports, and what was agreed with other offices, goes altogether."""
        gone = [
            delete(WORKER_VERSION).where(WORKER_VERSION.c.record_key.in_(people)),
            delete(SLICE_BASE).where(SLICE_BASE.c.worker_key.in_(people)),
            delete(SLICE_CONFLICT).where(SLICE_CONFLICT.c.worker_key.in_(people)),
        ]
        return sum(self._context.connection.execute(one).rowcount for one in gone)

    def _take_name(self, stored: StoredWorker) -> int:
        """One person's own record."""
        workers, facts = Workers(self._context), stored.facts or WorkerFacts()
        uid = self._context.uid(WORKER, stored.key)
        row = workers.columns_of(uid, _counted(stored.value, facts, uid), _counted_facts(stored.value, facts))
        self._context.revise(WORKER, stored.key, row | {"initials": ""}, expected_revision=None)
        return 1

    def _scrub(self, table: Table, keys: Sequence[int], known: Known) -> int:
        """Rows of one table without what anybody wrote of people."""
        [identity] = table.primary_key.columns
        columns = [one for one in table.c if isinstance(one.type, (Sealed, JSON)) or _is_text(one.name, one.type)]
        if not columns or table in (SLICE_BASE, SLICE_CONFLICT):
            return 0
        uid = [table.c.uid] if "uid" in table.c else []
        statement = update(table).where(identity == bindparam("_key"))
        statement = statement.values({one.name: bindparam(f"_{one.name}") for one in columns})
        changed = 0
        for part in chunks(keys):
            rows = self._context.connection.execute(select(identity, *uid, *columns).where(identity.in_(part)))
            fresh = [self._fresh(table, dict(row), columns, known) for row in rows.mappings()]
            self._context.connection.execute(statement, fresh)
            changed += len(fresh)
        return changed

    def _fresh(self, table: Table, row: dict[Any, Any], columns: Sequence[Any], known: Known) -> Row:
        """One row's values as they are kept."""
        [identity] = table.primary_key.columns
        return {"_key": row[identity.name]} | {
            f"_{column.name}": self._left(table, column, row, known) for column in columns
        }

    def _left(self, table: Table, column: Any, row: dict[Any, Any], known: Known) -> Any:
        """What is left of one value."""
        was = row[column.name]
        if was is None:
            return None
        if isinstance(column.type, Sealed):
            place = place_of(table.info.get(SEALED_AS, table.name), column.name, row["uid"])
            keys = self._context.keys
            return keys.seal(scrubbed(keys.unseal(was, place), known), place)
        if isinstance(column.type, JSON):
            return scrubbed_tree(was, known)
        emptied = column.name in _EMPTIED or column.name.endswith("_index")
        return "" if emptied else known.gone_from(was)


def _is_text(name: str, kind: Any) -> bool:
    """Whether a column holds text in clear; random names and moments do not."""
    return isinstance(kind, (Text, String)) and name not in {"uid", "mark", "digest"}


def _nameless() -> ColumnElement[bool]:
    """Whether a file is kept without a name."""
    c = LIFE_CHANGE.c
    return exists().where(c.worker_key == WORKER.c.key, c.kind == LifeKind.NAMELESS.value, c.undone_at.is_(None))


def _members() -> ColumnElement[bool]:
    """Rosters that name a worker, with the imports they came in."""
    m = ROSTER_MEMBER.c
    return and_(m.worker_key == WORKER.c.key, IMPORT_BATCH.c.key == m.import_key, ~m.fell_out)


def _done_since(table: Table, since: datetime, now: datetime) -> ColumnElement[bool]:
    """Whether something in a table was done for a worker since a moment."""
    done = [
        column.between(since, now)
        if isinstance(column.type, Instant)
        else column.between(local_date(since), local_date(now))
        for column in done_columns(table)
    ]
    mine = or_(*(own == WORKER.c.key for own in own_columns(table)))
    return exists().where(mine, or_(*done)) if done else exists().where(mine, WORKER.c.key.is_(None))


def _newest(people: Sequence[int], now: datetime) -> Any:
    """The newest day or moment of every table and column, a person."""
    parts = []
    for table in (WORKER, *tables_of_people()):
        for own in (WORKER.c.key,) if table is WORKER else own_columns(table):
            for column in done_columns(table):
                is_moment = isinstance(column.type, Instant)
                passed = column <= (now if is_moment else local_date(now))
                text = type_coerce(func.max(column), String) if is_moment else cast(func.max(column), String)
                parts.append(select(own, text).where(own.in_(people), passed).group_by(own))
    m = ROSTER_MEMBER.c
    named = and_(m.worker_key.in_(people), IMPORT_BATCH.c.key == m.import_key, ~m.fell_out)
    imported = type_coerce(func.max(IMPORT_BATCH.c.imported_at), String)
    parts.append(select(m.worker_key, imported).where(named).group_by(m.worker_key))
    return union_all(*parts)


def _known_by(worker: Worker) -> list[str]:
    """What a person is known by."""
    return [worker.name, worker.id_number, worker.phone, worker.household_no, worker.ref, worker.village]


def _counted(worker: Worker, facts: WorkerFacts, uid: str) -> Worker:
    """What is counted of a person and tells nobody who it is."""
    home = worker.home
    township = home.township or home.code
    place = Place(code=township, name=home.name, precision=home.precision)
    return Worker(
        ref=f"K-{uid[:12]}",
        sender=worker.sender,
        name=NAMELESS,
        sex=facts.sex.value or worker.sex,
        birth_date=_birth_year(worker, facts),
        home=place,
        household_type=worker.household_type,
        education=worker.education,
        work_status=worker.work_status,
        willingness=worker.willingness,
        public_post=worker.public_post,
    )


def _birth_year(worker: Worker, facts: WorkerFacts) -> date | None:
    """The first day of the year somebody was born in."""
    born = facts.birth_date.value or worker.birth_date
    return None if born is None else date(born.year, 1, 1)


def _counted_facts(worker: Worker, facts: WorkerFacts) -> WorkerFacts:
    """The same of what was understood."""
    return replace(
        WorkerFacts(),
        birth_date=Fact(_birth_year(worker, facts)),
        birth_estimated=True,
        sex=Fact(facts.sex.value),
        education=Fact(facts.education.value),
    )
