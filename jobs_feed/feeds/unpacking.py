"""A body as it comes over the wire → its bytes, never more than allowed at any moment.

In: chunks and the coding the server names. Out: chunks; a bomb stops while it streams.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from jobs_feed.feeds.failures import FeedFailed

CHUNK = 64 * 2**10
_GZIP_OR_ZLIB, _RAW = 47, -15


def unpacked(chunks: Iterable[bytes], coding: str, limit: int) -> Iterator[bytes]:
    """The bytes of a body, `limit` at the most, packed and unpacked alike."""
    names = [name.strip().lower() for name in coding.split(",") if name.strip().lower() not in {"", "identity"}]
    if len(names) > 1 or any(name not in {"gzip", "x-gzip", "deflate"} for name in names):
        raise FeedFailed("FEED_PACKED", coding=coding[:40])
    wire = _bounded(chunks, limit)
    return _bounded(_inflated(wire), limit) if names else wire


def _bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The chunks, as long as they keep within the limit."""
    left = limit
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise FeedFailed("FEED_LARGE")
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Packed chunks unpacked piece by piece; members that follow one another are one body."""
    packer = None
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                packer = packer or _packer(rest)
                yield packer.decompress(rest, CHUNK)
                rest = packer.unconsumed_tail
                if packer.eof:
                    rest, packer = packer.unused_data.lstrip(b"\0"), None
    except zlib.error as error:
        raise FeedFailed("FEED_PACKED_BROKEN") from error
    if packer is not None and not packer.eof:
        raise FeedFailed("FEED_TRUNCATED")


def _packer(start: bytes) -> zlib._Decompress:
    """gzip and zlib by their marks; some servers send bare deflate."""
    marked = start[:2] == b"\x1f\x8b" or (start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0)
    return zlib.decompressobj(_GZIP_OR_ZLIB if marked or len(start) < 2 else _RAW)
