"""Questions and answers, found by the words people use.

In: what somebody types, dialect and small slips included. Out: questions, the best first; offers likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from matcher.domain.service.policies.catalogue import Item, QuestionAnswer, Visibility
from matcher.reading.folding import fold
from matcher.reference.offers import shipped_questions
from matcher.reference.tables import read_table
from matcher.store import UnitOfWork

LIKE = 62.0
"""From here on two wordings are called alike, of 100."""


def questions_of(unit: UnitOfWork, *, public: bool = False) -> list[QuestionAnswer]:
    """Every question with its newest answer, in order; `public` leaves out what is for staff only."""
    newest = {asked.code: asked for asked in (*shipped_questions(), *unit.catalogue.questions.all())}
    standing = [asked for asked in newest.values() if not asked.gone]
    return [one for one in standing if one.visibility is Visibility.PUBLIC] if public else standing


def plain_words(text: str) -> str:
    """A text as it is compared: folded, dialect turned into the common word, no particles."""
    folded = fold(text.strip().lower()).text
    for row in read_table("policy_words"):
        folded = folded.replace(row["said"], row["means"])
    return folded


def find_questions(asked: Sequence[QuestionAnswer], text: str, *, most: int = 20) -> list[QuestionAnswer]:
    """The questions that are meant, the best first; everything where nothing is typed."""
    if not text.strip():
        return list(asked)
    scored = _ranked([(one.question.zh, one.question.en, one.answer.zh, *one.asked_as) for one in asked], text)
    return [asked[place] for place in scored[:most]]


def find_items(items: Sequence[Item], text: str) -> list[Item]:
    """The offers that are meant, the best first; everything where nothing is typed."""
    if not text.strip():
        return list(items)
    asked_as = _asked_of_items()
    words = [(one.title.zh, one.title.en, one.plain.zh, *asked_as.get(one.code, ())) for one in items]
    return [items[place] for place in _ranked(words, text)]


def _asked_of_items() -> dict[str, list[str]]:
    """How people ask for an offer, from the questions that name it."""
    said: dict[str, list[str]] = {}
    for asked in shipped_questions():
        for code in asked.items:
            said.setdefault(code, []).extend((asked.question.zh, *asked.asked_as))
    return said


def _ranked(words: Sequence[Iterable[str]], text: str) -> list[int]:
    """The places of the records whose words are like a text, the most alike first."""
    wanted = plain_words(text)
    best: dict[int, float] = {}
    for place, said in enumerate(words):
        folded = [plain_words(one) for one in said if one]
        found = process.extractOne(wanted, folded, scorer=_alike)
        if found is not None and found[1] >= LIKE:
            best[place] = found[1]
    return sorted(best, key=lambda place: (-best[place], place))


def _alike(one: str, other: str, **_: object) -> float:
    """How alike two wordings are, of 100: one inside the other, else letters in common and in order."""
    if one and one in other:
        return 100.0
    short = min(len(one), len(other))
    return (
        fuzz.ratio(one, other) if short < 3 else max(fuzz.partial_ratio(one, other), fuzz.token_set_ratio(one, other))
    )
