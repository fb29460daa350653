"""Why a step of a claim or a notice cannot be taken, as a code with its sentence.

In: a code of wording/claims.csv and its arguments. Out: the refusal to be raised.
"""

from __future__ import annotations

from functools import lru_cache

from matcher.domain.service.claim import ClaimRefused
from matcher.wording import Wording, load_catalogue


@lru_cache(maxsize=1)
def _words() -> Wording:
    """The sentences in the language of the office."""
    return Wording(load_catalogue("matcher.wording"), "zh", lambda kind, code, language: code)


def refused(code: str, **args: str | int) -> ClaimRefused:
    """The refusal of a code."""
    return ClaimRefused(code, _words().text(code, **args), args)
