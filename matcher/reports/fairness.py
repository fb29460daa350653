"""Whether groups of people get the same: three postings, a class, the mean score, by sex, age, ethnicity, disability.

In: a book, a scope, a division. Out: a line a group; groups of too few people are hidden, and where a single one
could be worked out from the total, the next smallest, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.tables import masked
from matcher.reports.traits import Trait

AGES = ("<16", "16–24", "25–34", "35–44", "45–54", "55–59", "60+", "")
GROUPS: dict[str, Callable[[Trait], str]] = {
    "SEX": lambda one: one.sex,
    "AGE": lambda one: one.age,
    "ETHNICITY": lambda one: ethnicity(one.ethnicity),
    "DISABLED": lambda one: {True: "Y", False: "N", None: ""}[one.disabled],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FairLine:
    """One group of those owed postings; None = too few people to be shown."""

    by: str
    group: str
    people: int | None
    three: float | None
    trained: float | None
    score: float | None
    """Mean score of the postings suggested, in [0, 1]."""


def ethnicity(text: str) -> str:
    """蒙 and 蒙古 are 蒙古族; "" stays unknown."""
    plain = text.strip()
    if not plain or plain.endswith("族"):
        return plain
    return {"蒙": "蒙古族"}.get(plain, f"{plain}族")


def fairness(book: Book, scope: Scope, division: str, least: int) -> tuple[FairLine, ...]:
    """The lines of a division."""
    return book.once(("fairness", scope, division, least), lambda: _fairness(book, scope, division, least))


def _fairness(book: Book, scope: Scope, division: str, least: int) -> tuple[FairLine, ...]:
    """Counted."""
    people = [one for one in book.of(scope, division) if one.owed]
    lines: list[FairLine] = []
    for by, group_of in GROUPS.items():
        groups: dict[str, list[Trait]] = {}
        for one in people:
            groups.setdefault(group_of(one), []).append(one)
        names = sorted(groups, key=lambda name: _order(by, name, len(groups[name])))
        hidden = masked([len(groups[name]) for name in names], least)
        lines += [_line(by, name, groups[name], shut) for name, shut in zip(names, hidden, strict=True)]
    return tuple(lines)


def _order(by: str, name: str, size: int) -> tuple[int, int, str]:
    """Ages in their order, other groups by size, unknown last."""
    if by == "AGE":
        return (AGES.index(name) if name in AGES else len(AGES), 0, name)
    return (not name, -size, name)


def _line(by: str, group: str, people: list[Trait], hidden: bool) -> FairLine:
    """One group."""
    if hidden:
        return FairLine(by=by, group=group, people=None, three=None, trained=None, score=None)
    many = len(people)
    suggested = sum(len(one.postings) for one in people)
    return FairLine(
        by=by,
        group=group,
        people=many,
        three=sum(not one.missing for one in people) / many,
        trained=sum(one.trained for one in people) / many,
        score=sum(one.score for one in people) / suggested if suggested else None,
    )
