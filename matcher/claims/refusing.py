"""Why a step of a claim or a notice cannot be taken, as a code with its sentence.

In: a code of wording/claims.csv and its arguments. Out: the refusal to be raised.
"""

from __future__ import annotations

from matcher.domain.service.claim import ClaimRefused
from matcher.wording import chinese


def refused(code: str, **args: str | int) -> ClaimRefused:
    """The refusal of a code."""
    return ClaimRefused(code, chinese().text(code, **args), args)
