"""Labelled adverts: what each must be held for, or none.

In: the name of a file in cases/. Out: its rows. `worked_with*` lay before us when the rules were written, in five
styles; `held_out` was written after, in another; its first figures stand in docs/decisions.md. `unread_agency` is by
another hand and was only measured: nobody who changes rules or signs reads it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matcher.reading.conduct import read_conduct, read_limits
from matcher.reading.passages import passages

CASES = Path(__file__).parent / "cases"
WORKED_WITH = tuple(sorted(path.stem for path in CASES.glob("worked_with*.csv")))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text and the codes it must be held for."""

    text: str
    codes: frozenset[str]


@lru_cache
def labelled(name: str) -> tuple[Labelled, ...]:
    """The rows of one file."""
    with (CASES / f"{name}.csv").open(encoding="utf-8") as stream:
        return tuple(
            Labelled(row["text"], frozenset(row["expect"].split()) - {"none"}) for row in csv.DictReader(stream)
        )


def codes(text: str) -> frozenset[str]:
    """What a text is held for."""
    return frozenset(term.code for term in read_conduct(passages([("岗位描述", text)])))


def limits(text: str) -> frozenset[str]:
    """Limits a text sets."""
    return frozenset(term.code for term in read_limits(passages([("岗位描述", text)])))


def figures(rows: tuple[Labelled, ...], before: str = "", after: str = "") -> tuple[float, float]:
    """Share of bad adverts that are held, share of good ones that are held too."""
    held = [(row, bool(codes(f"{before}{row.text}{after}"))) for row in rows]
    bad = [found for row, found in held if row.codes]
    good = [found for row, found in held if not row.codes]
    return sum(bad) / len(bad), sum(good) / len(good)
