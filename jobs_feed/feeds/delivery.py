"""What a feed delivered against what it delivered before: what is gone, what is back, what asks a person.

In: what it held so far, the references of this pull. Out: `Shrunken`, or postings withdrawn and reopened inside the
transaction that stores the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from jobs_feed.filing import AnyDesk, PostingDesk
from jobs_feed.report import ImportReport
from jobs_feed.sources import ReadFile
from jobs_feed.staging import Staged
from matcher.domain.incoming.feed import FeedMember
from matcher.domain.posting import PostingState
from matcher.store import UnitOfWork

GONE_NOTE = "FEED_GONE"
"""The note on a posting that was withdrawn because its feed no longer holds it."""
Pair = tuple[str, str]
Finish = Callable[[UnitOfWork, ImportReport], None]
_PART = re.compile(r"#\d+$")
"""The second and further jobs of an advert: 编号#2."""
_LIVE = {PostingState.OPEN, PostingState.HELD}


class Shrunken(Exception):
    """A feed that lost more than a person has to be asked about."""

    def __init__(self, lost: int, held: int) -> None:
        super().__init__(f"{lost} of {held}")
        self.lost, self.held = lost, held


@dataclass(slots=True)
class Delivery:
    """One whole pull: what it names, and what follows from that."""

    feed_key: int
    members: Mapping[Pair, FeedMember]
    complete: bool
    share: float
    accepted_loss: int = 0
    """The loss a person accepted."""
    named: set[Pair] = field(default_factory=set)
    """Postings this pull names, refused rows included."""
    unsure: bool = False
    """Whether a refused row named no reference, so that nobody knows which posting it was."""
    withdrawn: int = 0
    reopened: int = 0

    def note(self, sender: str, staged: Staged, desk: AnyDesk) -> None:
        """What one import names."""
        if isinstance(desk, PostingDesk):
            self.named |= {(sender, ref) for ref in desk.refs}
        self.unsure = self.unsure or "" in staged.refused
        self.note_refused(sender, staged.refused)

    def note_refused(self, sender: str, refs: Iterable[str]) -> None:
        """A refused row still names its posting, and every posting its advert was split into."""
        adverts = {ref for ref in refs if ref}
        self.named |= {pair for pair in self.members if pair[0] == sender and _PART.sub("", pair[1]) in adverts}

    def missing(self) -> list[FeedMember]:
        """Postings the feed held and no longer names."""
        return [one for pair, one in self.members.items() if not one.gone and pair not in self.named]

    def guard(self) -> None:
        """Asks a person where too much is missing at once."""
        if not self.complete:
            return
        held = sum(not one.gone for one in self.members.values())
        lost = len(self.missing())
        if lost > self.share * held and lost > self.accepted_loss:
            raise Shrunken(lost, held)

    def settle(self, unit: UnitOfWork) -> None:
        """Withdraws what is gone, reopens what is back, remembers what was delivered."""
        senders = {sender for sender, _ in [*self.members, *self.named]}
        standing = unit.feeds.owners(senders)
        changed = [FeedMember(*pair) for pair in self.named if pair not in self.members and pair in standing]
        for pair in self.named & self.members.keys():
            member = self.members[pair]
            if not member.gone:
                continue
            found = standing.get(pair)
            if found and member.state_before and found.state is PostingState.WITHDRAWN and found.note == GONE_NOTE:
                unit.postings.set_state(found.key, PostingState(member.state_before))
                self.reopened += 1
            changed.append(FeedMember(*pair))
        if self.complete and not self.unsure:
            changed += self._withdraw(unit)
        unit.feeds.note_members(self.feed_key, changed)

    def _withdraw(self, unit: UnitOfWork) -> list[FeedMember]:
        """What only this feed held and no longer does."""
        elsewhere = unit.feeds.held_elsewhere(self.feed_key)
        standing = unit.feeds.owners({one.sender for one in self.missing()})
        gone = []
        for member in self.missing():
            pair = (member.sender, member.ref)
            found = standing.get(pair)
            before = ""
            if found and found.state in _LIVE and pair not in elsewhere:
                unit.postings.set_state(found.key, PostingState.WITHDRAWN, note=GONE_NOTE)
                self.withdrawn += 1
                before = found.state.value
            gone.append(FeedMember(member.sender, member.ref, gone=True, state_before=before))
        return gone


@dataclass(slots=True)
class BesideRows:
    """The feed's part in the import of its rows."""

    delivery: Delivery
    sender: str
    finish: Finish
    """Called inside the transaction that stores the rows."""
    delivered: ReadFile
    """The rows as they came; let go once they are understood, because many of them weigh much."""

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """Before anything is stored."""
        self.delivered.sheets.clear()
        self.delivery.note(self.sender, staged, desk)
        self.delivery.guard()

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """With the rows."""
        self.finish(unit, report)
