"""What stands on a paper of a fair, as plain strings: one model for PDF and Word.

In: nothing. Out: `TablePaper`, a list with fixed columns; `WaysPaper`, one card a person with the way through the hall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.papers.views import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePaper:
    """A list; `layout` holds the share of the width each column takes."""

    lang: str
    made_on: date
    office: str
    title: str
    head: tuple[Line, ...]
    columns: tuple[str, ...]
    layout: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    wide: bool = False
    """On a leaf laid across."""


@dataclass(frozen=True, slots=True)
class WayStop:
    """One booth of a way: its number, whose it is and which work, and why."""

    mark: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The card of one person; `qr` is what the square holds."""

    name: str
    village: str
    lead: str
    code_label: str
    code: str
    qr: str
    stops: tuple[WayStop, ...]
    helper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysPaper:
    """The cards of a village."""

    lang: str
    made_on: date
    office: str
    title: str
    head: tuple[Line, ...]
    cards: tuple[Way, ...]
    note: str = ""


FairPaper = TablePaper | WaysPaper
