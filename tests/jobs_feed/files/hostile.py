"""Files that lie, break or attack: each read as far as it is harmless, or refused for one clear reason."""

from __future__ import annotations

import struct
import zipfile
from copy import copy
from pathlib import Path

import openpyxl
import xlsxwriter
from xlwt.CompoundDoc import XlsDoc

from tests.jobs_feed.files.case import (
    POSTING,
    Case,
    append,
    book_with,
    posting_list,
    posting_row,
    raw,
    refs,
    simple,
)

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
BROKEN = ("IMPORT_FILE_BROKEN", "IMPORT_FILE_HEAVY")


def good(folder: Path) -> Path:
    """A harmless workbook to start from, its texts in a part of their own."""
    with xlsxwriter.Workbook(folder / "start.xlsx") as book:
        sheet = book.add_worksheet("表一")
        for number, row in enumerate(posting_list()):
            sheet.write_row(number, 0, row)
    return folder / "start.xlsx"


def changed(folder: Path, part: str, old: bytes, new: bytes) -> Path:
    """The harmless workbook with one part changed."""
    start = good(folder)
    path, seen = folder / "changed.xlsx", False
    with zipfile.ZipFile(start) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename.endswith(part):
                assert old in data
                data, seen = data.replace(old, new, 1), True
            after.writestr(entry.filename, data)
    assert seen
    return path


def added(folder: Path, *parts: tuple[str, bytes]) -> Path:
    """The harmless workbook with more parts."""
    path = good(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return path


def sheet_of(folder: Path, rows: str) -> Path:
    """The harmless workbook with another sheet behind its name."""
    path = folder / "made.xlsx"
    with zipfile.ZipFile(good(folder)) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                data = f"<worksheet {_SPACE}><sheetData>{rows}</sheetData></worksheet>".encode()
            after.writestr(entry.filename, data)
    return path


def inline(row: int, cells: list[object]) -> str:
    """A row of cells with their texts in place."""
    texts = (
        f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{cell}</t></is></c>' for column, cell in enumerate(cells)
    )
    return f'<row r="{row}">{"".join(texts)}</row>'


def prefixed(folder: Path) -> Path:
    """Every element under a prefix, as some programs write them, with a cell at the last corner."""
    path = sheet_of(folder, inline(1, list(POSTING)) + inline(2, list(posting_row(1))) + inline(1_048_576, ["x"]))
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(folder / "prefixed.xlsx", "w") as after:
        for entry in before.infolist():
            text = before.read(entry)
            if entry.filename == SHEET:
                text = text.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")
            after.writestr(entry.filename, text)
    return folder / "prefixed.xlsx"


def empty_million(folder: Path) -> Path:
    """A table, then formatted empty rows far beyond what a table may have."""
    rows = [inline(1, list(POSTING)), inline(2, list(posting_row(1)))]
    rows += [f'<row r="{row}"><c r="A{row}" s="0"/><c r="F{row}" s="0"/></row>' for row in range(3, 300_000)]
    return sheet_of(folder, "".join(rows))


def stray_cell(folder: Path) -> Path:
    """A cell at the last corner."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        append(sheet, posting_list())
        sheet["XFD1048576"] = "x"
        sheet.merge_cells("C2:C3")

    return book_with(folder / "stray.xlsx", fill)


def wide_book(folder: Path) -> Path:
    """Ten thousand columns."""
    rows = [[*row, *(f"列{number}" for number in range(10_000))] for row in posting_list(1)]
    return book_with(folder / "wide.xlsx", lambda sheet: append(sheet, rows))


def overlapping(folder: Path) -> Path:
    """A thousand names for the same packed bytes."""
    path = good(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/0.bin", b"0" * 100_000)
        first = archive.infolist()[-1]
        for number in range(1, 1000):
            entry = copy(first)
            entry.filename = f"xl/media/{number}.bin"
            archive.filelist.append(entry)
            archive.NameToInfo[entry.filename] = entry
    return path


def lying_size(folder: Path) -> Path:
    """A sheet of 48 MB that says it has 100 bytes."""
    path = folder / "lying.xlsx"
    with zipfile.ZipFile(good(folder)) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b" " * (48 * 2**20) + b"</sheetData>")
            after.writestr(entry.filename, data)
        for entry in after.infolist():
            if entry.filename.endswith("sheet1.xml"):
                entry.file_size = 100
    return path


def compound(stream: bytes, name: str) -> bytes:
    """An old container whose one stream goes by another name."""
    import io

    target = io.BytesIO()
    XlsDoc().save(target, stream)
    data = target.getvalue()
    old = "Workbook\0".encode("utf-16-le")
    at = data.index(old)
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", (len(name) + 1) * 2)
    return data[:at] + entry + data[at + 66 :]


def locked_old_book(folder: Path) -> Path:
    """An .xls that says right at its start that it is enciphered."""
    start = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x0DBB, 0x07CC, 0x41, 0x600)
    lock = struct.pack("<HH", 0x2F, 54) + struct.pack("<HHH", 1, 1, 1) + b"\x11" * 48
    (folder / "locked.xls").write_bytes(compound(start + lock + b"\x0a\x00\x00\x00" + b"\0" * 4096, "Workbook"))
    return folder / "locked.xls"


def symlink(folder: Path) -> Path:
    """Parts that point and climb out of the archive: nobody unpacks them."""
    path = good(folder)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../../../tmp/job131-escaped", "x")
    return path


def cut(folder: Path) -> Path:
    """Half a workbook."""
    data = good(folder).read_bytes()
    (folder / "half.xlsx").write_bytes(data[: len(data) // 2])
    return folder / "half.xlsx"


def flipped(folder: Path) -> Path:
    """Packed bytes of the sheet overwritten."""
    path = good(folder)
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data = bytearray(path.read_bytes())
    data[at + 80 : at + 140] = b"\xff" * 60
    path.write_bytes(data)
    return path


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DIMENSION = b'<dimension ref="A1:F3"'

CASES = (
    Case("formatted rows without end", "postings", empty_million, refs("P", 1)),
    Case(
        "stray cell and merged cells",
        "postings",
        stray_cell,
        [{"ref": f"P-{n}", "employer": "示例物业1公司"} for n in (1, 2)],
        notices=["IMPORT_STRAY_CELL"],
    ),
    Case("ten thousand columns", "postings", wide_book, refs("P", 1)),
    Case("lying dimension", "postings", lambda f: changed(f, SHEET, DIMENSION, b'<dimension ref="A1"'), refs("P", 2)),
    Case(
        "huge dimension",
        "postings",
        lambda f: changed(f, SHEET, DIMENSION, b'<dimension ref="A1:XFD1048576"'),
        refs("P", 2),
    ),
    Case("prefixed names", "postings", prefixed, refs("P", 1)),
    Case(
        "bomb beside the sheet",
        "postings",
        lambda f: added(f, ("xl/media/a.bin", b"0" * (40 * 2**20))),
        file_code="IMPORT_FILE_BOMB",
    ),
    Case("overlapping entries", "postings", overlapping, file_code="IMPORT_FILE_BOMB"),
    Case("size that lies", "postings", lying_size, file_code=(*BROKEN, "IMPORT_FILE_BOMB")),
    Case(
        "five thousand parts",
        "postings",
        lambda f: added(f, *((f"x/{n}", b"") for n in range(5000))),
        file_code="IMPORT_FILE_BOMB",
    ),
    Case(
        "archive in the archive",
        "postings",
        lambda f: added(f, ("xl/embeddings/inner.zip", b"PK\x03\x04" + b"\0" * 100)),
        refs("P", 2),
    ),
    Case(
        "entities in a sheet",
        "postings",
        lambda f: changed(f, SHEET, b"<worksheet", LAUGHS + b"<worksheet"),
        file_code="IMPORT_FILE_DOCTYPE",
    ),
    Case(
        "entities behind a long comment",
        "postings",
        lambda f: changed(f, SHEET, b"<worksheet", b"<!--" + b"-x" * 20_000 + b"-->" + LAUGHS + b"<worksheet"),
        file_code="IMPORT_FILE_DOCTYPE",
    ),
    Case(
        "entities in the styles",
        "postings",
        lambda f: changed(f, "styles.xml", b"<styleSheet", LAUGHS + b"<styleSheet"),
        file_code="IMPORT_FILE_DOCTYPE",
    ),
    Case(
        "links to elsewhere",
        "postings",
        lambda f: book_with(
            f / "links.xlsx",
            lambda sheet: append(
                sheet, [list(POSTING), posting_row(1, 工作地点="='http://127.0.0.1:9/[a.xlsx]S'!A1"), posting_row(2)]
            ),
        ),
        [{"ref": "P-2"}],
        {2: "IMPORT_FORMULA"},
    ),
    Case(
        "formulas that act",
        "postings",
        simple([list(POSTING), posting_row(1, 岗位名称="=cmd|'/C calc'!A0"), posting_row(2)]),
        [{"ref": "P-2"}],
        {2: "IMPORT_FORMULA"},
    ),
    Case("macros", "postings", lambda f: added(f, ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)), refs("P", 2)),
    Case("links and climbing names", "postings", symlink, refs("P", 2)),
    Case(
        "shared strings that lie",
        "postings",
        lambda f: changed(f, "sharedStrings.xml", b'uniqueCount="', b'uniqueCount="99999999'),
        file_code=BROKEN,
    ),
    Case(
        "shared string that is not there",
        "postings",
        lambda f: changed(f, SHEET, b"<v>0</v>", b"<v>99999</v>"),
        file_code=BROKEN,
    ),
    Case(
        "workbook with a password",
        "postings",
        raw(compound(b"\0" * 8192, "EncryptedPackage"), "locked.xlsx"),
        file_code=("IMPORT_FILE_LOCKED", "IMPORT_FILE_BROKEN"),
    ),
    Case(
        "old workbook with a password",
        "postings",
        locked_old_book,
        file_code=("IMPORT_FILE_LOCKED", "IMPORT_FILE_BROKEN"),
    ),
    Case("half a workbook", "postings", cut, file_code=BROKEN),
    Case("overwritten bytes", "postings", flipped, file_code=BROKEN),
    Case(
        "sheet part missing",
        "postings",
        lambda f: changed(f, "workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/none.xml"),
        file_code=(*BROKEN, "IMPORT_FILE_EMPTY"),
    ),
    Case(
        "old container of nothing",
        "postings",
        raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000, "n.xls"),
        file_code=BROKEN,
    ),
)
