"""An office with the sample of a size in it.

In: an empty folder, a size, the day. Out: the office, opened; whoever asked for it closes it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.office import Office, OfficeConfig, init_office


def sample_office(folder: Path, size: str, on: date | None = None) -> Office:
    """The sample, imported on a day, today if none is said."""
    config = OfficeConfig(home=folder / "data", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config)
    day = on or office.today()
    files = write_sample(folder / "sample", size=size, as_of=day)
    for kind in ("postings", "training", "workers"):
        run_import(office, kind, getattr(files, kind), as_of=day)
    return office
