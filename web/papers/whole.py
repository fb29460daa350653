"""Files that are whole or not there.

In: where a file goes. Out: a stream; at a clean end the file has its name, at any other the old one stays.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from matcher.domain.errors import InputRefused, Job131Error

Before = Callable[[], None]
"""Is called when everything is safely on the disk and the file has not yet its name."""


@contextmanager
def written_whole(path: Path, *, before: Before | None = None) -> Iterator[IO[bytes]]:
    """A stream into a temporary name beside `path`, synced and renamed at the end; readable by its owner only."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if before is not None:
            before()
        os.replace(draft, path)
    except Job131Error:
        raise
    except OSError as refused:
        raise InputRefused(f"文件写不了：{path.name}（{refused.strerror}）；原来的文件没有动") from refused
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
