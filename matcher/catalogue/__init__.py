"""The policy catalogue at work: what stands, what a person may have, what a change would do.

In: an office or a unit of work. Out: the catalogue with everything staff entered, and how much an offer is worth.
"""

from __future__ import annotations

from datetime import date

from matcher.domain.service.policies.catalogue import Amount, Catalogue, Tier
from matcher.reference.offers import shipped_catalogue
from matcher.store import UnitOfWork

HOME = "1505"


def catalogue_of(unit: UnitOfWork) -> Catalogue:
    """Everything that ships, then everything staff entered."""
    return shipped_catalogue().with_versions(unit.catalogue.versions.all())


def amount_of(
    unit: UnitOfWork, code: str, *, tier: Tier | str, on: date, division: str = HOME, months: int | None = None
) -> Amount | None:
    """How much an offer is worth in a place on a day.

    None where nothing is named; an `Amount` whose `value` is None where the office has not entered it yet.
    """
    return catalogue_of(unit).amount_of(code, tier=tier, on=on, division=division, months=months)
