"""What people said and were given before: facts of their cases that outlive a plan.

In: answers, slips, choices at the desk, current plans. Out: a stored person as a row that carries all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.columns import WorkerRow
from matcher.domain.aftercare import SlipReturn
from matcher.domain.choosing.choices import NO_HAND, Concession, Hand
from matcher.domain.incoming.sameness import instead
from matcher.domain.service.policies.catalogue import FactAnswer
from matcher.office import Office
from matcher.store.store import UnitOfWork
from matcher.store.workers import StoredWorker
from matcher.stored_rows import worker_row

NO_PLAN: tuple[frozenset[int], bool] = frozenset(), False
"""What stands of somebody without a plan: no postings, nothing printed."""


def spoken_on(office: Office, unit: UnitOfWork, on: date) -> Mapping[int, int]:
    """Postings that another advert of the same job speaks for on a day, kept until a posting or a group changes."""
    stale_days = office.policy.at(on).whole("plan.stale_days")
    if not unit.one_moment:
        return unit.sameness.spoken(on, stale_days)
    stamp = (unit.market_version(), stale_days)
    return office.shelf.get(("spoken", on), stamp, lambda: unit.sameness.spoken(on, stale_days))


@dataclass(frozen=True, slots=True)
class Past:
    """What people said and were given before, by their keys, and the adverts that speak for others."""

    closed: Mapping[int, frozenset[int]]
    current: Mapping[int, tuple[frozenset[int], bool]]
    hands: Mapping[int, Hand]
    said: Mapping[int, Concession]
    slips: Mapping[int, Sequence[SlipReturn]]
    spoken: Mapping[int, int]
    told: Mapping[int, Sequence[FactAnswer]]
    """What was said when subsidies were asked about."""

    @classmethod
    def of(
        cls,
        office: Office,
        unit: UnitOfWork,
        keys: Sequence[int] | None,
        on: date,
        *,
        current: Mapping[int, tuple[frozenset[int], bool]] | None = None,
    ) -> Past:
        """Of some people, or of all; what stands of them now where that was looked up already."""
        return cls(
            unit.plans.answers.closed(keys),
            unit.plans.standing(keys) if current is None else current,
            unit.choices.standing(keys),
            unit.concessions.standing(keys),
            unit.aftercare.returns.of_people(keys),
            spoken_on(office, unit, on),
            unit.catalogue.answers.standing(keys),
        )

    def row(self, stored: StoredWorker, office: Office, on: date, *, said: bool = True) -> WorkerRow:
        """One person with all of it, ready for planning; without `said` as if nothing was agreed at the desk."""
        held, printed = self.current.get(stored.key, NO_PLAN)
        hand, kept = self.hands.get(stored.key, NO_HAND), instead(held, self.spoken)
        refused = instead(self.closed.get(stored.key, frozenset()) | hand.taken, self.spoken)
        stay = kept - refused
        return worker_row(
            stored,
            office,
            on,
            refused=refused,
            kept=stay,
            printed=stay if printed else frozenset[int](),
            given=instead(hand.given, self.spoken) - refused,
            slips=self.slips.get(stored.key, ()),
            said=self.said.get(stored.key) if said else None,
            told=self.told.get(stored.key, ()),
        )
