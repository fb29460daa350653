"""How claims stand on a page.

In: kinds, amounts, clocks. Out: words, and where a bar begins and ends.
"""

from __future__ import annotations

from datetime import date

from matcher.claims.kinds import kinds, topics
from matcher.domain.service.timer import Stretch
from web.phrases import language, t


def kind_name(code: str) -> str:
    """What is claimed, in the language of the page."""
    kind = kinds().get(code)
    return kind.name(language()) if kind else code


def topic_name(code: str, matter: str = "") -> str:
    """What a notice is about, and which list of it."""
    topic = topics().get(code)
    name = topic.name(language()) if topic else code
    return f"{name} · {matter_name(matter)}" if matter else name


def matter_name(matter: str) -> str:
    """What a line of a notice says: a kind of claim, a school term, or words of its own."""
    year, _, season = matter.partition("-")
    if season in {"spring", "autumn"}:
        return t(f"GRAD_TERM_{season.upper()}", year=year)
    return kind_name(matter) if matter in kinds() else matter


def yuan_text(yuan: int | None) -> str:
    """An amount, or that the office has to enter it."""
    return t("PAGE_CLAIM_YUAN_OPEN") if yuan is None else t("PAGE_CLAIM_YUAN", yuan=f"{yuan:,}")


def progress(stretch: Stretch, on: date) -> int:
    """How much of the way to the full months has been gone, 0–100."""
    whole = max((stretch.reached_on - stretch.since).days, 1)
    return max(0, min(100, round(100 * (min(on, stretch.reached_on) - stretch.since).days / whole)))
