"""Typesets one batch of papers in a process of its own, which gives all memory back at its end.

In: papers as JSON on standard input. Out: a PDF on standard output. `python -m web.papers.typesetting` is that process;
nothing about a person touches the disk on the way.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import as_file, files
from pathlib import Path

import typst

from web.papers.glyphs import font_files


def typeset(papers: str) -> bytes:
    """The PDF of papers given as JSON; the same papers give the same bytes."""
    data = json.loads(papers)
    with as_file(files("web.papers").joinpath("typst", Path(data["source"]).name)) as source:
        return typst.compile(
            str(source),
            font_paths=sorted({str(path.parent) for path in font_files()}),
            ignore_system_fonts=True,
            sys_inputs={"papers": papers},
            pdf_tags=False,
            timestamp=data["timestamp"],
        )


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode("utf-8")))
