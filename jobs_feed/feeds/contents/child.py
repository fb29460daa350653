"""The process that reads a page of a feed, with little memory, time and nothing to lose.

In: `python -m jobs_feed.feeds.contents.child SPEC FILE`. Out: the same JSON lines as the reader of spreadsheets,
with the addresses of further pages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from jobs_feed.cells import MAX_ROWS, ChildLine, EndLine, FormLine, RefusalLine, RowLine, SheetLine
from jobs_feed.feeds.contents.decoding import decode_page
from jobs_feed.feeds.contents.fields import name_by_address, row_of
from jobs_feed.feeds.contents.flattening import flatten
from jobs_feed.feeds.contents.prolog import after_prolog
from jobs_feed.feeds.contents.spec import Found, PageSpec
from jobs_feed.report import FileRefused
from jobs_feed.sources.child import find_form, limit_process, read_to

MEMORY_BYTES = 480 * 2**20
"""Address space, so that use stays below 500 MB; a spreadsheet gets what its own reader may have."""
CPU_SECONDS = 25
_FITTING = {
    "json": {"json", "job131", "jsonld"},
    "job131": {"json", "job131"},
    "jsonld": {"json", "jsonld"},
    "rss": {"rss"},
    "jobs_xml": {"jobs_xml"},
}
_WEBPAGE = ("<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<div", "<link", "<style", "<title")
_BINARY = (
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"Rar!",
    b"7z",
    b"\x1f\x8b",
    b"MZ",
)


def read_page(path: Path, spec: PageSpec) -> Found | None:
    """The items of a page; None where it is a table, the text of which then lies in the file as UTF-8."""
    data = path.read_bytes()
    if not data.strip():
        raise FileRefused("FEED_EMPTY")
    if data.startswith(_BINARY) or data.startswith(b"\x7fELF"):
        find_form(path)
        _expect_table(spec)
        return None
    text = decode_page(data, spec.content_type).lstrip("\ufeff \r\n\t")
    found = None
    if text.startswith(("{", "[")) and spec.kind != "table":
        from jobs_feed.feeds.contents.structured import read_json

        found = read_json(text, spec)
    elif text.startswith("<") and spec.kind != "table":
        found = _read_angled(text, spec)
    elif text.startswith("<") and "<table" not in text.lower() and "urn:schemas-microsoft-com:" not in text:
        raise FileRefused("FEED_WEBPAGE")
    if found is None:
        path.write_text(text, encoding="utf-8", newline="")
        _expect_table(spec)
        return None
    if spec.kind in _FITTING and found.form not in _FITTING[spec.kind]:
        raise FileRefused("FEED_OTHER_KIND", kind=spec.kind, found=found.form)
    return found


def _expect_table(spec: PageSpec) -> None:
    """A table is read by the reader of spreadsheets within its own limits, where a table may be."""
    if spec.kind in _FITTING:
        raise FileRefused("FEED_OTHER_KIND", kind=spec.kind, found="table")


def _read_angled(text: str, spec: PageSpec) -> Found | None:
    """HTML with postings in it, or XML; None for a table dressed as a page."""
    start = after_prolog(text)[:2000].lower()
    if start.startswith(_WEBPAGE):
        from jobs_feed.feeds.contents.webpage import read_webpage

        found = read_webpage(text)
        if found.items or found.more or found.notes:
            return found
        if "<table" in text.lower() and spec.kind == "auto":
            return None
        raise FileRefused("FEED_NO_POSTINGS" if spec.kind == "jsonld" else "FEED_WEBPAGE")
    if start.startswith("<table") or "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return None
    from jobs_feed.feeds.contents.markup import read_markup

    return read_markup(text, spec.kind)


def read_to_lines(path: Path, spec: PageSpec, out: BinaryIO) -> bool:
    """Everything on the page as lines, the last of which says how it ended; False for a table, nothing written yet."""
    encoder = msgspec.json.Encoder()

    def emit(line: ChildLine) -> None:
        out.write(encoder.encode(line) + b"\n")

    try:
        found = read_page(path, spec)
        if found is None:
            return False
        emit(FormLine(found.form))
        for line in _rows(found, spec):
            emit(line)
        emit(EndLine())
    except FileRefused as refusal:
        args = {key: value for key, value in (refusal.phrase.args or {}).items() if isinstance(value, str | int)}
        emit(RefusalLine(refusal.phrase.code, args))
    except RecursionError:
        emit(RefusalLine("FEED_DEEP", {}))
    except MemoryError:
        emit(RefusalLine("IMPORT_FILE_HEAVY", {}))
    return True


def _rows(found: Found, spec: PageSpec) -> list[ChildLine]:
    """The items as one sheet whose first row names the columns; rows are counted through all pages."""
    if spec.start + len(found.items) > MAX_ROWS:
        raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
    rows = [row_of(flatten(item), spec.mapping) for item in found.items]
    if found.form != "job131":
        name_by_address(rows, spec.name)
    headers = list(dict.fromkeys(name for row in rows for name in row))
    lines: list[ChildLine] = [*found.notes, *found.more]
    if rows:
        lines.append(SheetLine(spec.name))
        lines.append(RowLine(0, list(headers)))
    for number, row in enumerate(rows, start=spec.start + 1):
        lines.append(RowLine(number, [row.get(name) for name in headers]))
    return lines


if __name__ == "__main__":
    limit_process(MEMORY_BYTES, CPU_SECONDS)
    page = Path(sys.argv[2])
    if not read_to_lines(page, msgspec.json.decode(sys.argv[1], type=PageSpec), sys.stdout.buffer):
        limit_process()
        read_to(page, sys.stdout.buffer)
