"""One spelling for every text before it is searched.

In: text as typed. Out: `Folded` – full-width to half-width, lower case, no blanks between Chinese characters –
and where each of its characters stood, so that evidence keeps the words as they were typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_HAN = "[\u3400-\u9fff]"
_GAP = re.compile(rf"(?<={_HAN})[ \t\u3000]+(?={_HAN})")
_SEPARATES = re.compile(rf"(?<={_HAN}{{3}})[ \t\u3000]+(?={_HAN}{{3}})")
"""A blank between two stretches of three characters and more is a mark between them, as clerks set it."""
_SEPARATES_SHORT = re.compile(rf"(?<={_HAN}{{2}})[ \t\u3000]+(?={_HAN}{{2}})")
"""The same between shorter ones, in a text whose writer puts blanks instead of commas."""
_WRITES_BLANKS = 3
_COMMAS = re.compile(r"[,，。;；]")


class _OneToOne(dict[int, int]):
    """Character → its compatibility form in lower case, where that is one character."""

    def __missing__(self, code: int) -> int:
        """Work out one character once."""
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


_TABLE = _OneToOne({ord("〜"): ord("~"), ord("﹣"): ord("-"), ord("—"): ord("-"), ord("–"): ord("-")})


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origin` is empty where every character kept its place."""

    text: str
    raw: str
    origin: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the raw text of a non-empty stretch of the folded one."""
        if not self.origin:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The words as typed of a stretch of the folded text."""
        first, last = self.span(start, end)
        return self.raw[first:last]


@lru_cache(maxsize=65536)
def fold(raw: str) -> Folded:
    """Fold one text."""
    text = raw.translate(_TABLE)
    if not _GAP.search(text):
        return Folded(text, raw)
    blanks = len(_SEPARATES.findall(text)) >= _WRITES_BLANKS and not _COMMAS.search(text)
    separates = _SEPARATES_SHORT if blanks else _SEPARATES
    kept: list[int] = []
    last = 0
    for gap in _GAP.finditer(text):
        kept.extend(range(last, gap.start() + bool(separates.match(text, gap.start()))))
        last = gap.end()
    kept.extend(range(last, len(text)))
    return Folded("".join(text[index] for index in kept), raw, tuple(kept))
