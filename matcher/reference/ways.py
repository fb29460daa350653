"""What is offered beside a person's own work: which simple work goes with which background.

In: ways.csv and the backgrounds of families.csv. Out: `Ways`, shares in [0, 1] of families by background.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from matcher.reference.tables import read_table

NOTHING_KNOWN = "none"
"""The column beside the backgrounds: nothing known, or everything welcome."""
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Ways:
    """`share[family][column]`: how often work of a family is offered to people of a background."""

    columns: tuple[str, ...]
    share: Mapping[str, Mapping[str, float]]

    def of(self, family: str, column: str) -> float:
        """A share; nought where the table has no line for the family."""
        return self.share.get(family, {}).get(column, 0.0)


@lru_cache(maxsize=1)
def load_ways() -> Ways:
    """The table that ships with the program."""
    rows = read_table("ways")
    columns = tuple(name for name in rows[0] if name != "family")
    share = {row["family"]: {name: int(row[name]) / _TENTHS for name in columns} for row in rows}
    return Ways(columns=columns, share=share)


def bad_ways(ways: Ways, families: Mapping[str, str]) -> list[str]:
    """Everything wrong with the table, given the background of every family."""
    return [*_unknown(ways, families), *_out_of_range(ways), *_better_unknown(ways, families)]


def _unknown(ways: Ways, families: Mapping[str, str]) -> Iterator[str]:
    """Families or backgrounds that one table has and the other has not."""
    yield from (f"ways: unknown family {family}" for family in ways.share if family not in families)
    apart = set(ways.columns) - {NOTHING_KNOWN}
    yield from (f"{name}: unknown background {found}" for name, found in families.items() if found not in apart)
    yield from (f"ways: nobody has the background {name}" for name in sorted(apart - set(families.values())))


def _out_of_range(ways: Ways) -> Iterator[str]:
    """Shares outside [0, 1]."""
    for family, line in ways.share.items():
        yield from (f"ways: {family} {name} {share}" for name, share in line.items() if not 0 <= share <= 1)


def _better_unknown(ways: Ways, families: Mapping[str, str]) -> Iterator[str]:
    """Families that are offered less to their own people than to somebody nothing is known of."""
    for family in ways.share:
        if family in families and ways.of(family, families[family]) < ways.of(family, NOTHING_KNOWN):
            yield f"ways: {family} is offered less to {families[family]} than to whom nothing is known of"
