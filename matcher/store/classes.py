"""Training classes: what providers state in clear, their phone sealed.

In: `TrainingClass` and `TrainingFacts`. Out: the same again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from matcher.domain.errors import RecordNotFound
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.store.context import Known, Row, StoreContext, Stored, chunks, new_uid, without_collection
from matcher.store.schema import TRAINING_CLASS
from matcher.store.sealing import place_of

_CLASS = msgspec.json.Decoder(TrainingClass)
_FACTS = msgspec.json.Decoder(TrainingFacts)
_ENCODE = msgspec.json.Encoder()

StoredClass = Stored[TrainingClass, TrainingFacts]


class Classes:
    """The table of training classes inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def digest_of(self, training_class: TrainingClass) -> str:
        """The digest a stored class with the same content has."""
        return self._context.keys.digest(_ENCODE.encode(training_class))

    def by_source(self, sender: str) -> dict[str, Known]:
        """Every class of a sender by reference."""
        c = TRAINING_CLASS.c
        query = select(c.ref, c.key, c.digest).where(c.sender == sender)
        return {ref: Known(key, digest) for ref, key, digest in self._context.connection.execute(query)}

    def add(self, training_class: TrainingClass, facts: TrainingFacts | None = None) -> int:
        """Stores a new class; the key."""
        return self.add_many([(training_class, facts)])[0]

    def add_many(self, classes: Sequence[tuple[TrainingClass, TrainingFacts | None]]) -> list[int]:
        """Stores new classes; their keys in the same order."""
        with without_collection():
            return self._context.insert_many(TRAINING_CLASS, self.prepare(classes))

    def prepare(self, classes: Sequence[tuple[TrainingClass, TrainingFacts | None]]) -> list[Row]:
        """Rows of new classes, sealed and ready; nothing is stored yet."""
        rows = []
        for value, facts in classes:
            uid = new_uid()
            created = {"uid": uid, "created_at": self._context.clock(), "revision": 1}
            rows.append(created | self._row(uid, value, facts))
        return rows

    def columns_of(self, uid: str, training_class: TrainingClass, facts: TrainingFacts | None) -> Row:
        """The columns of a record under a name it has already, for one that comes from another office."""
        return self._row(uid, training_class, facts)

    def add_prepared(self, rows: Sequence[Row]) -> list[int]:
        """Stores rows that were prepared; their keys, in order."""
        return self._context.insert_many(TRAINING_CLASS, rows)

    def replace(
        self,
        key: int,
        training_class: TrainingClass,
        facts: TrainingFacts | None = None,
        *,
        expected_revision: int | None = None,
    ) -> int:
        """Stores what the provider now states; the new revision."""
        row = self._row(self._context.uid(TRAINING_CLASS, key), training_class, facts)
        return self._context.revise(TRAINING_CLASS, key, row, expected_revision=expected_revision)

    def replace_many(self, classes: Sequence[tuple[int, TrainingClass, TrainingFacts | None]]) -> None:
        """Stores what is now known of many classes."""
        with without_collection():
            self.replace_prepared(self.prepare_changes(classes))

    def prepare_changes(self, classes: Sequence[tuple[int, TrainingClass, TrainingFacts | None]]) -> list[Row]:
        """Rows of changed classes, sealed and ready; nothing is stored yet."""
        uids = self._context.uids(TRAINING_CLASS, [key for key, _, _ in classes])
        return [{"_key": key} | self._row(uids[key], value, facts) for key, value, facts in classes]

    def replace_prepared(self, rows: Sequence[Row]) -> None:
        """Stores changed rows that were prepared."""
        self._context.revise_many(TRAINING_CLASS, rows)

    def state(self) -> tuple[int, int, int]:
        """Changes whenever one of the classes is added, changed or removed."""
        return self._context.state_of(TRAINING_CLASS)

    def get(self, key: int) -> StoredClass:
        """One class."""
        return self._one(TRAINING_CLASS.c.key == key, str(key))

    def many(self, keys: Sequence[int]) -> dict[int, StoredClass]:
        """Classes by key."""
        found = {}
        for part in chunks(keys):
            for row in self._context.connection.execute(_opened().where(TRAINING_CLASS.c.key.in_(part))):
                stored = self._stored(tuple(row))
                found[stored.key] = stored
        return found

    def after(self, key: int, limit: int) -> list[StoredClass]:
        """The classes behind a key, in the order they were stored."""
        query = _opened().where(TRAINING_CLASS.c.key > key).order_by(TRAINING_CLASS.c.key).limit(limit)
        return [self._stored(tuple(row)) for row in self._context.connection.execute(query)]

    def by_ref(self, ref: str) -> StoredClass:
        """One class by reference, or by `sender:reference`."""
        c = TRAINING_CLASS.c
        sender, _, rest = ref.partition(":")
        return self._one(or_(c.ref == ref, and_(c.sender == sender, c.ref == rest)), ref)

    def count(self) -> int:
        """How many classes are stored."""
        return self._context.connection.scalar(select(func.count()).select_from(TRAINING_CLASS)) or 0

    def all_for_planning(self) -> Iterator[StoredClass]:
        """Every class, with facts, in the order of references."""
        query = _opened().order_by(TRAINING_CLASS.c.ref, TRAINING_CLASS.c.key)
        with without_collection():
            for row in self._context.connection.execute(query):
                yield self._stored(row)

    def _one(self, condition: ColumnElement[bool], ref: str) -> StoredClass:
        """The first class of a condition."""
        query = _opened().where(condition).order_by(TRAINING_CLASS.c.key).limit(1)
        row = self._context.connection.execute(query).first()
        if row is None:
            raise RecordNotFound("没有这个培训班", ref=ref)
        return self._stored(tuple(row))

    def _row(self, uid: str, training_class: TrainingClass, facts: TrainingFacts | None) -> Row:
        """The columns of a class."""
        phone = training_class.phone.encode()
        return {
            "sender": training_class.sender,
            "ref": training_class.ref,
            "title": training_class.title,
            "provider": training_class.provider,
            "place_code": training_class.place.code,
            "starts_on": training_class.starts_on,
            "enrol_until": training_class.enrol_until,
            "digest": self.digest_of(training_class),
            "body": _ENCODE.encode(replace(training_class, phone="")),
            "contact": self._context.keys.seal(phone, place_of("training_class", "contact", uid)),
            "facts": None if facts is None else _ENCODE.encode(facts),
            "updated_at": self._context.clock(),
        }

    def _stored(self, row: tuple[Any, ...]) -> StoredClass:
        """A row of `_opened` with its phone unsealed."""
        key, uid, revision, updated_at, digest, body, sealed, facts = row
        phone = self._context.keys.unseal(sealed, place_of("training_class", "contact", uid)).decode()
        return Stored(
            key=key,
            revision=revision,
            value=replace(_CLASS.decode(body), phone=phone),
            facts=None if facts is None else _FACTS.decode(facts),
            updated_at=updated_at,
            digest=digest,
        )


def _opened() -> Select[Any]:
    """The columns `_stored` needs."""
    c = TRAINING_CLASS.c
    return select(c.key, c.uid, c.revision, c.updated_at, c.digest, c.body, c.contact, c.facts)
