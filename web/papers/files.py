"""Papers into a file whose ending chooses PDF, HTML, Word, or a .zip with a Word file for each village.

In: leaves as they come, each with its village. Out: the file, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from matcher.domain.errors import InputRefused
from web.papers.html import write_page
from web.papers.pdf import write_leaves
from web.papers.views import Leaf
from web.papers.whole import Before
from web.papers.word_file import write_document, write_documents

STREAMS = {".pdf": write_leaves, ".html": write_page, ".docx": write_document}
FOLDER = ".zip"
WORD_AT_MOST = 1_200
"""Leaves in one Word file: it is made in memory, and Word itself hardly opens more."""


def check_ending(path: Path) -> str:
    """The ending of a file name, if papers can be written so."""
    ending = path.suffix.lower()
    if ending not in STREAMS and ending != FOLDER:
        raise InputRefused(f"不认得文件类型“{path.suffix}”：请用 .pdf、.html、.docx，或 .zip（一村一份 Word）")
    return ending


def write_groups(
    groups: Iterable[tuple[str, Leaf]],
    path: Path,
    *,
    large: bool = False,
    progress: Callable[[int], None] | None = None,
    before: Before | None = None,
) -> None:
    """Write leaves, each with its village, as the ending of the file name says."""
    ending = check_ending(path)
    if ending == FOLDER:
        write_documents(groups, path, progress=progress, large=large, before=before)
        return
    leaves = (leaf for _, leaf in groups)
    if ending == ".docx":
        leaves = _few(leaves)
    STREAMS[ending](leaves, path, progress=progress, large=large, before=before)


def _few(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """As many leaves as one Word file holds well."""
    for number, leaf in enumerate(leaves):
        if number >= WORD_AT_MOST:
            raise InputRefused(
                f"一份 Word 文件最多 {WORD_AT_MOST} 张，没有写出；请把文件名的结尾改成 .zip（一村一份 Word），或用 .pdf"
            )
        yield leaf
