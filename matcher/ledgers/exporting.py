"""A ledger as a file: ordered with a purpose, written row by row, whole or not at all, noted in the audit record.

In: an `ExportOrder`. Out: the file, the record of it, how many people stand on it and how many are in confidence.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic

from matcher.domain.errors import Cancelled, InputRefused, Job131Error
from matcher.domain.localtime import local_date
from matcher.domain.service.ledgers import Export, ExportOrder, ExportState, LedgerKind
from matcher.ledgers.belonging import in_month, month_span, stands_in
from matcher.ledgers.profiles import named
from matcher.ledgers.roll import people_in
from matcher.ledgers.sheet import Place, Sight, places, row_of
from matcher.ledgers.subject import Around, Subject, around, load
from matcher.ledgers.training import cells_of, open_classes, training_lines
from matcher.ledgers.writing import ENDINGS, PAPER, OnPaper, Writer, opened
from matcher.listings import Scope
from matcher.office import Office
from matcher.reports.book import count_book, shelf
from matcher.store.store import UnitOfWork

Progress = Callable[[float], None]
DIED = "导出的进程中断了，没有写出半份；请再导一次。"
AT_ONCE = 400
"""People opened together: some megabytes, whatever the size of the ledger."""
BEAT_SECONDS = 1.0
LEAST_PURPOSE = 2


def order_export(office: Office, order: ExportOrder, *, actor: str) -> int:
    """Keeps an order that waits to be worked off, once everything about it holds; its key."""
    if len(order.purpose.strip()) < LEAST_PURPOSE:
        raise InputRefused("台账里是个人信息：请写明导出用途（会记入审计），什么都没有导出")
    if order.ending not in (*ENDINGS, PAPER):
        raise InputRefused(f"不认得文件类型“{order.ending[:10]}”：请用 xlsx、csv 或 pdf，什么都没有导出")
    if order.month:
        month_span(order.month)
    with office.unit(actor) as unit:
        if order.profile:
            named(unit, order.ledger, order.profile, order.division)
        return unit.ledgers.exports.order(order, place=place_name(office, order))


def place_name(office: Office, order: ExportOrder) -> str:
    """Where the people of an order are at home."""
    if order.villages:
        return "、".join(order.villages)
    return office.gazetteer.name(order.division, "zh") if order.division else ""


def work_off(
    office: Office, key: int, path: Path, *, progress: Progress | None = None, on_paper: OnPaper | None = None
) -> Export:
    """Writes the file of an order; whole or not at all. `on_paper` opens a PDF, where one can be made."""
    with office.unit() as unit:
        unit.ledgers.exports.close_silent(DIED)
        if not unit.ledgers.exports.claim(key):
            raise InputRefused("这次导出已经有人在做，或者已经做完")
        actor, order = unit.ledgers.exports.get(key).actor, unit.ledgers.exports.wanted(key)
    try:
        _Making(office, key, order, actor, progress, on_paper).make(path)
    except Cancelled as stopped:
        _abandon(office, key, ExportState.STOPPED, stopped.message)
        raise
    except Job131Error as error:
        _abandon(office, key, ExportState.FAILED, error.message)
        raise
    except Exception:
        _abandon(office, key, ExportState.FAILED, "程序出错，没有写出文件")
        raise
    with office.reading() as unit:
        return unit.ledgers.exports.get(key)


def _abandon(office: Office, key: int, state: ExportState, message: str) -> None:
    """Nothing was written, and why."""
    with office.unit() as unit:
        unit.ledgers.exports.abandon(key, state, message)


@dataclass(slots=True)
class _Making:
    """One export at work."""

    office: Office
    key: int
    order: ExportOrder
    actor: str
    tell: Progress | None
    on_paper: OnPaper | None = None
    people: int = 0
    hidden: int = 0
    beaten_at: float = 0.0

    def make(self, path: Path) -> None:
        """From the order to the file and the record."""
        draft = self._draft(path)
        try:
            self._write(draft)
            with self.office.unit(self.actor) as unit:
                unit.ledgers.exports.finish(self.key, people=self.people, hidden=self.hidden)
                noted = f"{self.order.ledger.value} {self.people} {'whole' if self.order.whole else 'masked'}"
                unit.audit.note("ledger_export", subject=f"ledger:{self.key}", purpose=self.order.purpose, fields=noted)
                os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        if self.tell is not None:
            self.tell(1.0)

    def _draft(self, path: Path) -> Path:
        """A file beside the one that is to come."""
        try:
            with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=path.suffix, delete=False) as draft:
                return Path(draft.name)
        except OSError as refused:
            raise InputRefused(f"文件写不了：{path.name}；请检查文件夹、权限和磁盘空间，什么都没有导出") from refused

    def _write(self, draft: Path) -> None:
        """Every row of the ledger into a draft."""
        about, order = around(self.office), self.order
        sight = Sight.WHOLE if order.whole else Sight.VILLAGE
        with self.office.reading() as unit:
            profile = named(unit, order.ledger, order.profile, order.division) if order.profile else None
            sheet = places(order.ledger, sight, profile=profile)
            if not sheet:
                raise InputRefused("这套表头里没有您可以导出的列，什么都没有导出")
            widths = [place.column.width if place.column is not None else 10 for place in sheet]
            headers = [place.header for place in sheet]
            with self._opened(draft, about, headers, widths) as writer:
                if order.ledger is LedgerKind.TRAINING:
                    self._training(unit, about, writer)
                else:
                    self._rows(unit, about, sheet, sight, writer)
                writer.close(self._notes(about))

    def _opened(
        self, draft: Path, about: Around, headers: Sequence[str], widths: Sequence[int]
    ) -> AbstractContextManager[Writer]:
        """The writer of the file: a workbook, text, or paper."""
        if self.order.ending == PAPER and self.on_paper is not None:
            return self.on_paper(draft, self._title(about), headers, widths, about.today)
        return opened(draft, ledger_name(about, self.order.ledger), self._title(about), headers, widths)

    def _rows(self, unit: UnitOfWork, about: Around, sheet: Sequence[Place], sight: Sight, writer: Writer) -> None:
        """A row for everybody who stands in the ledger."""
        for subject in self._subjects(unit, about):
            if subject.hidden:
                self.hidden += 1
                continue
            self.people += 1
            writer.add(row_of(_numbered(subject, self.people), sheet, sight))

    def _subjects(self, unit: UnitOfWork, about: Around) -> Iterator[Subject]:
        """Everybody who stands in the ledger, opened a few at a time."""
        order = self.order
        keys = unit.ledgers.people.keys(division=order.division, villages=order.villages)
        for start in range(0, len(keys), AT_ONCE):
            self._beat(start / len(keys))
            for subject in load(unit, order.ledger, keys[start : start + AT_ONCE], about):
                inside = stands_in(order.ledger, subject)
                if inside and (not order.month or in_month(order.ledger, subject, order.month)):
                    yield subject

    def _training(self, unit: UnitOfWork, about: Around, writer: Writer) -> None:
        """A line for each occupation and place."""
        found = shelf(self.office)
        book = found.book if found.book is not None and not found.stale else count_book(self.office, unit)
        people = people_in(book, LedgerKind.TRAINING, Scope(self.order.division, self.order.villages))
        self.people, self.hidden = sum(bool(one.learn) for one in people), sum(one.hidden for one in people)
        for line in training_lines(people, open_classes(unit, about.today), about):
            writer.add(cells_of(line))

    def _title(self, about: Around) -> str:
        """What stands over the table."""
        place = place_name(self.office, self.order) or about.wording.text("LEDGER_EVERYWHERE")
        month = self.order.month or about.today.isoformat()
        return about.wording.text("LEDGER_TITLE", name=ledger_name(about, self.order.ledger), place=place, month=month)

    def _notes(self, about: Around) -> list[str]:
        """What stands under it."""
        wording = about.wording
        told = [
            wording.text("LEDGER_NOTE_PEOPLE", count=self.people, made_on=local_date(self.office.clock()).isoformat())
        ]
        if self.hidden and self.order.ledger is not LedgerKind.TRAINING:
            told.append(wording.text("LEDGER_NOTE_HIDDEN", count=self.hidden))
        if not self.order.whole:
            told.append(wording.text("LEDGER_NOTE_MASKED"))
        return [*told, wording.text("LEDGER_NOTE_INTERNAL")]

    def _beat(self, share: float) -> None:
        """Notes that it lives; Cancelled where somebody asked to stop."""
        if self.tell is not None:
            self.tell(min(0.99, share))
        now = monotonic()
        if now - self.beaten_at < BEAT_SECONDS:
            return
        self.beaten_at = now
        with self.office.unit() as unit:
            stop = unit.ledgers.exports.progress(self.key, share)
        if stop:
            raise Cancelled("已按要求停止，没有写出文件", ref=str(self.key))


def _numbered(subject: Subject, number: int) -> Subject:
    """A person with the number of the row."""
    return replace(subject, number=number)


def ledger_name(about: Around, ledger: LedgerKind) -> str:
    """What a ledger is called."""
    return about.wording.text(f"LEDGER_{ledger.name}")
