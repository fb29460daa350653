"""What each flag does and on what it rests; the list is flags.csv, dated, for staff to read.

In: the code of a flag. Out: its severity and its basis (a code of the wording).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from matcher.domain.errors import ReferenceInvalid
from matcher.domain.facts import Evidence, PhraseValue
from matcher.domain.incoming.trust import Flag, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of flags.csv."""

    severity: Severity
    since: date
    basis: str


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules by the code of their flag."""
    text = files("jobs_feed.trust").joinpath("flags.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines(), strict=True):
        if None in row.values() or row["code"] in found:
            raise ReferenceInvalid(f"flags.csv：{row['code']} 缺列或重复", ref=row["code"])
        found[row["code"]] = Rule(Severity(row["severity"]), date.fromisoformat(row["since"]), row["basis"])
    return found


def flag(code: str, evidence: tuple[Evidence, ...] = (), **args: PhraseValue) -> Flag:
    """A flag of the severity its rule says."""
    return Flag(code, rules()[code].severity, evidence, args or None)
