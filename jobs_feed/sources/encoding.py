"""Bytes → text, in the encodings Chinese offices use; runs inside the limited child only.

In: bytes. Out: `Decoded`, or a refusal. Mark at the start, strict UTF-8, UTF-16 by its zero bytes, strict GB18030;
beyond that only what is nearly one of them is taken, every damaged byte kept as a mark that `DAMAGED` finds.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from jobs_feed.report import FileRefused

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DAMAGED = re.compile("[\udc80-\udcff]")
_FEW = 200
"""One damaged byte in so many that are no ASCII is damage; more is another encoding."""
_FEW_ZEROS = 100


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how many zero bytes were left out of it."""

    text: str
    zeros: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding) if encoding == "utf-16" else _nearly(data[len(mark) :]))
    wide = _wide_encoding(data)
    if wide:
        return Decoded(_strict(data, wide))
    zeros = data.count(0)
    if zeros * _FEW_ZEROS > len(data):
        raise FileRefused("IMPORT_FILE_UNKNOWN")
    return Decoded(_nearly(data.replace(b"\x00", b"")), zeros)


def whole_text(data: bytes) -> str:
    """The text of bytes of which none is damaged; anything else is refused."""
    text = decode(data).text
    if DAMAGED.search(text):
        raise FileRefused("IMPORT_ENCODING")
    return text


def _nearly(data: bytes) -> str:
    """UTF-8 or GB18030, with few damaged bytes at most."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or not _is_damaged_utf8(data):
            return text
    high = sum(byte >= 128 for byte in data[:2_000_000])
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="surrogateescape")
        if len(DAMAGED.findall(text[:2_000_000])) * _FEW <= high:
            return text
    raise FileRefused("IMPORT_ENCODING")


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes that happen to pass as GB18030 are UTF-8 but for a few."""
    sample = data[:2_000_000]
    damaged = len(DAMAGED.findall(sample.decode("utf-8", errors="surrogateescape")))
    return damaged * _FEW <= sum(byte >= 128 for byte in sample)


def _strict(data: bytes, encoding: str) -> str:
    """Decoded without replacing anything, or refused."""
    try:
        return data.decode(encoding).replace("\x00", "")
    except UnicodeError as error:
        raise FileRefused("IMPORT_ENCODING") from error


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: ASCII separators leave every second byte zero."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or len(sample) < 4 or max(even, odd) < len(sample) // 40 + 1:
        return ""
    if odd > even * 4:
        return "utf-16-le"
    return "utf-16-be" if even > odd * 4 else ""
