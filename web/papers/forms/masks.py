"""How a person is named, by whose hands the paper goes into.

In: a whole name and an audience. Out: the name as far as it may stand there.
"""

from __future__ import annotations

from enum import StrEnum

HIDDEN = "*"


class Audience(StrEnum):
    """Whose hands a paper goes into."""

    WORKER = "worker"
    EMPLOYER = "employer"
    PUBLIC = "public"
    INTERNAL = "internal"


def masked_name(name: str, audience: Audience) -> str:
    """张三丰 → 张* for an employer, 张*丰 for the public, whole for the person and the office."""
    if audience in {Audience.WORKER, Audience.INTERNAL} or not name:
        return name
    if audience is Audience.EMPLOYER:
        return name[0] + HIDDEN
    return name[0] + HIDDEN * max(1, len(name) - 2) + (name[-1] if len(name) > 2 else "")
