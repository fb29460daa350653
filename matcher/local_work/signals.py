"""What somebody has to look at in work near home.

In: a unit of work, a scope, a day. Out: alerts; a handful of looks at the database, however many entries there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.around.local_work import Member, PublicPost, Site, SiteKind
from matcher.listings import Scope
from matcher.local_work.figures import ReliefLine, idle_days, relief_line
from matcher.local_work.looking_after import WELFARE_FLAGS, Looked, look_after, post_flags
from matcher.local_work.posts import known_of, serving
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

_OVER = ("OVER_NEED", "OVER_HEADCOUNT", "OVER_BUDGET")


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Shares below what is asked, idle workshops, posts that end, reviews that are late, welfare without need."""
    kinds = (SiteKind.RELIEF, SiteKind.WORKSHOP, SiteKind.POST)
    sites = unit.local_work.sites.all(kinds, division=scope.division, villages=scope.villages)
    outs = unit.local_work.pay.of([site.key for site in sites if site.kind is SiteKind.RELIEF])
    posts = {site.key: site for site in sites if site.kind is SiteKind.POST}
    by_site = unit.local_work.members.of_sites(posts)
    found: list[Alert] = []
    for site in sites:
        if site.kind is SiteKind.RELIEF:
            found += _ratio(relief_line(site, outs.get(site.key, []), policy))
        elif site.kind is SiteKind.WORKSHOP:
            found += _idle(site, on, policy)
        else:
            found += _post(site, by_site.get(site.key, []))
    there = [one for members in by_site.values() for one in serving(members)]
    looked = look_after(unit, there, known_of(unit, there, policy, market=False), policy)
    return found + [alert for one in looked for alert in _holder(one, posts[one.member.site_key])]


def _ratio(line: ReliefLine) -> Iterator[Alert]:
    """Too little of the funds goes to local people."""
    share = line.share.actual_share if line.state == "below" else line.share.planned_share
    if line.state in {"below", "below_plan"} and share is not None:
        level = Level.NOW if line.state == "below" else Level.SOON
        args = {"name": line.site.name, "share": f"{100 * share:.1f}", "least": f"{100 * line.share.least:.0f}"}
        yield _alert(f"RELIEF_{line.state.upper()}", line.site, level, args)


def _idle(site: Site, on: date, policy: PolicyAt) -> Iterator[Alert]:
    """A workshop has stood idle for long."""
    days = idle_days(site, on)
    if days is not None and days > policy.whole("local_work.workshop_idle_days"):
        yield _alert("WORKSHOP_IDLE", site, Level.SOON, {"name": site.name, "days": days})


def _post(site: Site, members: list[Member]) -> Iterator[Alert]:
    """More heads than need, plan or money."""
    assert isinstance(site.details, PublicPost)
    there = len(serving(members))
    for flag in post_flags(site, site.details, there):
        if flag in _OVER:
            args: Mapping[str, str | int | float] = {"name": site.name, "many": there, "need": site.details.need or 0}
            yield _alert(f"POST_{flag}", site, Level.NOW, args)


def _holder(one: Looked, site: Site) -> Iterator[Alert]:
    """A post that ends, a review that is late, welfare without need."""
    member = one.member
    days = {"ENDING": member.term_end, "TERM_OVER": member.term_end, "REVIEW_OVERDUE": one.review_due}
    for flag in one.flags:
        yield Alert(
            code=f"HOLDER_{flag}",
            mark=f"local_work:{flag}:{member.key}",
            level=Level.NOW if flag in WELFARE_FLAGS else Level.SOON,
            division=site.division,
            village=site.village,
            due_on=days.get(flag),
            args={"name": site.name},
            endpoint="posts.holder",
            values={"key": member.key},
            people=(member.worker_key,),
        )


def _alert(code: str, site: Site, level: Level, args: Mapping[str, str | int | float]) -> Alert:
    """An alert about an entry."""
    endpoints = {SiteKind.RELIEF: "projects.one", SiteKind.WORKSHOP: "workshops.one", SiteKind.POST: "posts.one"}
    return Alert(
        code=code,
        mark=f"local_work:{code}:{site.key}",
        level=level,
        division=site.division,
        village=site.village,
        args=args,
        endpoint=endpoints[site.kind],
        values={"key": site.key},
    )
