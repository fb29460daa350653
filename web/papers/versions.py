"""Which versions a paper was made with: where they are the same, a reprint is the same file, byte for byte.

In: the templates, fonts and libraries of this installation. Out: one line of text.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from web.papers.glyphs import font_files

_LIBRARIES = ("typst", "pypdf", "python-docx", "segno")
_LAYOUT = (
    "typst/sheets.typ",
    "templates/sheets.html",
    "fitting.py",
    "joining.py",
    "pdf.py",
    "word.py",
    "word_forms.py",
    "word_file.py",
)
_SHORT = 12


@lru_cache(maxsize=1)
def versions() -> str:
    """The layout, the fonts and the libraries."""
    layout, fonts = hashlib.sha256(), hashlib.sha256()
    for name in _LAYOUT:
        layout.update(files("web.papers").joinpath(name).read_bytes())
    for path in font_files():
        with path.open("rb") as stream:
            fonts.update(hashlib.file_digest(stream, "sha256").digest())
    named = [f"layout {layout.hexdigest()[:_SHORT]}", f"fonts {fonts.hexdigest()[:_SHORT]}"]
    return "; ".join([*named, *(f"{name} {_of(name)}" for name in _LIBRARIES)])


def _of(library: str) -> str:
    """The version of a library."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"
