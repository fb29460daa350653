"""The process of one large printing: `python -m web.printing.work KEY`.

In: the key of an order that waits. Out: the file in the folder of waiting files and the record of the printing, or
neither. The truth is the row with its heartbeat, so a killed process is seen and the order can be given again.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from matcher.domain.errors import Job131Error
from matcher.domain.papers.records import DIED
from web.observing.work import run_logged
from web.printing.desk import file_of, folder_of
from web.tasks import clear_old, start_process

if TYPE_CHECKING:
    from matcher.office import Office, OfficeConfig

LOG = logging.getLogger("job131.printing")
_LESS_URGENT = 5


def start_printing(config: OfficeConfig, key: int) -> None:
    """Start the process of an order and go on."""
    start_process(config, "web.printing.work", str(key), name=f"printing-{key}")


def resume_printings(office: Office) -> None:
    """At the start of a server: printings whose process died are closed, orders that still wait are begun."""
    with office.unit() as unit:
        unit.printings.close_silent(DIED)
        waiting = unit.printings.waiting()
    for key in waiting:
        start_printing(office.config, key)


def work_off_order(office: Office, key: int) -> int:
    """Make the papers of one order; 0 when done, 1 when it failed or was stopped."""
    from web.papers.printing import work_off

    clear_old(folder_of(office.config))
    with office.reading() as unit:
        printing = unit.printings.get(key)
    try:
        work_off(office, key, file_of(office.config, printing))
    except Job131Error as error:
        LOG.warning("printing %d ended: %s", key, type(error).__name__)
        return 1
    return 0


def main() -> int:
    """The process of one order."""
    from matcher.office import Office, OfficeConfig

    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    office = Office.open(OfficeConfig.from_environment())
    try:
        return run_logged(office.config.home, "printing", lambda: work_off_order(office, int(sys.argv[1])))
    finally:
        office.close()


if __name__ == "__main__":
    raise SystemExit(main())
