"""Switches of a person's own word: out of the banner, out of the city, staying there, a little less pay.

In: a person as a row, the switches that are on. Out: the row with facts as if the texts said so; what was said of
health, duties of law and hours is never touched.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from matcher.columns import WorkerRow
from matcher.columns.workers import place_bounds
from matcher.domain.choosing.choices import Switch
from matcher.domain.facts import Fact
from matcher.domain.worker import Constraint, WorkerFacts
from matcher.policy import PolicyAt

TIED_TO_HOME = frozenset({"DAY_RETURN", "MAX_KM", "MIDDAY_HOME"})
"""Limits that one who may stay away has given up; being needed at home all day is none of them."""
CITY_DIGITS = 4
SAID = "当面"
"""Where words stand that were said at the desk; places of the roster's column would still bind the search."""


def conceded(row: WorkerRow, switches: Collection[Switch], policy: PolicyAt) -> WorkerRow:
    """The person with these switches on."""
    for switch in sorted(switches):
        row = _CHANGES[switch](row, policy)
    return row


def paid_less(yuan: float, policy: PolicyAt) -> float:
    """A pay wish lowered by one step, in whole tens."""
    return round(yuan * (1 - policy.number("desk.pay_step")) / 10) * 10.0


def _unbound(facts: WorkerFacts) -> WorkerFacts:
    """Facts without a limit to places; what is wished stays wished."""
    others = tuple(one for one in facts.constraints if one.code != "WANT_PLACE")
    wished = tuple((place, replace(words, field=SAID)) for place, words in facts.wished_places)
    return replace(facts, constraints=others, wished_places=wished, avoided_places=())


def _out_of_county(row: WorkerRow, policy: PolicyAt) -> WorkerRow:
    """Anywhere in the city; who had no limit to places gets none."""
    facts, city = _unbound(row.facts), row.worker.home.code[:CITY_DIGITS]
    if place_bounds(row, policy.on) and len(city) == CITY_DIGITS:
        here = Constraint(code="WANT_PLACE", values=(int(city),))
        facts = replace(facts, constraints=(*facts.constraints, here))
    return _willing(_without(replace(row, facts=facts), {"MAX_KM"}))


def _out_of_city(row: WorkerRow, policy: PolicyAt) -> WorkerRow:
    """Anywhere."""
    return _willing(_without(replace(row, facts=_unbound(row.facts)), {"MAX_KM"}))


def _lodging(row: WorkerRow, policy: PolicyAt) -> WorkerRow:
    """Staying there: no longer home every day."""
    free = _without(row, TIED_TO_HOME)
    return _willing(replace(free, worker=replace(free.worker, daily_return=False)))


def _lower_pay(row: WorkerRow, policy: PolicyAt) -> WorkerRow:
    """A little less pay."""
    wish = row.facts.wage_wish
    if wish is None:
        return row
    lower = replace(wish, yuan_per_month=paid_less(wish.yuan_per_month, policy))
    return replace(row, facts=replace(row.facts, wage_wish=lower))


def _without(row: WorkerRow, codes: Collection[str]) -> WorkerRow:
    """The person without some limits."""
    kept = tuple(one for one in row.facts.constraints if one.code not in codes)
    return replace(row, facts=replace(row.facts, constraints=kept))


def _willing(row: WorkerRow) -> WorkerRow:
    """The person willing to go."""
    return replace(row, facts=replace(row.facts, willing_to_move=Fact(True)))


_CHANGES = {
    Switch.OUT_OF_COUNTY: _out_of_county,
    Switch.OUT_OF_CITY: _out_of_city,
    Switch.LODGING: _lodging,
    Switch.LOWER_PAY: _lower_pay,
}
