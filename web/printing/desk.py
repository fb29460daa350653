"""Where printed files wait to be fetched.

In: the key of a printing. Out: the path of its file. What was printed can be made again from the store at any time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from web.tasks import waiting_in

if TYPE_CHECKING:
    from matcher.domain.papers.records import Printing
    from matcher.office import OfficeConfig


def file_of(config: OfficeConfig, printing: Printing) -> Path:
    """Where the file of a printing lies, or will."""
    return folder_of(config) / f"{printing.key}.{printing.ending}"


def folder_of(config: OfficeConfig) -> Path:
    """The folder of the waiting files."""
    return waiting_in(config, "papers")
