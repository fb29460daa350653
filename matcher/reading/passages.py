"""The texts of one record, each under the name of its column.

In: (column, text) pairs. Out: `Passage`s, folded for searching, that give evidence in the words as typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.facts import Evidence
from matcher.reading.folding import Folded, fold


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a record and the column it stands in."""

    field: str
    folded: Folded

    @property
    def text(self) -> str:
        """The text as it is searched."""
        return self.folded.text

    def evidence(self, start: int, end: int) -> Evidence:
        """The words as typed at a place of the folded text."""
        first, last = self.folded.span(start, end)
        return Evidence(self.field, self.folded.raw[first:last], start=first)


def passages(columns: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
    """The columns that hold a text, in the order given."""
    return tuple(Passage(field, fold(text)) for field, text in columns if text.strip())
