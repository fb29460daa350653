"""Phrases that no alias covers, for staff to place in the lexicon.

In: short phrases as people wrote them, with what they were meant to name. Out: `Suggestion`s, the commonest first,
each with the nearest alias and its code; a suggestion is a question, nothing is placed by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from matcher.reading.folding import fold
from matcher.reading.linking import PHRASE_LENGTH, Kind, Linker

SURE = 0.75
"""A title linked with less confidence was linked by likeness alone and is worth a look."""
_PRIVATE = re.compile(r"[0-9]{5,}|@")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase `seen` so many times, and the nearest alias with its likeness in [0, 1]; code "" = nothing near."""

    phrase: str
    kind: Kind
    seen: int
    code: str
    near: str
    likeness: float


def is_unknown(phrase: str, kind: Kind, linker: Linker) -> bool:
    """Whether the lexicon has no sure word for a phrase."""
    found = linker.best(phrase, kind)
    return found is None or found.confidence < SURE


def suggest(phrases: Iterable[tuple[str, Kind]], linker: Linker, *, least: float = 0.3) -> list[Suggestion]:
    """The unknown phrases, commonest first; equal but for width, case and blanks counts as one phrase."""
    seen: Counter[tuple[str, Kind]] = Counter()
    for text, kind in phrases:
        core = fold(text.strip()).text
        if 2 <= len(core) <= PHRASE_LENGTH and not _PRIVATE.search(core):
            seen[core, kind] += 1
    unknown = [(phrase, kind, count) for (phrase, kind), count in seen.items() if is_unknown(phrase, kind, linker)]
    found = [_placed(phrase, kind, count, linker, least) for phrase, kind, count in unknown]
    return sorted(found, key=lambda item: (-item.seen, -item.likeness, item.kind, item.phrase))


def _placed(phrase: str, kind: Kind, seen: int, linker: Linker, least: float) -> Suggestion:
    """A phrase beside the alias it is most like, if any."""
    codes = linker.aliases(kind)
    near = process.extractOne(phrase, codes.keys(), scorer=fuzz.ratio, score_cutoff=least * 100)
    if near is None:
        return Suggestion(phrase, kind, seen, "", "", 0.0)
    return Suggestion(phrase, kind, seen, codes[near[0]], near[0], round(near[1] / 100, 2))
