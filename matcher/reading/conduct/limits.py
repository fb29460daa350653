"""Limits an advert may not set without a lawful ground: marriage, children, hepatitis B, birthplace.

In: the passages of an advert. Out: codes with the words. Never matched by; the employer gets a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from matcher.domain.facts import LinkedTerm
from matcher.reading.conduct.disguise import clear
from matcher.reading.conduct.once import each_once
from matcher.reading.passages import Passage
from matcher.reading.sifting import Sieve
from matcher.reference.tables import read_table


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    """The rows of limit_words.csv: what says it, and what around it says otherwise."""
    return tuple(
        (row["code"], re.compile(row["pattern"]), re.compile(row["unless"]) if row["unless"] else None)
        for row in read_table("limit_words")
    )


@lru_cache(maxsize=1)
def _sieve() -> Sieve:
    """How the rows that can match in a text are found."""
    return Sieve([pattern.pattern for _, pattern, _ in _patterns()])


def read_limits(texts: Iterable[Passage]) -> tuple[LinkedTerm, ...]:
    """Each kind of limit once, with the first words that say it."""
    return each_once(texts, _told)


@lru_cache(maxsize=4096)
def _told(passage: Passage) -> tuple[LinkedTerm, ...]:
    """Each kind of limit one passage sets."""
    found: dict[str, LinkedTerm] = {}
    text = clear(passage)
    for code, pattern, unless in (_patterns()[number] for number in _sieve().fitting(text.text)):
        if code in found:
            continue
        for match in pattern.finditer(text.text):
            around = text.text[max(0, match.start() - 8) : match.end() + 10]
            if unless is None or not unless.search(around):
                found[code] = LinkedTerm(code, (text.evidence(*match.span()),))
                break
    return tuple(found.values())
