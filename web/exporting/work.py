"""The process of one large ledger: `python -m web.exporting.work KEY`.

In: the key of an order that waits. Out: the file in a folder only its owner can read, emptied after a day, or nothing;
a killed process is noticed by its silence and the order can be given again.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.domain.errors import Job131Error
from web.observing.work import run_logged
from web.tasks import clear_old, start_process, waiting_in

if TYPE_CHECKING:
    from matcher.domain.service.ledgers import Export
    from matcher.office import Office, OfficeConfig

LOG = logging.getLogger("job131.exporting")
FOLDER = "ledgers"


def file_of(config: OfficeConfig, export: Export) -> Path:
    """Where the file of an export lies, or will."""
    return waiting_in(config, FOLDER) / f"{export.key}.{export.ending}"


def start_export(config: OfficeConfig, key: int) -> None:
    """Start the process of an order and go on."""
    start_process(config, "web.exporting.work", str(key), name=f"ledger-{key}")


def resume_exports(office: Office) -> None:
    """At the start of a server: exports whose process died are closed, orders that still wait are begun."""
    from matcher.ledgers.exporting import DIED

    with office.unit() as unit:
        unit.ledgers.exports.close_silent(DIED)
        waiting = unit.ledgers.exports.waiting()
    for key in waiting:
        start_export(office.config, key)


def work_off_export(office: Office, key: int) -> int:
    """Write the file of one order; 0 when done, 1 when it failed or was stopped."""
    from matcher.ledgers.exporting import work_off
    from web.exporting.paper import opened_paper

    clear_old(waiting_in(office.config, FOLDER))
    with office.reading() as unit:
        export = unit.ledgers.exports.get(key)
    try:
        work_off(office, key, file_of(office.config, export), on_paper=opened_paper)
    except Job131Error as error:
        LOG.warning("ledger export %d ended: %s", key, type(error).__name__)
        return 1
    return 0


def main() -> int:
    """The process of one order."""
    from matcher.office import Office, OfficeConfig

    office = Office.open(OfficeConfig.from_environment())
    try:
        return run_logged(office.config.home, "export", lambda: work_off_export(office, int(sys.argv[1])))
    finally:
        office.close()


if __name__ == "__main__":
    raise SystemExit(main())
