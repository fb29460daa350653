"""Every indicator of the service that is counted in people: whom it is about, and who of them counts.

In: traits. Out: counts, shares, the people behind; the definitions stand in the catalogue under EVI_DEF_….
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files

from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.coverage import MEASURES
from matcher.reports.traits import Trait

Test = Callable[[Trait], bool]
GROUPS = ("COVERAGE", "QUALITY", "RESULT", "TARGET", "CARE", "TRAINING", "NOTICE")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure; `whole` "" = it is no part of another one."""

    name: str
    group: str
    counts: Test
    whole: str = ""


def _lifted(test: Test) -> Test:
    """The same of those the notice is about."""
    return lambda one: not one.ordinary and test(one)


INDICATORS = (
    *(
        Indicator(name, "COVERAGE", test, "" if name in {"PEOPLE", "UNPLANNED", "ENTITLED"} else "ENTITLED")
        for name, test in MEASURES.items()
    ),
    Indicator("WITH_POSTINGS", "QUALITY", lambda one: one.owed and bool(one.postings), "ENTITLED"),
    Indicator("ANSWERED", "QUALITY", lambda one: one.owed and bool(one.postings) and one.answered, "WITH_POSTINGS"),
    Indicator("ACCEPTED", "QUALITY", lambda one: one.owed and bool(one.postings) and one.accepted, "ANSWERED"),
    Indicator("OPEN_CASES", "QUALITY", lambda one: one.opened_on is not None),
    Indicator("LIFTED", "TARGET", _lifted(lambda one: True)),
    Indicator("IN_WORK", "TARGET", _lifted(lambda one: one.in_work), "LIFTED"),
    Indicator("WORKING", "TARGET", _lifted(lambda one: one.working), "LIFTED"),
    Indicator("WORKED", "TARGET", _lifted(lambda one: one.worked or bool(one.hired)), "LIFTED"),
    Indicator("COOPERATION", "TARGET", _lifted(lambda one: one.coop_year), "WORKED"),
    Indicator("RESETTLED", "TARGET", _lifted(lambda one: one.resettled is True), "LIFTED"),
    Indicator("RESETTLED_IN_WORK", "TARGET", _lifted(lambda one: one.resettled is True and one.in_work), "RESETTLED"),
    Indicator("PLACED", "RESULT", lambda one: one.worked or bool(one.hired)),
    Indicator("STABLE", "RESULT", lambda one: one.stable, "PLACED"),
    Indicator("WITHOUT_WORK", "RESULT", lambda one: one.status in {"未就业", "就业转失业"}),
    Indicator("NEWLY_LOST", "RESULT", lambda one: one.status == "就业转失业", "WITHOUT_WORK"),
    Indicator("MONITORED", "CARE", lambda one: one.monitored),
    Indicator("MONITORED_IN_WORK", "CARE", lambda one: one.monitored and one.in_work, "MONITORED"),
    Indicator("MONITORED_FULL", "CARE", lambda one: one.monitored and MEASURES["FULL"](one), "MONITORED"),
    Indicator("RELOST", "RESULT", lambda one: one.worked and not one.working and not one.in_work, "PLACED"),
    Indicator("JOINED", "TRAINING", lambda one: one.joined),
    Indicator("PASSED", "TRAINING", lambda one: one.joined and one.passed, "JOINED"),
    Indicator("AFTER_CLASS", "TRAINING", lambda one: one.joined and one.passed and one.after_class, "PASSED"),
    Indicator("INFORMED", "NOTICE", lambda one: one.owed and one.informed, "ENTITLED"),
    Indicator("CLAIMED", "NOTICE", lambda one: one.claimed),
    Indicator("PAID", "NOTICE", lambda one: one.claimed and one.paid, "CLAIMED"),
)
BY_NAME = {one.name: one for one in INDICATORS}


@dataclass(frozen=True, slots=True)
class Counted:
    """One indicator of a scope: how many, of how many (None = it is no part of another)."""

    name: str
    group: str
    value: int
    whole: int | None

    @property
    def share(self) -> float | None:
        """What part of the whole."""
        return self.value / self.whole if self.whole else None


def evidence(book: Book, scope: Scope, division: str = "") -> tuple[Counted, ...]:
    """Every indicator of a division within a scope."""
    return book.once(("evidence", scope, division), lambda: _evidence(book, scope, division))


def _evidence(book: Book, scope: Scope, division: str) -> tuple[Counted, ...]:
    """Counted."""
    counts = counts_of(book.of(scope, division))
    return tuple(
        Counted(one.name, one.group, counts[one.name], counts[one.whole] if one.whole else None) for one in INDICATORS
    )


def counts_of(people: Iterable[Trait]) -> dict[str, int]:
    """Indicator → how many of these people count."""
    counts = dict.fromkeys((one.name for one in INDICATORS), 0)
    for person in people:
        for one in INDICATORS:
            counts[one.name] += one.counts(person)
    return counts


def people_behind(book: Book, scope: Scope, division: str, name: str) -> list[int]:
    """The keys of the people an indicator counts."""
    counts = BY_NAME[name].counts
    return [one.key for one in book.of(scope, division) if counts(one)]


def departments() -> dict[str, tuple[str, ...]]:
    """Department → the indicators its read-only sheet shows, as far as they are counted in people."""
    text = files("matcher.reports.evidence").joinpath("departments.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return {row["department"]: tuple(row["indicators"].split()) for row in rows}
