"""One guidance session put together: when, where, who, what is said, and the dated steps after it.

In: a person's situation and the start that was free. Out: a GuidanceSession.
"""

from __future__ import annotations

from matcher.domain.plan import GuidanceMode, GuidanceSession, Track
from matcher.guidance import (
    MOST_SHOWN,
    Situation,
    avoid,
    bring,
    interview_sentence,
    obstacles,
    opening,
    pay_against_wish,
    steps,
    strengths,
)


def hold_session(case: Situation, starts_at: str) -> GuidanceSession:
    """The session of one person."""
    met = obstacles(case) if case.track is not Track.SCHOOL_RETURN else []
    codes = [code for code, _ in met]
    worker = case.worker
    away = case.situations.get("AWAY") is not None
    mode = GuidanceMode.PHONE if away else GuidanceMode.VISIT if worker.guide_name else GuidanceMode.WINDOW
    return GuidanceSession(
        starts_at=starts_at,
        minutes=case.policy.whole("guidance.minutes"),
        place=case.place,
        guide=worker.guide_name,
        guide_phone="",
        mode=mode,
        strengths=strengths(case),
        obstacles=tuple(phrase for _, phrase in met[:MOST_SHOWN]),
        steps=steps(case, codes),
        avoid=avoid(case, codes),
        opening=opening(case),
        pay=pay_against_wish(case),
        bring=bring(case),
        say=interview_sentence(case),
    )
