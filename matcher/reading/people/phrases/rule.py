"""One rule about a phrase: the words that call for it, its pattern, its codes and how denial counts.

In: rows of a reference table. Out: compiled rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.domain.errors import ReferenceInvalid
from matcher.reading.wordlists import spelled

JUDGED = frozenset({"noun", "phrase", "fact", "ill"})
"""noun = the words around may deny it, phrase = the phrase itself is a denial, fact = nothing unsays it,
ill = an ailment: only the words right before deny it, it may be healed or somebody else's."""


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """One row of a table."""

    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    codes: tuple[str, ...]
    judged: str
    unless: re.Pattern[str] | None
    private: bool
    near: bool = False
    """Whether `unless` is looked for in the clause alone and not in the whole sentence."""


def rule_of_row(table: str, row: dict[str, str]) -> PhraseRule:
    """One row of a table of patterns."""
    if row["judged"] not in JUDGED or not row["keys"]:
        raise ReferenceInvalid(f"{table}.csv：{row['pattern']} 的 keys 或 judged 无效", ref=table)
    return PhraseRule(
        keys=tuple(row["keys"].split()),
        pattern=re.compile(spelled(row["pattern"])),
        codes=tuple(row["codes"].split()),
        judged=row["judged"],
        unless=re.compile(spelled(row["unless"])) if row["unless"] else None,
        private=row["private"] == "1",
    )
