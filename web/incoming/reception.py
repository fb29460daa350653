"""Where pages and programs hand files in: the desk of the running app, and how the work on a file begins.

In: a waiting file. Out: whether it is done within the request, or a process of its own started.
"""

from __future__ import annotations

from web.config import the_office, web_config
from web.incoming.state import Doing, TaskState, begin, write_state
from web.incoming.uploads import Staged, UploadDesk
from web.incoming.work import start


def desk() -> UploadDesk:
    """Where files wait."""
    return UploadDesk(web_config().upload_folder, now=web_config().now)


def inline(staged: Staged) -> bool:
    """Whether a file is small enough to be worked on within the request."""
    return staged.path.stat().st_size <= web_config().inline_bytes


def start_work(staged: Staged, doing: Doing) -> None:
    """Start the process of a file; where none may be started it waits for one."""
    if web_config().start_runs:
        start(the_office().config, desk(), staged, doing)
    elif begin(staged.folder, doing, desk().now):
        write_state(staged.folder, TaskState(doing=doing), desk().now)
