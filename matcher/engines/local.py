"""This machine as an engine.

In: parts and work. Out: answers, one part after the other; the work itself uses all cores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.parts import Answer, Held, Here, cores_for


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Everything in this process; more than one part only shows that parts change nothing."""

    parts: int = 1
    name: str = "local"

    def blocks(self, people: int) -> int:
        """As many parts as asked for."""
        return self.parts

    def shares(self, people: int) -> int:
        """As many parts as asked for, or a core's each where there are people enough."""
        return self.parts if self.parts > 1 else cores_for(people)

    def map(self, work: Callable[..., Answer], parts: Iterator[object], *told: object) -> Iterator[Answer]:
        """One part after the other."""
        return (work(part, *told) for part in parts)

    def hold(self, make: Callable[..., object], parts: Iterator[object], *told: object) -> Held:
        """The parts, here."""
        return Here([make(part, *told) for part in parts])
