"""Printing: the papers of stored plans into a file, and the record that they were printed.

In: whose papers, and a file name whose ending chooses PDF, HTML or Word. Out: the file, whole or not at all, and whose
sheets need a line written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.domain.errors import InputRefused
from web.papers.collect import PAPER_TEXTS, Wanted, pack_of, place_name, prepare
from web.papers.files import write_sheets
from web.papers.pdf import Progress

if TYPE_CHECKING:
    from matcher.office import Office


@dataclass(frozen=True, slots=True)
class Printed:
    """What was written: how many sheets, and which of them want a pen (name and case number)."""

    sheets: int
    by_hand: tuple[str, ...]


def print_sheets(
    office: Office,
    path: Path,
    wanted: Wanted,
    *,
    lang: str = "zh",
    large: bool = False,
    with_pack: bool = False,
    actor: str = "",
    progress: Progress | None = None,
) -> Printed:
    """Write the papers of a scope and record the day they were printed."""
    wording = office.wording(lang, PAPER_TEXTS)
    with office.reading() as unit:
        prepared = list(prepare(office, unit, wanted, lang=lang))
    if not prepared:
        raise InputRefused(wording.text("PAPER_NOBODY"))
    pack = None
    if with_pack:
        pack = pack_of(prepared, wording, prepared[0].speaker.context, place=place_name(office, wanted, wording))
    views = [item.sheet() for item in prepared]
    write_sheets(views, path, progress=progress, large=large, pack=pack)
    with office.unit(actor=actor) as unit:
        for item in prepared:
            unit.plans.printed(item.plan_key, office.today())
    by_hand = tuple(
        f"{item.speaker.plan.worker_name} {item.speaker.case.case_no}"
        for item, view in zip(prepared, views, strict=True)
        if view.banner
    )
    return Printed(len(views), by_hand)
