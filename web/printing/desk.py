"""Where printed files wait to be fetched: a folder only its owner can read, emptied after a day.

In: the key of a printing. Out: the path of its file. What was printed can be made again from the store at any time.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.domain.papers.records import Printing
    from matcher.office import OfficeConfig

FOLDER = "papers"
KEPT_SECONDS = 24 * 3600


def file_of(config: OfficeConfig, printing: Printing) -> Path:
    """Where the file of a printing lies, or will."""
    return folder_of(config) / f"{printing.key}.{printing.ending}"


def folder_of(config: OfficeConfig) -> Path:
    """The folder of the waiting files."""
    folder = config.home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def clear_old(config: OfficeConfig) -> None:
    """Deletes what nobody fetched within a day, and drafts of processes that died."""
    for path in folder_of(config).iterdir():
        if path.is_file() and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
