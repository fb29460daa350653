"""Cells a person corrected in the preview of a file that waits for its confirmation.

In: the sheets of the file and (sheet, row, column) → text. Out: the same sheets with these cells; the file itself stays
as it was delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jobs_feed.cells import SheetRows

Corrections = Mapping[tuple[str, int, int], str]
"""Sheet, row as the sheet shows it, column from 1 → what the cell should say."""


def corrected(sheets: Sequence[SheetRows], corrections: Corrections) -> list[SheetRows]:
    """The sheets as the person wants them read."""
    if not corrections:
        return list(sheets)
    return [_corrected(sheet, {key[1:]: text for key, text in corrections.items() if key[0] == sheet.name})
            for sheet in sheets]  # fmt: skip


def _corrected(sheet: SheetRows, cells: Mapping[tuple[int, int], str]) -> SheetRows:
    """One sheet; a corrected formula is no longer a broken one."""
    if not cells:
        return sheet
    rows = []
    for number, values in sheet.rows:
        texts = {column: text for (row, column), text in cells.items() if row == number}
        if texts:
            filled = [*values, *[None] * (max(texts) - len(values))]
            values = [texts.get(place, value) for place, value in enumerate(filled, start=1)]
        rows.append((number, values))
    return replace(sheet, rows=rows, broken=sheet.broken - cells.keys())
