"""Names of people and villages as they are compared, however they were spelled.

In: a name as typed: 包·雪梅, 包 雪 梅, 包雪梅（妻子）, traditional or variant characters, a rare one shown as □.
Out: one plain spelling, and whether two spellings may be one name. Nothing stored is ever changed by this.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from matcher.reference.tables import read_table

UNREADABLE = "\ufffd"
"""Stands for a character that a computer could not show."""
_LOST = frozenset("?□■▢〓※*")
_TAKEN_APART = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*\+[^()\[\]〔〕【】]*[)\]〕】]")
"""A rare character written as its parts: 王(木+岩)."""
_NOTE = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]?")
_NO_LETTER = re.compile(r"[^\w\ufffd]|_")
_TOWNSHIP = re.compile(r"^[^\W\d]{2,8}?(?:苏木|街道|镇|乡)(?=\w{2})")
_VILLAGE_ENDINGS = ("嘎查村民委员会", "村民委员会", "居民委员会", "嘎查村委会", "嘎查委员会", "村委会", "居委会",
                    "嘎查村", "行政村", "嘎查", "社区", "村")  # fmt: skip


@lru_cache(maxsize=1)
def _plain_forms() -> dict[int, str]:
    """Character → the form it is compared in."""
    return {ord(row["form"]): row["plain"] for row in read_table("name_forms")}


@lru_cache(maxsize=65536)
def plain_name(text: str) -> str:
    """A person's name without blanks, dots, notes in brackets and differences of script."""
    return _letters(_NOTE.sub("", _TAKEN_APART.sub(UNREADABLE, unicodedata.normalize("NFKC", text))))


@lru_cache(maxsize=16384)
def plain_village(text: str) -> str:
    """A village's name without its township in front and 村, 嘎查, 社区 behind, where two characters are left."""
    name = _letters(_NOTE.sub("", unicodedata.normalize("NFKC", text)))
    name = _TOWNSHIP.sub("", name)
    for ending in _VILLAGE_ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def _letters(text: str) -> str:
    """Letters and digits in one script and case; what cannot be shown is one sign."""
    shown = "".join(UNREADABLE if one in _LOST or unicodedata.category(one) == "Co" else one for one in text)
    return _NO_LETTER.sub("", shown.translate(_plain_forms())).casefold()


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name; a character nobody could read may be any."""
    first, second = plain_name(one), plain_name(other)
    if first == second:
        return bool(first)
    if len(first) != len(second) or UNREADABLE not in first + second:
        return False
    pairs = list(zip(first, second, strict=True))
    read = [pair for pair in pairs if UNREADABLE not in pair]
    return 2 * len(read) >= len(pairs) and all(left == right for left, right in read)


def likeness(one: str, other: str) -> float:
    """The share of characters two names have in common, in [0, 1]."""
    first, second = plain_name(one), plain_name(other)
    longest = max(len(first), len(second))
    common = sum(min(first.count(letter), second.count(letter)) for letter in set(first))
    return common / longest if longest else 0.0


def better_spelling(kept: str, fresh: str) -> str:
    """Of two spellings of one name the one to keep: what can be read, then what has no blanks, then the older."""
    if plain_name(kept) != plain_name(fresh):
        return kept if UNREADABLE in plain_name(fresh) else fresh
    tidy = not re.search(r"\s", fresh) and re.search(r"\s", kept)
    return fresh if tidy else kept
