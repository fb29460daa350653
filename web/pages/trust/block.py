"""What the page of a posting says of trust: flags, verifications, history, and what the account may do.

In: a unit of work and a stored posting. Out: the values of the block.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.division import lies_within
from matcher.domain.incoming.trust import PostingEvent, Verification
from matcher.domain.posting import PostingState
from matcher.office import StoredPosting, UnitOfWork
from web.auth import allowed, scope
from web.pages.presentation import day_text
from web.pages.trust.checks import ShownFlag, shown_flags
from web.pages.trust.employers import BYS
from web.pages.trust.fresh import HOWS, RESULTS
from web.phrases import t

CLOSED = frozenset({PostingState.FILLED, PostingState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class TrustBlock:
    """The block on the page of a posting."""

    flags: tuple[ShownFlag, ...]
    cleared: bool
    verified: str
    verifications: tuple[Verification, ...]
    events: tuple[PostingEvent, ...]
    may_act: bool
    """The account decides about postings of this place."""
    closed: bool
    open: bool
    hows: tuple[str, ...] = HOWS
    results: tuple[str, ...] = RESULTS
    bys: tuple[str, ...] = BYS


def trust_block(unit: UnitOfWork, stored: StoredPosting) -> TrustBlock:
    """Everything about the trust in one posting."""
    return TrustBlock(
        flags=shown_flags(stored.value, unit.checks.get(stored.key)),
        cleared=stored.cleared,
        verified=verified_line(stored),
        verifications=tuple(unit.history.verifications(stored.key)),
        events=tuple(unit.history.events(stored.key)),
        may_act=allowed("checks.hold_one") and lies_within(stored.value.place.code, scope().division),
        closed=stored.state in CLOSED,
        open=stored.state is PostingState.OPEN,
    )


def verified_line(stored: StoredPosting) -> str:
    """“Verified on … by …, by telephone”: the newest of what the advert and the office say."""
    posting = stored.value
    if stored.checked_on is not None and (posting.verified_on is None or stored.checked_on >= posting.verified_on):
        how = t(f"HOW_{stored.checked_how.value}") if stored.checked_how else ""
        return t("PAGE_VERIFIED_LINE", day=day_text(stored.checked_on), by=stored.checked_by, how=how)
    if posting.verified_on is None and not posting.verified_by:
        return t("PAGE_NOT_VERIFIED")
    return t("PAGE_VERIFIED_LINE", day=day_text(posting.verified_on), by=posting.verified_by, how="")
