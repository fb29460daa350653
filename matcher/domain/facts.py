"""A fact, the words it rests on, and whether it is known, unknown or contradicted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PhraseValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a fact rests on; `private` words are never shown, only the name of the column."""

    field: str
    words: str = ""
    private: bool = False
    start: int | None = None

    def shown(self) -> str:
        """What may be printed: the column and, where not private, its words."""
        return f"{self.field}：{self.words}" if self.words and not self.private else self.field


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value with its evidence; `value` None = unknown, `contradicted` = field and text disagree."""

    value: T | None = None
    evidence: tuple[Evidence, ...] = ()
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class LinkedTerm:
    """A phrase linked to a code of the lexicon, with how sure the link is, in (0, 1]."""

    code: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence as data: a code of the wording catalogue and its arguments; dates are ISO strings.

    Arguments named occupation, skill, constraint, division and the like hold codes; wording names them.
    `parts` are further clauses of the same sentence.
    """

    code: str
    args: dict[str, PhraseValue] | None = None
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Phrase, ...] = ()
