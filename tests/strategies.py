"""Random people, postings, classes and small markets for property tests.

In: nothing. Out: hypothesis strategies over rows of tests.factories; unknown values are as frequent as in life.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from matcher.columns import PostingRow, WorkerRow
from matcher.domain.facts import Fact
from matcher.domain.posting import PostingKind, Shift
from matcher.domain.worker import Constraint, Education, LabourSkill, Sex, Transport, WageWish
from tests.factories import (
    BEIJING,
    KERQIN,
    NAIMAN,
    NAIMAN_EAST,
    NAIMAN_SOMEWHERE,
    a_person,
    ages,
    an_opening,
    asks,
    did,
    holds,
    known,
    limit,
    term,
)

WORK = (
    "cleaner",
    "security_guard",
    "welder",
    "electrician",
    "cook",
    "cattle_care",
    "forklift_operator",
    "warehouse_worker",
    "sewing_worker",
    "gatekeeper",
    "truck_driver",
    "customer_service",
    "site_labourer",
    "elder_carer",
)
SKILLS = (
    "cert_welding",
    "cert_low_voltage",
    "cert_security_guard",
    "cert_forklift",
    "licence_b2",
    "qual_freight",
    "cattle_raising",
)
PLACES = (NAIMAN, NAIMAN_EAST, NAIMAN_SOMEWHERE, KERQIN, BEIJING)
LIMITS = (
    limit("NO_HEIGHT"),
    limit("NO_HEAVY"),
    limit("NO_DUST"),
    limit("NO_NIGHT"),
    limit("NO_LIVESTOCK"),
    limit("NO_COLD_WET"),
    limit("NO_DRIVING"),
    limit("NO_COLOUR_TASK"),
    limit("NO_SECURITY"),
    limit("HOURS", 510, 990),
    limit("SEASONAL", 11, 3),
    limit("DAY_RETURN"),
    limit("WEEKEND_HOME"),
    limit("NEED_LODGING"),
    limit("AT_HOME"),
    limit("NO_HEAVY", until=date(2026, 1, 1)),
)
YES_NO = st.sampled_from((Fact(), known(True), known(False)))


def _few(values: tuple[Any, ...], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """None, one or a few different ones."""
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


@st.composite
def people(draw: st.DrawFn, key: int = 1) -> WorkerRow:
    """A person between 16 and 66 years old."""
    years = st.sampled_from((None, 0.5, 2.0, 6.0))
    return a_person(
        key,
        home=draw(st.sampled_from(PLACES[:4])),
        transport=draw(st.sampled_from((None, *Transport))),
        labour_skill=draw(st.sampled_from((LabourSkill.ORDINARY, LabourSkill.SKILLED, LabourSkill.WEAK))),
        willing_to_move=draw(st.sampled_from((None, True, False))),
        daily_return=draw(st.sampled_from((None, None, True))),
        birth_date=draw(st.none() | st.dates(date(1960, 1, 1), date(2008, 6, 1))),
        education=draw(st.sampled_from((None, *Education))),
        sex=Fact(draw(st.sampled_from((None, *Sex)))),
        experience=tuple(did(code, draw(years)) for code in draw(_few(WORK))),
        skills=tuple(
            holds(code, draw(st.sampled_from((None, date(2026, 1, 1), date(2027, 1, 1)))))
            for code in draw(_few(SKILLS))
        ),
        wished=tuple(term(code, code, "意向工种") for code in draw(_few(WORK, 3))),
        refused=tuple(term(code) for code in draw(_few(WORK, 1))),
        constraints=_one_each(draw(_few(LIMITS))),
        wage_wish=draw(st.sampled_from((None, WageWish(yuan_per_month=3000.0), WageWish(yuan_per_month=5000.0)))),
        speaks_mandarin=draw(YES_NO),
        mongolian_first=draw(YES_NO),
    )


def _one_each(found: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
    """One limit of a code."""
    return tuple({item.code: item for item in found}.values())


@st.composite
def openings(draw: st.DrawFn, key: int = 1) -> PostingRow:
    """A live or dead posting of any kind."""
    start = draw(st.sampled_from((None, 420, 480, 540)))
    low, high = draw(st.sampled_from(((None, None), (18, 45), (None, 55), (18, None))))
    return an_opening(
        key,
        draw(st.sampled_from(("", *WORK))),
        pay=draw(st.sampled_from((None, 1500.0, 2400.0, 3500.0, 6000.0))),
        employer=f"单位{draw(st.integers(1, 4))}",
        kind=draw(st.sampled_from((PostingKind.MARKET, PostingKind.MARKET, PostingKind.PUBLIC_WELFARE))),
        place=draw(st.sampled_from(PLACES)),
        openings=draw(st.sampled_from((None, 1, 2, 5))),
        deadline=draw(st.sampled_from((None, date(2026, 6, 1), date(2026, 8, 1)))),
        age=None if low is None and high is None else ages(low, high),
        education=draw(st.sampled_from((Fact(), known(Education.JUNIOR), known(Education.SENIOR)))),
        skills=draw(st.sampled_from(((), (), asks("cert_security_guard"), asks("cert_forklift", required=False)))),
        shift=draw(st.sampled_from((Fact(), *(known(shift) for shift in Shift)))),
        start_minute=Fact(start),
        end_minute=Fact(None if start is None else start + 570),
        load=draw(st.sampled_from((Fact(), known(1), known(4)))),
        board=draw(YES_NO),
        lodging=draw(YES_NO),
        live_in=draw(st.sampled_from((Fact(), Fact(), known(True)))),
        at_home=draw(st.sampled_from((Fact(), Fact(), Fact(), known(True)))),
        mandarin_needed=draw(YES_NO),
        season=draw(st.sampled_from((Fact(), known((4, 10)), known((12, 2))))),
        experience_years=draw(st.sampled_from((Fact(), known(2.0)))),
        conduct=draw(st.sampled_from(((), (), (), (term("DEPOSIT"),)))),
    )


@st.composite
def markets(draw: st.DrawFn, most_people: int = 6, most_postings: int = 14) -> tuple[list[WorkerRow], list[PostingRow]]:
    """A handful of people and postings."""
    crowd = [draw(people(key)) for key in range(1, draw(st.integers(1, most_people)) + 1)]
    market = [draw(openings(key)) for key in range(1, draw(st.integers(1, most_postings)) + 1)]
    return crowd, market
