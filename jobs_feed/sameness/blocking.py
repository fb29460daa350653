"""Which adverts are worth comparing: those that share an employer's core, a phone number or a telling clause.

In: adverts. Out: values under which each is found again (64-bit numbers), and the pairs of a block. A block that is
too large is cut by occupation and banner, then by job name, so that time grows with the adverts and not their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b

from jobs_feed.sameness.adverts import Advert
from jobs_feed.sameness.titles import Alike, Title, alike, same_trade, title_of
from matcher.domain.division import division_prefix
from matcher.store.incoming.signs import PHONE, Outline

LONG_CLAUSE = 9
"""Characters from which a clause tells an advert from others."""
CLAUSES = 3
LARGE, NEIGHBOURS = 60, 8
"""A block of more members is cut; what cannot be cut is sorted, and each member compared with the next ones."""
COMMON = 400
"""A clause that more adverts share tells nothing."""


class Value(IntEnum):
    """The kinds of value adverts are found by."""

    PHONE = PHONE
    EMPLOYER = 2
    CLAUSE = 3
    CODE = 4


@dataclass(frozen=True, slots=True)
class Glance:
    """An advert at a glance: enough to drop most pairs of a block."""

    key: int
    title: Title
    occupation: str
    place: str
    employer: str


def number_of(text: str) -> int:
    """63 bits of a digest of a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def values_of(advert: Advert) -> list[tuple[int, int]]:
    """(kind, value) under which an advert is found; phones are numbers already."""
    found = [(int(Value.PHONE), int(phone)) for phone in advert.phones]
    found += [(int(Value.EMPLOYER), number_of(core)) for core in advert.employer.cores]
    if advert.employer.code:
        found.append((int(Value.CODE), number_of(advert.employer.code)))
    clauses = sorted({number_of(clause) for clause in advert.clauses if len(clause) >= LONG_CLAUSE})
    return found + [(int(Value.CLAUSE), value) for value in clauses[:CLAUSES]]


def glance_of(outline: Outline) -> Glance:
    """A posting at a glance."""
    return Glance(
        outline.key, title_of(outline.title), outline.occupation, division_prefix(outline.place_code), outline.employer
    )


def pairs_of(kind: int, members: Sequence[Glance], is_fresh: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """The pairs of a block worth a comparison, the smaller key first, at least one of each compared anew."""
    if kind == Value.CLAUSE and len(members) > COMMON:
        return
    for part in _cut(members):
        ordered = sorted(part, key=lambda glance: (glance.title.core, glance.place, glance.employer, glance.key))
        reach = len(ordered) if len(ordered) <= LARGE else NEIGHBOURS
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + reach]:
                if (is_fresh(one.key) or is_fresh(other.key)) and may_be_one(one, other):
                    yield min(one.key, other.key), max(one.key, other.key)


def _cut(members: Sequence[Glance]) -> Iterable[Sequence[Glance]]:
    """A block in parts that are small enough, or that nothing cuts any further."""
    if len(members) <= LARGE:
        return [members]
    parts: dict[tuple[str, str], list[Glance]] = defaultdict(list)
    for glance in members:
        parts[glance.occupation or glance.title.core[:2], glance.place[:6]].append(glance)
    return parts.values()


def may_be_one(one: Glance, other: Glance) -> bool:
    """Whether two adverts are not at once another place or another job."""
    if one.place and other.place and not (one.place.startswith(other.place) or other.place.startswith(one.place)):
        return False
    if alike(one.title, other.title) is not Alike.OTHER:
        return True
    if one.occupation and other.occupation:
        return one.occupation == other.occupation
    return same_trade(one.title, other.title)
