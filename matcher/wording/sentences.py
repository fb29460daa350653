"""A phrase in one language.

In: codes with arguments. Out: the sentence. Arguments whose name is a kind of reference (occupation, skill …)
are codes and are named through a look-up handed in; arguments that end in _on, _from, _until or `due` are ISO dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matcher.domain.facts import Phrase, PhraseValue
from matcher.wording.catalogue import Catalogue, load_catalogue

LANGUAGES = ("zh", "en", "mn")

NameLookup = Callable[[str, str, str], str]
"""(kind, code, language) → name, e.g. ("occupation", "welder", "zh") → 电焊工."""

REFERENCE_KINDS = {
    "occupation": "occupation",
    "wished": "occupation",
    "done": "occupation",
    "learnt": "skill",
    "skill": "skill",
    "certificate": "skill",
    "constraint": "constraint",
    "hazard": "hazard",
    "division": "division",
    "benefit": "benefit",
    "benefit_plain": "benefit_plain",
}
OPTIONAL = {"said": ("SAID", ""), "goal": ("GOAL", "GOAL_NONE"), "for_years": ("FOR_YEARS", "")}
"""Arguments that may be empty: the phrase that says them, and the one that stands in their place."""
ENUMERATIONS = {"education": "SCHOOLING", "vehicle": "RIDE", "flag": "FLAG", "fault": "FLAG", "bar": "BAR"}
"""Arguments that hold a member of an enumeration: the prefix of its names in the catalogue."""
_DATE_ENDINGS = ("_on", "_from", "_until")
CLAUSES = {"en": ", "}
"""What stands between the clauses of a sentence, "，" elsewhere."""
_LOOSE = re.compile(r"(?<=\S) +(?=[,.;:)]|$)|(?<= ) +")
"""Spaces that an empty argument leaves behind."""
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def separator_of(language: str) -> str:
    """What stands between the members of a list."""
    return ", " if language == "en" else "、"


def plain_date(value: str, language: str) -> str:
    """2026-06-24 → 2026年6月24日 or 24 Jun 2026; text that is no date stays as it is."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return value
    if language == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


class _Told(dict[str, str]):
    """Arguments of a sentence; one that a plan stored long ago does not have is said to be unknown."""

    def __init__(self, known: Mapping[str, str], text: Callable[[str], str]) -> None:
        super().__init__(known)
        self._text = text

    def __missing__(self, key: str) -> str:
        code = OPTIONAL[key][1] if key in OPTIONAL else "VALUE_NONE"
        return self._text(code) if code else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """All sentences of one language."""

    catalogue: Catalogue
    language: str
    names: NameLookup

    def say(self, phrase: Phrase) -> str:
        """The sentence of a phrase, its clauses joined."""
        said = self.text(phrase.code, **(phrase.args or {}))
        if not phrase.parts:
            return said
        return CLAUSES.get(self.language, "，").join((said, *map(self.say, phrase.parts)))

    def text(self, code: str, /, **args: PhraseValue) -> str:
        """The sentence of a code; an unknown code is an error of the program, not of the data."""
        template = self.catalogue.template(code, self.language)
        if template is None:
            raise KeyError(f"no sentence for {code}")
        if "{" not in template:
            return template
        sentence = template.format_map(_Told(self._shown(args), self.text))
        return _LOOSE.sub("", sentence) if self.language == "en" else sentence

    def has(self, code: str) -> bool:
        """Whether the catalogue knows a code."""
        return self.catalogue.template(code, self.language) is not None

    def _shown(self, args: Mapping[str, PhraseValue]) -> dict[str, str]:
        """Arguments as text: names for codes, dates as people write them, numbers without empty decimals."""
        return {key: self._one(key, value) for key, value in args.items()}

    def _one(self, key: str, value: PhraseValue) -> str:
        """One argument as text."""
        if key in OPTIONAL:
            full, empty = OPTIONAL[key]
            code = full if value else empty
            return self.text(code, words=value) if code else ""
        if isinstance(value, bool) or value is None:
            return self.text(f"VALUE_{value}".upper())
        if isinstance(value, float):
            return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}".removesuffix(".0")
        if isinstance(value, int):
            return str(value)
        kind = REFERENCE_KINDS.get(key)
        if kind is not None:
            return separator_of(self.language).join(self.names(kind, code, self.language) for code in value.split())
        if key == "suits":
            return separator_of(self.language).join(self.text(f"SUITS_{code}") for code in value.split())
        if key in ENUMERATIONS:
            return self.text(f"{ENUMERATIONS[key]}_{value}") if value else ""
        if key == "due" or key.endswith(_DATE_ENDINGS):
            return plain_date(value, self.language)
        return value


@lru_cache(maxsize=1)
def chinese() -> Wording:
    """The sentences as the log and the command line say them, for refusals that name nothing by its code."""
    return Wording(load_catalogue("matcher.wording"), "zh", lambda kind, code, language: code)
