"""Wishes that name no trade: a place of work, or anything at all.

In: the wish column and the remarks. Out: occupations that are done at a named place, and whether the person would do
any work, each with the words it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.facts import Fact, LinkedTerm
from matcher.reading.negation import Polarity, about_other, folded_polarity
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.work.places import AT_A_PLACE, Workplace, loose_work, workplaces
from matcher.reading.wordlists import words

_WISH, _REMARKS = "wish_text", "remarks"


@lru_cache(maxsize=1)
def _anything() -> re.Pattern[str]:
    """What people say who would do any work."""
    return re.compile(words("wish.anything"))


def work_at_places(cells: Cells, known: frozenset[str]) -> tuple[LinkedTerm, ...]:
    """Work done at the places the wish column names; what is wished by name already is left out."""
    found: dict[str, LinkedTerm] = {}
    for cell in cells.get(_WISH):
        for place, start, end in _named(cell):
            for code in place.occupations:
                if code not in known:
                    found.setdefault(code, LinkedTerm(code, (cell.evidence(start, end),), AT_A_PLACE))
    return tuple(found.values())


_NEAR_BEFORE = re.compile(r"(?:离|接|送|靠近|挨着|孩子|娃)[一-龥]{0,4}\Z")
_NEAR_AFTER = re.compile(r"[一-龥]{0,2}(?:近|附近|门口|旁边|接送|放学)")


def _only_near(cell: Cell, found: re.Match[str]) -> bool:
    """Whether a place is named for the way to it: 离孩子学校近."""
    return bool(_NEAR_BEFORE.search(cell.text[: found.start()]) or _NEAR_AFTER.match(cell.text, found.end()))


def _named(cell: Cell) -> Iterator[tuple[Workplace, int, int]]:
    """Places of work and loose words for work in a cell that are not said no to."""
    for place in (*workplaces(), *loose_work()):
        for match in place.pattern.finditer(cell.text):
            if _only_near(cell, match):
                continue
            if folded_polarity(cell.text, match.start(), match.end()) is not Polarity.NEGATED:
                yield place, match.start(), match.end()
                break


@lru_cache(maxsize=1)
def _quality() -> tuple[re.Pattern[str], ...]:
    """How work should be, what stands around such words, what leaves something out, and what leaves all open."""
    return tuple(re.compile(words(f"quality.{name}")) for name in ("how", "around", "not", "open"))


_PIECE = re.compile(r"[、,;；/。!！\n|｜ ]+")
_MOST_UNKNOWN = 2
"""More characters that are neither a quality nor a word around one may name a trade nobody knows."""


def _asks_how(cell: Cell) -> bool:
    """Whether a wish cell only says how work should be: 坐着的, 轻巧点的, 挣得多的, 白班."""
    pieces = [piece for piece in _PIECE.split(cell.text) if piece]
    left = [_left(piece) for piece in pieces]
    return any(map(only_how, pieces)) and all(rest is not None and len(rest) <= _MOST_UNKNOWN for rest in left)


def only_how(piece: str) -> bool:
    """Whether a piece of a wish names no trade but how work should be."""
    rest = _left(piece)
    return rest is not None and len(rest) <= _MOST_UNKNOWN and bool(_quality()[0].search(piece))


def _left(piece: str) -> str | None:
    """What a piece says beside how work should be; None where it leaves something out, or only something open."""
    how, around, out, leaves_open = _quality()
    rest = how.sub("", piece)
    if out.search(rest) or (rest == piece and leaves_open.search(piece)):
        return None
    return around.sub("", rest)


def any_work(cells: Cells, *, named: bool) -> Fact[bool]:
    """Whether the person would do any work: says so, or tells how work should be and no trade (`named`)."""
    for cell in cells.get(_WISH, _REMARKS):
        match = _anything().search(cell.text)
        if match and not about_other(cell.text, match.start()):
            return Fact(True, (cell.evidence(*match.span()),))
    for cell in (cell for cell in cells.get(_WISH) if not named and _asks_how(cell)):
        return Fact(True, (cell.evidence(0, len(cell.text)),))
    return Fact()
