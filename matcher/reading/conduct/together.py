"""Misconduct that is told in several words apart: a sum and its return, a country and its lure.

In: a clear text. Out: the codes whose anchor is meant, with where its words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matcher.reference.tables import read_table

_BEFORE, _AFTER = 24, 36
"""Characters around an anchor in which the rest is looked for; a full stop or a new line ends it on both sides."""
AMOUNT = (
    r"(?:(?<![\d.:-])\d{1,5}(?:\.\d{1,2})?(?:百|千|万)?(?:多)?(?:元|块钱?|圆)?(?![\d:点年月日号岁人名天个里度吨斤%.、)-])"
    r"|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万]{1,7}(?<![一二两三四五六七八九])(?:[一二两三四五六七八九](?=元|块))?(?:多)?(?:元|块钱?|圆|钱)?(?![个名天月年人岁日里]))"
)
_STOP = re.compile(r"[。!！\n]")


@dataclass(frozen=True, slots=True)
class Together:
    """One row of conduct_together.csv."""

    code: str
    needs: frozenset[str]
    """One of these characters must stand in the text for the anchor to be found."""
    anchor: re.Pattern[str]
    first: re.Pattern[str] | None
    second: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Anchors near which everything else stands."""
        for match in self.anchor.finditer(text):
            before, after = _sides(text, match.start(), match.end())
            around = f"{before}{match[0]}{after}"
            if self.unless is not None and self.unless.search(around):
                continue
            needed = (self.first, self.second)
            if all(one is None or one.search(after) or _before(one, before) for one in needed):
                yield match


def _before(pattern: re.Pattern[str], before: str) -> bool:
    """Whether something stands before an anchor; what has to follow it (^) never does."""
    return not pattern.pattern.startswith("^") and pattern.search(before) is not None


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place, each within its sentence and a few characters."""
    before = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _STOP.split(text[end : end + _AFTER])[0]
    return before, after


def _pattern(spelled: str) -> re.Pattern[str] | None:
    """A cell of the table as a pattern."""
    return re.compile(spelled.replace("<amount>", AMOUNT)) if spelled else None


@lru_cache(maxsize=1)
def rows_together() -> tuple[Together, ...]:
    """The rows of conduct_together.csv."""
    names = ("first", "second", "unless")
    return tuple(
        Together(
            row["code"],
            frozenset(row["needs"]),
            re.compile(row["anchor"].replace("<amount>", AMOUNT)),
            *(_pattern(row[n]) for n in names),
        )
        for row in read_table("conduct_together")
    )
