"""What comes after an import of postings: those that are there already are merged, and the report says so.

In: an office whose new postings are stored. Out: notices. Where the database is busy the import stands as it is, and
the notice says how to compare later.
"""

from __future__ import annotations

from collections.abc import Callable

from jobs_feed.report import RowProblem
from jobs_feed.sameness.merging import Merged, merge_same
from matcher.domain.errors import StoreUnavailable
from matcher.domain.facts import Phrase
from matcher.office import Office

_FROM = 0.92
"""How far an import is when it begins to compare."""


def same_notices(
    office: Office, *, actor: str = "", progress: Callable[[float, str], None] | None = None
) -> tuple[RowProblem, ...]:
    """Merges new postings with those already there; what the report says of it."""

    def tell(share: float) -> None:
        if progress is not None:
            progress(_FROM + (1 - _FROM) * share, "IMPORT_STEP_SAME")

    try:
        done = merge_same(office, actor=actor, tell=tell)
    except StoreUnavailable:
        return (RowProblem(Phrase("IMPORT_SAME_LATER")),)
    return tuple(map(RowProblem, _phrases(done)))


def _phrases(done: Merged) -> list[Phrase]:
    """What was merged and what is asked, in words to come."""
    said = (("IMPORT_SAME", done.merged), ("IMPORT_SAME_ASK", done.asked))
    return [Phrase(code, {"count": count}) for code, count in said if count]
