"""How surely a title is understood, in one word.

In: a confidence in (0, 1] and the policy of the day. Out: 大, 中 or 小, or the like in another language.
"""

from __future__ import annotations

from matcher.policy import PolicyAt
from web.phrases import t


def surety_word(confidence: float, policy: PolicyAt) -> str:
    """大, 中 or 小."""
    if confidence >= policy.number("title.sure"):
        return t("PAGE_SURE_HIGH")
    return t("PAGE_SURE_MIDDLE" if confidence >= policy.number("title.likely") else "PAGE_SURE_LOW")
