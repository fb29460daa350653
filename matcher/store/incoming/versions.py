"""Versions of records inside one unit of work: kept while an import writes, put back when it is undone.

In: the key of an import. Out: what its undo did; everything is moved inside the database, sealed as it is. A table that
belongs to a record refers to it with ON DELETE CASCADE: its rows go with it, unless somebody acted on them; every other
table that refers to a record keeps it from being removed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Column, Table, delete, exists, func, insert, select, update

from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext, chunks
from matcher.store.incoming.sameness import Sameness
from matcher.store.incoming.sharing import tell_again
from matcher.store.incoming.undoing import Fate, Kept, Later, Undone, Version, plan_undo
from matcher.store.postings import TAKEN_BACK
from matcher.store.schema import (
    IMPORT_MARK,
    IMPORT_UNDO,
    METADATA,
    OWN_COLUMNS,
    PLAN,
    PLAN_ANSWER,
    PLAN_MATCH,
    POSTING,
    TRAINING_CLASS,
    VERSIONS,
    WORKER,
)
from matcher.store.schema.columns import TELLS_ONLY

TABLES = {"workers": WORKER, "postings": POSTING, "training": TRAINING_CLASS}
"""Kind of import → the table it writes to."""

_ACTED = ("actor", "answered_by", "decided_by")
"""Columns that name who acted on a row that belongs to a record."""


class Versions:
    """The tables of versions inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    @contextmanager
    def keeping(self, import_key: int, *, ticket: str = "") -> Iterator[None]:
        """Everything written inside belongs to this import: what stood before is kept."""
        connection, journal = self._context.connection, self._context.journal
        last = [connection.scalar(select(func.max(table.c.key))) or 0 for table in (PLAN, PLAN_ANSWER)]
        row = {"import_key": import_key, "ticket": ticket or None, "last_plan": last[0], "last_answer": last[1]}
        connection.execute(insert(IMPORT_MARK).values(row))
        journal.import_key = import_key
        try:
            yield
            journal.close(connection)
        finally:
            journal.import_key = None

    def of_ticket(self, ticket: str) -> int | None:
        """The import an upload became, None where it has not become one."""
        found = select(IMPORT_MARK.c.import_key).where(IMPORT_MARK.c.ticket == ticket)
        return self._context.connection.scalar(found)

    def ticket_of(self, import_key: int) -> str:
        """The upload an import was, "" where it was none."""
        found = select(IMPORT_MARK.c.ticket).where(IMPORT_MARK.c.import_key == import_key)
        return self._context.connection.scalar(found) or ""

    def is_kept(self, import_key: int) -> bool:
        """Whether what stood before this import was kept."""
        found = select(IMPORT_MARK.c.import_key).where(IMPORT_MARK.c.import_key == import_key)
        return self._context.connection.scalar(found) is not None

    def undone(self, import_keys: Collection[int]) -> dict[int, Undone]:
        """Which of these imports were taken back, and what that did; what was kept is named by `named`."""
        query = select(IMPORT_UNDO).where(IMPORT_UNDO.c.import_key.in_(import_keys))
        rows = self._context.connection.execute(query).mappings()
        return {row["import_key"]: Undone(**{**row, "kept": _kept(row["kept"])}) for row in rows}

    def named(self, kind: str, kept: Sequence[Kept]) -> tuple[Kept, ...]:
        """Kept records with their references of today; who was erased since is named no more."""
        c = TABLES[kind].c
        refs: dict[int, str] = {}
        for part in chunks([one.record_key for one in kept]):
            found = self._context.connection.execute(select(c.key, c.ref).where(c.key.in_(part)))
            refs.update((key, ref) for key, ref in found)
        return tuple(replace(one, ref=refs[one.record_key]) for one in kept if one.record_key in refs)

    def plans_since(self, import_key: int) -> int:
        """The last plan there was before an import."""
        last = select(IMPORT_MARK.c.last_plan).where(IMPORT_MARK.c.import_key == import_key)
        return int(self._context.connection.scalar(last) or 0)

    def undo(self, import_key: int, kind: str, *, named: Collection[int] = ()) -> Undone:
        """Takes an import back; `named` are records that texts of plans name."""
        table = TABLES[kind]
        found = self._versions(table, import_key)
        relied = {*named, *self._relied(table, import_key)}
        plan = plan_undo(found, self._later(table, import_key), relied, can_withdraw=table is POSTING)
        done = Undone(
            import_key=import_key,
            removed=len(plan.fates[Fate.REMOVE]),
            restored=len(plan.fates[Fate.RESTORE]),
            withdrawn=len(plan.fates[Fate.WITHDRAW]),
            kept=tuple(plan.kept),
            actor=self._context.actor,
            undone_at=self._context.clock(),
        )
        if not done.changed:
            return done
        self._context.touch(table)
        self._rebase(table, import_key, [later.version_key for _, later in plan.rebased])
        self._restore(table, import_key, plan.fates[Fate.RESTORE])
        self._withdraw([version.record_key for version in plan.fates[Fate.WITHDRAW]])
        self._remove(table, [version.record_key for version in plan.fates[Fate.REMOVE]])
        row = {column.name: getattr(done, column.name) for column in IMPORT_UNDO.c}
        row["kept"] = msgspec.to_builtins([replace(one, ref="") for one in done.kept])
        self._context.connection.execute(insert(IMPORT_UNDO).values(row))
        return done

    def _versions(self, table: Table, import_key: int) -> list[Version]:
        """Every record of an import that is still there."""
        c = VERSIONS[table.name].c
        joined = c.record_key == table.c.key
        query = select(c.key, c.record_key, c.inserted, c.revision, c.revision_after, table.c.revision, table.c.ref)
        rows = self._context.connection.execute(query.where(joined, c.import_key == import_key).order_by(c.key))
        return [
            Version(
                key=key,
                record_key=record_key,
                inserted=inserted,
                revision_before=before,
                revision_after=after,
                revision_now=now,
                ref=ref,
            )
            for key, record_key, inserted, before, after, now, ref in rows
        ]

    def _later(self, table: Table, import_key: int) -> dict[int, Later]:
        """For each record of an import the next import above it that still stands."""
        c = VERSIONS[table.name].c
        ours = select(c.record_key).where(c.import_key == import_key)
        undone = exists().where(IMPORT_UNDO.c.import_key == c.import_key)
        query = select(c.record_key, c.key, c.import_key, c.revision)
        above = query.where(c.import_key > import_key, c.record_key.in_(ours), ~undone).order_by(c.key.desc())
        rows = self._context.connection.execute(above)
        return {record: Later(key, other, revision) for record, key, other, revision in rows}

    def _relied(self, table: Table, import_key: int) -> set[int]:
        """Records of an import that plans or answers since, or other tables, rest on."""
        c = VERSIONS[table.name].c
        ours = select(c.record_key).where(c.import_key == import_key)
        made = select(c.record_key).where(c.import_key == import_key, c.inserted)
        found: set[int] = set()
        for column in _references(table):
            wanted = ours if column.table in (PLAN, PLAN_MATCH, PLAN_ANSWER) else made
            query = select(column).where(column.in_(wanted)).distinct()
            found.update(self._context.connection.scalars(self._since(query, column, import_key)))
        for column in (one for one in _references(table, own=True) if not one.table.info.get(TELLS_ONLY)):
            for acted in (one for one in column.table.c if one.name in _ACTED):
                query = select(column).where(column.in_(made), acted != "").distinct()
                found.update(self._context.connection.scalars(query))
        return found

    def _since(self, query: Any, column: Column[Any], import_key: int) -> Any:
        """Only plans and answers made since an import; older ones rest on what stood before."""
        mark = select(IMPORT_MARK).where(IMPORT_MARK.c.import_key == import_key).subquery()
        if column.table is PLAN:
            return query.where(PLAN.c.key > select(mark.c.last_plan).scalar_subquery())
        if column.table is PLAN_MATCH:
            return query.where(PLAN_MATCH.c.plan_key > select(mark.c.last_plan).scalar_subquery())
        if column.table is PLAN_ANSWER:
            return query.where(PLAN_ANSWER.c.key > select(mark.c.last_answer).scalar_subquery())
        return query

    def _rebase(self, table: Table, import_key: int, above: Sequence[int]) -> None:
        """Later versions take over what stood before this import."""
        versions = VERSIONS[table.name]
        ours = versions.alias()
        names = [one.name for one in versions.c if one.name not in OWN_COLUMNS or one.name == "inserted"]
        for part in chunks(above):
            same = (ours.c.import_key == import_key, ours.c.record_key == versions.c.record_key)
            change = update(versions).where(versions.c.key.in_(part), *same)
            self._context.connection.execute(change.values({name: ours.c[name] for name in names}))

    def _restore(self, table: Table, import_key: int, found: Sequence[Version]) -> None:
        """Puts records back; the import below finds them as it left them."""
        versions = VERSIONS[table.name]
        ours = versions.alias()
        names = [one.name for one in versions.c if one.name not in (*OWN_COLUMNS, "uid", "revision", "updated_at")]
        fresh = {"revision": table.c.revision + 1, "updated_at": self._context.clock()}
        now = select(table.c.revision).where(table.c.key == versions.c.record_key).scalar_subquery()
        for part in chunks([version.key for version in found]):
            change = update(table).where(table.c.key == versions.c.record_key, versions.c.key.in_(part))
            self._context.connection.execute(change.values({name: versions.c[name] for name in names} | fresh))
            below = update(versions).where(versions.c.import_key < import_key, ours.c.key.in_(part))
            same = (versions.c.record_key == ours.c.record_key, versions.c.revision_after == ours.c.revision)
            self._context.connection.execute(below.where(*same).values(revision_after=now))

    def _withdraw(self, keys: Sequence[int]) -> None:
        """Postings that something rests on are withdrawn; without a digest the same file counts as changed."""
        gone = {"state": PostingState.WITHDRAWN.value, "state_note": TAKEN_BACK, "digest": ""}
        fresh = {"revision": POSTING.c.revision + 1, "updated_at": self._context.clock()}
        for part in chunks(keys):
            change = update(POSTING).where(POSTING.c.key.in_(part)).values({**gone, **fresh})
            self._context.connection.execute(change)

    def _remove(self, table: Table, keys: Sequence[int]) -> None:
        """Records nothing rests on go, with the rows that are part of them; adverts of the same job are told again."""
        if table is POSTING:
            tell_again(self._context.connection, Sameness(self._context).mates(keys))
        for part in chunks(keys):
            for column in _references(table, own=True):
                self._context.connection.execute(delete(column.table).where(column.in_(part)))
            self._context.connection.execute(delete(table).where(table.c.key.in_(part)))


def _references(table: Table, *, own: bool = False) -> Iterable[Column[Any]]:
    """The columns that refer to records of a table; `own` = those of tables whose rows go with the record."""
    for other in METADATA.sorted_tables:
        for key in other.foreign_keys:
            if key.column is table.c.key and (key.ondelete == "CASCADE") is own:
                yield key.parent


def _kept(rows: Iterable[dict[str, Any]]) -> tuple[Kept, ...]:
    """What was kept, as written down."""
    return tuple(msgspec.convert(row, Kept) for row in rows)
