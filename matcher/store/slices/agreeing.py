"""What becomes of one record out of a slice: pure, and the same on both sides.

In: digests of what the file says, what stands here, and what either office last took in from the other. Out: a Step.
The common ground is what was taken in last, whichever of the two took it; a change on one side only is taken, a change
on both is a conflict. Nothing that somebody decided is replaced by a file whose sender did not know of the decision.
"""

from __future__ import annotations

from enum import StrEnum

from matcher.store.slices.records import Agreed


class Step(StrEnum):
    """What is done with a record."""

    OLDER = "older"
    """This file of that office, or a later one, was taken in already."""
    SAME = "same"
    KEEP = "keep"
    """Unchanged there."""
    GONE = "gone"
    """Unchanged there, and taken away here since."""
    NEW = "new"
    TAKE = "take"
    CONFLICT = "conflict"


def step(incoming: str, here: str | None, *, number: int, known: Agreed | None, told: Agreed | None) -> Step:
    """What to do; `known` = what we took in from that office, `told` = what that office took in from us."""
    if known is not None and number <= known.number:
        return Step.OLDER
    if incoming == here:
        return Step.SAME
    told_last = told is not None and (known is None or told.own_number >= known.number)
    ground = told if told_last else known
    if ground is None:
        return Step.NEW if here is None else Step.CONFLICT
    if incoming == ground.digest:
        return Step.GONE if here is None else Step.KEEP
    if here is None:
        return Step.NEW
    if known is not None and known.decided and told is not None and told_last and told.number <= known.own_number:
        return Step.CONFLICT
    return Step.TAKE if here == ground.digest else Step.CONFLICT
