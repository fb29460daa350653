"""Reports: coverage, targets, indicators, waiting, supply and demand – as they may leave the office.

In: a division of the client's scope. Out: counts of the moment the office counted last; null = hidden, because fewer
people stand behind it than the policy allows, or because it would give such a cell away.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from matcher.policy import PolicyAt
from matcher.reports.book import Book
from matcher.reports.evidence.indicators import INDICATORS
from matcher.reports.outside.counted import (
    COVERAGE,
    coverage_counting,
    indicator_counting,
    waiting_counting,
    wishing_counting,
)
from matcher.reports.outside.masking import Counting, Outside, PlaceCells, outside
from matcher.reports.supply import supply
from matcher.reports.tables import masked
from matcher.reports.targets import TargetLine, targets
from web.api.declared import Answer, Ask, Count, Division, Group
from web.config import the_office
from web.errors.problems import Refused
from web.phrases import language, t
from web.tasks import counted_shelf

group = Group("reports")


class ReportQuery(Struct, forbid_unknown_fields=True):
    """The division looked at: a banner or a township; empty = the whole scope."""

    division: Division = ""


class CoverageLine(Struct):
    """Coverage of one place: a division, or a village by its name."""

    kind: str
    code: str
    people: Count | None
    unplanned: Count | None
    entitled: Count | None
    guided: Count | None
    three: Count | None
    trained: Count | None
    full: Count | None
    shortfall: Count | None
    printed: Count | None


class CoverageReport(Struct):
    """Coverage of 1-3-1 in a division and the places directly below it."""

    as_of: date
    counted_at: datetime
    stale: bool
    least: Count
    total: CoverageLine
    places: list[CoverageLine]


class Indicator(Struct):
    """One indicator: how many, of how many; `title` is its name, `basis` what exactly it counts."""

    code: str
    title: str
    basis: str
    count: Count | None
    whole: Count | None
    share: float | None


class IndicatorReport(Struct):
    """Every indicator that is counted in people."""

    as_of: date
    counted_at: datetime
    stale: bool
    least: Count
    indicators: list[Indicator]


class Target(Struct):
    """One target of one division: by the roster, and as recorded here; null = no data, or too few people."""

    indicator: str
    division: str
    target: Count | None
    baseline: Count | None
    basis: str
    since: date | None
    listed: Count | None
    recorded: Count | None
    open_now: Count | None


class TargetReport(Struct):
    """Every target of the scope."""

    as_of: date
    counted_at: datetime
    stale: bool
    least: Count
    targets: list[Target]


class Waits(Struct):
    """People who wait for up to so many days; `until_days` null = longer than every step."""

    until_days: Count | None
    cases: Count | None
    answers: Count | None


class WaitingReport(Struct):
    """How long people have been waiting: since their case was opened, since a plan nobody answered."""

    as_of: date
    counted_at: datetime
    stale: bool
    least: Count
    steps: list[Waits]


class Family(Struct):
    """One family of occupations: openings within the division and elsewhere, people who wish for it or can do it."""

    code: str
    title: str
    openings_here: Count
    openings_elsewhere: Count
    wishing: Count | None
    able: Count | None


class SupplyReport(Struct):
    """Openings against people."""

    as_of: date
    counted_at: datetime
    stale: bool
    least: Count
    families: list[Family]


def _policy() -> PolicyAt:
    """The policy of today."""
    office = the_office()
    return office.policy.at(office.today())


def _least() -> int:
    """The smallest count that is shown."""
    return _policy().whole("reports.least_cell")


def _book() -> tuple[Book, dict[str, object]]:
    """The figures there are, and what every report says of them; 503 while they are counted for the first time."""
    found = counted_shelf()
    if found.book is None:
        raise Refused(503, t("API_STILL_COUNTING"), headers={"Retry-After": "30"})
    told = {"as_of": found.book.as_of, "counted_at": found.book.made_at, "stale": found.stale, "least": _least()}
    return found.book, told


def _outside(ask: Ask, book: Book, counting: Counting) -> Outside:
    """What is counted, with small cells hidden."""
    return outside(book, ask.scope, ask.query.division, counting, _least())


def _coverage(place: PlaceCells) -> CoverageLine:
    """One line of coverage."""
    cells = {name.lower(): cell for name, cell in zip(COVERAGE, place.cells, strict=True)}
    return CoverageLine(kind=place.kind, code=place.code, **cells)


@group.get("/reports/coverage", answer=CoverageReport, query=ReportQuery)
def coverage(ask: Ask) -> Answer:
    """Coverage of 1-3-1 of a division and the places directly below it."""
    book, told = _book()
    found = _outside(ask, book, coverage_counting())
    total = PlaceCells("total", ask.query.division or ask.client.division, "", found.own)
    return Answer(CoverageReport(total=_coverage(total), places=[_coverage(one) for one in found.places], **told))


@group.get("/reports/indicators", answer=IndicatorReport, query=ReportQuery)
def indicators(ask: Ask) -> Answer:
    """Every indicator of a division that is counted in people, with its definition."""
    book, told = _book()
    cells = _outside(ask, book, indicator_counting()).own
    at = {one.name: cell for one, cell in zip(INDICATORS, cells, strict=True)}
    shown = []
    for one in INDICATORS:
        count, whole = at[one.name], at[one.whole] if one.whole else None
        share = round(count / whole, 4) if count is not None and whole else None
        name = one.name
        shown.append(Indicator(name, t(f"EVI_{name}"), t(f"EVI_DEF_{name}"), count, whole, share))
    return Answer(IndicatorReport(indicators=shown, **told))


@group.get("/reports/targets", answer=TargetReport)
def targets_(ask: Ask) -> Answer:
    """Targets of the scope and the banners below it against what the data say."""
    book, told = _book()
    lines = targets(book, ask.scope, _policy(), the_office().gazetteer.counties_of(book.home))
    return Answer(TargetReport(targets=_hidden(lines), **told))


def _hidden(lines: list[TargetLine]) -> list[Target]:
    """Targets with small counts hidden, indicator by indicator; where one banner is hidden another one is too."""
    found = []
    for indicator in dict.fromkeys(line.indicator for line in lines):
        mine = [line for line in lines if line.indicator == indicator]
        cells = {name: _column([getattr(line, name) for line in mine]) for name in ("listed", "recorded", "open_now")}
        for at, line in enumerate(mine):
            shown = {name: column[at] for name, column in cells.items()}
            fixed = {name: getattr(line, name) for name in ("indicator", "division", "target", "baseline", "since")}
            found.append(Target(basis=line.basis, **fixed, **shown))
    return found


def _column(cells: list[int | None]) -> list[int | None]:
    """One column, the whole first and its parts below."""
    whole, parts = cells[:1], cells[1:]
    gone = masked([cell or 0 for cell in whole], _least()) + masked([cell or 0 for cell in parts], _least())
    return [None if hidden else cell for cell, hidden in zip(cells, gone, strict=True)]


@group.get("/reports/waiting", answer=WaitingReport, query=ReportQuery)
def waiting(ask: Ask) -> Answer:
    """How long people of a division have been waiting."""
    book, told = _book()
    steps = [round(step) for step in _policy().numbers("reports.age_steps")]
    cases, answers = (
        _outside(ask, book, waiting_counting(wait, steps, book.as_of)).own[1:] for wait in ("CASE", "ANSWER")
    )
    shown = [Waits(*row) for row in zip([*steps, None], cases, answers, strict=True)]
    return Answer(WaitingReport(steps=shown, **told))


@group.get("/reports/supply", answer=SupplyReport, query=ReportQuery)
def supply_(ask: Ask) -> Answer:
    """Openings against people by family of occupations, most openings first."""
    book, told = _book()
    lexicon = the_office().lexicon
    families = sorted(lexicon.families)
    cells = _outside(ask, book, wishing_counting(families, lexicon)).own
    half = 1 + len(families)
    wish, able = dict(zip(families, cells[1:half], strict=True)), dict(zip(families, cells[half:], strict=True))
    lines = supply(book, ask.scope, ask.query.division, lexicon)
    shown = [
        Family(
            code=one.family,
            title=lexicon.name(one.family, language()),
            openings_here=one.here,
            openings_elsewhere=one.elsewhere,
            wishing=wish[one.family],
            able=able[one.family],
        )
        for one in sorted(lines, key=lambda line: (-line.here, line.family))
    ]
    return Answer(SupplyReport(families=shown, **told))
