"""How well pairs are judged: `python -m tests.jobs_feed.sameness.judge` prints precision and recall of both halves.

In: labelled pairs. Out: `Figures`; “maybe” asks a person and counts as not merged.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jobs_feed.sameness.compare import compare
from matcher.domain.incoming.sameness import Verdict
from tests.jobs_feed.sameness.pairs import Pair, advert, worked_with
from tests.jobs_feed.sameness.pairs_held_out import fourth, held_out, last, third
from tests.jobs_feed.sameness.real_pairs import real


@dataclass(slots=True)
class Figures:
    """Pairs by truth and verdict, and those judged wrongly."""

    counts: Counter[tuple[bool, Verdict]] = field(default_factory=Counter)
    wrong: list[tuple[Pair, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the pairs merged, those that are one job."""
        merged = self.counts[True, Verdict.SAME] + self.counts[False, Verdict.SAME]
        return self.counts[True, Verdict.SAME] / max(merged, 1)

    @property
    def recall(self) -> float:
        """Of the pairs that are one job, those merged."""
        same = sum(count for (truth, _), count in self.counts.items() if truth)
        return self.counts[True, Verdict.SAME] / max(same, 1)

    def line(self, name: str) -> str:
        """One line of figures."""
        same = sum(count for (truth, _), count in self.counts.items() if truth)
        asked = self.counts[True, Verdict.MAYBE], self.counts[False, Verdict.MAYBE]
        return (
            f"{name}: {self.counts.total()} pairs, {same} of them one job; precision {self.precision:.4f}, "
            f"recall {self.recall:.4f}; a person asked about {asked[0]} same and {asked[1]} different\n"
        )


def judged(pairs: Sequence[Pair]) -> Figures:
    """The figures of pairs."""
    figures = Figures()
    for pair in pairs:
        result = compare(advert(pair.one, 1), advert(pair.other, 2))
        figures.counts[pair.same, result.verdict] += 1
        if pair.same != (result.verdict is Verdict.SAME):
            grounds = " ".join(f"{ground.code}{ground.points:+.0f}" for ground in result.grounds)
            figures.wrong.append((pair, f"{result.verdict} {result.score:.0f} {grounds}"))
    return figures


def told(pair: Pair, why: str) -> str:
    """A pair judged wrongly, on a line."""
    parts = (str(pair.same), pair.kind, pair.one.title, pair.other.title, pair.one.employer, pair.other.employer, why)
    return " | ".join(parts) + "\n"


HALVES: dict[str, Callable[[], list[Pair]]] = {
    "worked with": worked_with,
    "second look": held_out,
    "third look": third,
    "fourth look": fourth,
    "held out": last,
    "real adverts": real,
}

if __name__ == "__main__":
    for name, pairs in HALVES.items():
        found = judged(pairs())
        sys.stdout.write(found.line(name))
        if "-v" in sys.argv:
            sys.stdout.writelines(told(pair, why) for pair, why in found.wrong)
