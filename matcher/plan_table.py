"""Plans as a short table on a terminal, as JSON Lines, or as a spreadsheet.

In: plans and the sentences of a language. Out: text, or an inert .xlsx file: no cell is a formula.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import xlsxwriter

from matcher.domain.plan import ServicePlan
from matcher.plan_output import plan_json
from matcher.wording import Wording
from matcher.wording.width import width

COLUMNS = (
    "OUT_REF",
    "OUT_NAME",
    "OUT_VILLAGE",
    "OUT_TRACK",
    "OUT_SESSION",
    "OUT_POSTINGS",
    "OUT_TRAINING",
    "OUT_MISSING",
)
WIDTHS = (12, 10, 18, 26, 17, 44, 26, 6)


def json_lines(plans: Iterable[ServicePlan], wording: Wording) -> Iterator[str]:
    """One object a line for every person."""
    for plan in plans:
        yield json.dumps(plan_json(plan, wording), ensure_ascii=False) + "\n"


def _cells(plan: ServicePlan, wording: Wording) -> list[str]:
    """One person as a row of the table."""
    session = plan.guidance.starts_at.replace("T", " ") if plan.guidance else ""
    training = plan.training.training.title if plan.training else ""
    return [
        plan.worker_ref,
        plan.worker_name,
        plan.village,
        wording.text(f"TRACK_NAME_{plan.track.name}"),
        session,
        "；".join(match.posting.title for match in plan.matches),
        training or (wording.say(plan.training_none) if plan.training_none else ""),
        str(plan.shortfall.missing) if plan.shortfall.missing else "",
    ]


def _fitted(text: str, room: int) -> str:
    """A text cut or filled to so many columns."""
    while width(text) > room:
        text = text[:-2] + "…" if len(text) > 1 else ""
    return text + " " * (room - width(text))


def table_lines(plans: Iterable[ServicePlan], wording: Wording) -> Iterator[str]:
    """A header and one line a person."""
    yield " ".join(_fitted(wording.text(code), room) for code, room in zip(COLUMNS, WIDTHS, strict=True)) + "\n"
    for plan in plans:
        cells = zip(_cells(plan, wording), WIDTHS, strict=True)
        yield " ".join(_fitted(cell, room) for cell, room in cells).rstrip() + "\n"


def write_workbook(plans: Iterable[ServicePlan], wording: Wording, path: Path) -> None:
    """An .xlsx file, whole or not at all."""
    with NamedTemporaryFile(dir=path.parent, suffix=".xlsx", delete=False) as draft:
        temporary = Path(draft.name)
    try:
        book = xlsxwriter.Workbook(str(temporary), {"constant_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet(wording.text("OUT_SHEET"))
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1})
        for column, (code, room) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, room)
            sheet.write_string(0, column, wording.text(code), head)
        for number, plan in enumerate(plans, start=1):
            for column, cell in enumerate(_cells(plan, wording)):
                sheet.write_string(number, column, cell, text)
        book.close()
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
