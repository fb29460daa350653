"""Text files: encodings, separators, line ends, quotation marks, damage."""

from __future__ import annotations

from pathlib import Path

from tests.jobs_feed.books import csv_text
from tests.jobs_feed.files.case import POSTING, Case, Make, csv_bytes, posting_list, posting_row, raw, refs

ROWS = posting_list()
TEXT = csv_text(ROWS)
HEAD = ",".join(POSTING)


def line(number: int) -> str:
    """One row as plain text."""
    return ",".join(str(cell) for cell in posting_row(number))


def plain(*lines: str) -> Make:
    """Lines as UTF-8."""
    return raw("\n".join(lines).encode())


def damaged(folder: Path) -> Path:
    """One byte of one row is lost, as when a text was cut to a number of bytes."""
    lines = [HEAD, *(line(number) for number in range(1, 41))]
    data = "\n".join(lines).encode().replace("示例物业7公司".encode(), "示例物".encode() + b"\xe4")
    (folder / "damaged.csv").write_bytes(data)
    return folder / "damaged.csv"


CASES = (
    Case("UTF-8", "postings", raw(TEXT.encode()), refs("P", 2)),
    Case("UTF-8 with a mark", "postings", raw(TEXT.encode("utf-8-sig")), refs("P", 2)),
    Case("GBK", "postings", raw(TEXT.encode("gbk")), refs("P", 2)),
    Case(
        "GB18030 with four bytes",
        "postings",
        csv_bytes([list(POSTING), posting_row(1, 岗位名称="㐇𠀀工")], encoding="gb18030"),
        [{"ref": "P-1", "title": "㐇𠀀工"}],
    ),
    Case("UTF-16", "postings", raw(TEXT.encode("utf-16")), refs("P", 2)),
    Case("UTF-16 little end first", "postings", raw(TEXT.encode("utf-16-le")), refs("P", 2)),
    Case("UTF-16 big end first", "postings", raw(TEXT.encode("utf-16-be")), refs("P", 2)),
    Case("semicolons", "postings", raw(csv_text(ROWS, ";").encode()), refs("P", 2)),
    Case("tabs named xls", "postings", raw(csv_text(ROWS, "\t").encode("gbk"), "out.xls"), refs("P", 2)),
    Case("bars", "postings", raw(csv_text(ROWS, "|").encode()), refs("P", 2)),
    Case("Chinese commas", "postings", raw("\n".join("，".join(map(str, row)) for row in ROWS).encode()), refs("P", 2)),
    Case("separator said first", "postings", raw(("sep=;\n" + csv_text(ROWS, ";")).encode()), refs("P", 2)),
    Case("mixed line ends", "postings", raw(f"{HEAD}\r\n{line(1)}\r{line(2)}\n".encode()), refs("P", 2)),
    Case(
        "commas at the ends", "postings", plain(HEAD + ",,,", line(1) + ",,,", ",,,,,,,,", line(2) + ","), refs("P", 2)
    ),
    Case(
        "quotes and line ends inside",
        "postings",
        csv_bytes([list(POSTING), posting_row(1, 岗位名称='保洁"夜班"\n,两名'), posting_row(2)]),
        [{"ref": "P-1", "title": '保洁"夜班"\n,两名'}, {"ref": "P-2", "title": "保洁员"}],
    ),
    Case(
        "a quote that is not closed",
        "postings",
        plain(HEAD, line(1), 'P-2,"保洁员,示例公司,奈曼旗,3,2800', line(3), line(4)),
        [{"ref": f"P-{number}"} for number in (1, 3, 4)],
        {3: "IMPORT_ROW_QUOTE"},
    ),
    Case(
        "a quote closed by the next row's",
        "postings",
        plain(HEAD, line(1), '"P-2,保洁员,示例公司,奈曼旗,3,2800', '"P-3",保洁员,示例公司,奈曼旗,3,2800', line(4)),
        [{"ref": f"P-{number}"} for number in (1, 3, 4)],
        {3: "IMPORT_ROW_QUOTE"},
    ),
    Case(
        "a damaged character",
        "postings",
        damaged,
        [{"ref": f"P-{number}"} for number in range(1, 41) if number != 7],
        {8: "IMPORT_GARBLED"},
    ),
    Case(
        "few zero bytes",
        "postings",
        raw(TEXT.encode().replace(b"P-1", b"P\x00-1")),
        refs("P", 2),
        notices=["IMPORT_NUL"],
    ),
    Case("many zero bytes", "postings", raw(b"a,\x00b\x00\n\x00" * 20), file_code="IMPORT_FILE_UNKNOWN"),
    Case("one column", "workers", plain("姓名", "示例一", "示例二"), [{"name": "示例一"}, {"name": "示例二"}]),
    Case(
        "title and notes",
        "postings",
        plain("某某旗岗位表,,,,,", HEAD, line(1), "填表人：示例,,,,,", "合计,,,,3,"),
        refs("P", 1),
    ),
    Case("nothing", "postings", raw(b""), file_code="IMPORT_FILE_EMPTY"),
    Case("blanks only", "postings", raw(b" \r\n\t\n"), file_code="IMPORT_FILE_EMPTY"),
    Case("header only", "postings", plain(HEAD), file_code="IMPORT_NO_ROWS"),
    Case("no header", "postings", plain("甲,乙,丙", "1,2,3"), file_code="IMPORT_NO_COLUMN"),
    Case("wrong extension", "postings", raw(TEXT.encode("gbk"), "岗位.xlsx"), refs("P", 2)),
    Case("double extension", "postings", raw(TEXT.encode(), "岗位.xlsx.csv"), refs("P", 2)),
    Case(
        "Big5",
        "postings",
        raw("崗位名稱,用人單位,工作地點\n保潔員,示例,奈曼旗\n".encode("big5")),
        file_code=("IMPORT_NO_COLUMN", "IMPORT_ENCODING"),
    ),
    Case("a program", "postings", raw(b"\x7fELF" + bytes(range(256)) * 4), file_code="IMPORT_FILE_UNKNOWN"),
)
