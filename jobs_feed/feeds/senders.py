"""Whose postings a feed brings: its own sender's, or, from another instance, those of the senders named there.

In: gathered sheets. Out: one batch a sender. What another source has stored here under the same sender and reference is
never overwritten from outside: such rows are left out and named.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from jobs_feed.cells import CellValue, SheetRows, plain
from jobs_feed.report import RowProblem
from matcher.domain.facts import Phrase

REFERENCE, OTHER_REFERENCE, SENDER = "编号", "ref", "sender"
_OWN_KEYS = frozenset({OTHER_REFERENCE, SENDER, "source_ref"})
LONGEST_SENDER = 80


@dataclass(slots=True)
class Batch:
    """The rows of one sender."""

    sender: str
    sheets: list[SheetRows] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    notices: list[RowProblem] = field(default_factory=list)


def own_batch(sender: str, sheets: list[SheetRows]) -> list[Batch]:
    """All rows under the sender of the feed."""
    return [Batch(sender, sheets)] if any(sheet.rows for sheet in sheets) else []


def batches_by_sender(default: str, sheets: list[SheetRows], strangers: Set[tuple[str, str]]) -> list[Batch]:
    """The rows of another instance by the sender each names; `strangers` are stored here by somebody else."""
    batches: dict[str, Batch] = {}
    for sheet in sheets:
        if not sheet.rows:
            continue
        headers = [plain(cell) for cell in sheet.rows[0][1]]
        for number, cells in sheet.rows[1:]:
            values = dict(zip(headers, cells, strict=False))
            sender = plain(values.get(SENDER))[:LONGEST_SENDER] or default
            ref = plain(values.get(REFERENCE)) or plain(values.get(OTHER_REFERENCE))
            batch = batches.setdefault(sender, Batch(sender))
            if (sender, ref) in strangers:
                batch.notices.append(RowProblem(Phrase("FEED_NOT_ITS_OWN"), sheet.name, number, REFERENCE, ref[:40]))
                continue
            if ref:
                batch.refs.add(ref)
            _take(batch, sheet.name, headers, number, values, ref)
    return list(batches.values())


def _take(batch: Batch, name: str, headers: list[str], number: int, values: dict[str, CellValue], ref: str) -> None:
    """One row under the columns of its sheet, its reference under 编号."""
    kept = [REFERENCE, *(header for header in headers if header not in _OWN_KEYS and header != REFERENCE)]
    if not batch.sheets or [plain(cell) for cell in batch.sheets[-1].rows[0][1]] != kept:
        batch.sheets.append(SheetRows(name, rows=[(0, kept)]))
    batch.sheets[-1].rows.append((number, [ref, *(values.get(header) for header in kept[1:])]))
