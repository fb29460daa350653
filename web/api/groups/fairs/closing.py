"""The report of a fair, as it may leave the office: no cell under the smallest one, nobody by name.

In: a fair. Out: counts by sex, age band, banner and booth; null = too few people stand behind it.
"""

from __future__ import annotations

from msgspec import Struct

from matcher.domain.fairs import FairState
from matcher.fairs.figures import BOOTH_COLUMNS, COLUMNS, Row, for_outside, report
from web.api.declared import Answer, Ask, Count, Key
from web.api.groups.fairs.desk import fair_of, group
from web.config import the_office


class Counts(Struct):
    """People of a group in each column; `label` is a code, "" where it is not known."""

    label: str
    invited: Count | None
    arrived: Count | None
    interviewed: Count | None
    interested: Count | None
    offered: Count | None
    started: Count | None


class BoothCounts(Struct):
    """People at one booth in each column."""

    booth: Key
    number: str
    employer: str
    openings: Count | None
    expected: Count | None
    visited: Count | None
    interviewed: Count | None
    interested: Count | None
    offered: Count | None
    started: Count | None


class ReasonCount(Struct):
    """Why it did not suit, and how often; reasons of few are left out."""

    reason: str
    count: Count


class FairFigures(Struct):
    """The figures of a fair."""

    state: FairState
    employers: Count
    postings: Count
    openings: Count
    total: Counts
    by_sex: list[Counts]
    by_age: list[Counts]
    by_banner: list[Counts]
    by_booth: list[BoothCounts]
    reasons_against: list[ReasonCount]


def _counts(row: Row) -> Counts:
    """One group."""
    return Counts(label=row.label, **{name.lower(): cell for name, cell in zip(COLUMNS, row.cells, strict=True)})


@group.get("/fairs/{key}/report", answer=FairFigures)
def figures(ask: Ask, key: int) -> Answer:
    """What the fair came to, as it may leave the office."""
    office = the_office()
    least = office.policy.at(office.today()).whole("fairs.smallest_cell")
    with office.reading() as unit:
        found = for_outside(report(unit, fair_of(unit, ask, key)), least)
    by_booth = [
        BoothCounts(
            booth=one.booth.key,
            number=one.booth.number,
            employer=one.booth.employer,
            openings=one.openings,
            **{name.lower(): cell for name, cell in zip(BOOTH_COLUMNS, one.cells, strict=True)},
        )
        for one in found.booths
    ]
    told = FairFigures(
        state=found.fair.state,
        employers=found.employers,
        postings=found.postings,
        openings=found.openings,
        total=_counts(found.total),
        by_sex=[_counts(one) for one in found.by_sex],
        by_age=[_counts(one) for one in found.by_age],
        by_banner=[_counts(one) for one in found.by_banner],
        by_booth=by_booth,
        reasons_against=[ReasonCount(code, many) for code, many in found.reasons],
    )
    return Answer(told, subject=f"fair:{key}", fields="figures")
