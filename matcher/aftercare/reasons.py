"""The reasons a slip offers, from reference/refusal_reasons.csv.

In: nothing. Out: each reason with the answers it goes with, what it says of the person, its key, and its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from matcher.domain.aftercare import SlipRefused, Voice
from matcher.domain.answer import AnswerKind
from matcher.reference.tables import read_table

NEARER, PAY, OCCUPATION, FOUND, VOICE = "nearer", "pay", "occupation", "found", "voice"
EFFECT_WORDS = ("", NEARER, PAY, OCCUPATION, FOUND, VOICE)
VOICES = {"FULL": Voice.FULL, "UNREACHABLE": Voice.UNREACHABLE}
"""What a reason reports of the posting."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason; `said` are the words a slip has for it."""

    code: str
    kinds: frozenset[AnswerKind]
    effect: str
    key: str
    said: str
    of_class: bool = False
    """Whether it may be given against a class too."""


@lru_cache(maxsize=1)
def reasons() -> dict[str, Why]:
    """All reasons by code, in the order of the slip."""
    return {
        row["code"]: Why(
            row["code"],
            frozenset(AnswerKind(kind) for kind in row["kinds"].split()),
            row["effect"],
            row["key"],
            row["said"],
            bool(row["class"]),
        )
        for row in read_table("refusal_reasons")
    }


CLASS_KINDS = (AnswerKind.WANTED, AnswerKind.NOT_WANTED, AnswerKind.CALLED, AnswerKind.STARTED)
"""What may be answered to a class."""


def class_reasons() -> tuple[Why, ...]:
    """The reasons that may be given against a class: those that say nothing of pay, employer or kind of work."""
    return tuple(one for one in reasons_of(AnswerKind.NOT_WANTED) if one.of_class)


def reasons_of(kind: AnswerKind) -> tuple[Why, ...]:
    """The reasons that go with an answer."""
    return tuple(one for one in reasons().values() if kind in one.kinds)


def checked(kind: AnswerKind, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes that go with an answer, each once, in the order of the slip; InputRefused for any other."""
    allowed = {one.code for one in reasons_of(kind)}
    wrong = [code for code in codes if code not in allowed]
    if wrong:
        raise SlipRefused("SLIP_WRONG_WHY", "有一个原因和这个答复对不上；没有保存，请重新勾选")
    return tuple(code for code in reasons() if code in codes)
