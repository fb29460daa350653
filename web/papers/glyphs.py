"""Fonts of the papers, and which characters they lack.

In: a sheet. Out: the same sheet, or one with lines to write by hand where a font has no picture of a character.
Fonts come from a package, so that papers look the same everywhere; fonts of the machine only help out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path

from matcher.wording import Wording
from web.papers.views import FormView, Quiet, SheetView, words

Model = TypeVar("Model")
Bannered = TypeVar("Bannered", SheetView, FormView)

FONT_FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Noto Sans Mongolian")
HELPING_FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansMongolian-Regular.ttf")
HELPING_FOLDERS = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/noto")
BY_HAND = "＿＿"
DECORATION = frozenset({"So", "Sk", "Cf", "Cc", "Co", "Cs", "Mn", "Me"})
"""Emoji, marks and invisible signs: an ornament without a glyph is left out, a letter never is."""


@lru_cache(maxsize=1)
def font_files() -> tuple[Path, ...]:
    """The package's font, then those of the machine that are there."""
    helping = (Path(folder) / name for folder in HELPING_FOLDERS for name in HELPING_FONTS)
    return (sans_path(), *(path for path in helping if path.is_file()))


@lru_cache(maxsize=1)
def printable() -> frozenset[int]:
    """Every character the fonts have a picture of."""
    found: set[int] = set()
    for path in font_files():
        for number in range(_fonts_in(path)):
            with TTFont(path, fontNumber=number, lazy=True) as font:
                if font["name"].getBestFamilyName() in FONT_FAMILIES:
                    found.update(font.getBestCmap())
    return frozenset(found)


def _fonts_in(path: Path) -> int:
    """How many fonts a file holds, by its first bytes: a whole collection in memory takes half a gigabyte."""
    with path.open("rb") as stream:
        start = stream.read(12)
    return int.from_bytes(start[8:12], "big") if start[:4] == b"ttcf" else 1


def missing_signs(model: object) -> str:
    """Characters of a model no font has, each once, ornaments aside."""
    signs = dict.fromkeys(sign for text in words(model) for sign in text)
    return "".join(sign for sign in signs if _lacks(sign) and not _is_ornament(sign))


def _lacks(sign: str) -> bool:
    """Whether no font has a picture of a character."""
    return ord(sign) not in printable() and not sign.isspace()


def _is_ornament(sign: str) -> bool:
    """Whether a character says nothing."""
    return unicodedata.category(sign) in DECORATION


def printed(text: str) -> str:
    """A text as it can be printed: ornaments out, unknown letters as a line to write on."""
    if all(ord(sign) in printable() for sign in text):
        return text
    return "".join(sign if not _lacks(sign) else "" if _is_ornament(sign) else BY_HAND for sign in text)


def _redone(part: Model) -> Model:
    """A model with every read string as it can be printed."""
    if isinstance(part, str):
        return printed(part)  # type: ignore[return-value]
    if isinstance(part, tuple):
        return tuple(_redone(item) for item in part)  # type: ignore[return-value]
    if is_dataclass(part) and not isinstance(part, type):
        changes = {item.name: _redone(getattr(part, item.name)) for item in fields(part) if item.name not in Quiet}
        return replace(part, **changes)
    return part


def printable_model(model: Model) -> Model:
    """A model whose every character has a picture."""
    return model if all(map(_has_all, words(model))) else _redone(model)


def _has_all(text: str) -> bool:
    """Whether a text can be printed as it is."""
    return all(ord(sign) in printable() for sign in text)


def printable_sheet(sheet: Bannered, wording: Wording) -> Bannered:
    """A sheet that can be printed; what is to be written by hand stands on top of it."""
    signs = missing_signs(sheet)
    if not signs:
        return printable_model(sheet)
    named = " ".join(f"U+{ord(sign):04X}" for sign in signs)
    return replace(printable_model(sheet), banner=wording.text("PAPER_BANNER", count=len(signs), signs=named))
