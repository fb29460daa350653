"""What of a paper is stored, and how leaves are made of it again.

In: view models. Out: `PaperPart`s for the store; and of parts, fresh or years old, the leaves they were made into, the
same words in the same order. A village is opened by its cover, a list by its frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec

from matcher.domain.papers.records import PaperPart
from web.papers.views import CoverView, FormView, Leaf, ScriptsView, ScriptView, SheetView

COVER, SHEET, FORM, FRAME, ROW = "cover", "sheet", "form", "frame", "row"
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverContent:
    """What opens a village: its list without rows, and the heading of the scripts."""

    village: str
    cover: CoverView
    script_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """What is printed for one person: the sheet, the row of the list (without its number), the script."""

    sheet: SheetView
    row: tuple[str, ...]
    script: ScriptView


@dataclass(frozen=True, slots=True)
class RowContent:
    """One row of a list, without its number."""

    cells: tuple[str, ...]


def part_of(
    content: CoverContent | SheetContent | FormView | RowContent,
    *,
    kind: str,
    worker_key: int | None = None,
    plan_key: int | None = None,
    mark: bytes = b"",
) -> PaperPart:
    """Content ready to be stored."""
    made_on = content.sheet.made_on if isinstance(content, SheetContent) else None
    body = msgspec.json.encode(content)
    return PaperPart(kind=kind, body=body, worker_key=worker_key, plan_key=plan_key, mark=mark, made_on=made_on)


def _read(part: PaperPart, kind: type[Content]) -> Content:
    """The content of a part."""
    return msgspec.json.decode(part.body, type=kind)


@dataclass(slots=True)
class _Open:
    """A village or a list that is not finished yet."""

    at: int = 0
    village: str = ""
    cover: CoverContent | None = None
    frame: FormView | None = None
    rows: list[tuple[str, ...]] = field(default_factory=list)
    sheets: list[SheetContent] = field(default_factory=list)


def leaves_of(parts: Iterable[tuple[int, PaperPart]], *, pack: bool) -> Iterator[tuple[str, Leaf]]:
    """Leaves with the village they belong to, as soon as they are whole."""
    now = _Open()
    for position, part in parts:
        if part.kind == SHEET:
            content = _read(part, SheetContent)
            if pack and now.cover is not None:
                now.sheets.append(content)
                now.rows.append((str(position - now.at), *content.row))
            else:
                yield now.village, content.sheet
        elif part.kind == ROW:
            now.rows.append((str(position - now.at), *_read(part, RowContent).cells))
        elif part.kind == FORM:
            yield now.village, _read(part, FormView)
        else:
            yield from _finished(now)
            now = _opened(position, part)
    yield from _finished(now)


def _opened(position: int, part: PaperPart) -> _Open:
    """A village or a list that begins."""
    if part.kind == FRAME:
        return _Open(at=position, frame=_read(part, FormView))
    cover = _read(part, CoverContent)
    return _Open(at=position, village=cover.village, cover=cover)


def _finished(now: _Open) -> Iterator[tuple[str, Leaf]]:
    """What a village or a list becomes when all of it has come."""
    if now.frame is not None:
        *before, table = now.frame.parts
        yield "", replace(now.frame, parts=(*before, replace(table, rows=tuple(now.rows))))
    if now.cover is not None and now.sheets:
        yield now.village, replace(now.cover.cover, rows=tuple(now.rows))
        for content in now.sheets:
            yield now.village, content.sheet
        yield now.village, ScriptsView(now.cover.script_title, tuple(content.script for content in now.sheets))
