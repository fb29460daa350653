"""Papers into a file whose ending chooses PDF, HTML or Word.

In: sheets, and what goes with a village pack. Out: the file, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.domain.errors import InputRefused
from web.papers.html import write_html
from web.papers.pdf import Progress, write_pdf
from web.papers.views import Pack, SheetView
from web.papers.word_file import write_docx

WRITERS = {".pdf": write_pdf, ".html": write_html, ".docx": write_docx}


def write_sheets(
    views: Sequence[SheetView],
    path: Path,
    *,
    progress: Progress | None = None,
    large: bool = False,
    pack: Pack | None = None,
) -> None:
    """Write sheets as the ending of the file name says."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise InputRefused(f"不认得文件类型“{path.suffix}”：请用 .pdf、.html 或 .docx")
    writer(views, path, progress=progress, large=large, pack=pack)
