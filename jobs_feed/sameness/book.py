"""Adverts opened when they are compared, and kept while there is room.

In: a unit of work. Out: adverts by key; at most `ROOM` are held, so that memory does not grow with the postings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jobs_feed.sameness.adverts import Advert, advert_of, known_fields
from matcher.domain.posting import PostingState
from matcher.store import UnitOfWork
from matcher.store.incoming.signs import Compared

ROOM = 150_000
"""Adverts kept; one takes about a kilobyte and a half."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An advert with what says how rich it is."""

    advert: Advert
    richness: tuple[int, bool, int, int]
    """Known fields, verified, day of publication, and the key, older ones last."""
    state: PostingState


class AdvertBook:
    """Adverts by key, read a few hundred at a time."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._kept: dict[int, Kept] = {}

    def use(self, unit: UnitOfWork) -> None:
        """Reads on in another transaction."""
        self._unit = unit

    def note(self, compared: Compared, phones: Iterable[str]) -> Kept:
        """Takes in a posting that was opened elsewhere."""
        posting = compared.posting
        advert = advert_of(compared.key, posting, compared.traits, phones, digest=compared.digest)
        day = 0 if posting.published_on is None else posting.published_on.toordinal()
        verified = posting.verified_on is not None
        kept = Kept(advert, (known_fields(posting), verified, day, -compared.key), compared.state)
        self._kept[compared.key] = kept
        return kept

    def open(self, keys: Iterable[int]) -> None:
        """Reads what is missing of some keys; where there is no more room, the rest is forgotten."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._kept]
        if len(self._kept) + len(missing) > ROOM:
            self._kept.clear()
            missing = list(dict.fromkeys(keys))
        for compared in self._unit.sameness.signs.compared(missing):
            self.note(compared, compared.phones)

    def get(self, key: int) -> Kept:
        """One advert."""
        if key not in self._kept:
            self.open([key])
        return self._kept[key]

    def advert(self, key: int) -> Advert:
        """One advert as it is compared."""
        return self.get(key).advert
