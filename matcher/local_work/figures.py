"""What the register comes to: shares of labour pay and of people, labels of cooperatives, bases of awards.

In: entries with their pay-outs, people and months. Out: figures; what nobody has said is None, never nought. Planned
and actual stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.service.around.local_work import (
    Cooperative,
    Details,
    Industry,
    Member,
    Origin,
    PayOut,
    Relief,
    Site,
    SiteKind,
    SiteState,
    Stage,
    Workshop,
)
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourShare:
    """How much of a project's funds goes to local people as pay (notice 二(二), at least a tenth)."""

    funds: int | None
    planned: int | None
    paid: int
    least: float

    @property
    def planned_share(self) -> float | None:
        """Planned pay of the funds."""
        return self.planned / self.funds if self.funds and self.planned is not None else None

    @property
    def actual_share(self) -> float | None:
        """Pay handed out of the funds."""
        return self.paid / self.funds if self.funds else None

    @property
    def lacking(self) -> int:
        """How many yuan more must be paid to reach what is asked; 0 where it is reached or no funds are known."""
        return max(0, -int(-(self.funds or 0) * self.least // 1) - self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefLine:
    """One work-relief project as the table shows it."""

    site: Site
    details: Relief
    share: LabourShare
    state: str
    """ok, on_plan (the plan is enough, not all is paid yet), below, below_plan, or unknown."""


def paid(outs: Iterable[PayOut]) -> int:
    """What was handed out and not taken back."""
    return sum(one.yuan for one in outs if one.taken_back_at is None)


def relief_line(site: Site, outs: Sequence[PayOut], policy: PolicyAt) -> ReliefLine:
    """A project with its shares."""
    details = site.details
    assert isinstance(details, Relief)
    share = LabourShare(
        funds=details.funds_yuan,
        planned=details.labour_planned_yuan,
        paid=paid(outs),
        least=policy.number("local_work.labour_share_min"),
    )
    return ReliefLine(site=site, details=details, share=share, state=_state(site, share))


def _state(site: Site, share: LabourShare) -> str:
    """Whether a share is reached: by what was paid once a project is over, by the plan before."""
    if share.actual_share is None:
        return "unknown"
    if share.actual_share >= share.least:
        return "ok"
    if site.state is SiteState.FINISHED:
        return "below"
    if share.planned_share is None:
        return "unknown"
    return "on_plan" if share.planned_share >= share.least else "below_plan"


def relief_total(lines: Sequence[ReliefLine], policy: PolicyAt) -> LabourShare:
    """All projects whose funds are known, as one."""
    known = [line for line in lines if line.share.funds]
    return LabourShare(
        funds=sum(line.share.funds or 0 for line in known) or None,
        planned=sum(line.share.planned or 0 for line in known),
        paid=sum(line.share.paid for line in known),
        least=policy.number("local_work.labour_share_min"),
    )


def relief_lines(unit: UnitOfWork, scope: Scope, policy: PolicyAt) -> list[ReliefLine]:
    """The work-relief projects of a scope."""
    sites = unit.local_work.sites.all([SiteKind.RELIEF], division=scope.division, villages=scope.villages)
    outs = unit.local_work.pay.of([site.key for site in sites])
    return [relief_line(site, outs.get(site.key, []), policy) for site in sites]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsShare:
    """Posts of the work-relief projects of a scope and those of them given to resettled people (row 74)."""

    posts: int
    resettled: int
    unknown: int
    """Projects that have not said how many posts they have."""


def posts_for_resettled(unit: UnitOfWork, scope: Scope) -> PostsShare:
    """Posts for resettled people in work-relief projects; the settled part adds the other kinds of project."""
    lines = [
        site.details
        for site in unit.local_work.sites.all([SiteKind.RELIEF], division=scope.division, villages=scope.villages)
        if isinstance(site.details, Relief)
    ]
    return PostsShare(
        posts=sum(one.posts or 0 for one in lines),
        resettled=sum(one.posts_resettled or 0 for one in lines if one.posts),
        unknown=sum(1 for one in lines if one.posts is None),
    )


_PAIRS: dict[type[Details], tuple[str, str]] = {
    Industry: ("hires_lifted", "hires"),
    Relief: ("hires_lifted", "hires"),
    Cooperative: ("members_lifted", "members"),
    Workshop: ("workers_lifted", "workers"),
}
"""Where the lifted people of a kind stand, and all people."""


def lifted_share(details: Details) -> float | None:
    """Lifted people of all people, None where either is not known."""
    names = _PAIRS.get(type(details))
    if names is None:
        return None
    part, whole = (getattr(details, name) for name in names)
    return part / whole if part is not None and whole else None


def _said(site: Site, place: int) -> int | None:
    """A number of people of an entry, None where nobody said it."""
    names = _PAIRS.get(type(site.details))
    found: int | None = None if names is None else getattr(site.details, names[place])
    return found


def lifted_of(site: Site) -> int | None:
    """How many lifted people an entry has taken on, None where nobody said so."""
    return _said(site, 0)


def people_of(site: Site) -> int | None:
    """How many people an entry has taken on, None where nobody said so."""
    return _said(site, 1)


def mainly_lifted(details: Cooperative, policy: PolicyAt) -> bool | None:
    """Whether a cooperative takes in mainly lifted people (notice 二(二)); None where it is not known."""
    share = lifted_share(details)
    return None if share is None else share > policy.number("local_work.majority_share")


def idle_days(site: Site, on: date) -> int | None:
    """For how many days a workshop has stood idle, None where it works."""
    if site.state is not SiteState.PAUSED or not isinstance(site.details, Workshop):
        return None
    return None if site.details.idle_since is None else (on - site.details.idle_since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardBasis:
    """What an award for one worker of a workshop is reckoned from; amounts and conditions are the claims part's."""

    worker_key: int
    member_key: int
    months: int
    """Full months at the workshop until the day or the end."""
    monthly_yuan: int | None
    wages_yuan: int | None
    """Months × pay, None where the pay was not said."""
    still_there: bool


def award_basis(members: Iterable[Member], on: date) -> list[AwardBasis]:
    """Months and wages of each worker of a workshop."""
    found = []
    for one in members:
        if one.started_on is None or one.stage not in {Stage.SERVING, Stage.ENDED}:
            continue
        months = full_months(one.started_on, min(one.ended_on or on, on))
        monthly = one.said.monthly_yuan
        found.append(
            AwardBasis(
                worker_key=one.worker_key,
                member_key=one.key,
                months=months,
                monthly_yuan=monthly,
                wages_yuan=None if monthly is None else monthly * months,
                still_there=one.ended_on is None,
            )
        )
    return found


def full_months(since: date, until: date) -> int:
    """Whole months between two days."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (until.day < since.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeijingCount:
    """How much stands in the register with the help of Beijing partners (row 34)."""

    entries: int
    workers: int


def from_beijing(sites: Iterable[Site]) -> BeijingCount:
    """Entries of Beijing origin, and the people they have taken on as far as that was said."""
    theirs = [site for site in sites if site.origin is Origin.BEIJING]
    return BeijingCount(entries=len(theirs), workers=sum(people_of(site) or 0 for site in theirs))
