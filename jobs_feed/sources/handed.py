"""A file on disk, or sheets that came another way: what an import is told to take.

In: either. Out: its name, its sheets, its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jobs_feed.sources.upload import ReadFile, read_file


@dataclass(frozen=True, slots=True)
class Handed:
    """Sheets read already, e.g. the pages of a feed."""

    name: str
    digest: str
    read: ReadFile
    whole: bool = True
    """Whether who is not named in it is missing; False of single records, which say nothing of others."""
    emptied: frozenset[str] = frozenset()
    """Columns of which it says that nothing is known any more; elsewhere what is empty says nothing."""


Source = Path | Handed


def open_source(source: Source, cancelled: Callable[[], bool] | None = None) -> ReadFile:
    """The sheets of a source."""
    return source.read if isinstance(source, Handed) else read_file(source, cancelled=cancelled)


def digest_of(source: Source) -> str:
    """SHA-256 of what was handed in."""
    if isinstance(source, Handed):
        return source.digest
    with source.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
