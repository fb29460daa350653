"""Short aliases that are only a piece of another word: 电工 in 机电工程, 公岗 in 办公岗位.

In: a text and where an alias was found in it. Out: whether the alias stands there as a word of its own;
large and small Latin letters are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from matcher.reference.tables import read_table


@dataclass(frozen=True, slots=True)
class Guard:
    """An alias with this ending is no word of its own beside these characters."""

    ending: str
    not_before: frozenset[str]
    not_after: frozenset[str]

    def forbids(self, found: str, before: str, after: str) -> bool:
        """Whether the neighbours of what was found make it a piece of another word."""
        return found.endswith(self.ending) and (before in self.not_before or after in self.not_after)


@lru_cache(maxsize=1)
def _guards() -> dict[str, tuple[Guard, ...]]:
    """The table that ships with the program, by the last character of the ending."""
    found: dict[str, tuple[Guard, ...]] = {}
    for row in read_table("alias_guards"):
        ending = row["ending"].lower()
        guard = Guard(ending, frozenset(row["not_before"].lower()), frozenset(row["not_after"].lower()))
        found[ending[-1]] = (*found.get(ending[-1], ()), guard)
    return found


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, an alias, is a word there and not a piece of a longer one."""
    guards = _guards().get(text[end - 1 : end].lower())
    if guards is None:
        return True
    found, before, after = (
        part.lower() for part in (text[start:end], text[max(start - 1, 0) : start], text[end : end + 1])
    )
    return not any(guard.forbids(found, before, after) for guard in guards)
