"""What is known of employers, looked up by credit code, else by name.

In: marks, complaints, fairs and recorded intermediaries of the store, the policy of the day. Out: `EmployerBook`, which
knows the record of a posting's employer without asking the store again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from jobs_feed.trust.intermediary import intermediary_words
from matcher.domain.incoming.trust import EmployerMark, EmployerRecord, employer_key
from matcher.domain.posting import Posting
from matcher.policy import PolicyAt
from matcher.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class EmployerBook:
    """Marks in force and complaints that count, by credit code and by name."""

    marks: dict[str, EmployerMark] = field(default_factory=dict)
    complaints: Counter[str] = field(default_factory=Counter)
    empty_fairs: Mapping[str, int] = field(default_factory=dict)
    """Name → fairs it stood at without an offer to anybody."""
    recorded: frozenset[str] = frozenset()
    """Names and codes of intermediaries whose record stands."""

    def record(self, posting: Posting) -> EmployerRecord:
        """What is known of the employer of a posting; a code and a name of one complaint count once."""
        code, name = posting.uscc, employer_key(posting.employer)
        mark = (self.marks.get(code) if code else None) or self.marks.get(name)
        count = max(self.complaints[code] if code else 0, self.complaints[name])
        return EmployerRecord(mark, count, self.empty_fairs.get(name, 0), self._is_recorded(posting))

    def _is_recorded(self, posting: Posting) -> bool:
        """Whether an intermediary that passes a posting on is recorded."""
        if not intermediary_words(posting):
            return False
        names = {employer_key(name) for name in (posting.employer, posting.sender, posting.source)}
        return not (names | {posting.uscc}).isdisjoint(self.recorded)


def employer_book(unit: UnitOfWork, policy: PolicyAt) -> EmployerBook:
    """The book of a day."""
    marks: dict[str, EmployerMark] = {}
    for mark in unit.employers.marks():
        if mark.stands_on(policy.on):
            marks.setdefault(employer_key(mark.name), mark)
            if mark.uscc:
                marks.setdefault(mark.uscc, mark)
    since = policy.on - timedelta(days=policy.whole("trust.complaint_days"))
    complaints: Counter[str] = Counter()
    told, recorded = unit.employers.told_and_recorded(since=since, on=policy.on)
    for name, code in told:
        complaints.update({name, code} - {""})
    return EmployerBook(marks, complaints, unit.fairs.booths.without_hire(), recorded)
