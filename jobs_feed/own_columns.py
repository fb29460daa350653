"""An office's own columns, taken from a file it hands in: its headers, in its order, in the forms its cells have.

In: any spreadsheet and the ledger it is to be. Out: columns for a profile; nothing of the file is kept, least of all
what stands in its cells.
"""

from __future__ import annotations

from pathlib import Path

from jobs_feed.columns import field_named
from jobs_feed.report import FileRefused
from jobs_feed.sources import read_file
from jobs_feed.tables import KnownNames, Table, find_tables
from matcher.domain.service.ledgers import LedgerKind, ProfileColumn
from matcher.ledgers.profiles import column_for, from_header

KIND = "workers"
_SAMPLES = 20


def columns_of_file(path: Path, ledger: LedgerKind) -> tuple[ProfileColumn, ...]:
    """The columns of the table that looks most like the ledger; FileRefused where nothing does."""
    names = KnownNames(lambda header: _code_of(ledger, header), frozenset(), frozenset())
    found = [table for sheet in read_file(path).sheets if sheet.rows for table in find_tables(sheet, names)]
    best = max(found, key=lambda table: table.recognised, default=None)
    if best is None or not best.recognised:
        raise FileRefused("LEDGER_FILE_STRANGE")
    return _columns(best, ledger)


def read_back(header: str) -> bool:
    """Whether an import elsewhere knows a header without being told."""
    return bool(field_named(KIND, header))


def _code_of(ledger: LedgerKind, header: str) -> str:
    """The column of a ledger a header means, "" where none."""
    column = column_for(ledger, header, field_named(KIND, header))
    return column.code if column is not None else ""


def _columns(table: Table, ledger: LedgerKind) -> tuple[ProfileColumn, ...]:
    """The named columns of a table."""
    named = [(index, header) for index, header in enumerate(table.headers) if header]
    headers = [" ".join(header.split()) for _, header in named]
    fields = [field_named(KIND, header) for header in headers]
    samples = [table.samples(index, count=_SAMPLES) for index, _ in named]
    return from_header(ledger, headers, fields, samples)
