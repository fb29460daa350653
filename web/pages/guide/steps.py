"""The five steps of a first visit, a card at the top of the page each is about.

In: the role of the account and the step in the address. Out: the step, where it leads on, and where each begins.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from matcher.domain.account import Role
from matcher.domain.plan import Track
from matcher.listings import PeopleFilter, people
from web.auth import allowed, scope, signed_in
from web.config import the_office

PERSON = "people.person"
WINDOW = (
    ("home.index", "PAGE_TOUR_HOME"),
    ("imports.index", "PAGE_TOUR_IMPORTS"),
    (PERSON, "PAGE_TOUR_PERSON"),
    ("sheets.index", "PAGE_TOUR_PRINT"),
    ("slips.index", "PAGE_TOUR_SLIPS"),
)
VILLAGE = (
    ("village.index", "PAGE_TOUR_VILLAGE"),
    (PERSON, "PAGE_TOUR_PERSON"),
    ("sheets.index", "PAGE_TOUR_PACK"),
    ("slips.index", "PAGE_TOUR_SLIPS"),
    ("village.round", "PAGE_TOUR_MONTH"),
)
FAIR = (
    ("fairs.index", "PAGE_TOUR_FAIRS"),
    ("postings.index", "PAGE_TOUR_POSTINGS"),
    ("fairs.index", "PAGE_TOUR_INVITE"),
    ("fairs.index", "PAGE_TOUR_DOOR"),
    ("fairs.index", "PAGE_TOUR_REPORT"),
)
TOURS = {Role.COORDINATOR: VILLAGE, Role.FAIR_ORGANISER: FAIR}


@dataclass(frozen=True, slots=True)
class TourStep:
    """One card."""

    number: int
    last: int
    code: str
    onward: str
    """Where the next step begins; "" at the last."""


def _steps() -> list[tuple[str, str]]:
    """The steps of the role that can be opened."""
    return [step for step in TOURS.get(signed_in().role, WINDOW) if allowed(step[0])]


def begins_at(number: int) -> str:
    """The address of a step, counted from 1; "" where there is none."""
    steps = _steps()
    if not 1 <= number <= len(steps):
        return ""
    endpoint, code = steps[number - 1]
    values: dict[str, int] = {}
    if endpoint == PERSON:
        key = _somebody()
        endpoint, values = (PERSON, {"key": key}) if key else ("people.index", {})
    return url_for(endpoint, **values, tour=number)


def _somebody() -> int:
    """A person with three postings, else anybody with a plan of the service; 0 where there is nobody."""
    with the_office().reading() as unit:
        page = people(unit, PeopleFilter(track=Track.FULL.value), scope(), number=1, size=30)
    return max(page.rows, key=lambda row: row.matches).key if page.rows else 0


def tour_step() -> TourStep | None:
    """The step of this request, None outside a tour."""
    text = request.args.get("tour", "")
    steps = _steps() if text.isdecimal() and len(text) == 1 else []
    number = int(text) if steps else 0
    if not 1 <= number <= len(steps):
        return None
    onward = url_for("tour.step", number=number + 1) if number < len(steps) else ""
    return TourStep(number, len(steps), steps[number - 1][1], onward)
