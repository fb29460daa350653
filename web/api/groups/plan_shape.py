"""The shape of a plan: the file formats, section 4, and what is said beside it.

In: nothing. Out: structs; a plan that does not have this shape is an error of ours, never an answer.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from matcher.domain.plan import GuidanceMode, Track
from web.api.declared import Count, Named


class PlannedWorker(Struct):
    """Whose plan it is."""

    ref: str
    name: str
    village: str


class Strength(Struct):
    """What speaks for somebody, and the words it rests on."""

    text: str
    evidence: str


class PlanStep(Struct):
    """Who does what by when."""

    due: str
    who: str
    text: str


class Guidance(Struct):
    """The one guidance session."""

    starts_at: str | None
    minutes: Count
    place: str
    guide: str
    mode: GuidanceMode
    opening: str
    strengths: list[Strength]
    obstacles: list[Named]
    steps: list[PlanStep]
    avoid: list[str]
    bring: list[str]
    say: str


class Reason(Struct):
    """One line of a scorecard; the effects of one part sum to that part."""

    code: str
    part: Literal["fit", "wish"]
    effect: float
    text: str
    evidence: str


class PlannedPosting(Struct):
    """One of the three postings."""

    rank: Count
    posting: str
    title: str
    employer: str
    place: str
    distance_km: float | None
    score: float
    fit: float
    wish: float
    reasons: list[Reason]
    cautions: list[Named]


class Unlocks(Struct):
    """What a class opens."""

    postings: Count
    gain: float


class PlannedClass(Struct):
    """The one class."""

    project: str
    title: str
    reasons: list[Named]
    unlocks: Unlocks


class Opened(Struct):
    """What would open more postings."""

    code: str
    text: str
    postings: Count


class Missing(Struct):
    """How many of the three are missing, and what would help."""

    missing: Count
    relaxations: list[Opened]


class Entitled(Struct):
    """One policy, three-valued."""

    code: str
    state: Literal["yes", "no", "unknown"]
    text: str
    question: str


class Plan(Struct):
    """The plan of one person, as `job131 plan --format json` writes it."""

    worker: PlannedWorker
    track: Track
    track_reasons: list[Named]
    questions: list[str]
    guidance: Guidance | None
    matches: list[PlannedPosting]
    training: PlannedClass | None
    training_none: Named | None
    shortfall: Missing
    policy: list[Entitled]
    made_on: str
    valid_until: str
