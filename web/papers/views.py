"""What stands on a paper, as plain strings: one model for PDF, HTML and Word.

A writer lays these strings out and adds none of its own, so all three say the same words. `words` walks a model
for the glyph check and for the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

Quiet = ("lang", "qr", "made_on", "layout", "audience")
"""Fields that steer the layout and are not read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with an optional label; small lines are secondary text."""

    label: str
    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One posting, or the class."""

    mark: str
    title: str
    flag: str
    giver: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TickRow:
    """One line of the slip, with its boxes."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """The tear-off slip; `qr` is what the square holds."""

    title: str
    owner: str
    code_label: str
    code: str
    qr: str
    head: tuple[str, ...] = ()
    rows: tuple[TickRow, ...] = ()
    signing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """The match sheet of one person, front and back."""

    lang: str
    made_on: date
    banner: str = ""
    """What has to be written by hand before the sheet is handed over."""
    office: str
    title: str
    head: tuple[Line, ...]
    lead: str
    blocks: tuple[Block, ...] = ()
    shortfall: tuple[Section, ...] = ()
    front: tuple[Section, ...] = ()
    """Instead of postings on tracks that carry none."""
    call: tuple[Line, ...] = ()
    slip: Slip
    back_title: str = ""
    back: tuple[Section, ...] = ()
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """The letter that gives a posting back to its employer."""

    lang: str
    made_on: date
    office: str
    title: str
    head: tuple[Line, ...]
    lead: str
    points: tuple[Section, ...]
    """What was found: a heading each, with the words, what to change, and the basis."""
    call: tuple[Line, ...]
    closing: str
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverView:
    """The cover list of a village pack."""

    lang: str
    made_on: date
    title: str
    head: tuple[Line, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptView:
    """What is read aloud to one person, in about a minute."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScriptsView:
    """The reading scripts of a village."""

    script_title: str
    scripts: tuple[ScriptView, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A small paper that is cut out of a leaf."""

    title: str
    big: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """A part of a form: a heading with lines, a table, or cards to cut out."""

    title: str = ""
    lines: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    layout: tuple[int, ...] = ()
    """Widths of the columns, as shares."""
    by_hand: bool = False
    """Whether the lines are written on, so that they need room."""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """What is cut off a form and handed back; without a code it has no square."""

    title: str
    owner: str = ""
    lines: tuple[Line, ...] = ()
    signing: str = ""
    code_label: str = ""
    code: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """Any paper that is not a match sheet: a letter, a record, a notice, a list, tickets."""

    lang: str
    made_on: date
    audience: str
    """Whose hands it goes into; decides what may stand on it."""
    layout: str = ""
    """"wide" where the leaf lies on its side."""
    banner: str = ""
    office: str
    title: str
    head: tuple[Line, ...] = ()
    lead: str = ""
    parts: tuple[FormPart, ...] = ()
    signed: tuple[str, ...] = ()
    stub: Stub | None = None
    note: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself; the day of making stands in for the clock."""

    title: str
    lang: str
    made_on: date
    office: str = ""

    @classmethod
    def of(cls, leaf: Leaf) -> About:
        """What the first leaf says."""
        if isinstance(leaf, ScriptsView):
            raise TypeError("scripts follow sheets")
        office = next((item.text for item in leaf.head[:1]), "") if isinstance(leaf, CoverView) else leaf.office
        return cls(leaf.title, leaf.lang, leaf.made_on, office)


Leaf = SheetView | LetterView | CoverView | ScriptsView | FormView
"""What begins on the front of a leaf."""
Paper = SheetView | LetterView | CoverView | ScriptView | ScriptsView | FormView


def words(part: object) -> Iterator[str]:
    """Every string of a model that is read, in order."""
    if isinstance(part, str):
        if part:
            yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from words(item)
    elif is_dataclass(part):
        for entry in fields(part):
            if entry.name not in Quiet:
                yield from words(getattr(part, entry.name))
