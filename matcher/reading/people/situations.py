"""What else the remarks say of a life: graduate, returned, dead, away, in debt, running a herd …

In: cells and three tables (situation_phrases, guidance_phrases, herd_sizes). Out: codes of situations with evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from matcher.domain.facts import LinkedTerm
from matcher.reading.negation import Polarity, folded_polarity
from matcher.reading.numerals import read_number
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.phrases.tables import SITUATIONS, TALK, find_phrases
from matcher.reference.tables import read_table

_TEXTS = (
    "remarks",
    "care_text",
    "experience_text",
    "health_text",
    "skills_text",
    "wish_text",
    "wish_place_text",
    "certificates_text",
    "training_wish_text",
    "risk_reason",
)
PHRASE_TABLES = (SITUATIONS, TALK)
"""Phrases that decide what a person is owed, and phrases that only a talk with the person needs."""
_CARE_COLUMNS = frozenset({"情况说明", "家庭照料"})
_COUNT = r"(?P<count>\d{1,4}|[一二两三四五六七八九十百千]+|几)(?P<more>多|来|几|余)?"
_NOT_OWN = re.compile(
    r"给(?!自)[一-龥]{0,6}(?:养|放|看|喂|种)|(?:帮|替|跟)(?:人|别人|人家|老板)|卖(?:了|光|完|没|掉)|没了|转(?:出|让|租|包)(?:了|给|出)|包出去|以前|原来|曾|过去|听说|想(?:养|种)|打算|准备|没有|放得|一群|(?:牛|羊)场(?:打工|干|上班)"
)


@dataclass(frozen=True, slots=True)
class HerdSize:
    """From how many of what a household is taken to live on it."""

    pattern: re.Pattern[str]
    least: float


@lru_cache(maxsize=1)
def _private_codes() -> frozenset[str]:
    """Situations whose words are never shown."""
    return frozenset(row["code"] for row in read_table("situations") if row["private"] == "1")


@lru_cache(maxsize=1)
def _herd_sizes() -> tuple[HerdSize, ...]:
    """Rows of herd_sizes.csv with the count put in."""
    rows = read_table("herd_sizes")
    return tuple(HerdSize(re.compile(row["pattern"].replace("COUNT", _COUNT)), float(row["least"])) for row in rows)


def read_situations(cells: Cells) -> tuple[LinkedTerm, ...]:
    """Situations the texts state, one entry a code."""
    found: dict[str, LinkedTerm] = {}
    for term in _all(cells):
        known = found.get(term.code)
        evidence = term.evidence if known is None else tuple(dict.fromkeys(known.evidence + term.evidence))
        found[term.code] = LinkedTerm(term.code, evidence)
    return tuple(found[code] for code in sorted(found))


def _all(cells: Cells) -> Iterator[LinkedTerm]:
    """Situations cell by cell."""
    for cell in cells.get(*_TEXTS):
        for hit in chain.from_iterable(find_phrases(table, cell) for table in PHRASE_TABLES):
            for code in hit.codes:
                if code.startswith("CARE_") and cell.field not in _CARE_COLUMNS:
                    continue
                private = hit.private or code in _private_codes()
                yield LinkedTerm(code, (cell.evidence(hit.start, hit.end, private=private),))
        yield from _herds(cell)


def _herds(cell: Cell) -> Iterator[LinkedTerm]:
    """A herd, flock or field large enough to live on."""
    for size in _herd_sizes():
        for found in size.pattern.finditer(cell.text):
            first, last = cell.sentence(found.start(), found.end())
            if _NOT_OWN.search(cell.text[max(first, found.start() - 14) : min(last, found.end() + 10)]):
                continue
            if folded_polarity(cell.text, found.start(), found.end()) in {Polarity.NEGATED, Polarity.HEARSAY}:
                continue
            if (read_number(found["count"]) or 0) >= size.least:
                yield LinkedTerm("SELF_EMPLOYED", (cell.evidence(found.start(), found.end()),))
