"""Ratios of the notice that are counted in yuan, posts, settlements and villages, each with its records.

In: a unit of work, a scope, a day. Out: four lines: part of whole, the least that is asked, where the records stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.coordinators.coverage import covered
from matcher.domain.service.around.coordinators import Coverage
from matcher.domain.service.around.settled import WindowState
from matcher.listings import Scope
from matcher.local_work.figures import relief_lines, relief_total
from matcher.policy import PolicyAt
from matcher.settled.posts import sums
from matcher.store.store import UnitOfWork

SERVED = frozenset({WindowState.OPEN, WindowState.LINKED})
"""What the window check says of a settlement that is served: a window of its own, or a platform nearby."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio; `least` None = nothing is asked but all of it."""

    name: str
    part: int
    whole: int
    least: float | None
    records: int
    """How many records stand behind it."""
    page: str
    """The page of these records."""

    @property
    def share(self) -> float | None:
        """Part of whole, None where there is nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def short(self) -> bool:
        """Whether less is reached than is asked."""
        return self.share is not None and self.share < (1.0 if self.least is None else self.least)


def ratios(unit: UnitOfWork, scope: Scope, policy: PolicyAt, on: date) -> tuple[Ratio, ...]:
    """The four ratios of a scope."""
    relief = relief_lines(unit, scope, policy)
    funds = relief_total(relief, policy)
    posts = unit.project_posts.all(division=scope.division)
    together = sums(posts)[-1]
    sites = unit.settlements.all(division=scope.division)
    villages = [one for one in covered(unit, scope, on) if one.coverage is not Coverage.NOT_NEEDED]
    windows = sum(one.state in SERVED for one in sites)
    staffed = sum(one.coverage is Coverage.STAFFED for one in villages)
    known = sum(1 for line in relief if line.share.funds)
    return (
        Ratio("RELIEF_PAY", funds.paid, funds.funds or 0, funds.least, known, "projects.index"),
        Ratio(
            "RESETTLED_POSTS", together.posts_resettled, together.posts_total, policy.number("settled.posts_share"),
            len(posts), "settled.posts",
        ),
        Ratio("WINDOWS", windows, len(sites), None, len(sites), "settled.index"),
        Ratio("COORDINATORS", staffed, len(villages), None, len(villages), "coordinators.index"),
    )  # fmt: skip
