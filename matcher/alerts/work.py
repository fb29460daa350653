"""Alerts about work that is lost: in one village, in Beijing; and numbers that fall by the month.

What is lost at one employer is told by `visiting`, which knows employers also where there was no posting of ours.

In: a book, losses and kept months of a unit of work, the policy. Out: alerts; months nobody counted are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from matcher.alerts.people import about
from matcher.domain.division import division_prefix
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.months import MonthCount, month_before, month_of
from matcher.policy import PolicyAt
from matcher.reports.book import Book
from matcher.reports.evidence.months import count_month
from matcher.reports.traits import Trait
from matcher.store.intake.renamed import RenamedVillages
from matcher.store.store import UnitOfWork
from matcher.store.watching.losses import Loss

BEIJING = "11"
COUNTED = "IN_WORK"


def work_alerts(unit: UnitOfWork, book: Book, policy: PolicyAt) -> list[Alert]:
    """All of them."""
    since = book.as_of - timedelta(days=policy.whole("alerts.window_days"))
    ended, told = unit.watching.losses.ended(since), unit.watching.losses.told(since)
    lifted = {one.key: one for one in book.people if not one.ordinary}
    return [
        *in_villages(book, [*ended, *told], lifted, policy),
        *from_beijing(book, ended, told, lifted, policy, back=_back_with_a_group(unit, since, book.as_of)),
        *_falling(unit, book, policy),
    ]


def in_villages(book: Book, losses: Iterable[Loss], lifted: Mapping[int, Trait], policy: PolicyAt) -> list[Alert]:
    """Villages where several lost their work, whoever told of it; each person once."""
    lost: dict[tuple[str, str], dict[int, Trait]] = {}
    for one in losses:
        person = lifted.get(one.worker_key)
        if person is not None:
            lost.setdefault((person.home, book.village(person)), {})[person.key] = person
    least, days = policy.whole("alerts.village_losses"), policy.whole("alerts.window_days")
    return [
        about("VILLAGE_LOSSES", Level.NOW, place, list(people.values()), days=days)
        for place, people in sorted(lost.items())
        if len(people) >= least and place[1]
    ]


def from_beijing(
    book: Book,
    ended: Iterable[Loss],
    told: Iterable[Loss],
    lifted: Mapping[int, Trait],
    policy: PolicyAt,
    *,
    back: Iterable[int] = (),
) -> list[Alert]:
    """Banners to which several came back from Beijing, each person once, whoever told of it."""
    back = {*back, *(one.worker_key for one in ended if one.place.startswith(BEIJING))}
    back |= {one.worker_key for one in told if one.worker_key in lifted
             and lifted[one.worker_key].work_place.startswith(BEIJING)}  # fmt: skip
    banners: dict[str, set[int]] = {}
    for key in back & lifted.keys():
        banners.setdefault(lifted[key].county, set()).add(key)
    least, days = policy.whole("alerts.beijing_returns"), policy.whole("alerts.window_days")
    return [
        Alert(
            code="BEIJING_RETURNS",
            mark=f"BEIJING_RETURNS:{county}",
            level=Level.NOW,
            division=county,
            args={"division": county, "count": len(people), "days": days},
            people=tuple(sorted(people)),
        )
        for county, people in sorted(banners.items())
        if len(people) >= least
    ]


def _back_with_a_group(unit: UnitOfWork, since: date, on: date) -> list[int]:
    """Who came back from a departure."""
    return [one.worker_key for one in unit.cooperation.travellers.between("returned_on", since, on)]


def _falling(unit: UnitOfWork, book: Book, policy: PolicyAt) -> list[Alert]:
    """Banners and villages with fewer people in work than last month, or than in the same month last year."""
    month = month_of(book.as_of)
    now, found = book.once(("month", month), lambda: count_month(book)), []
    kept = unit.watching.months.taken()
    for code, before in (("IN_WORK_DOWN", month_before(month)), ("IN_WORK_BELOW_LAST_YEAR", month_before(month, 12))):
        if before in kept:
            then = [_named_today(one, unit.renamed) for one in unit.watching.months.of(before)]
            found += falls(code, before, then, now, policy)
    return found


def _named_today(month: MonthCount, renamed: RenamedVillages) -> MonthCount:
    """A month that was counted under an old name of its village, beside the village as it is called today."""
    village = renamed.now(month.home_code, month.village)
    return replace(month, home_code=village.code, village=village.name)


def falls(
    code: str, month: str, before: Iterable[MonthCount], now: Iterable[MonthCount], policy: PolicyAt
) -> list[Alert]:
    """The places whose number fell; by a share against last month, at all against last year."""
    share = policy.number("alerts.drop_share") if code == "IN_WORK_DOWN" else 0.0
    least = policy.whole("alerts.drop_least")
    old, new = _counts(before), _counts(now)
    found = []
    for (home, village), many in sorted(old.items()):
        here = new[home, village]
        if many - here >= least and many - here > share * many:
            args: dict[str, str | int | float] = {"before": many, "now": here, "month": month}
            place = {"village": village} if village else {"division": home}
            mark = f"{code}:{home}:{village}:{month}"
            level = Level.NOW if code == "IN_WORK_DOWN" else Level.SOON
            found.append(
                Alert(code=f"{code}{'' if village else '_BANNER'}", mark=mark, level=level, division=home,
                      village=village, args=args | place)
            )  # fmt: skip
    return found


def _counts(months: Iterable[MonthCount]) -> Counter[tuple[str, str]]:
    """People in work by village, and by banner."""
    counts = Counter[tuple[str, str]]()
    for one in months:
        many = one.counts.get(COUNTED, 0)
        if one.village:
            counts[one.home_code, one.village] += many
        if len(county := division_prefix(one.home_code)[:6]) == 6:
            counts[county, ""] += many
    return counts
