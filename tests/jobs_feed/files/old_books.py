"""What else goes by the name of a workbook: .xls, .ods, web pages, XML of 2003, web archives."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlwt

from tests.jobs_feed.books import Cell
from tests.jobs_feed.files.case import POSTING, WORKER, Case, posting_list, posting_row, raw, refs, simple, worker_row

_SPREADSHEET = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)


def old_book(folder: Path) -> Path:
    """An .xls with a title, merged cells, a real day and a hidden sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位")
    head = [*POSTING, "发布日期"]
    sheet.write_merge(0, 0, 0, len(head) - 1, "岗位表")
    shown = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for row, cells in enumerate([head, posting_row(1), posting_row(2, 用人单位=None)], start=1):
        for column, cell in enumerate(cells):
            if column != 2 or row == 1:
                sheet.write(row, column, cell)
    sheet.write_merge(2, 3, 2, 2, "示例公司")
    sheet.write(2, 6, date(2022, 6, 1), shown)
    sheet.write(3, 6, 44713)
    book.add_sheet("字典").visibility = 1
    book.save(str(folder / "old.xls"))
    return folder / "old.xls"


def new_by_old_name(folder: Path) -> Path:
    """An .xlsx that somebody named .xls."""
    return simple(posting_list())(folder).rename(folder / "new.xls")


def ods(folder: Path, rows: Sequence[Sequence[Cell]] = (), *, name: str = "table.ods", tail: str = "") -> Path:
    """An OpenDocument table."""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in (rows or posting_list())
    )
    spaces = " ".join(
        f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in ("office", "table", "text")
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="岗位">{body}{tail}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return folder / name


def endless_ods(folder: Path) -> Path:
    """One row that says it is there a million times, with as many cells."""
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    cell += "<text:p>x</text:p></table:table-cell>"
    tail = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return ods(folder, name="endless.ods", tail=tail)


def page(rows: Sequence[Sequence[Cell]], *, cell: str = "td") -> str:
    """A table of a page."""
    lines = ("".join(f"<{cell}>{'' if value is None else value}</{cell}>" for value in row) for row in rows)
    return f"<table border=1>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def page_of_excel(folder: Path) -> Path:
    """What spreadsheets write as a page: GBK, a name of the sheet, merged title, styles, digits kept as text."""
    text = f"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><style>td {{mso-number-format:"\\@";}}</style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>岗位一览</x:Name>
</x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><body>
<table><tr><td colspan=6>岗位 &amp; 用工表</td></tr>{page(posting_list(3))[16:]}</body></html>"""
    text = text.replace("<td>保洁员</td>", "<td>保洁员<br>\n  （夜班）</td>", 1)
    (folder / "page.xls").write_bytes(text.encode("gbk"))
    return folder / "page.xls"


def page_with_spans(folder: Path) -> Path:
    """One employer over two rows; a page arranged by a table around the table."""
    inner = (
        "<table><thead><tr>" + "".join(f"<th>{name}</th>" for name in POSTING) + "</tr></thead><tbody>"
        "<tr><td>P-1<td>保洁员<td rowspan=2>示例公司<td>奈曼旗<td>2<td>3000</tr>"
        "<tr><td>P-2</td><td>焊工</td><td>奈曼旗</td><td>1</td><td>5000</td></tr></tbody></table>"
    )
    text = f"<!DOCTYPE html><meta charset=utf-8><table><tr><td>菜单</td><td>{inner}</td></tr></table>"
    text += "<script>x='<td>'</script>"
    (folder / "spans.xls").write_text(text, encoding="utf-8")
    return folder / "spans.xls"


def archive_of_pages(folder: Path) -> Path:
    """A page packed with its parts."""
    import base64

    body = base64.encodebytes(f"<html>{page(posting_list())}</html>".encode()).decode()
    text = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----=_x"\n\n------=_x\n'
        "Content-Location: file:///C:/1/book.htm\nContent-Transfer-Encoding: base64\n"
        'Content-Type: text/html; charset="utf-8"\n\n'
        f"{body}\n------=_x--\n"
    )
    (folder / "packed.xls").write_text(text, encoding="utf-8")
    return folder / "packed.xls"


def xml_cell(value: Cell) -> str:
    """A cell of an XML spreadsheet."""
    kind = "Number" if isinstance(value, int | float) else "String"
    return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'


def xml_book(folder: Path) -> Path:
    """An XML spreadsheet with places left out, merged cells, a day, a formula, an error and a hidden sheet."""
    head = "".join(xml_cell(name) for name in (*POSTING, "发布日期"))
    rows = [f'<Row ss:Index="3">{head}</Row>']
    day = '<Cell><Data ss:Type="DateTime">2022-06-01T00:00:00.000</Data></Cell>'
    first = [xml_cell(cell) for cell in posting_row(1, 用人单位="示例公司")]
    first[2] = first[2].replace("<Cell>", '<Cell ss:MergeDown="1">')
    second = [xml_cell(cell) for cell in posting_row(2)]
    second[3] = second[3].replace("<Cell>", '<Cell ss:Index="4">')
    third = [xml_cell(cell) for cell in posting_row(3)]
    third[3] = '<Cell ss:Formula="=RC[1]"><Data ss:Type="Error">#REF!</Data></Cell>'
    rows += [f"<Row>{''.join(first)}{day}</Row>", f"<Row>{''.join([*second[:2], *second[3:]])}{day}</Row>"]
    rows += [f'<Row ss:Index="9" ss:Hidden="1">{"".join(third)}{day}</Row>']
    hidden = (
        f'<Worksheet ss:Name="旧"><Table><Row>{head}</Row></Table><WorksheetOptions '
        'xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>'
    )
    text = (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {_SPREADSHEET}>'
        f'<Worksheet ss:Name="岗位"><Table>{"".join(rows)}</Table></Worksheet>{hidden}</Workbook>'
    )
    (folder / "xml.xls").write_text(text, encoding="utf-8")
    return folder / "xml.xls"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ROSTER_ROWS = [list(WORKER), worker_row(1), worker_row(2, 身份证号="15059919790302001")]
ROSTER_PAGE = f"<meta charset='utf-8'>{page(ROSTER_ROWS)}"

CASES = (
    Case(
        "old workbook",
        "postings",
        old_book,
        [{"ref": f"P-{n}", "employer": "示例公司", "published_on": date(2022, 6, 1)} for n in (1, 2)],
        notices=["IMPORT_SHEET_HIDDEN"],
    ),
    Case("new workbook by an old name", "postings", new_by_old_name, refs("P", 2)),
    Case("old workbook by a new name", "postings", lambda f: old_book(f).rename(f / "new.xlsx"), refs("P", 2)),
    Case("OpenDocument", "postings", ods, refs("P", 2)),
    Case(
        "OpenDocument without end",
        "postings",
        endless_ods,
        file_code=("IMPORT_FILE_HEAVY", "IMPORT_FILE_BROKEN", "IMPORT_FILE_BOMB"),
    ),
    Case(
        "page of a spreadsheet",
        "postings",
        page_of_excel,
        [{"ref": "P-1", "title": "保洁员\n（夜班）"}, *({"ref": f"P-{n}", "title": "保洁员"} for n in (2, 3))],
    ),
    Case("page with spans", "postings", page_with_spans, [{"ref": f"P-{n}", "employer": "示例公司"} for n in (1, 2)]),
    Case(
        "page in UTF-16",
        "postings",
        raw(f"<html><body>{page(posting_list())}</body></html>".encode("utf-16"), "u.xls"),
        refs("P", 2),
    ),
    Case(
        "page that names no encoding",
        "postings",
        raw(f"<table>{page(posting_list())[16:]}".encode("gbk"), "n.xls"),
        refs("P", 2),
    ),
    Case(
        "page never closed",
        "postings",
        raw(f"<html><body>{page(posting_list())[:-16]}".encode(), "c.xls"),
        refs("P", 2),
    ),
    Case("roster as a page", "workers", raw(ROSTER_PAGE.encode(), "r.xls"), refs("W", 1), {3: "IMPORT_ID_LENGTH"}),
    Case(
        "page without a table",
        "postings",
        raw(b"<html><body><p>404</p></body></html>", "e.xls"),
        file_code="IMPORT_FILE_WEBPAGE",
    ),
    Case(
        "page with entities",
        "postings",
        raw(f"{LAUGHS}{page(posting_list())}".encode(), "l.xls"),
        file_code="IMPORT_FILE_DOCTYPE",
    ),
    Case("archive of pages", "postings", archive_of_pages, refs("P", 2)),
    Case(
        "XML spreadsheet",
        "postings",
        xml_book,
        [{"ref": f"P-{n}", "employer": "示例公司", "openings": 3, "published_on": date(2022, 6, 1)} for n in (1, 2)],
        {9: "IMPORT_FORMULA"},
        notices=["IMPORT_SHEET_HIDDEN", "IMPORT_ROWS_HIDDEN"],
    ),
    Case(
        "XML spreadsheet with entities",
        "postings",
        raw(f'<?xml version="1.0"?>{LAUGHS}<Workbook {_SPREADSHEET}>&b;</Workbook>'.encode(), "l2.xls"),
        file_code="IMPORT_FILE_DOCTYPE",
    ),
    Case(
        "XML spreadsheet cut off",
        "postings",
        raw(f'<?xml version="1.0"?><Workbook {_SPREADSHEET}><Worksheet ss:Name="x"><Table><Row>'.encode(), "b.xls"),
        file_code="IMPORT_FILE_BROKEN",
    ),
    Case(
        "XML spreadsheet a hundred thousand deep",
        "postings",
        raw(f'<?xml version="1.0"?><Workbook {_SPREADSHEET}>'.encode() + b"<a>" * 100_000, "d.xls"),
        file_code="IMPORT_FILE_BROKEN",
    ),
)
