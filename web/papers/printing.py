"""Printing: an order becomes a file, and what was printed is stored.

In: what somebody asked for, and a file name whose ending chooses PDF, HTML, Word or a folder of Word files. Out: the
file and the record of it, or neither; whose sheets need a line written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from matcher.domain.errors import Cancelled, InputRefused, Job131Error
from matcher.domain.papers.records import DIED, PaperKind, PaperPart, PrintOrder, PrintState
from web.papers.collect import PAPER_TEXTS
from web.papers.contents import leaves_of
from web.papers.files import check_ending, write_groups
from web.papers.sources import Source, source_of
from web.papers.versions import versions
from web.papers.views import FormView, Leaf, SheetView

if TYPE_CHECKING:
    from matcher.office import Office
    from matcher.wording import Wording

Progress = Callable[[float], None]
BEAT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Printed:
    """What was written: how many papers, and which of them want a pen (as they are headed)."""

    sheets: int
    by_hand: tuple[str, ...]
    key: int


def print_papers(
    office: Office, path: Path, order: PrintOrder, *, actor: str = "", progress: Progress | None = None
) -> Printed:
    """Order papers and make them at once."""
    check_ending(path)
    return work_off(office, order_papers(office, order, actor=actor), path, progress=progress)


def order_papers(office: Office, order: PrintOrder, *, actor: str = "") -> int:
    """Keep an order that waits to be worked off; its key."""
    with office.unit(actor=actor) as unit:
        return unit.printings.order(order, place=place_name(office, order))


def order_again(office: Office, key: int, *, ending: str = "", worker_key: int | None = None) -> PrintOrder:
    """An order for what was printed before, word for word, of one person where one is named."""
    with office.reading() as unit:
        past, wanted = unit.printings.get(key), unit.printings.wanted(key)
    if past.state is not PrintState.DONE:
        raise InputRefused("那一次没有印成，没有可以再印的", ref=str(key))
    first = key if wanted.again is None else wanted.again
    return replace(
        wanted, again=first, worker_key=worker_key or wanted.worker_key, ending=ending or wanted.ending,
        pack=wanted.pack and worker_key is None, only_changed=False,
    )  # fmt: skip


def place_name(office: Office, order: PrintOrder) -> str:
    """Where the people of an order are at home; people themselves are never named here."""
    if order.villages:
        return "、".join(order.villages)
    return office.gazetteer.name(order.division, "zh") if order.division else ""


def work_off(office: Office, key: int, path: Path, *, progress: Progress | None = None) -> Printed:
    """Make the papers of an order; whole or not at all."""
    with office.unit() as unit:
        unit.printings.close_silent(DIED)
        if not unit.printings.claim(key):
            raise InputRefused("这次打印已经有人在做，或者已经做完")
        actor, order = unit.printings.get(key).actor, unit.printings.wanted(key)
    try:
        return _Making(office, key, order, actor, progress).make(path)
    except Cancelled as stopped:
        _abandon(office, key, PrintState.STOPPED, stopped.message)
        raise
    except Job131Error as error:
        _abandon(office, key, PrintState.FAILED, error.message)
        raise
    except Exception:
        _abandon(office, key, PrintState.FAILED, "程序出错，没有打印任何单子")
        raise


def _abandon(office: Office, key: int, state: PrintState, message: str) -> None:
    """Nothing was printed, and why."""
    with office.unit() as unit:
        unit.printings.abandon(key, state, message)


@dataclass(slots=True)
class _Making:
    """One printing at work."""

    office: Office
    key: int
    order: PrintOrder
    actor: str
    tell: Progress | None
    position: int = 0
    sheets: int = 0
    by_hand: list[str] = field(default_factory=list)
    many: int = 1
    beaten_at: float = 0.0

    def make(self, path: Path) -> Printed:
        """From the order to the file and the record."""
        source = source_of(self.office, self.order)
        self.many = max(1, source.many)
        leaves = self._leaves(source)
        first = next(leaves, None)
        if first is None:
            raise InputRefused(self._wording().text(self._why_nothing()))
        write_groups(chain([first], leaves), path, large=self.order.large, progress=self._written, before=self._done)
        return Printed(self.sheets, tuple(self.by_hand), self.key)

    def _why_nothing(self) -> str:
        """Why there is nothing to print."""
        if self.order.only_changed:
            return "PAPER_NO_CHANGE"
        return "PAPER_REFERRAL_NONE" if self.order.kind is PaperKind.REFERRAL else "PAPER_NOBODY"

    def _wording(self) -> Wording:
        """The sentences of the papers."""
        return self.office.wording(self.order.lang, PAPER_TEXTS)

    def _leaves(self, source: Source) -> Iterator[tuple[str, Leaf]]:
        """Leaves as they come, counted; a part is stored before it is set."""
        for group, leaf in leaves_of(self._stored(source), pack=self.order.pack):
            if isinstance(leaf, SheetView | FormView):
                self.sheets += 1
                if leaf.banner:
                    self.by_hand.append(" ".join(item.text for item in leaf.head[:3:2]))
            yield group, leaf

    def _stored(self, source: Source) -> Iterator[tuple[int, PaperPart]]:
        """Parts with their places in the printing."""
        for parts in source.parts:
            with self.office.unit(actor=self.actor) as unit:
                unit.papers.add(self.key, parts, first=self.position)
            self._beat(min(0.99, self.sheets / self.many))
            yield from enumerate(parts, start=self.position)
            self.position += len(parts)

    def _written(self, leaves: int) -> None:
        """How far it is."""
        share = min(0.99, leaves / self.many)
        if self.tell is not None:
            self.tell(share)
        self._beat(share)

    def _beat(self, share: float) -> None:
        """Notes that it lives; Cancelled where somebody asked to stop."""
        now = monotonic()
        if now - self.beaten_at < BEAT_SECONDS:
            return
        self.beaten_at = now
        with self.office.unit() as unit:
            stop = unit.printings.progress(self.key, share)
        if stop:
            raise Cancelled("已按要求停止，没有打印任何单子", ref=str(self.key))

    def _done(self) -> None:
        """Everything is on the disk: what was printed becomes part of the history."""
        with self.office.unit(actor=self.actor) as unit:
            unit.printings.finish(self.key, sheets=self.sheets, versions=versions())
            if self.order.kind.personal and self.order.again is None:
                unit.plans.printed_many(list(unit.papers.plans_of(self.key)), self.office.today())
            noted = f"{self.order.kind.value} {self.sheets}"
            unit.audit.note("print", subject=f"printing:{self.key}", purpose=self.order.purpose, fields=noted)
        if self.tell is not None:
            self.tell(1.0)
