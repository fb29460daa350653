"""What every report page begins with: which division is looked at, and the book of figures for it.

In: `division` and `village` of the address, the scope of the account. Out: a `Desk`, or None while large offices are
still being counted; a count is started when the data have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.division import division_prefix, lies_within
from matcher.domain.errors import RecordNotFound
from matcher.listings import Scope
from matcher.reports.book import Book
from web.auth import scope
from web.config import the_office
from web.forms import DIVISION, asked
from web.phrases import language, t
from web.tasks import counted_shelf, recount

__all__ = ["Desk", "asked_division", "open_desk", "place_name", "recount"]


@dataclass(frozen=True, slots=True)
class Desk:
    """The book, the scope, and the division looked at with those around it."""

    book: Book
    stale: bool
    scope: Scope
    division: str
    crumbs: tuple[tuple[str, str], ...]
    """(code, name) from the division of the account down to the one looked at."""
    title: str

    @property
    def made_at(self) -> datetime:
        """The moment the figures are of."""
        return self.book.made_at


def asked_division() -> str:
    """The division of the address, "" for the whole scope; another office's answers 404."""
    code = asked("division", limit=12)
    if not code:
        return ""
    if not DIVISION.fullmatch(code) or not lies_within(code, scope().division):
        raise RecordNotFound("no such division for this account")
    return code


def open_desk() -> Desk | None:
    """The desk of this request; None while there are no figures yet."""
    division, found = asked_division(), counted_shelf()
    if found.book is None:
        return None
    crumbs = _crumbs(division)
    return Desk(found.book, found.stale, scope(), division, crumbs, crumbs[-1][1])


def place_name(code: str) -> str:
    """The name of a division without those around it; what nobody wrote down is said."""
    if not code:
        return t("PAGE_FIG_NO_PLACE")
    known = the_office().gazetteer.divisions.get(code[:9] if len(code) > 9 else code.ljust(6, "0"))
    if known is None:
        return the_office().gazetteer.name(code, language()) or t("PAGE_FIG_NO_PLACE")
    return known.name_en if language() == "en" else known.name


def _crumbs(division: str) -> tuple[tuple[str, str], ...]:
    """The way from the account's own division to the one looked at."""
    own = division_prefix(scope().division)
    steps = [("", place_name(own) if len(own) > 2 else t("PAGE_FIG_EVERYWHERE"))]
    inner = division_prefix(division)
    for size in (6, 9):
        if len(inner) >= size > len(own):
            steps.append((inner[:size], place_name(inner[:size])))
    return tuple(steps)
