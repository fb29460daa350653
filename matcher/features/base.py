"""What a feature is.

In: pairs. Out: values in [0, 1] with NaN for unknown; and for one pair, the finding that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from matcher.columns import Pairs, PostingRow, Vocabulary, WorkerRow
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence, PhraseValue
from matcher.domain.match import Part


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a feature has its value for one pair: a wording code, its arguments and the words it rests on."""

    code: str
    args: dict[str, PhraseValue] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Sight:
    """One pair, seen whole: the records, what travel takes, and the value of the feature now described."""

    worker: WorkerRow
    posting: PostingRow
    vocabulary: Vocabulary
    km: float | None
    minutes: int | None
    within_day: bool
    same_township: bool
    same_county: bool
    age: float | None
    cover: float
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Feature:
    """A line of a scorecard; its weight stands in the policy under weights.<part>.<name>."""

    name: str
    part: Part
    func: Callable[[Pairs], Floats]
    describe: Callable[[Sight], Finding]
