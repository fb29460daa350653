"""Papers as PDF.

In: leaves, one after the other. Out: a PDF; a hundred are typeset at a time by processes of their own, and every part
is written as soon as it is made, so that memory does not grow with the number of sheets.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import segno
from pypdf import PdfReader

from web.papers.children import Child, Nursery
from web.papers.fitting import gaps
from web.papers.glyphs import FONT_FAMILIES, font_files
from web.papers.joining import JoinedPdf
from web.papers.views import About, CoverView, FormView, Leaf, LetterView, ScriptsView, SheetView
from web.papers.whole import Before, written_whole

BATCH = 100
SOURCE = "sheets.typ"
KINDS = {
    SheetView: "sheet",
    LetterView: "letter",
    CoverView: "cover",
    ScriptsView: "scripts",
    FormView: "form",
}
Progress = Callable[[float], None]
Part = dict[str, Any]


def qr_picture(content: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(content, error="m", micro=False).save(out, kind="svg", border=1, xmldecl=False)
    return out.getvalue().decode("utf-8")


def write_leaves(
    leaves: Iterable[Leaf],
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    large: bool = False,
    before: Before | None = None,
) -> None:
    """Write leaves as they come, telling how many are written; `before` is called when all is safely on the disk."""
    coming = iter(leaves)
    first = next(coming)
    about = About.of(first)
    with written_whole(path, before=before) as target, Nursery() as nursery:
        joined = JoinedPdf(target, title=about.title, made_on=about.made_on)
        batches = batches_of(chain([first], coming))
        written = 0
        for many, made in nursery.map(lambda child, batch: _typeset(child, batch, about, large=large), batches):
            joined.add(made)
            written += many
            if progress:
                progress(written)
        joined.close()


def batches_of(leaves: Iterable[Leaf]) -> Iterator[list[Leaf]]:
    """Leaves of one kind that follow each other, at most so many."""
    batch: list[Leaf] = []
    for leaf in leaves:
        if batch and (len(batch) >= BATCH or type(leaf) is not type(batch[0])):
            yield batch
            batch = []
        batch.append(leaf)
    if batch:
        yield batch


def _part(leaf: Leaf) -> Part:
    """A leaf as the typesetter takes it."""
    part: Part = {"kind": KINDS[type(leaf)], "odd": True, **asdict(leaf)}
    if isinstance(leaf, SheetView):
        part["slip"]["picture"] = qr_picture(leaf.slip.qr)
        part["front_gap"], part["back_gap"] = gaps(leaf)
    if isinstance(leaf, FormView) and leaf.stub is not None and leaf.stub.qr:
        part["stub"]["picture"] = qr_picture(leaf.stub.qr)
    return part


def _typeset(child: Child, batch: Sequence[Leaf], about: About, *, large: bool) -> tuple[int, bytes]:
    """One batch; where the estimated spacing lets a leaf run over, set again with every page measured."""
    parts = [_part(leaf) for leaf in batch]
    sheets = parts[0]["kind"] == "sheet"
    made = child.typeset(_document(parts, about, large=large, measured=large or not sheets))
    if sheets and not large:
        pages = 2 * len(parts) - (0 if parts[-1]["back_title"] else 1)
        if len(PdfReader(io.BytesIO(made)).pages) != pages:
            made = child.typeset(_document(parts, about, large=large, measured=True))
    return len(batch), made


def document_of(leaves: Sequence[Leaf], *, large: bool, pixels: int) -> bytes:
    """Leaves to be made into pictures."""
    return _document([_part(leaf) for leaf in leaves], About.of(leaves[0]), large=large, measured=True, pixels=pixels)


def typeset_apart(parts: list[Part], about: About, source: str) -> bytes:
    """Parts of a document of another kind, laid out by a file of web/papers/typst in a process of its own."""
    child = Child()
    try:
        return typeset_by(child, parts, about, source)
    finally:
        child.close()


def typeset_by(child: Child, parts: list[Part], about: About, source: str) -> bytes:
    """The same by a process that typesets one document after the other."""
    return child.typeset(_document(parts, about, large=False, measured=False, source=source))


def _document(
    parts: list[Part], about: About, *, large: bool, measured: bool, pixels: int = 0, source: str = SOURCE
) -> bytes:
    """A batch with what the typesetter has to know besides."""
    day = about.made_on
    document = {
        "title": about.title,
        "lang": about.lang,
        "source": source,
        "fonts": FONT_FAMILIES[: len(font_files())],
        "large": large,
        "measured": measured,
        "timestamp": int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "pixels": pixels,
        "parts": parts,
    }
    return json.dumps(document, ensure_ascii=False, default=str).encode("utf-8")
