"""Postings: what employers state in clear, who to ask for and their phone sealed, and where each stands.

In: `Posting` and `PostingFacts`. Out: the same again with the state of the posting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.incoming.trust import VerifiedHow
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.store.context import Known, Row, StoreContext, Stored, chunks, new_uid, within, without_collection
from matcher.store.incoming.history import PostingHistory
from matcher.store.incoming.openings import openings_left
from matcher.store.schema import POSTING
from matcher.store.sealing import place_of

_POSTING = msgspec.json.Decoder(Posting)
_FACTS = msgspec.json.Decoder(PostingFacts)
_CONTACT = msgspec.json.Decoder(tuple[str, str])
_ENCODE = msgspec.json.Encoder()
TAKEN_BACK = "IMPORT_TAKEN_BACK"
"""The note of a posting that is withdrawn because its import was undone; importing it again reopens it."""
_SAID = (
    "title",
    "employer",
    "uscc",
    "wage_text",
    "education_text",
    "age_text",
    "sex_text",
    "certificate_text",
    "experience_text",
    "hours_text",
    "board_text",
    "insurance_text",
    "load_text",
    "description",
    "contact",
    "phone",
)
"""What an employer says in words; a release stands until one of them changes."""
_COLUMNS = 10
"""Columns of a posting itself in `_opened`, before those of trust."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPosting(Stored[Posting, PostingFacts]):
    """A posting as stored; only OPEN ones are suggested."""

    state: PostingState = PostingState.OPEN
    state_note: str = ""
    text_digest: str = ""
    cleared: bool = False
    """Staff released it, and its text is still the same."""
    openings_left: int | None = None
    """None = as the advert states."""
    checked_on: date | None = None
    """Verified by the office; what the advert itself says of it stands in the posting."""
    checked_by: str = ""
    checked_how: VerifiedHow | None = None


@dataclass(frozen=True, slots=True)
class ChangedPosting:
    """A posting with the numbers of its first and last change and the moment it was first stored."""

    stored: StoredPosting
    first_change: int
    change: int
    created_at: datetime


class Postings:
    """The table of postings inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._history = PostingHistory(context)

    def digest_of(self, posting: Posting) -> str:
        """The digest a stored posting with the same content has."""
        return self._context.keys.digest(_ENCODE.encode(posting))

    def text_digest_of(self, posting: Posting) -> str:
        """The digest of what a posting says in words; dates and head counts may change without changing it."""
        return self._context.keys.digest(
            _ENCODE.encode([getattr(posting, name) for name in _SAID] + [posting.place.text])
        )

    def by_source(self, sender: str) -> dict[str, Known]:
        """Every posting of a sender by reference."""
        query = select(POSTING.c.ref, POSTING.c.key, POSTING.c.digest).where(POSTING.c.sender == sender)
        return {ref: Known(key, digest) for ref, key, digest in self._context.connection.execute(query)}

    def add(self, posting: Posting, facts: PostingFacts | None = None) -> int:
        """Stores a new posting; the key."""
        return self.add_many([(posting, facts)])[0]

    def add_many(
        self, postings: Sequence[tuple[Posting, PostingFacts | None]], *, state: PostingState = PostingState.OPEN
    ) -> list[int]:
        """Stores new postings; their keys in the same order."""
        with without_collection():
            keys = self._context.insert_many(POSTING, self.prepare(postings, state=state))
        if state is not PostingState.OPEN:
            self._history.note_many([(key, None, state) for key in keys], why="IMPORTED")
        return keys

    def prepare(
        self, postings: Sequence[tuple[Posting, PostingFacts | None]], *, state: PostingState = PostingState.OPEN
    ) -> list[Row]:
        """Rows of new postings, sealed and ready; nothing is stored yet."""
        rows = []
        for value, facts in postings:
            uid = new_uid()
            created = {"uid": uid, "created_at": self._context.clock(), "revision": 1, "state": state.value}
            rows.append(created | self._row(uid, value, facts))
        return rows

    def columns_of(self, uid: str, posting: Posting, facts: PostingFacts | None) -> Row:
        """The columns of a record under a name it has already, for one that comes from another office."""
        return self._row(uid, posting, facts)

    def add_prepared(self, rows: Sequence[Row]) -> list[int]:
        """Stores rows that were prepared; their keys, in order."""
        return self._context.insert_many(POSTING, rows)

    def replace(
        self, key: int, posting: Posting, facts: PostingFacts | None = None, *, expected_revision: int | None = None
    ) -> int:
        """Stores what the employer now states; the new revision."""
        row = self._row(self._context.uid(POSTING, key), posting, facts)
        return self._context.revise(POSTING, key, row, expected_revision=expected_revision)

    def replace_many(self, postings: Sequence[tuple[int, Posting, PostingFacts | None]]) -> None:
        """Stores what is now known of many postings."""
        with without_collection():
            self.replace_prepared(self.prepare_changes(postings))

    def prepare_changes(self, postings: Sequence[tuple[int, Posting, PostingFacts | None]]) -> list[Row]:
        """Rows of changed postings, sealed and ready; nothing is stored yet."""
        uids = self._context.uids(POSTING, [key for key, _, _ in postings])
        return [{"_key": key} | self._row(uids[key], value, facts) for key, value, facts in postings]

    def replace_prepared(self, rows: Sequence[Row]) -> None:
        """Stores changed rows that were prepared."""
        self._context.revise_many(POSTING, rows)

    def changed_after(self, change: int) -> list[int]:
        """Keys of the postings that have come or changed behind a change."""
        return list(self._context.connection.scalars(select(POSTING.c.key).where(POSTING.c.change > change)))

    def keys(self) -> set[int]:
        """Keys of all postings there are."""
        return set(self._context.connection.scalars(select(POSTING.c.key)))

    def state(self) -> tuple[int, int, int]:
        """Changes whenever one of the postings is added, changed or removed."""
        return self._context.state_of(POSTING)

    def reopen_taken_back(self, keys: Sequence[int]) -> None:
        """Opens postings again that were withdrawn only because their import was undone."""
        back = and_(POSTING.c.state == PostingState.WITHDRAWN.value, POSTING.c.state_note == TAKEN_BACK)
        opened = {"state": PostingState.OPEN.value, "state_note": ""}
        for part in chunks(keys):
            self._context.connection.execute(update(POSTING).where(POSTING.c.key.in_(part), back).values(opened))

    def put_facts(self, key: int, facts: PostingFacts) -> None:
        """Stores facts read anew."""
        self._context.touch(POSTING)
        change = update(POSTING).where(POSTING.c.key == key)
        self._context.connection.execute(change.values(facts=_ENCODE.encode(facts), **_occupation(facts)))

    def set_state(
        self,
        key: int,
        state: PostingState,
        *,
        note: str = "",
        why: str = "",
        reason: str = "",
        expected_revision: int | None = None,
    ) -> int:
        """Moves a posting to another state and keeps that in its history; the new revision."""
        before = self._context.connection.scalar(select(POSTING.c.state).where(POSTING.c.key == key))
        row = {"state": state.value, "state_note": note, "updated_at": self._context.clock()}
        revision = self._context.revise(POSTING, key, row, expected_revision=expected_revision)
        if before != state.value or reason:
            old = PostingState(before) if before else None
            self._history.note_many([(key, old, state)], why=why or "STATE_SET", reason=reason)
        return revision

    def move_many(self, keys: Collection[int], before: PostingState, after: PostingState, *, why: str) -> int:
        """Moves those of some postings that stand in one state to another; how many."""
        moved = 0
        for part in chunks(sorted(keys)):
            here = and_(POSTING.c.key.in_(part), POSTING.c.state == before.value)
            found = [int(key) for (key,) in self._context.connection.execute(select(POSTING.c.key).where(here))]
            if found:
                self._context.touch(POSTING)
                self._context.journal.note_before(self._context.connection, POSTING, found)
                values = {"state": after.value, "updated_at": self._context.clock()}
                change = update(POSTING).where(POSTING.c.key.in_(found))
                self._context.connection.execute(change.values(**values, revision=POSTING.c.revision + 1))
                self._history.note_many([(key, before, after) for key in found], why=why)
            moved += len(found)
        return moved

    def unclear(self, keys: Collection[int]) -> None:
        """Takes releases back."""
        self._context.touch(POSTING)
        for part in chunks(sorted(keys)):
            change = update(POSTING).where(POSTING.c.key.in_(part))
            self._context.connection.execute(change.values(cleared_digest=""))

    def clear(self, key: int) -> None:
        """Notes that staff released the text as it now stands."""
        digest = self.text_digest_of(self.get(key).value)
        self._context.touch(POSTING)
        change = update(POSTING).where(POSTING.c.key == key)
        self._context.connection.execute(change.values(text_digest=digest, cleared_digest=digest))

    def get(self, key: int, *, division: str = "") -> StoredPosting:
        """One posting; RecordNotFound where there is none in the scope."""
        return self._one(and_(POSTING.c.key == key, within(POSTING.c.place_code, division)), str(key))

    def by_ref(self, ref: str) -> StoredPosting:
        """One posting by reference, or by `sender:reference`."""
        sender, _, rest = ref.partition(":")
        return self._one(or_(POSTING.c.ref == ref, and_(POSTING.c.sender == sender, POSTING.c.ref == rest)), ref)

    def count(self) -> int:
        """How many postings are stored."""
        return self._context.connection.scalar(select(func.count()).select_from(POSTING)) or 0

    def all_for_planning(self, *, only_open: bool = True) -> Iterator[StoredPosting]:
        """Every posting, with facts, in the order of references."""
        wanted = POSTING.c.state == PostingState.OPEN.value if only_open else true()
        query = _opened().where(wanted).order_by(POSTING.c.ref, POSTING.c.key)
        with without_collection():
            for row in self._context.connection.execute(query):
                yield self._stored(row)

    def in_order_of_change(self, condition: ColumnElement[bool], limit: int) -> list[ChangedPosting]:
        """The first postings of a condition, the longest unchanged first."""
        return self._changed(_opened().where(condition).order_by(POSTING.c.change, POSTING.c.key).limit(limit))

    def in_order_of_key(
        self, condition: ColumnElement[bool], limit: int, *, newest_first: bool = False
    ) -> list[ChangedPosting]:
        """The first postings of a condition in the order they were stored, or in the other."""
        order = POSTING.c.key.desc() if newest_first else POSTING.c.key
        return self._changed(_opened().where(condition).order_by(order).limit(limit))

    def _changed(self, query: Select[Any]) -> list[ChangedPosting]:
        """Postings with the numbers of their changes."""
        c = POSTING.c
        rows = self._context.connection.execute(query.add_columns(c.first_change, c.change, c.created_at))
        return [ChangedPosting(self._stored(tuple(row[:-3])), *row[-3:]) for row in rows]

    def many(self, keys: Sequence[int]) -> dict[int, StoredPosting]:
        """Postings by key."""
        found = {}
        for part in chunks(keys):
            for row in self._context.connection.execute(_opened().where(POSTING.c.key.in_(part))):
                stored = self._stored(row)
                found[stored.key] = stored
        return found

    def states(self, keys: Collection[int]) -> dict[int, PostingState]:
        """In which state some postings are."""
        found: dict[int, PostingState] = {}
        for part in chunks(sorted(keys)):
            rows = self._context.connection.execute(
                select(POSTING.c.key, POSTING.c.state).where(POSTING.c.key.in_(part))
            )
            found.update((int(key), PostingState(state)) for key, state in rows)
        return found

    def _one(self, condition: ColumnElement[bool], ref: str) -> StoredPosting:
        """The first posting of a condition."""
        query = _opened().where(condition).order_by(POSTING.c.key).limit(1)
        row = self._context.connection.execute(query).first()
        if row is None:
            raise RecordNotFound("没有这条岗位，或不在您的范围内", ref=ref)
        return self._stored(tuple(row))

    def _row(self, uid: str, posting: Posting, facts: PostingFacts | None) -> Row:
        """The columns of a posting."""
        keys = self._context.keys
        contact = _ENCODE.encode((posting.contact, posting.phone))
        return {
            "sender": posting.sender,
            "ref": posting.ref,
            "source_ref": posting.source_ref,
            "title": posting.title,
            "employer": posting.employer,
            "kind": posting.kind.value,
            "place_code": posting.place.code,
            "place_name": posting.place.name or posting.place.text,
            "wage_text": posting.wage_text,
            **_occupation(facts),
            "openings": posting.openings,
            "published_on": posting.published_on,
            "deadline": posting.deadline,
            "digest": self.digest_of(posting),
            "text_digest": self.text_digest_of(posting),
            "body": _ENCODE.encode(replace(posting, contact="", phone="")),
            "contact": keys.seal(contact, place_of("posting", "contact", uid)),
            "facts": None if facts is None else _ENCODE.encode(facts),
            "updated_at": self._context.clock(),
        }

    def _stored(self, row: tuple[Any, ...]) -> StoredPosting:
        """A row of `_opened` with its contact unsealed."""
        key, uid, revision, updated_at, digest, body, sealed, facts, state, note = row[:_COLUMNS]
        text_digest, cleared_digest, openings, taken, taken_of, checked_on, checked_by, checked_how = row[_COLUMNS:]
        plain = self._context.keys.unseal(sealed, place_of("posting", "contact", uid))
        contact, phone = _CONTACT.decode(plain)
        posting = _POSTING.decode(body)
        if contact or phone:
            # nobody else has seen this record yet; a copy of twenty thousand took half a second
            object.__setattr__(posting, "contact", contact)
            object.__setattr__(posting, "phone", phone)
        return StoredPosting(
            key=key,
            revision=revision,
            value=posting,
            facts=None if facts is None else _FACTS.decode(facts),
            updated_at=updated_at,
            digest=digest,
            state=PostingState(state),
            state_note=note,
            text_digest=text_digest,
            cleared=bool(cleared_digest) and cleared_digest == text_digest,
            openings_left=openings_left(openings, taken, taken_of),
            checked_on=checked_on,
            checked_by=checked_by,
            checked_how=VerifiedHow(checked_how) if checked_how else None,
        )


def _occupation(facts: PostingFacts | None) -> Row:
    """The main occupation and how sure it is; None where nothing was read."""
    sure = facts.occupations[0].confidence if facts is not None and facts.occupations else None
    return {"occupation": "" if facts is None else facts.occupation, "occupation_confidence": sure}


def _opened() -> Select[Any]:
    """The columns `_stored` needs."""
    c = POSTING.c
    columns = (c.key, c.uid, c.revision, c.updated_at, c.digest, c.body, c.contact, c.facts, c.state, c.state_note)
    trust = (
        c.text_digest,
        c.cleared_digest,
        c.openings,
        c.taken,
        c.taken_of,
        c.checked_on,
        c.checked_by,
        c.checked_how,
    )
    return select(*columns, *trust)
