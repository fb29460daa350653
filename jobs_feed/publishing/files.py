"""Names and bytes of published files.

In: a folder and what goes into it. Out: files that are whole or not there, under names no reference can make unsafe.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

_UNSAFE = re.compile(r"[^0-9A-Za-z]+")
_LONGEST_SLUG = 40
_OURS = re.compile(
    r"(feed|rss)-(all|district-\d{6}|\d{6,12})(-\d+)?\.(json|xml)|index-\d+\.html|sitemap(-\d+)?\.xml"
    r"|[0-9A-Za-z-]*[0-9a-f]{12}\.html"
)


def page_name(ref: str) -> str:
    """The file of an advert: what of its reference is safe anywhere, and a digest that tells it from all others."""
    slug = _UNSAFE.sub("-", ref)[:_LONGEST_SLUG].strip("-").lower()
    digest = hashlib.sha256(ref.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{slug}-{digest}.html" if slug else f"{digest}.html"


def write_whole(path: Path, content: bytes) -> bool:
    """A file written beside its place, synced and renamed; False where it held exactly this before."""
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with draft.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    return True


def remove_others(folder: Path, kept: Iterable[str]) -> int:
    """Takes away files of an earlier publication that this one no longer has; nobody else's. How many."""
    wanted, removed = set(kept), 0
    for entry in sorted(folder.iterdir()):
        if entry.name not in wanted and _OURS.fullmatch(entry.name) and entry.is_file():
            entry.unlink()
            removed += 1
    return removed
