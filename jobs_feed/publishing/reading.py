"""The feed of another office, read back: pure, for whoever fetches it.

In: the bytes of one page of a feed. Out: `ReceivedPage`: rows of field → text as a spreadsheet would hold them, what
is gone, and where to go on. A posting that is not one is left out and counted, the others stay.

How to take it in: give the rows to the import of postings under one sender of their own (编号 keeps them apart),
withdraw what `withdrawn` names by 编号, after a walk whose pages were all `complete` also what no page named, and tell
`unit.sharing.note_received(sender, page.instance)` so that they are not passed on again from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from jobs_feed.publishing.adverts import POSTING_FIELDS
from jobs_feed.publishing.frame import FORMAT
from jobs_feed.report import FileRefused

_REQUIRED = ("岗位名称", "用人单位", "工作地点")


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One posting of another office; `fields` are the columns of the template."""

    fields: Mapping[str, str]
    ref: str
    sender: str
    source_ref: str
    one_job: bool
    """Nothing is left to be told apart in it."""
    place_code: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """One page; `following` is relative to its own address, "" on the last one."""

    instance: str
    rows: tuple[ReceivedRow, ...]
    withdrawn: tuple[str, ...]
    cursor: str
    following: str
    complete: bool
    left_out: int
    """Entries that are no postings."""


def is_feed(found: object) -> bool:
    """Whether decoded JSON is a feed of job131: an object with a version and postings in our columns."""
    if not isinstance(found, dict) or "version" not in found or not isinstance(found.get("postings"), list):
        return False
    first = next(iter(found["postings"]), None)
    return first is None or (isinstance(first, dict) and any(name in first for name in _REQUIRED))


def rows_of_feed(data: bytes) -> ReceivedPage:
    """A page of a feed; FileRefused for anything else."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise FileRefused("SHARE_FEED_UNREADABLE") from broken
    if not is_feed(found):
        raise FileRefused("SHARE_FEED_UNREADABLE")
    if found["version"] != FORMAT:
        raise FileRefused("SHARE_FEED_VERSION", version=str(found["version"])[:20])
    rows = [_row(item) for item in found["postings"]]
    read = tuple(row for row in rows if row is not None)
    withdrawn = found.get("withdrawn")
    return ReceivedPage(
        instance=_text(found.get("instance")),
        rows=read,
        withdrawn=tuple(ref for ref in withdrawn if isinstance(ref, str)) if isinstance(withdrawn, list) else (),
        cursor=_text(found.get("cursor")),
        following=_text(found.get("next")),
        complete=found.get("complete") is True,
        left_out=len(rows) - len(read),
    )


def _row(item: object) -> ReceivedRow | None:
    """One posting; None for what is no object or names none of our columns."""
    if not isinstance(item, dict) or not any(name in item for name in POSTING_FIELDS):
        return None
    fields = {name: _text(item.get(name)) for name in POSTING_FIELDS}
    ref = _text(item.get("ref")) or fields["编号"]
    fields["编号"] = fields["编号"] or ref
    return ReceivedRow(
        fields=fields,
        ref=ref,
        sender=_text(item.get("sender")),
        source_ref=_text(item.get("source_ref")) or ref,
        one_job=item.get("one_job") is True,
        place_code=_text(item.get("place_code")),
    )


def _text(value: object) -> str:
    """A text; a number as a spreadsheet would show it, "" for everything else."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else ""
