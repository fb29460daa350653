"""Tables of texts and what is to be read in them; each holds true and tempting cases.

In: a CSV of tests/…/cases (text, expect, field). Out: cases, and how many of them are true and how many tempting.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

NOTHING = ("none", "single", "one")


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what is expected of it, and the column it stands in ("" = the usual one of the table)."""

    text: str
    expect: str
    field: str = ""

    @property
    def tempting(self) -> bool:
        """Whether nothing may be read, or not what the words look like."""
        words = self.expect.split()
        return self.expect in NOTHING or all(word.startswith("~") for word in words)

    def wanted(self) -> set[str]:
        """The codes that must be read."""
        return {word for word in self.expect.split() if not word.startswith("~") and word not in NOTHING}

    def barred(self) -> set[str]:
        """The codes that must not be read."""
        return {word[1:] for word in self.expect.split() if word.startswith("~")}


def cases_of(table: Path) -> list[Case]:
    """The cases of one table; “\\n” in a text stands for a new line."""
    with table.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["text"].replace("\\n", "\n"), row["expect"], row.get("field") or "")
            for row in csv.DictReader(file)
        ]


def label(case: Case) -> str:
    """A name for a case in a report of tests."""
    return f"{case.text[:24]}→{case.expect}"
