"""Supply and demand by family of occupations: openings there are, people who wish for such work or have done it.

In: a book, a scope, a division, the lexicon. Out: a line a family; the gaps read both ways, work without people and
people without work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.division import division_prefix
from matcher.listings import Scope
from matcher.reference.lexicon import Lexicon
from matcher.reports.book import Book, Job
from matcher.reports.traits import Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyLine:
    """One family: openings within the division and elsewhere, people of the division who wish for it or can do it."""

    family: str
    here: int
    elsewhere: int
    wishing: int
    able: int

    @property
    def gap(self) -> int:
        """Openings here less people who wish for the work: above nought hands are missing, below it postings are."""
        return self.here - self.wishing


def supply(book: Book, scope: Scope, division: str, lexicon: Lexicon) -> tuple[SupplyLine, ...]:
    """Every family somebody wishes for or that has openings, most missing hands first."""
    return book.once(("supply", scope, division), lambda: _supply(book, scope, division, lexicon))


def _supply(book: Book, scope: Scope, division: str, lexicon: Lexicon) -> tuple[SupplyLine, ...]:
    """Counted; only people who are owed postings, each once a family."""
    people = [one for one in book.of(scope, division) if one.owed]
    counts: dict[str, list[int]] = {}
    for job in book.jobs:
        if family := family_of(job.occupation, lexicon):
            counts.setdefault(family, [0, 0, 0, 0])[
                0 if _inside(job, division or scope.division or book.home) else 1
            ] += job.openings
    for place, able in ((2, False), (3, True)):
        for family, many in wishing_of(people, lexicon, able=able).items():
            counts.setdefault(family, [0, 0, 0, 0])[place] += many
    lines = (
        SupplyLine(family=family, here=here, elsewhere=elsewhere, wishing=wishing, able=able)
        for family, (here, elsewhere, wishing, able) in counts.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.gap, line.family)))


def wishing_of(people: Iterable[Trait], lexicon: Lexicon, *, able: bool) -> Counter[str]:
    """Family → how many of some people wish for its work, or have done it; each once a family."""
    return Counter(family for one in people for family in _families(one.able if able else one.wished, lexicon))


def _inside(job: Job, division: str) -> bool:
    """Whether a posting lies in the division looked at."""
    return job.place.startswith(division_prefix(division))


def _families(codes: Iterable[str], lexicon: Lexicon) -> set[str]:
    """The families of some occupations."""
    return {family for code in codes if (family := family_of(code, lexicon))}


def family_of(code: str, lexicon: Lexicon) -> str:
    """The family of an occupation, or the family itself; "" for anything else."""
    if code in lexicon.families:
        return code
    found = lexicon.occupations.get(code)
    return found.family if found else ""


def people_wishing(book: Book, scope: Scope, division: str, family: str, lexicon: Lexicon, *, able: bool) -> list[int]:
    """Keys of the people who wish for work of a family, or have done it."""
    members: list[Trait] = [one for one in book.of(scope, division) if one.owed]
    return [one.key for one in members if family in _families(one.able if able else one.wished, lexicon)]


def jobs_of(book: Book, family: str, lexicon: Lexicon) -> list[Job]:
    """The live postings of a family, most openings first."""
    found = [job for job in book.jobs if family_of(job.occupation, lexicon) == family]
    return sorted(found, key=lambda job: (-job.openings, job.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """One family of occupations in one place."""

    division: str
    here: int
    wishing: int
    able: int

    @property
    def gap(self) -> int:
        """Openings less people who wish for the work."""
        return self.here - self.wishing


def gaps_by_place(book: Book, scope: Scope, family: str, lexicon: Lexicon) -> tuple[PlaceLine, ...]:
    """A family in every banner of the scope that has openings or people of it, most missing hands first."""
    own = division_prefix(scope.division or book.home)
    counts: dict[str, list[int]] = {}
    for job in book.jobs:
        if job.place.startswith(own) and len(job.place) >= 6 and family_of(job.occupation, lexicon) == family:
            counts.setdefault(job.place[:6], [0, 0, 0])[0] += job.openings
    for one in book.of(scope):
        if one.owed and len(one.home) >= 6:
            for place, codes in ((1, one.wished), (2, one.able)):
                if family in _families(codes, lexicon):
                    counts.setdefault(one.county, [0, 0, 0])[place] += 1
    lines = (
        PlaceLine(division=code, here=here, wishing=wishing, able=able)
        for code, (here, wishing, able) in counts.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.gap, line.division)))
