"""Items that tell a posting in words only, as RSS does: employer, place, pay and the like are read out of them.

In: the sheets of a feed. Out: the same, where columns a posting cannot do without are missing filled from title and
description as a pasted message would be; what the words do not say stays empty and is named as any empty cell is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jobs_feed.cells import CellValue, SheetRows, plain
from jobs_feed.columns import names_of
from jobs_feed.pasted import LONGEST_TEXT, read_pasted
from jobs_feed.sources import ReadFile
from matcher.reading import ReadingTools

_REF, _TITLE, _TEXT = "编号", "岗位名称", "岗位描述"
_READ = (
    "用人单位",
    "工作地点",
    "招聘人数",
    "薪资待遇",
    "年龄要求",
    "食宿",
    "工作时间",
    "联系人",
    "联系电话",
    "截止日期",
)
"""What is read out of the words where the feed has no column of its own for it."""

NumberedRow = tuple[int, Sequence[CellValue]]


def told_in_words(found: ReadFile, tools: ReadingTools) -> ReadFile:
    """The sheets, those without required columns filled from their words."""
    return replace(found, sheets=[_filled(sheet, tools) for sheet in found.sheets])


def _filled(sheet: SheetRows, tools: ReadingTools) -> SheetRows:
    """One sheet; as it is where nothing is missing or no words are there."""
    if not sheet.rows:
        return sheet
    number, first = sheet.rows[0]
    headers = [plain(cell) for cell in first]
    missing = set(names_of("postings").required) - set(headers)
    if not missing or _TITLE in missing or _TEXT not in headers:
        return sheet
    columns = [*headers, *(name for name in _READ if name not in headers)]
    rows = [filled for row in sheet.rows[1:] for filled in _told(row, headers, columns, tools)]
    return replace(sheet, rows=[(number, tuple(columns)), *rows])


def _told(
    row: NumberedRow, headers: Sequence[str], columns: Sequence[str], tools: ReadingTools
) -> Iterator[NumberedRow]:
    """A row with what its words say, one for each job they name."""
    number, cells = row
    said = {name: plain(cell) for name, cell in zip(headers, cells, strict=False)}
    text = f"{said.get(_TITLE, '')}\n{said.get(_TEXT, '')}"
    drafts = read_pasted(text[:LONGEST_TEXT], tools).drafts
    if not drafts:
        yield number, tuple(said.get(name, "") for name in columns)
    for place, draft in enumerate(drafts, start=1):
        own = {name: value for name, value in draft.fields.items() if name in {_TITLE, *_READ}}
        whole = {**own, **{name: value for name, value in said.items() if value and name != _TITLE}}
        whole[_TITLE] = own.get(_TITLE) or said.get(_TITLE, "")
        if whole[_TITLE] != said.get(_TITLE):
            whole[_TEXT] = text.strip()
        if place > 1 and said.get(_REF):
            whole[_REF] = f"{said[_REF]}#{place}"
        yield number, tuple(whole.get(name, "") for name in columns)
