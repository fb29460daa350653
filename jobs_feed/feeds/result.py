"""What a pull did.

In: the reports of its imports and what was withdrawn. Out: `PullResult`, as sentences or as the JSON line of the
contract.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from jobs_feed.report import ImportReport, RowProblem, entry
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import FeedState
from matcher.wording import Wording

FAILED, REFUSED_ROWS = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PullResult:
    """The outcome of one feed."""

    feed: str
    state: FeedState
    phrase: Phrase
    rows: int = 0
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: int = 0
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[RowProblem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 done or put off, 1 failed or waiting for a person, 3 done with refused rows."""
        if self.state in {FeedState.FAILED, FeedState.NEEDS_LOOK}:
            return FAILED
        return REFUSED_ROWS if self.problems else 0

    def message(self, wording: Wording) -> str:
        """The outcome in one sentence."""
        return wording.say(self.phrase)

    def json_line(self, wording: Wording) -> str:
        """One line for machines."""
        line = {
            "feed": self.feed,
            "state": self.state.value,
            "stored": self.stored,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "withdrawn": self.withdrawn,
            "rows": self.rows,
            "errors": [entry(problem, wording) for problem in self.problems],
            "notices": [entry(notice, wording) for notice in self.notices],
            "message": self.message(wording),
        }
        return msgspec.json.encode(line).decode()

    def with_report(self, report: ImportReport) -> PullResult:
        """The same with what one import did added."""
        return replace(
            self,
            rows=self.rows + report.rows,
            stored=self.stored + report.stored,
            updated=self.updated + report.updated,
            unchanged=self.unchanged + report.unchanged,
            refused=self.refused + report.refused_rows,
            problems=(*self.problems, *report.problems),
            notices=(*self.notices, *report.notices),
        )

    def told(self) -> PullResult:
        """The same with its figures as its sentence."""
        figures = {
            "rows": self.rows,
            "stored": self.stored,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "withdrawn": self.withdrawn,
            "refused": self.refused,
        }
        return replace(self, phrase=Phrase("FEED_DONE", dict(figures)))
