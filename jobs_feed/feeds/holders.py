"""Who holds a feed while it is pulled, and whether that process still lives.

In: nothing, or the name of a holder. Out: the name of this process, or whether another one on this machine is gone, so
that a pull that was killed does not keep the next one waiting.
"""

from __future__ import annotations

import os
import socket
import sys


def this_process() -> str:
    """Machine and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(holder: str) -> bool:
    """Whether a holder was a process of this machine that no longer runs; of other machines nobody knows."""
    machine, _, number = holder.rpartition(":")
    if sys.platform == "win32" or machine != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
