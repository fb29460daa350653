"""By what each advert may be found again, and what of it is compared.

In: postings that were stored or changed. Out: postings that share a value, and bodies for comparison without their
contact; a phone number is a keyed digest here, good for nothing but to see that two are equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import and_, delete, insert, or_, select, update

from matcher.domain.incoming.sameness import Sighting, Traits
from matcher.domain.posting import Posting, PostingState
from matcher.store.context import StoreContext, chunks, without_collection
from matcher.store.schema import POSTING, SAME_SIGN, SAME_VALUE
from matcher.store.sealing import place_of

PHONE = 1
"""The kind of value that stands for a phone number; other kinds are the caller's."""
_POSTING = msgspec.json.Decoder(Posting)
_CONTACT = msgspec.json.Decoder(tuple[str, str])


@dataclass(frozen=True, slots=True)
class _Term:
    """A linked code, without its words."""

    code: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A skill asked for."""

    skill: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class _Range:
    """Pay or age, from and to."""

    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A fact whose value is a word."""

    value: str | None = None


@dataclass(frozen=True, slots=True)
class _Number:
    """A fact whose value is a number."""

    value: float | None = None


@dataclass(frozen=True, slots=True)
class _Facts:
    """As much of stored facts as is compared; the rest is skipped unread."""

    occupations: tuple[_Term, ...] = ()
    wage: _Range | None = None
    age: _Range | None = None
    sex_asked: _Word = field(default_factory=_Word)
    shift: _Word = field(default_factory=_Word)
    experience_years: _Number = field(default_factory=_Number)
    skills: tuple[_Asked, ...] = ()
    conduct: tuple[_Term, ...] = ()


_FACTS = msgspec.json.Decoder(_Facts)


@dataclass(frozen=True, slots=True)
class Compared:
    """A posting as it is compared; `posting` has its contact only where that was asked for."""

    key: int
    digest: str
    state: PostingState
    posting: Posting
    traits: Traits
    phones: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outline:
    """The columns of a posting that tell at a glance that two are not one job."""

    key: int
    title: str
    occupation: str
    place_code: str
    employer: str


class Signs:
    """The tables of signs and values inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def unsigned(self) -> list[int]:
        """Postings that were never compared, or have changed since."""
        joined = POSTING.outerjoin(SAME_SIGN, SAME_SIGN.c.posting_key == POSTING.c.key)
        fresh = or_(SAME_SIGN.c.posting_key.is_(None), SAME_SIGN.c.digest != POSTING.c.digest)
        query = select(POSTING.c.key).select_from(joined).where(fresh).order_by(POSTING.c.key)
        return list(self._context.connection.scalars(query))

    def phone(self, digits: str) -> int:
        """What stands for a phone number: 63 bits of a digest that nobody can make without the key file."""
        return int(self._context.keys.blind("posting_phone", digits)[:16], 16) >> 1

    def sign(self, rows: Sequence[tuple[int, str, Sequence[tuple[int, int]]]]) -> None:
        """Notes (key, digest, values) of postings; what was noted of them before is gone."""
        connection, now = self._context.connection, self._context.clock()
        keys = [key for key, _, _ in rows]
        known: set[int] = set()
        for part in chunks(keys):
            connection.execute(delete(SAME_VALUE).where(SAME_VALUE.c.posting_key.in_(part)))
            known.update(connection.scalars(select(SAME_SIGN.c.posting_key).where(SAME_SIGN.c.posting_key.in_(part))))
        values = [
            {"posting_key": key, "kind": kind, "value": value} for key, _, pairs in rows for kind, value in set(pairs)
        ]
        fresh = [
            {"posting_key": key, "digest": digest, "first_seen": now, "last_seen": now}
            for key, digest, _ in rows
            if key not in known
        ]
        for row in (row for row in rows if row[0] in known):
            again = update(SAME_SIGN).where(SAME_SIGN.c.posting_key == row[0])
            connection.execute(again.values(digest=row[1], last_seen=now))
        if fresh:
            connection.execute(insert(SAME_SIGN), fresh)
        if values:
            connection.execute(insert(SAME_VALUE), values)

    def seen(self, keys: Sequence[int]) -> None:
        """Notes that postings were delivered again."""
        now = self._context.clock()
        for part in chunks(keys):
            again = update(SAME_SIGN).where(SAME_SIGN.c.posting_key.in_(part))
            self._context.connection.execute(again.values(last_seen=now))

    def sharing(self, kind: int, values: Sequence[int]) -> Iterator[tuple[int, int]]:
        """(value, posting) of every stored posting that has one of the values of a kind."""
        c = SAME_VALUE.c
        for part in chunks(values):
            query = select(c.value, c.posting_key).where(c.kind == kind, c.value.in_(part))
            yield from ((value, key) for value, key in self._context.connection.execute(query))

    def digests(self, keys: Sequence[int]) -> dict[int, str]:
        """What postings say now, as digests."""
        c = POSTING.c
        found: dict[int, str] = {}
        for part in chunks(keys):
            rows = self._context.connection.execute(select(c.key, c.digest).where(c.key.in_(part)))
            found.update((key, digest) for key, digest in rows)
        return found

    def outlines(self, keys: Sequence[int]) -> Iterator[Outline]:
        """What tells at a glance that two postings are not one job."""
        c = POSTING.c
        for part in chunks(keys):
            query = select(c.key, c.title, c.occupation, c.place_code, c.employer).where(c.key.in_(part))
            yield from (Outline(*row) for row in self._context.connection.execute(query))

    def compared(self, keys: Sequence[int], *, with_contact: bool = False) -> Iterator[Compared]:
        """Postings as they are compared, a few hundred at a time; sealed contacts are opened only where asked for."""
        c = POSTING.c
        columns = [c.key, c.digest, c.state, c.body, c.facts] + ([c.uid, c.contact] if with_contact else [])
        for part in chunks(keys):
            phones = {} if with_contact else self._phones(part)
            rows = self._context.connection.execute(select(*columns).where(c.key.in_(part)))
            with without_collection():
                yield from [self._compared(tuple(row), phones) for row in rows]

    def _phones(self, keys: Sequence[int]) -> dict[int, frozenset[str]]:
        """What stands for the phone numbers of postings."""
        c = SAME_VALUE.c
        query = select(c.posting_key, c.value).where(c.kind == PHONE, c.posting_key.in_(keys))
        found: dict[int, set[str]] = defaultdict(set)
        for key, value in self._context.connection.execute(query):
            found[key].add(str(value))
        return {key: frozenset(values) for key, values in found.items()}

    def _compared(self, row: tuple[Any, ...], phones: dict[int, frozenset[str]]) -> Compared:
        """One row of `compared`."""
        key, digest, state, body, facts = row[:5]
        posting = _POSTING.decode(body)
        if len(row) > 5:
            contact, phone = _CONTACT.decode(self._context.keys.unseal(row[6], place_of("posting", "contact", row[5])))
            object.__setattr__(posting, "contact", contact)
            object.__setattr__(posting, "phone", phone)
        return Compared(key, digest, PostingState(state), posting, traits_in(facts), phones.get(key, frozenset()))

    def sightings(self, keys: Sequence[int]) -> list[Sighting]:
        """Where and when adverts were seen, in the order they came."""
        p, s = POSTING.c, SAME_SIGN.c
        query = select(p.key, p.ref, p.sender, p.body, p.created_at, s.first_seen, s.last_seen)
        joined = query.join_from(POSTING, SAME_SIGN, p.key == s.posting_key, isouter=True)
        rows = self._context.connection.execute(joined.where(and_(p.key.in_(keys))).order_by(p.created_at, p.key))
        return [
            Sighting(
                key=key,
                ref=ref,
                sender=sender,
                source=_POSTING.decode(body).source,
                first_seen=first or created,
                last_seen=last or created,
            )
            for key, ref, sender, body, created, first, last in rows
        ]


def traits_in(facts: bytes | None) -> Traits:
    """What of stored facts is compared."""
    if facts is None:
        return Traits()
    read = _FACTS.decode(facts)
    wage, age = read.wage or _Range(), read.age or _Range()
    return Traits(
        occupations=tuple(term.code for term in read.occupations),
        pay_low=wage.low,
        pay_high=wage.high,
        pay_unit=wage.unit,
        sex=read.sex_asked.value or "",
        shift=read.shift.value or "",
        age_low=None if age.low is None else int(age.low),
        age_high=None if age.high is None else int(age.high),
        years=read.experience_years.value,
        skills=tuple(one.skill for one in read.skills if one.required),
        held=bool(read.conduct),
    )
