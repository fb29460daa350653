"""What stands in a slice: who it is from, which people, and all records, ready for JSON.

In: a Bundle, or the bytes of one. Out: the other; bytes that are none, or of another version, are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from matcher.domain.errors import InputRefused
from matcher.store.slices.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One slice."""

    revision: str
    """The version of the tables."""
    file_id: str
    office: str
    family: str
    number: int
    made_at: datetime
    made_by: str
    division: str
    villages: tuple[str, ...]
    people: int
    policy_digest: str
    policy: str = ""
    """The office's own policy entries."""
    settings: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    """Slip codes put aside for whoever takes the slice."""
    first_number: int = 0
    """The first of the case numbers put aside."""
    erased: list[str] = field(default_factory=list)
    """Random names of people who were erased."""
    records: list[Record] = field(default_factory=list)


def pack(bundle: Bundle) -> bytes:
    """A slice as bytes."""
    return msgspec.json.encode(bundle)


def unpack(plain: bytes, *, revision: str) -> Bundle:
    """A slice out of bytes."""
    try:
        told = msgspec.json.decode(plain)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise InputRefused("文件内容不对，什么都没有存；请重新导出") from broken
    if not isinstance(told, dict) or told.get("revision") != revision:
        raise InputRefused("两边的系统版本不同，什么都没有存；请把两边升级到同一版本，再导出一次")
    try:
        return msgspec.convert(told, Bundle)
    except (msgspec.ValidationError, RecursionError) as broken:
        raise InputRefused("文件内容不对，什么都没有存；请重新导出") from broken
