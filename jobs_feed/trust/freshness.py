"""Whether postings are still fresh: which to call about first, what to ask, what came of it.

In: stored postings and the policy of the day. Out: the list for calling, the questions of one call, and its outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from matcher.domain.aftercare import Voice
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.incoming.trust import PostingCheck, Severity, Verification, VerifiedResult
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.live import last_seen
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store import StoredPosting, UnitOfWork


class Freshness(StrEnum):
    """How old what we know of a posting is."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Heard:
    """What people report of a posting: what, how many of them, and when last."""

    voice: Voice
    people: int
    on: date


@dataclass(frozen=True, slots=True)
class ToCall:
    """One posting to call about."""

    stored: StoredPosting
    freshness: Freshness
    seen: date | None
    """Last published or verified."""
    tried: date | None
    """Last day somebody tried to reach the employer."""
    heard: Heard | None = None
    """What slips say of it since it was last verified."""


def seen_on(stored: StoredPosting) -> date | None:
    """The last day a posting was published or verified, by the advert or by the office."""
    return max((day for day in (last_seen(stored.value), stored.checked_on) if day is not None), default=None)


def freshness(stored: StoredPosting, policy: PolicyAt) -> Freshness:
    """Expired by its deadline, stale by the policy, due for a call, or fresh."""
    posting, seen = stored.value, seen_on(stored)
    if posting.deadline is not None and posting.deadline < policy.on:
        return Freshness.EXPIRED
    if seen is None:
        return Freshness.DUE
    age = policy.on - seen
    if posting.deadline is None and age > timedelta(days=policy.whole("plan.stale_days")):
        return Freshness.STALE
    return Freshness.DUE if age > timedelta(days=policy.whole("trust.reverify_days")) else Freshness.FRESH


def calling_list(unit: UnitOfWork, policy: PolicyAt) -> list[ToCall]:
    """Open postings to call about: those slips report of, then those nobody has heard of longest."""
    voices = unit.aftercare.returns.voices()
    rows = []
    for one in unit.postings.all_for_planning():
        heard = _heard(one, voices)
        state = freshness(one, policy)
        if heard is not None and state is Freshness.FRESH:
            state = Freshness.DUE
        if state is not Freshness.FRESH:
            rows.append(ToCall(one, state, seen_on(one), None, heard))
    tried = unit.history.last_tried([row.stored.key for row in rows])
    told = [replace(row, tried=tried.get(row.stored.key)) for row in rows]
    return sorted(told, key=_urgency)


def _heard(stored: StoredPosting, voices: Mapping[int, tuple[Voice, int, date]]) -> Heard | None:
    """What slips say of a posting, unless somebody has called since."""
    if stored.key not in voices:
        return None
    heard = Heard(*voices[stored.key])
    return None if stored.checked_on is not None and stored.checked_on >= heard.on else heard


def _urgency(row: ToCall) -> tuple[bool, date, str, int]:
    """Reported ones first, then the longest unseen; never-seen ones before all of these."""
    return row.heard is None, row.seen or date.min, row.stored.value.ref, row.stored.key


def phone_script(posting: Posting, facts: PostingFacts, check: PostingCheck | None) -> tuple[Phrase, ...]:
    """What to ask on the telephone: what is stated is confirmed, what is missing is asked, what was found is put."""
    lines = [Phrase("CALL_HELLO", {"employer": posting.employer, "title": posting.title}), Phrase("CALL_STILL")]
    lines.append(
        Phrase("CALL_OPENINGS", {"openings": posting.openings}) if posting.openings else Phrase("CALL_HOW_MANY")
    )
    stated = facts.wage is not None and bool(posting.wage_text.strip())
    lines.append(Phrase("CALL_PAY", {"text": posting.wage_text}) if stated else Phrase("CALL_PAY_UNKNOWN"))
    if not posting.hours_text and facts.shift.value is None:
        lines.append(Phrase("CALL_HOURS"))
    if facts.lodging.value is None and not posting.board_text:
        lines.append(Phrase("CALL_BOARD"))
    if facts.insurance.value is None and facts.contract.value is None:
        lines.append(Phrase("CALL_CONTRACT"))
    if posting.deadline is None:
        lines.append(Phrase("CALL_UNTIL"))
    lines += list(_about_flags(check))
    return (*lines, Phrase("CALL_NO_FEES"), Phrase("CALL_WHO"))


def _about_flags(check: PostingCheck | None) -> Iterable[Phrase]:
    """What was found in the advert, put as a question."""
    if check is None:
        return ()
    asked = (Severity.HOLD, Severity.LETTER)
    return (
        Phrase("CALL_FLAG", {"fault": flag.code, "words": flag.evidence[0].shown()})
        for flag in check.flags
        if flag.severity in asked and flag.evidence
    )


def record_call(office: Office, done: Verification, *, actor: str) -> None:
    """Keeps a call or visit; filled and gone postings close, the rest stand as they are."""
    if done.on > office.today():
        raise InputRefused("核实日期不能晚于今天；没有保存")
    with office.unit(actor) as unit:
        stored = unit.postings.get(done.posting_key)
        unit.history.verify(done)
        if stored.state in {PostingState.OPEN, PostingState.HELD}:
            if done.result is VerifiedResult.FILLED:
                unit.postings.set_state(done.posting_key, PostingState.FILLED, why="FILLED_SAID")
            elif done.result is VerifiedResult.GONE:
                unit.postings.set_state(done.posting_key, PostingState.WITHDRAWN, why="GONE_SAID")
        unit.audit.note("verify_posting", subject=f"posting:{done.posting_key}", fields=done.result.value)
