"""A plan said in one language.

In: a stored plan, the wording, the office, the case. Out: its sentences, with what must not stand on paper left unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.facts import Phrase, PhraseValue
from matcher.domain.plan import ServicePlan
from matcher.wording import Wording
from web.papers.context import CaseMark, PaperContext
from web.papers.discretion import is_discreet


def joined(wording: Wording, sentences: Iterable[str]) -> str:
    """Sentences on one line."""
    between = wording.text("PAPER_PAUSE") + (" " if wording.language == "en" else "")
    return between.join(sentences)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A plan, said in one language, with what must not stand on paper left unsaid."""

    plan: ServicePlan
    wording: Wording
    context: PaperContext
    case: CaseMark

    def text(self, code: str, /, **args: PhraseValue) -> str:
        """A sentence of the papers."""
        return self.wording.text(code, **args)

    def say(self, phrase: Phrase) -> str:
        """A sentence about the person, or that it is told face to face."""
        sentence = self.wording.say(phrase)
        return sentence if is_discreet(sentence) else self.text("PAPER_SAID_ALOUD")

    def say_all(self, phrases: Sequence[Phrase]) -> list[str]:
        """Sentences about the person, each once."""
        return list(dict.fromkeys(self.say(phrase) for phrase in phrases))

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences on one line."""
        return joined(self.wording, sentences)

    def day(self, iso: str) -> str:
        """A date as people write it."""
        return self.text("PAPER_DAY", day_on=iso)

    def short_day(self, code: str, iso: str, **args: PhraseValue) -> str:
        """A sentence about a day of this season, which needs no year."""
        day = date.fromisoformat(iso)
        return self.text(code, month=day.month, day=day.day, **args)
