"""Typesets batches of papers in a process of its own, which gives all memory back at its end.

In: papers as JSON on standard input, each batch after eight bytes that say how long it is. Out: a PDF for each batch,
in the same way. `python -m web.papers.typesetting` is that process; nothing about a person touches the disk.
"""

from __future__ import annotations

import io
import json
import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import IO

import typst

from web.papers.glyphs import font_files

LENGTH = 8
"""Bytes before a message that say how long it is."""


def typeset(papers: str) -> bytes:
    """The PDF of papers given as JSON, or their pages as pictures; the same papers give the same bytes."""
    data = json.loads(papers)
    pixels = data.get("pixels")
    with as_file(files("web.papers").joinpath("typst", Path(data["source"]).name)) as source:
        made = typst.compile(
            str(source),
            font_paths=sorted({str(path.parent) for path in font_files()}),
            ignore_system_fonts=True,
            sys_inputs={"papers": papers},
            format="png" if pixels else "pdf",
            ppi=pixels or None,
            pdf_tags=False,
            timestamp=data["timestamp"],
        )
    if not pixels:
        return bytes(made)
    return b"".join(map(message, made if isinstance(made, list) else [made]))


def apart(joined: bytes) -> list[bytes]:
    """Messages that were put one after the other."""
    stream, found = io.BytesIO(joined), []
    while one := received(stream):
        found.append(one)
    return found


def message(content: bytes) -> bytes:
    """Content with its length before it."""
    return len(content).to_bytes(LENGTH, "big") + content


def received(stream: IO[bytes]) -> bytes:
    """The next message of a stream; nothing where it has ended."""
    start = stream.read(LENGTH)
    return stream.read(int.from_bytes(start, "big")) if len(start) == LENGTH else b""


def main() -> None:
    """Batch after batch until nobody hands in another."""
    while asked := received(sys.stdin.buffer):
        sys.stdout.buffer.write(message(typeset(asked.decode("utf-8"))))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
