"""Any sheet → a table: where its header stands, and its rows that still know sheet, row and column.

In: `SheetRows` and a way to count the headers a row names. Out: `Table`; rows of sums, notes and repeated
headers are left out with a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jobs_feed.cells import CellValue, SheetRows, plain
from jobs_feed.report import RowProblem
from matcher.domain.facts import Phrase

HEADER_WITHIN = 20
_SUMS = ("合计", "总计", "小计", "共计", "累计")
_NOTES = (
    "填表",
    "制表",
    "审核人",
    "负责人",
    "注：",
    "注:",
    "说明：",
    "说明:",
    "备注：",
    "备注:",
    "填报",
    "联系人：",
    "（盖章",
)

Count = Callable[[Sequence[str]], int]


@dataclass(slots=True)
class Table:
    """A header and the rows below it."""

    sheet: SheetRows
    headers: tuple[str, ...]
    header_row: int
    recognised: int
    rows: list[tuple[int, Sequence[CellValue]]] = field(default_factory=list)
    notices: list[RowProblem] = field(default_factory=list)

    def samples(self, index: int, *, count: int = 3) -> tuple[str, ...]:
        """The first values of a column."""
        values = (plain(cells[index]) for _, cells in self.rows[:200] if index < len(cells))
        return tuple(value for value in values if value)[:count]


def find_table(sheet: SheetRows, count: Count) -> Table:
    """The table of a sheet, its header being the row (or two rows) that names the most fields."""
    best: tuple[int, int, tuple[str, ...], int] | None = None
    for place, (_, cells) in enumerate(sheet.rows[:HEADER_WITHIN]):
        headers = tuple(plain(cell) for cell in cells)
        score = count(headers)
        if best is None or score > best[0]:
            best = (score, place, headers, 1)
        joined = _two_rows(headers, sheet.rows, place)
        below = count(tuple(plain(cell) for cell in sheet.rows[place + 1][1])) if joined else 0
        if joined and (score_two := count(joined)) > max(score, below, best[0]):
            best = (score_two, place, joined, 2)
    if best is None:
        return Table(sheet, (), 0, 0)
    score, place, headers, height = best
    table = Table(sheet, headers, sheet.rows[place][0], score)
    _take_rows(table, sheet.rows[place + height :])
    if sheet.hidden_rows:
        table.notices.append(RowProblem(Phrase("IMPORT_ROWS_HIDDEN", {"rows": sheet.hidden_rows}), sheet.name))
    return table


def _two_rows(top: tuple[str, ...], rows: Sequence[tuple[int, Sequence[CellValue]]], place: int) -> tuple[str, ...]:
    """Headers of two rows as one, "" where the second row cannot be a lower half: 岗位1 over 单位 gives 单位."""
    if place + 1 >= len(rows):
        return ()
    below = tuple(plain(cell) for cell in rows[place + 1][1])
    width = max(len(top), len(below))
    wide_top = top + ("",) * (width - len(top))
    wide_below = below + ("",) * (width - len(below))
    if all(wide_top[i] for i in range(width) if wide_below[i]) and not any(
        wide_top[i] == wide_below[i] != "" for i in range(width)
    ):
        return ()
    return tuple(low or high for high, low in zip(wide_top, wide_below, strict=True))


def _take_rows(table: Table, rows: Sequence[tuple[int, Sequence[CellValue]]]) -> None:
    """Rows of data into the table; sums, foot notes and repeated headers become notices."""
    for number, cells in rows:
        texts = [plain(cell) for cell in cells]
        filled = [text for text in texts if text]
        if not filled:
            continue
        code = _left_out(texts, filled, table.headers)
        if code:
            table.notices.append(RowProblem(Phrase(code), table.sheet.name, number))
        else:
            table.rows.append((number, cells))


def _left_out(texts: Sequence[str], filled: Sequence[str], headers: Sequence[str]) -> str:
    """Why a row is no data, "" where it is."""
    if filled[0].replace(" ", "").replace("\u3000", "").startswith(_SUMS):
        return "IMPORT_ROW_SUM"
    if len(filled) <= 2 and filled[0].startswith(_NOTES):
        return "IMPORT_ROW_NOTE"
    matching = sum(text == header for text, header in zip(texts, headers, strict=False) if text)
    return "IMPORT_ROW_HEADER" if matching >= 2 and matching == len(filled) else ""
