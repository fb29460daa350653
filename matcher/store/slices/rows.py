"""Rows as they travel, and back: keys become names, sealed values plain, moments text.

In: rows of this database, or plain rows out of a file. Out: the other one; a row that points to something which is
not here cannot land and is None.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Date, LargeBinary, Table, select

from matcher.domain.plan import ServicePlan
from matcher.domain.posting import Posting, PostingFacts
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Worker, WorkerFacts
from matcher.packing import pack_plan, unpack_plan
from matcher.store.classes import Classes
from matcher.store.context import Row, StoreContext, new_uid
from matcher.store.postings import Postings
from matcher.store.schema import MATCH_RUN, POSTING, TRAINING_CLASS, WORKER, WORKER_WISH
from matcher.store.schema.columns import Instant
from matcher.store.sealing import Sealed, place_of
from matcher.store.slices.kinds import COURSE, JOB, PERSON, SHEET, Kind, Plain
from matcher.store.slices.names import Names
from matcher.store.slices.pointers import Lost, Rename, Walk
from matcher.store.workers import Workers

_POSTING_STATE = ("state", "state_note", "checked_on", "checked_by", "checked_how", "taken", "taken_of")
_PLAN_COLUMNS = ("uid", "code", "current", "printed_on")


def content_digest(kind: Kind, rows: Sequence[Plain]) -> str:
    """What two offices compare: everything but what may differ without being a change."""
    compared = [{name: value for name, value in row.items() if name not in kind.quiet} for row in rows]
    return hashlib.sha256(msgspec.json.encode(compared, order="deterministic")).hexdigest()


def foreign(column: Column[Any]) -> Table | None:
    """The table a column points to."""
    for key in column.foreign_keys:
        return key.column.table
    return None


class Rows:
    """Turns rows of one database into plain ones and back."""

    def __init__(self, context: StoreContext, names: Names) -> None:
        self._context, self.names = context, names
        self._workers, self._postings, self._classes = Workers(context), Postings(context), Classes(context)

    def plain(self, kind: Kind, row: Mapping[str, Any], *, takings: int = 0) -> Plain:
        """A row as it travels; `takings` of a posting are told by answers of the slice."""
        if kind is PERSON:
            return self._plain_person(row)
        if kind is JOB:
            return self._plain_posting(row, takings)
        if kind is COURSE:
            return self._plain_class(row)
        if kind is SHEET:
            return self._plain_plan(row)
        told: Plain = {}
        for column in kind.table.columns:
            if column.name != "key" and column.name not in kind.local:
                told[column.name] = self._told(kind.table, column, row)
        for name, walk in kind.inner.items():
            told[name] = walk(_opened_json(kind.table.c[name], told[name]), self._named)
        return told | kind.told(self._context, row)

    def landed(self, kind: Kind, plain: Plain, *, uid: str = "") -> Row | None:
        """A plain row as this database keeps it; under a name of its own where it has one here already."""
        if kind is PERSON:
            return self._landed_person(plain, uid)
        if kind is JOB:
            return self._landed_posting(plain, uid)
        if kind is COURSE:
            return self._landed_class(plain, uid)
        if kind is SHEET:
            return self.landed_plan(plain)
        row: Row = {}
        own = uid or plain.get("uid") or ""
        try:
            plain = plain | {name: self._walked(kind, name, walk, plain[name]) for name, walk in kind.inner.items()}
        except Lost:
            return None
        for column in kind.table.columns:
            if column.name == "uid":
                row["uid"] = own
            elif column.name in plain and column.name != "key":
                value = self._heard(kind.table, column, plain[column.name], own)
                if value is None and plain[column.name] is not None:
                    return None
                row[column.name] = value
        return row | kind.keyed(self._context, row, plain)

    def renamed(self, kind: Kind, plain: Plain, rename: Rename) -> Plain:
        """A plain row with other names inside of its columns."""
        return plain | {name: walk(plain[name], rename) for name, walk in kind.inner.items()}

    def _walked(self, kind: Kind, name: str, walk: Walk, value: Any) -> Any:
        """What a column with names inside of it holds here."""
        found = walk(value, self._keyed)
        sealed = isinstance(kind.table.c[name].type, Sealed)
        return msgspec.json.encode(found).decode() if sealed else found

    def _named(self, table: Table, key: Any) -> str:
        """The name of a key that stands inside of a column."""
        return self.names.name_of(table, key or None)

    def _keyed(self, table: Table, name: Any) -> int:
        """The key of such a name, 0 for none."""
        key = self.names.key_of(table, str(name)) if name else 0
        if key is None:
            raise Lost
        return key

    def _told(self, table: Table, column: Column[Any], row: Mapping[str, Any]) -> Any:
        """One value as it travels."""
        value, target = row[column.name], foreign(column)
        if value is None:
            return None
        if target is not None:
            return self.names.name_of(target, value)
        if isinstance(column.type, Sealed):
            return self._opened(table, column.name, row["uid"], value)
        if isinstance(column.type, LargeBinary):
            return value.decode()
        return value.isoformat() if isinstance(value, date | datetime) else value

    def _heard(self, table: Table, column: Column[Any], value: Any, uid: str) -> Any:
        """One value as it is kept; None where it points to nothing."""
        target = foreign(column)
        if value is None:
            return None
        if target is not None:
            return self.names.key_of(target, str(value))
        if isinstance(column.type, Sealed):
            return self._context.keys.seal(str(value).encode(), place_of(table.name, column.name, uid))
        if isinstance(column.type, LargeBinary):
            return str(value).encode()
        if isinstance(column.type, Instant):
            return datetime.fromisoformat(value)
        return date.fromisoformat(value) if isinstance(column.type, Date) else value

    def _opened(self, table: Table, column: str, uid: str, value: bytes) -> str:
        """A sealed value in clear."""
        return self._context.keys.unseal(value, place_of(table.name, column, uid)).decode()

    def _plain_person(self, row: Mapping[str, Any]) -> Plain:
        """A person: what the roster says, what was understood, and the case number."""
        facts = row["facts"]
        return {
            "uid": row["uid"],
            "number": row["key"],
            "body": msgspec.json.decode(self._opened(WORKER, "body", row["uid"], row["body"])),
            "facts": None if facts is None else self._opened(WORKER, "facts", row["uid"], facts),
            "merged_into": self.names.name_of(WORKER, row["merged_into"]),
            "created_at": row["created_at"].isoformat(),
            "updated_at": row["updated_at"].isoformat(),
        }

    def _landed_person(self, plain: Plain, uid: str) -> Row:
        """A person with everything that is found by the keys of this office."""
        worker = msgspec.convert(plain["body"], Worker)
        facts = None if plain["facts"] is None else msgspec.json.decode(plain["facts"], type=WorkerFacts)
        row = self._workers.columns_of(uid or plain["uid"], worker, facts)
        leader = self.names.key_of(WORKER, plain["merged_into"])
        return row | {"uid": uid or plain["uid"], "merged_into": leader, "created_at": _moment(plain["created_at"])}

    def _plain_posting(self, row: Mapping[str, Any], takings: int) -> Plain:
        """A posting with its contact, and how it stands."""
        contact, phone = msgspec.json.decode(self._opened(POSTING, "contact", row["uid"], row["contact"]))
        body = msgspec.json.decode(row["body"]) | {"contact": contact, "phone": phone}
        told: Plain = {name: row[name] for name in _POSTING_STATE}
        told["checked_on"] = None if row["checked_on"] is None else row["checked_on"].isoformat()
        told["taken"] = max(0, row["taken"] - takings)
        cleared = bool(row["cleared_digest"]) and row["cleared_digest"] == row["text_digest"]
        return told | {
            "body": body,
            "facts": None if row["facts"] is None else row["facts"].decode(),
            "cleared": cleared,
            "created_at": row["created_at"].isoformat(),
            "updated_at": row["updated_at"].isoformat(),
        }

    def _landed_posting(self, plain: Plain, uid: str) -> Row:
        """A posting with everything that is found by the keys of this office."""
        posting, own = msgspec.convert(plain["body"], Posting), uid or new_uid()
        facts = None if plain["facts"] is None else msgspec.json.decode(plain["facts"], type=PostingFacts)
        row = self._postings.columns_of(own, posting, facts) | {name: plain[name] for name in _POSTING_STATE}
        row["checked_on"] = None if plain["checked_on"] is None else date.fromisoformat(plain["checked_on"])
        row["cleared_digest"] = row["text_digest"] if plain["cleared"] else ""
        return row | {"uid": own, "created_at": _moment(plain["created_at"])}

    def _plain_class(self, row: Mapping[str, Any]) -> Plain:
        """A class with its phone."""
        phone = self._opened(TRAINING_CLASS, "contact", row["uid"], row["contact"])
        return {
            "body": msgspec.json.decode(row["body"]) | {"phone": phone},
            "facts": None if row["facts"] is None else row["facts"].decode(),
            "created_at": row["created_at"].isoformat(),
            "updated_at": row["updated_at"].isoformat(),
        }

    def _landed_class(self, plain: Plain, uid: str) -> Row:
        """A class with everything that is found by the keys of this office."""
        value, own = msgspec.convert(plain["body"], TrainingClass), uid or new_uid()
        facts = None if plain["facts"] is None else msgspec.json.decode(plain["facts"], type=TrainingFacts)
        row = self._classes.columns_of(own, value, facts)
        return row | {"uid": own, "created_at": _moment(plain["created_at"])}

    def _plain_plan(self, row: Mapping[str, Any]) -> Plain:
        """A plan; what it points to is named."""
        body = self._context.keys.unseal(row["body"], place_of("plan", "body", row["uid"]))
        plan: Plain = msgspec.to_builtins(unpack_plan(body))
        plan["worker_key"] = self.names.name_of(WORKER, row["worker_key"])
        for match in plan["matches"]:
            match["posting_key"] = self.names.name_of(POSTING, match["posting_key"])
        if plan["training"] is not None:
            plan["training"]["training_key"] = self.names.name_of(TRAINING_CLASS, plan["training"]["training_key"])
        told: Plain = {name: row[name] for name in _PLAN_COLUMNS}
        told["printed_on"] = None if row["printed_on"] is None else row["printed_on"].isoformat()
        run = self.names.name_of(MATCH_RUN, row["run_key"])
        told |= {"worker_key": plan["worker_key"], "run_key": run, "plan": plan}
        return told | {"wishes": self._wishes(row["worker_key"]) if row["current"] else None}

    def _wishes(self, worker_key: int) -> list[str]:
        """The work somebody wishes, as the plan that counts was made."""
        c = WORKER_WISH.c
        query = select(c.occupation).where(c.worker_key == worker_key).order_by(c.occupation)
        return list(self._context.connection.scalars(query))

    def landed_plan(self, plain: Plain) -> Row | None:
        """A plan with the keys of this database; None where the person or a posting is not here."""
        told: Plain = msgspec.json.decode(msgspec.json.encode(plain["plan"]))
        worker, run = self.names.key_of(WORKER, plain["worker_key"]), self.names.key_of(MATCH_RUN, plain["run_key"])
        postings = [self.names.key_of(POSTING, match["posting_key"]) for match in told["matches"]]
        if worker is None or run is None or None in postings:
            return None
        told["worker_key"] = worker
        for match, key in zip(told["matches"], postings, strict=True):
            match["posting_key"] = key
        if told["training"] is not None:
            told["training"]["training_key"] = self.names.key_of(TRAINING_CLASS, told["training"]["training_key"]) or 0
        packed = pack_plan(msgspec.convert(told, ServicePlan))
        row = {name: plain[name] for name in _PLAN_COLUMNS} | {"run_key": run, "current": False}
        row["printed_on"] = None if plain["printed_on"] is None else date.fromisoformat(plain["printed_on"])
        row |= {name: getattr(packed, name) for name in _PACKED_COLUMNS} | {"track": packed.track.value}
        sealed = self._context.keys.seal(packed.body, place_of("plan", "body", plain["uid"]))
        row |= {"matches": len(packed.postings), "body": sealed}
        return row | {"_postings": packed.postings, "_training": packed.training}


_PACKED_COLUMNS = ("worker_key", "made_on", "valid_until", "missing", "has_training", "score_sum", "priority")


def pointed_to(kind: Kind, rows: Collection[Mapping[str, Any]]) -> dict[Table, set[int]]:
    """The keys some rows point to, by table, so that they can be looked up at once."""
    found: dict[Table, set[int]] = {}
    for column in kind.table.columns:
        target = foreign(column)
        if target is not None:
            found.setdefault(target, set()).update(row[column.name] for row in rows if row[column.name] is not None)
    return found


def identity(table: Table) -> Column[Any]:
    """The column that tells rows of a table apart in this database."""
    return next(iter(table.primary_key.columns))


def _opened_json(column: Column[Any], value: Any) -> Any:
    """What stands in a column, without its JSON."""
    return msgspec.json.decode(value) if isinstance(column.type, Sealed) else value


def _moment(text: str) -> datetime:
    """A moment out of a file."""
    return datetime.fromisoformat(text)
