"""Misconduct in words no rule foresaw: what each clause speaks of, weighed together.

In: a clear text. Out: for each code the clause with the highest sum of weights, where it is over nought. Signs, gates
and weights are data (conduct_signs.csv, conduct_gates.csv, conduct_weights.csv); a sign counts in a clause itself, in
its neighbours, or anywhere in the advert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.reading.conduct.together import AMOUNT
from matcher.reading.sifting import Sieve
from matcher.reference.tables import read_table

MONEY = "MONEY"
"""Money asked of applicants, in the tables; which code it becomes is told by `kind_of_money`."""
_PARTS = re.compile(r"[,。;!?\n:]")
_LONGEST = 4_000
"""Characters of an advert that are weighed."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause that is meant: the code, its place in the text, the sum of its weights."""

    code: str
    start: int
    end: int
    sum: float


@dataclass(frozen=True, slots=True)
class Clauses:
    """What clauses speak of: `where` start and end of each, `has` [clauses × 3 · signs] here, beside, anywhere."""

    where: tuple[tuple[int, int], ...]
    has: Floats


@lru_cache(maxsize=1)
def signs() -> dict[str, re.Pattern[str]]:
    """Name of a sign → its pattern, in the order of the columns."""
    return {row["sign"]: re.compile(row["pattern"].replace("<amount>", AMOUNT)) for row in read_table("conduct_signs")}


@lru_cache(maxsize=1)
def _sieve() -> Sieve:
    """Which signs can stand in a text at all."""
    return Sieve([pattern.pattern for pattern in signs().values()])


@lru_cache(maxsize=1)
def gates() -> dict[str, tuple[tuple[int, ...], ...]]:
    """Code → alternatives of columns that all have to stand in a clause or beside it."""
    column = {name: at for at, name in enumerate(signs())}
    found: dict[str, list[tuple[int, ...]]] = {}
    for row in read_table("conduct_gates"):
        found.setdefault(row["code"], []).append(tuple(column[name] for name in row["signs"].split()))
    return {code: tuple(ways) for code, ways in found.items()}


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[float, Floats]]:
    """Code → its base and the weights of its columns: here, beside, anywhere."""
    names = list(signs())
    found: dict[str, tuple[float, Floats]] = {}
    for row in read_table("conduct_weights"):
        base, weights = found.setdefault(row["code"], (0.0, np.zeros(3 * len(names))))
        if row["sign"]:
            at = names.index(row["sign"])
            weights[at :: len(names)] = [float(row[part]) for part in ("here", "beside", "anywhere")]
        else:
            found[row["code"]] = (float(row["here"]), weights)
    return found


def clauses_of(text: str) -> Clauses | None:
    """The clauses of a text and their signs; none where no gate can open."""
    flat = _PARTS.sub(",", text[:_LONGEST])
    patterns = list(signs().values())
    fitting = set(_sieve().fitting(flat))
    hits: dict[int, list[int]] = {}

    def found(at: int) -> bool:
        if at not in hits:
            hits[at] = [match.start() for match in patterns[at].finditer(flat)] if at in fitting else []
        return bool(hits[at])

    if not any(all(found(at) for at in way) for ways in gates().values() for way in ways):
        return None
    for at in range(len(patterns)):
        found(at)
    ends = [at for at, sign in enumerate(flat) if sign == ","] + [len(flat)]
    where = tuple((start, end) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False))
    here = np.zeros((len(where), len(patterns)))
    for at, places in hits.items():
        here[np.searchsorted(ends, places), at] = 1.0
    kept = np.array([bool(flat[start:end].strip()) for start, end in where])
    return _with_neighbours(tuple(place for place, keep in zip(where, kept, strict=True) if keep), here[kept])


def _with_neighbours(where: tuple[tuple[int, int], ...], here: Floats) -> Clauses:
    """Signs of the clauses, of those beside them and of the whole text."""
    beside = np.zeros_like(here)
    beside[1:] = here[:-1]
    beside[:-1] = np.maximum(beside[:-1], here[1:])
    anywhere = np.broadcast_to(here.max(axis=0, initial=0.0), here.shape)
    return Clauses(where, np.hstack([here, beside, anywhere]))


def open_for(code: str, clauses: Clauses) -> NDArray[np.bool_]:
    """Clauses in or beside which all signs of one gate of a code stand, one of them in the clause itself."""
    width = len(signs())
    here, beside = clauses.has[:, :width], clauses.has[:, width : 2 * width]
    around = np.maximum(here, beside) > 0
    found = np.zeros(len(clauses.where), dtype=np.bool_)
    for way in gates()[code]:
        columns = list(way)
        found |= around[:, columns].all(axis=1) & (here[:, columns] > 0).any(axis=1)
    return found


def weighed(text: str) -> Iterator[Weighed]:
    """For each code the clause with the highest sum, where it is over nought."""
    clauses = clauses_of(text)
    if clauses is None:
        return
    for code, (base, weights) in _weights().items():
        places = np.flatnonzero(open_for(code, clauses))
        if not len(places):
            continue
        sums = clauses.has[places] @ weights + base
        best = int(sums.argmax())
        if sums[best] > 0:
            at = int(places[best])
            kind = kind_of_money(clauses.has[at]) if code == MONEY else code
            yield Weighed(kind, *clauses.where[at], float(sums[best]))


def kind_of_money(has: Floats) -> str:
    """What money is asked for: clothes, a pledge that is given back, or a fee."""
    names = list(signs())
    here = {name for name, value in zip(names, has, strict=False) if value}
    beside = {name for name, value in zip(names, has[len(names) :], strict=False) if value}
    if "clothes" in here:
        return "CLOTHING_CHARGE"
    return "DEPOSIT" if "pledge" in here or "return" in here | beside else "FEE"
