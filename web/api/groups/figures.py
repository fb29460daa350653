"""Figures: how many people of the scope have what they are owed, and what is open for them.

In: the client's scope. Out: counts of today with their definition.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from msgspec import Struct

from matcher.listings import home_counts
from web.api.declared import Answer, Ask, Count, Group
from web.config import the_office

group = Group("figures")


class Coverage(Struct):
    """Coverage of 1-3-1 on a day: `owed` people are owed postings, `complete` ones have three."""

    as_of: date
    division: str
    people: Count
    planned: Count
    without_plan: Count
    owed: Count
    complete: Count
    short: Count
    with_training: Count
    printed: Count
    live_postings: Count
    live_openings: Count
    unfilled_postings: Count
    open_classes: Count


@group.get("/figures/coverage", answer=Coverage)
def coverage(ask: Ask) -> Answer:
    """Coverage of the scope today."""
    today = the_office().today()
    with the_office().reading() as unit:
        counts = home_counts(unit, ask.scope, today)
    told = Coverage(as_of=today, division=ask.client.division, without_plan=counts.without_plan, **asdict(counts))
    return Answer(told)
