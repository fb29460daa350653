"""Workers: sealed whole, found by name, initials, reference, blind index of ID number and phone.

In: `Worker` and `WorkerFacts`. Out: the same again, and who of the stored people a draft may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, true, update

from matcher.domain.division import Place
from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.told import KeptCorrection
from matcher.domain.worker import Worker, WorkerFacts
from matcher.reference.name_forms import plain_village
from matcher.store.context import Row, StoreContext, Stored, chunks, new_uid, within, without_collection
from matcher.store.identities import Identities, Identity, SameAs, normal_birth, normal_id, normal_phone
from matcher.store.initials import initials
from matcher.store.intake.corrections import Corrections
from matcher.store.intake.life import LifeChanges
from matcher.store.schema import WORKER
from matcher.store.sealing import SealedBytes, place_of
from matcher.store.upkeep.forgetting import forget

_WORKER = msgspec.json.Decoder(Worker)
_FACTS = msgspec.json.Decoder(WorkerFacts)
_ENCODE = msgspec.json.Encoder()
_NO_LEDGER = b',"ledger":null}'

StoredWorker = Stored[Worker, WorkerFacts]


class Workers:
    """The table of workers inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._corrections = Corrections(context)

    def digest_of(self, worker: Worker) -> str:
        """The digest a stored worker with the same content has."""
        return self._context.keys.digest(body_of(worker))

    def add(self, worker: Worker, facts: WorkerFacts | None = None) -> int:
        """Stores a new worker; the key."""
        return self.add_many([(worker, facts)])[0]

    def add_many(self, people: Sequence[tuple[Worker, WorkerFacts | None]]) -> list[int]:
        """Stores new workers; their keys in the same order."""
        with without_collection():
            return self._context.insert_many(WORKER, self.prepare(people))

    def prepare(self, people: Sequence[tuple[Worker, WorkerFacts | None]]) -> list[Row]:
        """Rows of new workers, sealed and ready; nothing is stored yet."""
        rows = []
        for value, facts in people:
            uid = new_uid()
            created = {"uid": uid, "created_at": self._context.clock(), "revision": 1}
            rows.append(created | self._row(uid, value, facts))
        return rows

    def columns_of(self, uid: str, worker: Worker, facts: WorkerFacts | None) -> Row:
        """The columns of a record under a name it has already, for one that comes from another office."""
        return self._row(uid, worker, facts)

    def add_prepared(self, rows: Sequence[Row]) -> list[int]:
        """Stores rows that were prepared; their keys, in order."""
        return self._context.insert_many(WORKER, rows)

    def replace(
        self, key: int, worker: Worker, facts: WorkerFacts | None = None, *, expected_revision: int | None = None
    ) -> int:
        """Stores what is now known of a worker; the new revision."""
        row = self._row(self._context.uid(WORKER, key), worker, facts)
        return self._context.revise(WORKER, key, row, expected_revision=expected_revision)

    def replace_many(self, people: Sequence[tuple[int, Worker, WorkerFacts | None]]) -> None:
        """Stores what is now known of many workers."""
        with without_collection():
            self.replace_prepared(self.prepare_changes(people))

    def prepare_changes(self, people: Sequence[tuple[int, Worker, WorkerFacts | None]]) -> list[Row]:
        """Rows of changed workers, sealed and ready; nothing is stored yet."""
        uids = self._context.uids(WORKER, [key for key, _, _ in people])
        return [{"_key": key} | self._row(uids[key], value, facts) for key, value, facts in people]

    def replace_prepared(self, rows: Sequence[Row]) -> None:
        """Stores changed rows that were prepared."""
        self._context.revise_many(WORKER, rows)

    def state(self) -> tuple[int, int, int]:
        """Changes whenever one of the workers is added, changed or removed."""
        return self._context.state_of(WORKER)

    def put_facts(self, key: int, facts: WorkerFacts) -> None:
        """Stores facts read anew; what the person said stays as it is."""
        sealed = self._seal("facts", self._context.uid(WORKER, key), _ENCODE.encode(facts))
        self._context.connection.execute(update(WORKER).where(WORKER.c.key == key).values(facts=sealed))

    def put_facts_many(self, read: Sequence[tuple[int, int, WorkerFacts]]) -> None:
        """Stores facts of people (key, revision they were read in); who was changed meanwhile is left alone."""
        uids: dict[int, str] = {}
        for part in chunks([key for key, _, _ in read]):
            query = select(WORKER.c.key, WORKER.c.uid).where(WORKER.c.key.in_(part))
            uids.update((key, uid) for key, uid in self._context.connection.execute(query))
        rows = [
            {"_key": key, "_revision": revision, "facts": self._seal("facts", uids[key], _ENCODE.encode(facts))}
            for key, revision, facts in read
            if key in uids
        ]
        same = and_(WORKER.c.key == bindparam("_key"), WORKER.c.revision == bindparam("_revision"))
        if rows:
            self._context.connection.execute(update(WORKER).where(same), rows)

    def unread(self, *, division: str = "") -> list[int]:
        """Keys of the people of a division who have not been read."""
        query = select(WORKER.c.key).where(WORKER.c.facts.is_(None), within(WORKER.c.home_code, division))
        return list(self._context.connection.scalars(query.order_by(WORKER.c.key)))

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> StoredWorker:
        """One worker; RecordNotFound where there is none in the scope."""
        return self._one(and_(WORKER.c.key == key, in_scope(division, villages)), str(key))

    def by_ref(self, ref: str) -> StoredWorker:
        """One worker by reference, or by `sender:reference`; the oldest where senders share it."""
        return self._one(_named(ref), ref)

    def find_same(self, worker: Worker) -> list[SameAs]:
        """Who of the stored people this may be, best basis first."""
        alike = or_(
            and_(WORKER.c.id_index != "", WORKER.c.id_index == self._id_index(worker)),
            and_(WORKER.c.sender == worker.sender, WORKER.c.ref == worker.ref),
            and_(WORKER.c.phone_index != "", WORKER.c.phone_index == self._phone_index(worker)),
            and_(WORKER.c.birth_index != "", WORKER.c.birth_index == self._birth_index(worker)),
        )
        return Identities(self._known(alike), blind=self._context.keys.blind).find(worker)

    def identities(self) -> Identities:
        """The same question for a whole file, answered from memory."""
        people = self._known(true())
        return Identities((*people, *self._before(people)), blind=self._context.keys.blind)

    def erasure_marks(self) -> dict[int, tuple[str, ...]]:
        """Worker → keyed marks by which an erased person is known again in an older backup, telling nothing else."""
        query = select(WORKER.c.key, WORKER.c.uid, WORKER.c.sender, WORKER.c.ref, WORKER.c.id_index)
        rows = self._context.connection.execute(query)
        return {key: self._marks(uid, sender, ref, number) for key, uid, sender, ref, number in rows}

    def marks_of(self, uid: str, worker: Worker) -> tuple[str, ...]:
        """The same marks of somebody who comes in a file."""
        return self._marks(uid, worker.sender, worker.ref, self._id_index(worker))

    def _marks(self, uid: str, sender: str, ref: str, number: str) -> tuple[str, ...]:
        """Marks by reference and ID number, and the random name by which other offices know the person."""
        blind = self._context.keys.blind
        told = (f"uid:{uid}", blind("erased", f"{sender}\x1f{ref}"), blind("erased", number))
        return tuple(mark for mark in told if mark)

    def by_names(self, uids: Collection[str]) -> dict[str, int]:
        """Keys of people by their random names."""
        found: dict[str, int] = {}
        for part in chunks(sorted(uids)):
            query = select(WORKER.c.uid, WORKER.c.key).where(WORKER.c.uid.in_(part))
            found.update((str(uid), int(key)) for uid, key in self._context.connection.execute(query))
        return found

    def forget(self, keys: Sequence[int]) -> dict[str, int]:
        """Deletes people with all that hangs on them; how many rows of which table."""
        return dict(forget(self._context.connection, WORKER, keys))

    def of_households(self, indexes: Collection[str]) -> dict[int, str]:
        """Everyone of these households, with the index of theirs."""
        found: dict[int, str] = {}
        for part in chunks(sorted(indexes)):
            query = select(WORKER.c.key, WORKER.c.household_index)
            rows = self._context.connection.execute(query.where(WORKER.c.household_index.in_(part), in_scope("", ())))
            found.update((int(key), str(index)) for key, index in rows)
        return found

    def count(self, *, division: str = "") -> int:
        """How many people are stored in a division."""
        query = select(func.count()).select_from(WORKER).where(in_scope(division, ()))
        return self._context.connection.scalar(query) or 0

    def all_for_planning(self, *, division: str = "", worker_ref: str = "") -> Iterator[StoredWorker]:
        """Everyone named, with facts, in the order of references."""
        wanted = _named(worker_ref) if worker_ref else true()
        query = _opened().where(in_scope(division, ()), wanted).order_by(WORKER.c.ref, WORKER.c.key)
        with without_collection():
            told = {} if worker_ref else self._corrections.standing()
            for row in self._context.connection.execute(query):
                own = self._corrections.standing([row[0]]) if worker_ref else told
                yield self._stored(row, own.get(row[0], ()))

    def some(self, *, division: str = "", most: int) -> list[StoredWorker]:
        """Some people of a division with their facts, spread evenly over all its people by key."""
        listed = self._context.connection.scalars(
            select(WORKER.c.key).where(in_scope(division, ())).order_by(WORKER.c.key)
        ).all()
        step = max(1, len(listed) // most)
        return list(self.many(listed[::step][:most]).values())

    def many(self, keys: Sequence[int]) -> dict[int, StoredWorker]:
        """Workers by key."""
        found = {}
        with without_collection():
            for part in chunks(keys):
                told = self._corrections.standing(part)
                for row in self._context.connection.execute(_opened().where(WORKER.c.key.in_(part))):
                    found[row[0]] = self._stored(row, told.get(row[0], ()))
        return found

    def _one(self, condition: ColumnElement[bool], ref: str) -> StoredWorker:
        """The first worker of a condition."""
        row = self._context.connection.execute(_opened().where(condition).order_by(WORKER.c.key).limit(1)).first()
        if row is None:
            raise RecordNotFound("没有这个人，或不在您的范围内", ref=ref)
        return self._stored(tuple(row), self._corrections.standing([row[0]]).get(row[0], ()))

    def _known(self, condition: ColumnElement[bool]) -> list[Identity]:
        """What the people of a condition are told apart by."""
        key = func.coalesce(WORKER.c.merged_into, WORKER.c.key)
        columns = (key, WORKER.c.sender, WORKER.c.ref, WORKER.c.name, WORKER.c.village, WORKER.c.home_code)
        indexes = (WORKER.c.id_index, WORKER.c.phone_index, WORKER.c.birth_index)
        query = select(*columns, *indexes, WORKER.c.digest).where(condition)
        return [Identity(*tuple(row)) for row in self._context.connection.execute(query.order_by(WORKER.c.key))]

    def _before(self, people: Sequence[Identity]) -> Iterator[Identity]:
        """People as they were before changes of life: rosters that have not heard of them still name them so."""
        changes = LifeChanges(self._context).lasting()
        for person in people if changes else ():
            for one in changes.get(person.key, ()):
                if one.name == "name":
                    person = replace(person, name=one.was)
                elif one.name == "village":
                    person = replace(person, village=one.was)
                elif one.name == "phone":
                    person = replace(person, phone_index=self._context.keys.blind("phone", normal_phone(one.was)))
                elif one.name == "home":
                    person = replace(person, home_code=msgspec.json.decode(one.was, type=Place).code)
                else:
                    continue
                yield person

    def _row(self, uid: str, worker: Worker, facts: WorkerFacts | None) -> Row:
        """The columns of a worker."""
        body = body_of(worker)
        keys = self._context.keys
        return {
            "sender": worker.sender,
            "ref": worker.ref,
            "name": worker.name,
            "initials": initials(worker.name),
            "home_code": worker.home.code,
            "home_name": worker.home.name or worker.home.text,
            "village": worker.village,
            "id_index": self._id_index(worker),
            "phone_index": self._phone_index(worker),
            "birth_index": self._birth_index(worker),
            "household_index": self.household_index(worker),
            "digest": keys.digest(body),
            "body": self._seal("body", uid, body),
            "facts": None if facts is None else self._seal("facts", uid, _ENCODE.encode(facts)),
            "updated_at": self._context.clock(),
        }

    def _id_index(self, worker: Worker) -> str:
        """The blind index of a worker's ID number."""
        return self._context.keys.blind("id", normal_id(worker.id_number))

    def _phone_index(self, worker: Worker) -> str:
        """The blind index of a worker's phone."""
        return self._context.keys.blind("phone", normal_phone(worker.phone))

    def _birth_index(self, worker: Worker) -> str:
        """The blind index of a worker's birth date."""
        return self._context.keys.blind("birth", normal_birth(worker))

    def household_index(self, worker: Worker) -> str:
        """The blind index of a worker's household: its number within its county and village."""
        number = worker.household_no.strip()
        place = f"{worker.home.county}\x1f{plain_village(worker.village)}"
        return self._context.keys.blind("household", f"{place}\x1f{number}") if number else ""

    def _seal(self, column: str, uid: str, plain: bytes) -> SealedBytes:
        """A sealed value of this table."""
        return self._context.keys.seal(plain, place_of("worker", column, uid))

    def _stored(self, row: tuple[Any, ...], told: tuple[KeptCorrection, ...]) -> StoredWorker:
        """A row of `_opened`, unsealed, with what staff corrected."""
        key, uid, revision, updated_at, digest, body, facts = row
        keys = self._context.keys
        return Stored(
            key=key,
            revision=revision,
            value=_WORKER.decode(keys.unseal(body, place_of("worker", "body", uid))),
            facts=None if facts is None else _FACTS.decode(keys.unseal(facts, place_of("worker", "facts", uid))),
            updated_at=updated_at,
            digest=digest,
            corrections=told,
        )


def body_of(worker: Worker) -> bytes:
    """A person as stored; who has no ledger reads as before there were ledgers, so digests of old stay true."""
    body = _ENCODE.encode(worker)
    return body.removesuffix(_NO_LEDGER) + b"}" if worker.ledger is None else body


def in_scope(division: str, villages: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a worker lives in a division and, where villages are named, in one of them."""
    inside = and_(within(WORKER.c.home_code, division), WORKER.c.merged_into.is_(None))
    return and_(inside, WORKER.c.village.in_(villages)) if villages else inside


def _named(ref: str) -> ColumnElement[bool]:
    """Workers of a reference, also written `sender:reference`."""
    sender, colon, rest = ref.partition(":")
    exact = WORKER.c.ref == ref
    return or_(exact, and_(WORKER.c.sender == sender, WORKER.c.ref == rest)) if colon else exact


def _opened() -> Select[Any]:
    """The columns `_stored` needs."""
    c = WORKER.c
    return select(c.key, c.uid, c.revision, c.updated_at, c.digest, c.body, c.facts)
