"""All alerts of an office together, each with how it stands.

In: an office, a scope. Out: `Shown` alerts, the most pressing first. Another part of the service joins with one line:
its `signals` in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.alerts.market import market_alerts
from matcher.alerts.people import people_alerts
from matcher.alerts.work import work_alerts
from matcher.cases.signals import signals as cases
from matcher.catalogue.signals import signals as catalogue
from matcher.claims.signals import signals as claims
from matcher.cooperation.signals import signals as cooperation
from matcher.coordinators.signals import signals as coordinators
from matcher.domain.division import division_prefix
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.care import Care, CareState
from matcher.graduates.signals import signals as graduates
from matcher.key_list.signals import signals as key_list
from matcher.ledgers.signals import signals as ledgers
from matcher.listings import Scope
from matcher.local_work.signals import signals as local_work
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.reference.name_forms import plain_village
from matcher.reports.book import counts_at_once, shelf
from matcher.settled.signals import signals as settled
from matcher.store.store import UnitOfWork
from matcher.visiting.signals import signals as visiting

Signals = Callable[[UnitOfWork, Scope, date, PolicyAt], list[Alert]]
SOURCES: tuple[Signals, ...] = (
    cases,
    catalogue,
    claims,
    cooperation,
    coordinators,
    graduates,
    key_list,
    ledgers,
    local_work,
    settled,
    visiting,
)
"""The parts of the service that tell alerts of their own."""
LEVELS = (Level.NOW, Level.SOON, Level.KNOW)
_OLDEST_SECONDS = 60
_LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An alert with what was done about it; `alert` tells what is so now, the care what somebody said."""

    alert: Alert
    care: Care | None
    state: CareState
    overdue: bool = False
    back: bool = False
    """Whether it was put off or done before and is an alert again."""

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in {CareState.OPEN, CareState.TAKEN}


def all_alerts(office: Office) -> tuple[Alert, ...]:
    """What there is to tell of the whole office: collected anew after every change, in a large one every minute."""
    today = office.today()
    if _is_large(office):
        found, _ = office.shelf.soon(("alerts", today), lambda: _collect(office, today))
        return found
    with office.reading() as unit:
        stamp = (today, _minute(office), unit.watching.stamp())
    return office.shelf.get(("alerts",), stamp, lambda: _collect(office, today))


def glance(office: Office, scope: Scope, *, size: int) -> tuple[list[Shown], int]:
    """The most pressing alerts that wait in a scope and how many wait in all; not older than a minute.

    In a large office nobody waits for them: until they have been collected there are none.
    """

    def look() -> tuple[list[Shown], int]:
        with office.reading() as unit:
            waiting = [one for one in shown_alerts(office, unit, scope) if one.waits]
        return waiting[:size], len(waiting)

    if _is_large(office) and not office.shelf.holds(("alerts", office.today())):
        office.shelf.behind(("alerts", "first"), lambda: all_alerts(office))
        return [], 0
    name = ("alerts", "glance", scope.division, scope.villages, size)
    return office.shelf.get(name, (office.today(), _minute(office)), look)


def _is_large(office: Office) -> bool:
    """Whether an office has more people than are counted while somebody waits."""
    return not office.shelf.get(("alerts", "size"), (office.today(),), lambda: counts_at_once(office))


def _minute(office: Office) -> int:
    """The minute of the clock: what other parts tell is never older."""
    return int(office.clock().timestamp() // _OLDEST_SECONDS)


def _collect(office: Office, today: date) -> tuple[Alert, ...]:
    """Asked of every part."""
    policy, book = office.policy.at(today), shelf(office).book
    with office.reading() as unit:
        found = [alert for source in SOURCES for alert in source(unit, Scope(), today, policy)]
        if book is not None:
            found += people_alerts(book, policy)
            found += work_alerts(unit, book, policy)
            found += market_alerts(unit, book, office.gazetteer, policy)
    return tuple({alert.mark: alert for alert in found}.values())


def inside(alert: Alert, scope: Scope) -> bool:
    """Whether an account of a scope may see an alert; one of a village's coordinator is of that village."""
    within = alert.division.startswith(division_prefix(scope.division))
    return within and (not scope.villages or plain_village(alert.village) in map(plain_village, scope.villages))


def shown_alerts(office: Office, unit: UnitOfWork, scope: Scope) -> list[Shown]:
    """The alerts of a scope with their state, those that wait first, the most pressing first."""
    cares = unit.watching.cares.standing(division=scope.division, villages=scope.villages)
    policy = office.policy.at(office.today())
    found = [stand(alert, cares.get(alert.mark), policy) for alert in all_alerts(office) if inside(alert, scope)]
    return sorted(found, key=_order)


def find_alert(office: Office, mark: str, scope: Scope) -> Shown:
    """The alert of a mark in a scope; one whose cause is gone is told as it was last spoken about."""
    alert = next((one for one in all_alerts(office) if one.mark == mark), None)
    with office.reading() as unit:
        story = unit.watching.cares.of_mark(mark, division=scope.division, villages=scope.villages)
    last = story[-1] if story else None
    if alert is not None and inside(alert, scope):
        return stand(alert, last, office.policy.at(office.today()))
    if alert is not None or last is None:
        raise RecordNotFound("没有这条预警，或不在您的范围内")
    return Shown(alert=spoken_about(last), care=last, state=last.state)


def spoken_about(care: Care) -> Alert:
    """An alert as somebody once spoke about it."""
    return Alert(
        code=care.code, mark=care.mark, level=Level.KNOW, division=care.division, village=care.village, args=care.args,
        people=care.people,
    )  # fmt: skip


def stand(alert: Alert, care: Care | None, policy: PolicyAt) -> Shown:
    """How an alert stands: who is new to it, or a day that has come, makes it an alert again."""
    if care is None or care.state is CareState.OPEN:
        return Shown(alert=alert, care=care, state=CareState.OPEN)
    if care.state is CareState.TAKEN:
        late = care.until is not None and care.until < policy.on
        return Shown(alert=alert, care=care, state=CareState.TAKEN, overdue=late)
    someone_new = not set(alert.people) <= set(care.people)
    held_until = care.until if care.state is CareState.PUT_OFF else _done_until(care, policy)
    if someone_new or (held_until is not None and held_until <= policy.on):
        return Shown(alert=alert, care=care, state=CareState.OPEN, back=True)
    return Shown(alert=alert, care=care, state=care.state)


def _done_until(care: Care, policy: PolicyAt) -> date:
    """Until when what was done is not told again."""
    return care.on + timedelta(days=policy.whole("alerts.done_days"))


def _order(one: Shown) -> tuple[bool, bool, int, date, str]:
    """What waits first, then overdue, then by level and day."""
    level = LEVELS.index(one.alert.level)
    return (not one.waits, not one.overdue, level, one.alert.due_on or _LAST_DAY, one.alert.mark)
