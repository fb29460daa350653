"""Numbers people type into these forms.

In: fields of the form of this request. Out: numbers; what is none is refused in plain words.
"""

from __future__ import annotations

import math

from matcher.domain.errors import InputRefused
from web.forms import typed
from web.phrases import t

MOST = 1_000_000


def typed_count(name: str) -> int:
    """A whole number that is not negative; empty is 0."""
    text = typed(name, limit=12)
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > MOST:
        raise InputRefused(t("SETTLED_BAD_COUNT", value=text))
    return int(text)


def typed_number(name: str) -> float | None:
    """A number that may have a fraction; empty is None."""
    text = typed(name, limit=12)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as wrong:
        raise InputRefused(t("SETTLED_BAD_NUMBER", value=text)) from wrong
    if not math.isfinite(value) or abs(value) > MOST:
        raise InputRefused(t("SETTLED_BAD_NUMBER", value=text))
    return value
