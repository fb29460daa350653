"""The columns of the ledgers, one row of columns.csv each.

In: columns.csv. Out: `Column`s by ledger, with where their value comes from and how far it may be seen.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from matcher.domain.service.ledgers import LedgerKind, Mask


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `field` is the field of a roster it is read back into, "" where it is told only outwards."""

    ledger: LedgerKind
    code: str
    zh: str
    en: str
    source: str
    mask: Mask
    form: str
    field: str
    width: int

    def name(self, language: str) -> str:
        """What the column is called."""
        return self.en if language == "en" else self.zh


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this package."""
    text = files("matcher.ledgers").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str, str], str]:
    """(kind, code) → the word the forms use."""
    return {(row["kind"], row["code"]): row["zh"] for row in table("codes")}


def word(kind: str, code: str) -> str:
    """The word of a code, "" where there is none."""
    return _codes().get((kind, code), "")


@lru_cache(maxsize=1)
def _all() -> tuple[Column, ...]:
    """Every column of every ledger."""
    return tuple(
        Column(
            LedgerKind(row["ledger"]),
            row["code"],
            row["zh"],
            row["en"],
            row["source"],
            Mask(row["mask"]),
            row["form"],
            row["field"],
            int(row["width"]),
        )
        for row in table("columns")
    )


@lru_cache(maxsize=len(LedgerKind))
def columns_of(ledger: LedgerKind) -> tuple[Column, ...]:
    """The columns of a ledger, in order."""
    return tuple(column for column in _all() if column.ledger is ledger)


def column_of(ledger: LedgerKind, code: str) -> Column | None:
    """The column of a code, None for an unknown one."""
    return next((column for column in columns_of(ledger) if column.code == code), None)
