"""What comes after an import of postings: those that are there already are merged, and the report says so.

In: an office whose new postings are stored. Out: the report with notices. Where the database is busy the import stands
as it is, and the notice says how to compare later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jobs_feed.report import ImportReport, RowProblem
from jobs_feed.sameness.merging import Merged, merge_same
from matcher.domain.errors import StoreUnavailable
from matcher.domain.facts import Phrase
from matcher.office import Office


def with_same(
    office: Office, report: ImportReport, *, actor: str = "", progress: Callable[[float, str], None] | None = None
) -> ImportReport:
    """Merges new postings with those already there; the report with what it says of that."""

    def tell(share: float) -> None:
        if progress is not None:
            progress(share, "IMPORT_STEP_SAME")

    try:
        phrases = _phrases(merge_same(office, actor=actor, tell=tell))
    except StoreUnavailable:
        phrases = [Phrase("IMPORT_SAME_LATER")]
    tell(1.0)
    return replace(report, notices=(*report.notices, *map(RowProblem, phrases)))


def _phrases(done: Merged) -> list[Phrase]:
    """What was merged and what is asked, in words to come."""
    said = (("IMPORT_SAME", done.merged), ("IMPORT_SAME_ASK", done.asked))
    return [Phrase(code, {"count": count}) for code, count in said if count]
