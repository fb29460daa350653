"""The cells of a person, folded once, and the evidence they give.

In: a `Worker`. Out: its free-text cells with their column names as a coordinator knows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.domain.facts import Evidence
from matcher.domain.worker import Worker
from matcher.reading.folding import Folded, fold

COLUMNS = {
    "skills_text": "技能特长",
    "certificates_text": "证书",
    "experience_text": "工作经历",
    "wish_text": "意向工种",
    "wish_place_text": "意向地区",
    "wage_text": "期望月薪",
    "care_text": "家庭照料",
    "training_wish_text": "培训意愿",
    "health_text": "健康状况",
    "language_text": "语言",
    "risk_reason": "致险原因",
    "remarks": "情况说明",
}
_SENTENCE_END = re.compile(r"[。！!？?\n\r；;]")
_MANY = 3
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the name of its column and its folded text."""

    field: str
    folded: Folded

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def evidence(self, start: int, end: int, *, private: bool = False) -> Evidence:
        """The words as typed at a stretch of the folded text."""
        first, last = self.folded.span(start, end)
        return Evidence(self.field, self.folded.raw[first:last], private, first)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a stretch."""
        return sentence_at(self.text, start, end)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch of a folded text; a question goes on in its answer."""
    before = [stop.end() for stop in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, end)
    if after is not None and after[0] in "?？":
        after = _SENTENCE_END.search(text, after.end())
    return (before[-1] if before else 0), (after.start() if after else len(text))


@dataclass(frozen=True, slots=True)
class Cells:
    """All non-empty text cells of a person, by attribute name of `Worker`."""

    by_name: dict[str, Cell]

    def get(self, *names: str) -> tuple[Cell, ...]:
        """The cells of these attributes that are not empty, in this order."""
        return tuple(self.by_name[name] for name in names if name in self.by_name)

    def all(self) -> tuple[Cell, ...]:
        """Every cell."""
        return tuple(self.by_name.values())


def cells_of(worker: Worker) -> Cells:
    """The text cells of a worker."""
    found = {}
    for name, field in COLUMNS.items():
        raw: str = getattr(worker, name)
        if raw and not raw.isspace():
            found[name] = Cell(field, _pieces_apart(fold(raw)))
    return Cells(found)


def _pieces_apart(folded: Folded) -> Folded:
    """Notes typed with strokes between them and no other marks are read as sentences: 户主/低保/本人52/赶集卖过菜."""
    text = folded.text
    if text.count("/") < _MANY or _SENTENCE_END.search(text) or any(len(p) < _SHORT for p in text.split("/")):
        return folded
    return replace(folded, text=text.replace("/", ";"))
