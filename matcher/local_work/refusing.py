"""A refusal that can be said in any language.

In: a code of wording/local_work.csv and its arguments. Out: an `InputRefused` with the Chinese line, and the phrase.
"""

from __future__ import annotations

from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase, PhraseValue
from matcher.wording import chinese


class LocalRefused(InputRefused):
    """Nothing was stored, and why."""

    def __init__(self, code: str, **args: PhraseValue) -> None:
        self.phrase = Phrase(code, args)
        super().__init__(chinese().say(self.phrase))
