"""A regular expression → characters without which it cannot match.

In: a pattern as spelled. Out: groups of characters; of every group one at least stands in any text the pattern matches
in. Whatever is not understood here (categories, wide ranges, back references) only gives no group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

Group = frozenset[str]
DIGITS: Group = frozenset("0123456789")
_WIDEST_RANGE = 64
"""Characters of a range; of a wider one nearly every text holds one."""
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_KEPT = 4
"""Groups of a part; the smallest say most."""


def needed(spelled: str) -> tuple[Group, ...]:
    """The groups of one pattern, the smallest first."""
    parsed = import_module("re._parser").parse(spelled)
    if parsed.state.flags & (re.IGNORECASE | re.LOCALE | re.VERBOSE):
        return ()
    return tuple(_smallest(_of_sequence(parsed)))


def _smallest(groups: Iterable[Group]) -> list[Group]:
    """The groups that say most, each once."""
    return sorted(dict.fromkeys(groups), key=len)[:_KEPT]


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Iterator[Group]:
    """What parts that all have to match need."""
    for code, argument in parts:
        yield from _of_part(str(code), argument)


def _of_part(code: str, argument: Any) -> Iterable[Group]:
    """What one part needs."""
    if code == "LITERAL":
        return (frozenset(chr(argument)),)
    if code == "IN":
        return _of_set(argument)
    if code == "BRANCH":
        return _of_any([_smallest(_of_sequence(one)) for one in argument[1]])
    if code == "SUBPATTERN":
        return () if argument[1] else _of_sequence(argument[3])
    if code == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if code in _REPEATS:
        return _of_sequence(argument[2]) if argument[0] else ()
    return _of_sequence(argument[1]) if code == "ASSERT" else ()


def _of_any(alternatives: Sequence[Sequence[Group]]) -> list[Group]:
    """What parts of which one has to match need: a group of each together."""
    if not all(alternatives):
        return []
    most = max(len(groups) for groups in alternatives)
    return [frozenset().union(*(groups[min(at, len(groups) - 1)] for groups in alternatives)) for at in range(most)]


def _of_set(members: Iterable[tuple[Any, Any]]) -> tuple[Group, ...]:
    """The characters of a set such as [包管], none where it says what is not meant."""
    found: set[str] = set()
    for code, argument in members:
        name = str(code)
        if name == "LITERAL":
            found.add(chr(argument))
        elif name == "RANGE" and argument[1] - argument[0] < _WIDEST_RANGE:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif name == "CATEGORY" and str(argument) == "CATEGORY_DIGIT":
            found |= DIGITS
        else:
            return ()
    return (frozenset(found),)
