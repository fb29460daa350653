"""The text of a page: bytes decide before anybody's word for them.

In: bytes and the encoding a server or the page itself declares. Out: text. Order: mark at the start, UTF-16 by its
zero bytes, strict UTF-8, what was declared, strict GB18030.
"""

from __future__ import annotations

import codecs
import re

from jobs_feed.report import FileRefused
from jobs_feed.sources.encoding import whole_text

_DECLARED = (
    re.compile(rb'^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["\']([A-Za-z0-9_.:-]{2,30})'),
    re.compile(rb'<meta[^>]{0,200}?charset\s*=\s*["\']?\s*([A-Za-z0-9_.:-]{2,30})', re.IGNORECASE),
)
_IN_TYPE = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_OURS = {"utf-8", "utf_8", "ascii", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be"}
"""Told apart by their bytes."""


def decode_page(data: bytes, content_type: str) -> str:
    """The text of a page; FileRefused where no encoding fits whole."""
    utf8 = _is_utf8(data)
    for name in _declared(data, content_type):
        try:
            codec = codecs.lookup(name).name
        except LookupError:
            continue
        if codec in _OURS or utf8 or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(codec)
        except (UnicodeError, LookupError):  # some codecs pack or scramble instead of making text
            continue
    return whole_text(data)


def _declared(data: bytes, content_type: str) -> list[str]:
    """What the server and the page say."""
    found = [match.group(1) for match in [_IN_TYPE.search(content_type)] if match]
    for pattern in _DECLARED:
        if match := pattern.search(data[:4096]):
            found.append(match.group(1).decode("ascii"))
    return found


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 throughout; UTF-8 that ends inside a character was cut off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise FileRefused("FEED_TRUNCATED") from error
        return False
    return True
