"""One person at the desk, before the market of the day.

In: an office, a unit of work and the key of a person. Out: a `Seat`: the person as plans see her, with the columns of
the market kept ready and the distances from her home.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from matcher.by_hand import conceded
from matcher.casework import market_stamp, ready_market
from matcher.columns import Pairs, WorkerColumns, WorkerRow
from matcher.composing import Workshop, matches_of
from matcher.domain.choosing.choices import NO_HAND, Concession, Hand
from matcher.domain.incoming.sameness import instead
from matcher.domain.match import Match
from matcher.office import Office
from matcher.past import Past
from matcher.planning import Person, at_homes, encode_people, entitle
from matcher.shortlist import Market
from matcher.store.plans import StoredPlan
from matcher.store.store import UnitOfWork
from matcher.warm import WarmMarket


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """A person at the desk; `plain` is the row without what was conceded."""

    person: Person
    plain: WorkerRow
    said: Concession | None
    hand: Hand
    closed: frozenset[int]
    """Postings answered with no, whichever of their adverts it was."""
    stored: StoredPlan | None
    warm: WarmMarket
    market: Market
    workers: WorkerColumns
    spoken: Mapping[int, int]
    """Postings that another advert of the same job speaks for."""

    @property
    def row(self) -> WorkerRow:
        """The person as plans see her."""
        return self.person.row

    @property
    def workshop(self) -> Workshop:
        """What plans of this market are composed with, from this home."""
        return replace(self.warm.workshop, market=self.market)

    def against(self, places: npt.NDArray[np.intp]) -> Pairs:
        """Pairs of the person with some postings of the market."""
        return self.market.pairs(self.workers, np.zeros(len(places), dtype=np.intp), places)

    def matches(self, places: npt.NDArray[np.intp]) -> tuple[Match, ...]:
        """Postings of the market as a plan would say them, in this order."""
        chosen = np.asarray(places, dtype=np.int64)[None, :]
        return next(iter(matches_of(self.workshop, self.workers, chosen)))


def seat_of(
    office: Office,
    unit: UnitOfWork,
    key: int,
    *,
    on: date | None = None,
    division: str = "",
    villages: tuple[str, ...] = (),
) -> Seat:
    """A person of a scope at the desk today."""
    day = on or office.today()
    policy = office.policy.at(day)
    stored, current = unit.workers.get(key, division=division, villages=villages), unit.plans.current(key)
    held = frozenset(match.posting_key for match in current.plan.matches) if current else frozenset[int]()
    standing = {key: (held, current is not None and current.printed_on is not None)}
    past = Past.of(office, unit, [key], day, current=standing)
    hand, said, spoken = past.hands.get(key, NO_HAND), past.said.get(key), past.spoken
    closed = instead(past.closed.get(key, frozenset()), spoken)
    plain = past.row(stored, office, day, said=False)
    (before,) = entitle([plain], policy)
    (person,) = entitle([conceded(plain, said.switches, policy)], policy) if said else (before,)
    warm = ready_market(office, unit, on=day)
    market, homes = at_homes([person.row], warm.market)
    workers = encode_people([person.row], homes, market)
    return Seat(person, before.row, said, hand, closed, current, warm, market, workers, spoken)


def warm_up(office: Office) -> None:
    """In an office with many postings, makes the market of the day ready before anybody sits down."""
    day = office.today()
    with office.reading() as unit:
        if office.warm.holds(market_stamp(office, unit, on=day)):
            return
        if unit.postings.count() < office.policy.at(day).whole("desk.large_office"):
            return
    office.shelf.behind(("warm",), lambda: _warmed(office, day))


def _warmed(office: Office, day: date) -> None:
    """The market made ready."""
    with office.reading() as unit:
        ready_market(office, unit, on=day)


def seated_as(seat: Seat, row: WorkerRow) -> Seat:
    """The same seat with the person as she would be."""
    (person,) = entitle([row], seat.market.policy)
    market, homes = at_homes([person.row], seat.warm.market)
    return replace(seat, person=person, market=market, workers=encode_people([person.row], homes, market))
