"""What a fair came to: figures by sex, age band and banner, employers who hired nobody, people to be called back.

In: visitors and results of a fair. Out: `FairReport`; `hidden` makes of its tables what may leave the office: no cell
under the smallest one, and none that could be worked out from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matcher.domain.division import Place
from matcher.domain.fairs import Booth, BoothResult, Fair, FairResult, Visitor
from matcher.store import StoredPosting, UnitOfWork

COLUMNS = ("INVITED", "ARRIVED", "INTERVIEWED", "INTERESTED", "OFFERED", "STARTED")
"""People counted in each row."""
BOOTH_COLUMNS = ("EXPECTED", "VISITED", "INTERVIEWED", "INTERESTED", "OFFERED", "STARTED")


@dataclass(frozen=True, slots=True)
class Row:
    """A group of people with its counts; `label` is a code or a name."""

    label: str
    cells: tuple[int | None, ...]
    """None = too small to be shown."""


@dataclass(frozen=True, slots=True)
class BoothRow:
    """One employer with what came of it."""

    booth: Booth
    openings: int | None
    cells: tuple[int | None, ...]
    hired_nobody: bool


@dataclass(frozen=True, slots=True)
class CallBack:
    """Somebody to be called: an offer that has not become a start, or interest nobody answered."""

    visitor: Visitor
    booth: Booth
    posting: StoredPosting
    result: BoothResult

    @property
    def offered(self) -> bool:
        """Whether the employer has said yes."""
        return self.result.result is FairResult.INTENT


@dataclass(frozen=True, slots=True)
class FairReport:
    """All figures of a fair."""

    fair: Fair
    employers: int
    postings: int
    openings: int
    walk_ins: int | None
    interviews: int | None
    """Talks of one person about one posting."""
    total: Row
    by_sex: tuple[Row, ...]
    by_age: tuple[Row, ...]
    by_banner: tuple[Row, ...]
    booths: tuple[BoothRow, ...]
    reasons: tuple[tuple[str, int], ...]
    """Why it did not suit, the most frequent first."""
    calls: tuple[CallBack, ...]

    @property
    def empty_handed(self) -> tuple[BoothRow, ...]:
        """Employers who hired nobody."""
        return tuple(row for row in self.booths if row.hired_nobody)


def report(unit: UnitOfWork, fair: Fair) -> FairReport:
    """The figures of a fair as it stands."""
    visitors = unit.fairs.visitors.of(fair.key)
    results = unit.fairs.results.of(fair.key)
    booths, placed = unit.fairs.booths.of(fair.key), unit.fairs.booths.postings(fair.key)
    stored = unit.postings.many(sorted({one.posting_key for one in placed}))
    by_visitor: dict[int, list[BoothResult]] = {}
    for result in results:
        by_visitor.setdefault(result.visitor_key, []).append(result)
    marks = {one.key: _marks(one, by_visitor.get(one.key, ())) for one in visitors}
    booth_of = {one.key: one.booth_key for one in placed}
    by_key, booth_by_key = {one.key: one for one in visitors}, {one.key: one for one in booths}
    posting_of = {one.key: one.posting_key for one in placed}
    calls = [
        CallBack(by_key[one.visitor_key], booth_by_key[booth_of[one.booth_posting_key]], posting, one)
        for one in results
        if one.result in {FairResult.INTENT, FairResult.INTERESTED}
        and (posting := stored.get(posting_of[one.booth_posting_key])) is not None
    ]
    reasons = Counter(one.reason for one in results if one.result is FairResult.UNSUITED)
    county = {one.key: Place(code=one.home_code).county for one in visitors}
    return FairReport(
        fair=fair,
        employers=len(booths),
        postings=len(placed),
        openings=sum(one.value.openings or 0 for one in stored.values()),
        walk_ins=sum(one.walk_in and one.arrived_at is not None for one in visitors),
        interviews=sum(one.result.interview for one in results),
        total=_row("TOTAL", marks.values()),
        by_sex=_rows(marks, {one.key: one.facts.sex for one in visitors}, ("female", "male", "")),
        by_age=_rows(marks, {one.key: one.facts.age_band for one in visitors}, ()),
        by_banner=_rows(marks, county, ()),
        booths=tuple(_booth_row(booth, visitors, results, booth_of, posting_of, stored) for booth in booths),
        reasons=tuple(reasons.most_common()),
        calls=tuple(sorted(calls, key=lambda one: (not one.offered, one.booth.position, one.visitor.name))),
    )


def _marks(visitor: Visitor, results: Sequence[BoothResult]) -> tuple[bool, ...]:
    """Which of the columns a person counts in."""
    return (
        visitor.invited,
        visitor.arrived_at is not None,
        any(one.result.interview for one in results),
        any(one.result.wants for one in results),
        any(one.result.offered for one in results),
        any(one.result is FairResult.STARTED for one in results),
    )


def _row(label: str, marks: Iterable[tuple[bool, ...]]) -> Row:
    """The counts of a group."""
    listed = list(marks)
    return Row(label, tuple(sum(one[at] for one in listed) for at in range(len(COLUMNS))))


def _rows(marks: dict[int, tuple[bool, ...]], group_of: dict[int, str], order: Sequence[str]) -> tuple[Row, ...]:
    """The counts of every group; groups nobody is in fall away, what is not known stands last."""
    groups = sorted(set(group_of.values()), key=lambda one: (one == "", order.index(one) if one in order else 0, one))
    return tuple(_row(group, [marks[key] for key, own in group_of.items() if own == group]) for group in groups)


def _booth_row(
    booth: Booth,
    visitors: Sequence[Visitor],
    results: Sequence[BoothResult],
    booth_of: dict[int, int],
    posting_of: dict[int, int],
    stored: dict[int, StoredPosting],
) -> BoothRow:
    """The counts of one employer; people, not talks."""
    here = {posting_of[key] for key, at in booth_of.items() if at == booth.key}
    own = [one for one in results if booth_of[one.booth_posting_key] == booth.key]
    expected = sum(any(stop.posting_key in here for stop in one.facts.route) for one in visitors if not one.away)
    tests = (
        lambda result: True,
        lambda result: result.interview,
        lambda result: result.wants,
        lambda result: result.offered,
        lambda result: result is FairResult.STARTED,
    )
    counted = tuple(len({one.visitor_key for one in own if test(one.result)}) for test in tests)
    stated = [stored[key].value.openings for key in here if key in stored]
    openings = None if not stated or any(one is None for one in stated) else sum(one or 0 for one in stated)
    return BoothRow(booth, openings, (expected, *counted), counted[3] == 0)


def hidden(rows: Sequence[Row], least: int) -> tuple[Row, ...]:
    """Rows without small cells; where one alone were hidden its neighbour goes too, or it could be worked out."""
    columns = list(zip(*(row.cells for row in rows), strict=True)) if rows else []
    shown = [_hidden_column(column, least) for column in columns]
    return tuple(Row(row.label, tuple(column[at] for column in shown)) for at, row in enumerate(rows))


def _hidden_column(cells: Sequence[int | None], least: int) -> list[int | None]:
    """One column of a table whose sum is known."""
    small = {at for at, cell in enumerate(cells) if cell is not None and 0 < cell < least}
    if len(small) == 1:
        others = [(cell, at) for at, cell in enumerate(cells) if at not in small and cell]
        small |= {min(others)[1]} if others else set()
    return [None if at in small else cell for at, cell in enumerate(cells)]


def _hidden_one(cell: int | None, least: int) -> int | None:
    """A count that stands alone."""
    return None if cell is not None and 0 < cell < least else cell


def for_outside(found: FairReport, least: int) -> FairReport:
    """A report that may leave the office: no small cells, nobody to be called by name."""
    booths = hidden([Row(row.booth.number, row.cells) for row in found.booths], least)
    reasons = hidden([Row(code, (many,)) for code, many in found.reasons], least)
    return replace(
        found,
        walk_ins=_hidden_one(found.walk_ins, least),
        interviews=_hidden_one(found.interviews, least),
        total=hidden([found.total], least)[0],
        by_sex=hidden(found.by_sex, least),
        by_age=hidden(found.by_age, least),
        by_banner=hidden(found.by_banner, least),
        booths=tuple(replace(row, cells=cut.cells) for row, cut in zip(found.booths, booths, strict=True)),
        reasons=tuple((row.label, many) for row in reasons if (many := row.cells[0]) is not None),
        calls=(),
    )
