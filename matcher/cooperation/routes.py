"""Where each posting from Beijing goes first, and why: to the banners paired with its district.

In: live postings of the cooperation, pairings in force, current plans. Out: `Route`s. The order of matching is not
touched: a posting is shown to whoever it suits; this says who is told of it first, and who already is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.incoming.sharing import Pairing
from matcher.domain.posting import PostingKind
from matcher.listings import PostingFilter, PostingSummary, Scope, postings_after
from matcher.office import Office
from matcher.store.store import UnitOfWork

MOST = 200
BEIJING_DIGITS = "11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One posting with where it goes first; `why` is PAIRED, NOT_PAIRED or NO_DISTRICT."""

    posting: PostingSummary
    district: str
    banners: tuple[str, ...]
    why: str
    basis: str
    first: int
    """Current plans of people of the paired banners that hold it."""
    others: int
    """Current plans of everybody else."""


def routes(office: Office, unit: UnitOfWork, *, limit: int = MOST) -> list[Route]:
    """Every live posting of the cooperation with its route, those nobody of the paired banners holds first."""
    found = postings_after(
        unit, PostingFilter(kind=PostingKind.COOPERATION.value), after=0, size=limit, live_on=office.today()
    )
    codes = {key: stored.value.place.code for key, stored in unit.postings.many([one.key for one in found]).items()}
    held = unit.cooperation.outcomes.suggested_by_banner([one.key for one in found])
    pairings = unit.sharing.pairings(office.today())
    made = [_route(one, codes.get(one.key, ""), pairings, held.get(one.key, {})) for one in found]
    return sorted(made, key=lambda one: (one.why == "PAIRED", one.first > 0, one.posting.key))


def _route(posting: PostingSummary, place: str, pairings: Sequence[Pairing], held: Mapping[str, int]) -> Route:
    """The route of one posting."""
    district = place[:6] if place.startswith(BEIJING_DIGITS) and len(place) >= 6 and place[4:6] != "00" else ""
    paired = [one for one in pairings if one.district == district]
    banners = tuple(one.banner for one in paired)
    first = sum(many for banner, many in held.items() if banner in banners)
    return Route(
        posting=posting,
        district=district,
        banners=banners,
        why="PAIRED" if paired else "NOT_PAIRED" if district else "NO_DISTRICT",
        basis="；".join(dict.fromkeys(one.basis for one in paired)),
        first=first,
        others=sum(held.values()) - first,
    )


def unpaired_banners(office: Office, unit: UnitOfWork, scope: Scope, on: date) -> list[str]:
    """Banners of the scope for which no pairing in force is entered: the office still has to."""
    paired = {one.banner for one in unit.sharing.pairings(on)}
    home = office.gazetteer.counties_of(office.gazetteer.home)
    own = scope.division[:6] if len(scope.division) >= 6 and scope.division[4:6] != "00" else ""
    return [code for code in home if code not in paired and (not own or code == own)]
