"""A folder of backups: each named by its moment, the oldest let go.

In: a folder. Out: where the next backup goes; only files named so are ever dropped.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from matcher.domain.localtime import LOCAL_TIME

_NAMED = re.compile(r"job131-\d{4}-\d{2}-\d{2}-\d{6}\.zip")


def place_in(folder: Path, moment: datetime) -> Path:
    """The file for a backup of that moment, by the clock of Tongliao."""
    return folder / f"job131-{moment.astimezone(LOCAL_TIME):%Y-%m-%d-%H%M%S}.zip"


def drop_older(folder: Path, keep: int) -> int:
    """Lets all but the newest go, by their names; how many went."""
    own = sorted(path for path in folder.iterdir() if _NAMED.fullmatch(path.name))
    for path in own[:-keep]:
        path.unlink()
    return len(own[:-keep])
