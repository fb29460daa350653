"""Where two texts differ, stretch by stretch, so that a page can mark it.

In: two texts. Out: for each its stretches in order, with whether the other one lacks them.
"""

from __future__ import annotations

from rapidfuzz.distance import Indel

MOST = 2_000
"""Characters looked at; the rest is shown unmarked."""
SMALL = 2
"""Equal stretches between two differences that are shorter are marked along."""

Stretch = tuple[str, bool]


def differences(one: str, other: str) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches of two texts, each with whether it stands in this one only."""
    first, second = one[:MOST], other[:MOST]
    steps = Indel.opcodes(first, second)
    ours, theirs = [False] * len(first), [False] * len(second)
    for step in steps:
        if step.tag != "equal":
            ours[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
            theirs[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return _stretches(first, ours, one[MOST:]), _stretches(second, theirs, other[MOST:])


def _stretches(text: str, marks: list[bool], rest: str) -> list[Stretch]:
    """Characters with marks as stretches; a short equal one between two marked ones is marked too."""
    runs: list[tuple[str, bool]] = []
    for character, marked in zip(text, marks, strict=True):
        if runs and runs[-1][1] == marked:
            runs[-1] = (runs[-1][0] + character, marked)
        else:
            runs.append((character, marked))
    joined: list[tuple[str, bool]] = []
    for at, (piece, marked) in enumerate(runs):
        between = 0 < at < len(runs) - 1 and len(piece) < SMALL
        marked = marked or between
        if joined and joined[-1][1] == marked:
            joined[-1] = (joined[-1][0] + piece, marked)
        else:
            joined.append((piece, marked))
    if rest:
        joined.append((rest, False))
    return joined
