"""What never stands on a paper: numbers of identity cards, illness, poverty, record, debts.

In: a sentence about the person. Out: the sentence, or a neutral one in its place that says it is told face to face.
Adverts are public and pass; the wording already avoids these words, this is the net below it.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

_BETWEEN = "；;。，,、"
_CLAUSE = re.compile(r"[^；;。，,]+[；;。，,]*")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


@lru_cache(maxsize=1)
def _forbidden() -> re.Pattern[str]:
    """Any of the words that are left unsaid."""
    text = files("web.papers").joinpath("never_on_paper.csv").read_text(encoding="utf-8")
    entries = [row["word"] for row in csv.DictReader(text.splitlines())]
    return re.compile("|".join(re.escape(word) for word in sorted(entries, key=len, reverse=True)), re.IGNORECASE)


def is_discreet(sentence: str) -> bool:
    """Whether a sentence may stand on a paper that is handed out."""
    return _forbidden().search(sentence) is None and _ID_NUMBER.search(sentence) is None


def discreet_clauses(text: str) -> str:
    """The words of an advert without the clauses that may not stand on a paper, such as whom a scheme is for."""
    if is_discreet(text):
        return text
    clauses = [clause for clause in _CLAUSE.findall(text) if is_discreet(clause)]
    return "".join(clauses).strip().rstrip(_BETWEEN)
