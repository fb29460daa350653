"""What an employer must not do: fees, deposits, papers kept, pyramids, lures abroad, clothing charges.

In: the passages of an advert. Out: codes with the words, for staff to look at; “无押金” says the opposite and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from matcher.domain.facts import LinkedTerm
from matcher.reading.passages import Passage
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_DENIED = re.compile(rf"{words('conduct.denied')}[^,。;!\n]{{0,10}}\Z")
_DENIED_AFTER = re.compile(rf"^[^,。;\n]{{0,6}}?{words('conduct.denied_after')}")
_WARNING_AFTER = re.compile(r"^[^。\n]{0,14}(?:退还客户|退给客户|举报|骗|诈骗|违法|拒绝|小心|警惕)")
_ONLY_IF = re.compile(rf"^[^,。;\n]{{0,6}}{words('conduct.only_if')}")
_DUTY = re.compile(rf"{words('conduct.duty')}[^。;\n]{{0,10}}\Z")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of conduct_words.csv."""
    return tuple((row["code"], re.compile(row["pattern"])) for row in read_table("conduct_words"))


def read_conduct(texts: Iterable[Passage]) -> tuple[LinkedTerm, ...]:
    """Each kind of misconduct once, with the first words that say it."""
    found: dict[str, LinkedTerm] = {}
    for passage in texts:
        for code, pattern in _patterns():
            if code not in found:
                term = _first(code, pattern, passage)
                if term is not None:
                    found[code] = term
    return tuple(found.values())


def _first(code: str, pattern: re.Pattern[str], passage: Passage) -> LinkedTerm | None:
    """The first place where a pattern is meant."""
    for match in pattern.finditer(passage.text):
        if _meant(passage.text, match):
            return LinkedTerm(code, (passage.evidence(*match.span()),))
    return None


def _meant(text: str, match: re.Match[str]) -> bool:
    """Whether the words are asked of applicants, not denied, warned of or part of the work."""
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 18]
    if _ONLY_IF.match(after) and re.search(r"不[^,。;]{0,4}$", before):
        return True
    return not (
        _DENIED.search(before) or _DENIED_AFTER.match(after) or _WARNING_AFTER.match(after) or _DUTY.search(before)
    )
