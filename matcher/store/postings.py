"""Postings: what employers state in clear, who to ask for and their phone sealed, and where each stands.

In: `Posting` and `PostingFacts`. Out: the same again with the state of the posting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.store.context import Known, Row, StoreContext, Stored, chunks, new_uid, within, without_collection
from matcher.store.schema import POSTING
from matcher.store.sealing import place_of

_POSTING = msgspec.json.Decoder(Posting)
_FACTS = msgspec.json.Decoder(PostingFacts)
_CONTACT = msgspec.json.Decoder(tuple[str, str])
_ENCODE = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPosting(Stored[Posting, PostingFacts]):
    """A posting as stored; only OPEN ones are suggested."""

    state: PostingState = PostingState.OPEN
    state_note: str = ""


class Postings:
    """The table of postings inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def digest_of(self, posting: Posting) -> str:
        """The digest a stored posting with the same content has."""
        return self._context.keys.digest(_ENCODE.encode(posting))

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
        rows = []
        with without_collection():
            for posting, facts in postings:
                uid = new_uid()
                created = {"uid": uid, "created_at": self._context.clock(), "revision": 1, "state": state.value}
                rows.append(created | self._row(uid, posting, facts))
            return self._context.insert_many(POSTING, rows)

    def replace(
        self, key: int, posting: Posting, facts: PostingFacts | None = None, *, expected_revision: int | None = None
    ) -> int:
        """Stores what the employer now states; the new revision."""
        row = self._row(self._context.uid(POSTING, key), posting, facts)
        return self._context.revise(POSTING, key, row, expected_revision=expected_revision)

    def replace_many(self, postings: Sequence[tuple[int, Posting, PostingFacts | None]]) -> None:
        """Stores what employers now state."""
        uids = self._context.uids(POSTING, [key for key, _, _ in postings])
        with without_collection():
            rows = [{"_key": key} | self._row(uids[key], posting, facts) for key, posting, facts in postings]
            self._context.revise_many(POSTING, rows)

    def put_facts(self, key: int, facts: PostingFacts) -> None:
        """Stores facts read anew."""
        self._context.touch(POSTING)
        change = update(POSTING).where(POSTING.c.key == key)
        self._context.connection.execute(change.values(facts=_ENCODE.encode(facts), **_occupation(facts)))

    def set_state(self, key: int, state: PostingState, *, note: str = "", expected_revision: int | None = None) -> int:
        """Moves a posting to another state; the new revision."""
        row = {"state": state.value, "state_note": note, "updated_at": self._context.clock()}
        return self._context.revise(POSTING, key, row, expected_revision=expected_revision)

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

    def many(self, keys: Sequence[int]) -> dict[int, StoredPosting]:
        """Postings by key."""
        found = {}
        for part in chunks(keys):
            for row in self._context.connection.execute(_opened().where(POSTING.c.key.in_(part))):
                stored = self._stored(row)
                found[stored.key] = stored
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
            "body": _ENCODE.encode(replace(posting, contact="", phone="")),
            "contact": keys.seal(contact, place_of("posting", "contact", uid)),
            "facts": None if facts is None else _ENCODE.encode(facts),
            "updated_at": self._context.clock(),
        }

    def _stored(self, row: tuple[Any, ...]) -> StoredPosting:
        """A row of `_opened` with its contact unsealed."""
        key, uid, revision, updated_at, digest, body, sealed, facts, state, note = row
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
        )


def _occupation(facts: PostingFacts | None) -> Row:
    """The main occupation and how sure it is; None where nothing was read."""
    sure = facts.occupations[0].confidence if facts is not None and facts.occupations else None
    return {"occupation": "" if facts is None else facts.occupation, "occupation_confidence": sure}


def _opened() -> Select[Any]:
    """The columns `_stored` needs."""
    c = POSTING.c
    columns = (c.key, c.uid, c.revision, c.updated_at, c.digest, c.body, c.contact, c.facts, c.state, c.state_note)
    return select(*columns)
