"""Papers as PDF.

In: sheets, and what goes with a village pack. Out: a PDF; at most a hundred sheets are typeset at a time, each batch
in a child process, and the parts are joined in order.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import segno
from pypdf import PdfReader, PdfWriter

from matcher.domain.errors import Job131Error
from web.papers.fitting import gaps
from web.papers.glyphs import FONT_FAMILIES, font_files
from web.papers.views import LetterView, Pack, SheetView
from web.papers.whole import written_whole

BATCH = 100
CHILD_SECONDS = 300
CHILDREN = 2
"""Batches typeset at the same time; each takes a few hundred megabytes."""
Progress = Callable[[float], None]
Part = dict[str, Any]


def qr_picture(content: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(content, error="m", micro=False).save(out, kind="svg", border=1, xmldecl=False)
    return out.getvalue().decode("utf-8")


def write_pdf(
    views: Sequence[SheetView],
    path: Path,
    *,
    progress: Progress | None = None,
    large: bool = False,
    pack: Pack | None = None,
) -> None:
    """Write the sheets, front and back of each on a leaf of its own; whole or not at all."""
    parts = list(_batches(views, pack))
    made: list[bytes] = []
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, CHILDREN)) as children:
        for number, done in enumerate(children.map(lambda batch: _typeset(batch, views, large=large), parts)):
            made.append(done)
            if progress:
                progress((number + 1) / len(parts))
    with written_whole(path) as target:
        target.write(made[0] if len(made) == 1 else _joined(made))


def _batches(views: Sequence[SheetView], pack: Pack | None) -> Iterator[list[Part]]:
    """Parts of the document, a list for each child process; each list starts on the front of a leaf."""
    if pack is not None:
        yield [{"kind": "cover", "odd": True, **asdict(pack.cover)}]
    for start in range(0, len(views), BATCH):
        yield [_sheet_part(sheet) for sheet in views[start : start + BATCH]]
    if pack is not None:
        yield [{"kind": "scripts", "odd": True, **asdict(pack)}]


def _sheet_part(sheet: SheetView) -> Part:
    """A sheet as the typesetter takes it."""
    part = {"kind": "sheet", "odd": True, **asdict(sheet)}
    part["slip"]["picture"] = qr_picture(sheet.slip.qr)
    part["front_gap"], part["back_gap"] = gaps(sheet)
    return part


def _typeset(parts: list[Part], views: Sequence[SheetView], *, large: bool) -> bytes:
    """One batch; where the estimated spacing lets a leaf run over, set again with every page measured."""
    quick = in_child(parts, views, large=large, measured=large)
    if large or any(part["kind"] != "sheet" for part in parts):
        return quick
    leaves = 2 * len(parts) - (0 if parts[-1]["back_title"] else 1)
    fits = len(PdfReader(io.BytesIO(quick)).pages) == leaves
    return quick if fits else in_child(parts, views, large=large, measured=True)


def in_child(parts: list[Part], views: Sequence[SheetView | LetterView], *, large: bool, measured: bool) -> bytes:
    """One batch, typeset in a child process."""
    first = views[0]
    return typeset_in_child(
        parts, title=first.title, lang=first.lang, day=first.made_on, large=large, measured=measured
    )


def typeset_in_child(
    parts: list[Part],
    *,
    title: str,
    lang: str,
    day: date,
    source: str = "sheets.typ",
    large: bool = False,
    measured: bool = False,
) -> bytes:
    """Parts of a document, laid out by a file of web/papers/typst in a child process."""
    document = {
        "title": title,
        "lang": lang,
        "source": source,
        "fonts": FONT_FAMILIES[: len(font_files())],
        "large": large,
        "measured": measured,
        "timestamp": int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "parts": parts,
    }
    command = [sys.executable, "-m", "web.papers.typesetting"]
    text = json.dumps(document, ensure_ascii=False, default=str).encode("utf-8")
    child = subprocess.run(command, input=text, capture_output=True, timeout=CHILD_SECONDS, check=False)
    if child.returncode != 0:
        raise Job131Error("排版失败，没有写出文件；请把内存和磁盘空间查一下再试")
    return child.stdout


def _joined(parts: Sequence[bytes]) -> bytes:
    """PDF files one after the other, each beginning on the front of a leaf."""
    writer = PdfWriter()
    for part in parts:
        if len(writer.pages) % 2:
            writer.add_blank_page()
        writer.append(PdfReader(io.BytesIO(part)), import_outline=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
