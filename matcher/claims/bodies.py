"""Claims of organisations: whom they served or kept in work, how long, what was paid.

In: an organisation, a kind, people with months and wages. Out: a claim with its list; nobody is named twice a year for
the same award. Conditions and amounts stand in the policy catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.catalogue import HOME, catalogue_of
from matcher.claims.kinds import kind_of
from matcher.claims.refusing import refused
from matcher.claims.training import check_class
from matcher.domain.service.claim import Claim, ClaimPerson
from matcher.domain.service.policies.catalogue import Tier
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.store import UnitOfWork

MOST_MONTHS = 12
MOST_WAGES = 1_000_000


def make_body_claim(
    office: Office,
    kind: str,
    claimant: str,
    people: Sequence[ClaimPerson],
    scope: Scope,
    *,
    actor: str,
    division: str,
    year: int,
    class_key: int | None = None,
) -> int:
    """A claim of an organisation for the people it names; its key."""
    if not kind_of(kind).of_body or not claimant.strip():
        raise refused("CLAIM_NO_CLAIMANT")
    if not people:
        raise refused("CLAIM_NOBODY")
    if kind_of(kind).of_class and class_key is None:
        raise refused("CLAIM_NO_CLASS")
    with office.unit(actor) as unit:
        names = _names(unit, people, scope)
        _check_people(unit, kind, year, people, names, class_key)
        if class_key is not None:
            check_class(unit, class_key, list(names), names)
        claim = Claim(
            kind=kind,
            claimant=claimant.strip(),
            class_key=class_key,
            division=division or scope.division or HOME,
            year=year,
            since=min((one.since for one in people if one.since), default=date(year, 1, 1)),
            until=max((one.until for one in people if one.until), default=date(year, 12, 31)),
            months=max(one.months for one in people),
            yuan=_amount(unit, kind, len(people), on=office.today(), division=division or HOME),
            made_on=office.today(),
        )
        key = unit.claims.make(claim)
        unit.claims.name_people(key, people)
        unit.audit.note("claim_made", subject=f"claim:{key}", fields=kind)
    return key


def _names(unit: UnitOfWork, people: Sequence[ClaimPerson], scope: Scope) -> dict[int, str]:
    """The names of the people; RecordNotFound where one is outside the scope."""
    return {
        one.worker_key: unit.workers.get(one.worker_key, division=scope.division, villages=scope.villages).value.name
        for one in people
    }


def _check_people(
    unit: UnitOfWork,
    kind: str,
    year: int,
    people: Sequence[ClaimPerson],
    names: dict[int, str],
    class_key: int | None,
) -> None:
    """Nobody twice, months and wages that can be."""
    taken = unit.claims.named_elsewhere(kind, year, list(names), class_key=class_key)
    for one in people:
        if one.worker_key in taken:
            raise refused("CLAIM_NAMED_TWICE", name=names[one.worker_key])
        wages = one.yuan is None or 0 <= one.yuan <= MOST_WAGES
        if not 1 <= one.months <= MOST_MONTHS or not wages:
            raise refused("CLAIM_BAD_MONTHS", name=names[one.worker_key])


def _amount(unit: UnitOfWork, kind: str, many: int, *, on: date, division: str) -> int | None:
    """What the catalogue gives for so many people, where the office has entered it; else None."""
    amount = catalogue_of(unit).amount_of(kind_of(kind).item, tier=Tier.ANY, on=on, division=division)
    if amount is None or amount.value is None:
        return None
    return int(amount.value) * (many if amount.unit == "yuan_head" else 1)
