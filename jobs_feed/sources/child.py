"""The process that opens files nobody has checked, with little memory, time and nothing to lose.

In: `python -m jobs_feed.sources.child FILE`. Out: JSON lines on standard output, the last one an end or a refusal.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from jobs_feed.cells import ChildLine, Emit, EndLine, FormLine, RefusalLine
from jobs_feed.report import FileRefused
from jobs_feed.sources.delimited import read_delimited
from jobs_feed.sources.workbook import read_workbook

MEMORY_BYTES = 640 * 2**20
"""Address space; what is used stays below 500 MB (100,000 rows of 47 columns: 494 MB, of 19 columns: 217 MB)."""
CPU_SECONDS = 90
MAX_FILE = 60 * 2**20
_FORMS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"%PDF", "IMPORT_FILE_PDF"),
    (b"\xff\xd8\xff", "IMPORT_FILE_PICTURE"),
    (b"\x89PNG", "IMPORT_FILE_PICTURE"),
    (b"GIF8", "IMPORT_FILE_PICTURE"),
    (b"BM", "IMPORT_FILE_PICTURE"),
    (b"Rar!", "IMPORT_FILE_ZIP"),
    (b"7z\xbc\xaf", "IMPORT_FILE_ZIP"),
    (b"\x1f\x8b", "IMPORT_FILE_ZIP"),
    (b"{\\rtf", "IMPORT_FILE_WORD"),
    (b"MZ", "IMPORT_FILE_UNKNOWN"),
    (b"\x7fELF", "IMPORT_FILE_UNKNOWN"),
)

_PAGE = re.compile(rb"<(?:!doctype|html|\?xml|table|meta|head|body|div|style|!--|script|center|form)", re.IGNORECASE)


def limit_process(memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS) -> None:
    """Memory and processor time of this process, raised again to these at most; Windows has none (see README)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def find_form(path: Path) -> str:
    """The form by content: zip, xls, xml, page, archive or text; the extension says nothing."""
    if path.stat().st_size > MAX_FILE:
        raise FileRefused("IMPORT_FILE_LARGE", size=MAX_FILE // 2**20)
    with path.open("rb") as stream:
        head = stream.read(8192)
    if not head:
        raise FileRefused("IMPORT_FILE_EMPTY")
    for mark, form in _FORMS:
        if head.startswith(mark):
            if form.startswith("IMPORT_"):
                raise FileRefused(form)
            return form
    return _form_of_text(head)


def _form_of_text(head: bytes) -> str:
    """A workbook as XML, a page, a packed page, or plain text."""
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in bare and bare.startswith(b"<?xml"):
        return "xml"
    if bare[:10].lower().startswith((b"mime-versi", b"from:")) and b"multipart/related" in bare.lower():
        return "archive"
    return "page" if _PAGE.match(bare) else "text"


def _read(path: Path, form: str, emit: Emit) -> None:
    """A file of a known form; what reads markup is loaded only where it is needed, a fifth of a second."""
    if form == "text":
        read_delimited(path, emit)
    elif form == "xml":
        from jobs_feed.sources.workbook_xml import read_workbook_xml

        read_workbook_xml(path, emit)
    elif form in {"page", "archive"}:
        from jobs_feed.sources.pages import read_page, read_web_archive

        (read_page if form == "page" else read_web_archive)(path, emit)
    else:
        read_workbook(path, form, emit)


def read_to(path: Path, out: BinaryIO) -> None:
    """Everything in the file as lines; the last line says how it ended. Whatever a library raises over a file (one
    of them panics outside `Exception`) means that the file is broken."""
    encoder = msgspec.json.Encoder()

    def emit(line: ChildLine) -> None:
        """One line out."""
        out.write(encoder.encode(line) + b"\n")

    try:
        form = find_form(path)
        emit(FormLine(form))
        _read(path, form, emit)
        emit(EndLine())
    except FileRefused as refusal:
        args = {key: value for key, value in (refusal.phrase.args or {}).items() if isinstance(value, str | int)}
        emit(RefusalLine(refusal.phrase.code, args))
    except MemoryError:
        emit(RefusalLine("IMPORT_FILE_HEAVY", {}))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        emit(RefusalLine("IMPORT_FILE_BROKEN", {}))


if __name__ == "__main__":
    limit_process()
    read_to(Path(sys.argv[1]), sys.stdout.buffer)
