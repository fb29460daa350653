"""Why a pull came to nothing, as a code of the message catalogue.

In: a code and its arguments. Out: `FeedFailed`; what is stored stays as it was.
"""

from __future__ import annotations

from datetime import datetime

from jobs_feed.report import FileRefused


class FeedFailed(FileRefused):
    """A pull that ended early; `wait_until` where the server named a moment to come back."""

    def __init__(self, code: str, *, wait_until: datetime | None = None, **args: str | int) -> None:
        super().__init__(code, **args)
        self.wait_until = wait_until
