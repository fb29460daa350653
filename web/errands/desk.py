"""Where errands say how far they are, and where their files wait: a folder only its owner can read.

In: the key of an errand. Out: its share done, whether it lives, whether somebody wants it to stop; the file that came
and the file that waits to be fetched. A file beside the database, because one long transaction would hide a row.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.domain.errors import Cancelled
from web.tasks import waiting_in

if TYPE_CHECKING:
    from matcher.office import OfficeConfig

FOLDER = "errands"
SILENT_SECONDS = 120
"""An errand at work that says nothing for this long has died."""
STOPPED = "已按要求停止，什么都没有改变"


def folder_of(config: OfficeConfig) -> Path:
    """The folder of the errands."""
    return waiting_in(config, FOLDER)


def brought(config: OfficeConfig, key: int) -> Path:
    """The file somebody handed in with the order."""
    return folder_of(config) / f"{key}.in"


def made(config: OfficeConfig, key: int) -> Path:
    """The file that waits to be fetched."""
    return folder_of(config) / f"{key}.j131"


def share_of(config: OfficeConfig, key: int) -> float:
    """How far an errand is."""
    try:
        return float(_sign(config, key).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0.0


def lives(config: OfficeConfig, key: int) -> bool:
    """Whether an errand was heard of lately."""
    try:
        return time.time() - _sign(config, key).stat().st_mtime < SILENT_SECONDS
    except OSError:
        return False


def beat(config: OfficeConfig, key: int) -> None:
    """Says that an errand lives."""
    _sign(config, key).touch(mode=0o600)


def tell(config: OfficeConfig, key: int, share: float) -> None:
    """Says how far an errand is; Cancelled where somebody wants it to stop."""
    _sign(config, key).write_text(f"{share:.3f}", encoding="ascii")
    if _stop(config, key).exists():
        raise Cancelled(STOPPED)


def ask_to_stop(config: OfficeConfig, key: int) -> None:
    """Somebody wants an errand to stop."""
    _stop(config, key).touch(mode=0o600)


def clear(config: OfficeConfig, key: int) -> None:
    """Away with the signs and the file that came, once it is over."""
    for path in (_sign(config, key), _stop(config, key), brought(config, key)):
        path.unlink(missing_ok=True)


def _sign(config: OfficeConfig, key: int) -> Path:
    """The file that says how far it is."""
    return folder_of(config) / f"{key}.share"


def _stop(config: OfficeConfig, key: int) -> Path:
    """The file that asks it to stop."""
    return folder_of(config) / f"{key}.stop"
