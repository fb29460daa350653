"""Everybody's plans composed and packed, by other processes where there are many people.

In: people with what was settled for them. Out: blocks of packed plans, in the order of the people; the same bytes
however many processes share the work. The processes are started before anything is read: they have no database
connection, know only what is sent to them, and end when their parent does, however that ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection, wait

import msgspec
from threadpoolctl import threadpool_limits

from matcher.class_gains import ClassRow
from matcher.columns import PostingRow, load_vocabulary
from matcher.composing import Cutter, Part, Workshop, at_work, compose_part, open_workshop
from matcher.domain.errors import Job131Error
from matcher.packing import PackedPlan, Packer
from matcher.planning import Person, Settled
from matcher.shortlist import Market
from matcher.training_choice import Offer

POOL_FROM = 2_000
"""People; fewer are composed sooner than they are sent to other processes."""
MOST_PROCESSES = 4
PATIENCE = 10.0
"""Seconds a process is given to end by itself."""

_ENCODE = msgspec.json.Encoder()
_PEOPLE = msgspec.json.Decoder(list[Person])
_POSTINGS = msgspec.json.Decoder(tuple[PostingRow, ...])
_CLASSES = msgspec.json.Decoder(dict[int, ClassRow])
_OFFERS = msgspec.json.Decoder(list[tuple[int | None, Offer]])
Block = list[PackedPlan]


class Composers:
    """Processes that compose; none where the work is small. Closed at the end of a with block, whatever happened."""

    def __init__(self, processes: int) -> None:
        self._ends: list[Connection] = []
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._market: Market | None = None
        forks = can_fork()
        if processes > 1:
            load_vocabulary()
        for _ in range(processes if processes > 1 else 0):
            self._start(forks)

    @classmethod
    def for_people(cls, many: int) -> Composers:
        """As many as pay for so many people."""
        return cls(min(os.cpu_count() or 1, MOST_PROCESSES) if many >= POOL_FROM else 1)

    def _start(self, forks: bool) -> None:
        """One more process; a forked one lets go of its parent's ends, so that it hears when the parent is gone."""
        context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._ends.append(ours)
        foreign = self._ends[:] if forks else []
        process = context.Process(target=_serve, args=(theirs, foreign), name="composer", daemon=True)
        process.start()
        theirs.close()
        self._processes.append(process)

    def __enter__(self) -> Composers:
        return self

    def __exit__(self, *error: object) -> None:
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.join(PATIENCE)
            if process.is_alive():
                process.terminate()
        self._ends.clear()
        self._processes.clear()

    def prepare(self, market: Market, classes: Iterable[ClassRow]) -> None:
        """Lets the processes have the market before it is known who gets what, so that they have read it by then."""
        if self._ends:
            _send_to_all(self._ends, _market_bytes(market, classes))
            self._market = market

    def compose(
        self, people: Sequence[Person], settled: Settled, starts: Mapping[int, str], ready: Workshop | None = None
    ) -> Generator[Block, None, None]:
        """Packed plans of everybody, a block at a time; `ready` is a workshop kept for the market."""
        cutter = Cutter(people, settled, starts)
        if not self._ends:
            press = Press(at_work(settled, ready))
            yield from (press.packed(cutter.cut(block)) for block in cutter.blocks())
            return
        if self._market is not settled.market:
            self.prepare(settled.market, (offer.row for offer in settled.offers if offer.row is not None))
        parts = (_part_bytes(cutter.cut(block)) for block in cutter.blocks())
        with closing(self._shared(parts)) as shared:
            yield from shared

    def _shared(self, parts: Iterator[bytes]) -> Generator[Block, None, None]:
        """Every part to whoever is free; the blocks in the order of their parts."""
        busy: dict[Connection, int] = {}
        done: dict[int, Block] = {}
        given = handed = 0
        following = next(parts, None)
        while following is not None or busy or done:
            while following is not None and len(busy) < len(self._ends):
                end = next(end for end in self._ends if end not in busy)
                end.send_bytes(following)
                busy[end], given = given, given + 1
                following = next(parts, None)
            while handed in done:
                yield done.pop(handed)
                handed += 1
            for end in [end for end in wait(list(busy)) if isinstance(end, Connection)] if busy else ():
                done[busy.pop(end)] = _received(end)


def _send_to_all(ends: Sequence[Connection], payload: bytes) -> None:
    """The same bytes to every process."""
    for end in ends:
        end.send_bytes(payload)


def _received(end: Connection) -> Block:
    """A block from a process; its error is raised here."""
    try:
        found: Block | BaseException = end.recv()
    except EOFError as gone:
        raise Job131Error("编写方案的进程中断了，没有保存任何方案；请重新开始") from gone
    if isinstance(found, BaseException):
        raise found
    return found


def _market_bytes(market: Market, classes: Iterable[ClassRow]) -> bytes:
    """A market and its classes as bytes: records as JSON, which is read faster than anything else, the rest pickled."""
    bare = replace(market, postings=replace(market.postings, rows=()))
    records = _ENCODE.encode(market.postings.rows), _ENCODE.encode({row.key: row for row in classes})
    return pickle.dumps((bare, *records), protocol=pickle.HIGHEST_PROTOCOL)


def _part_bytes(part: Part) -> bytes:
    """A part as bytes; of an offered class only the key."""
    bare = replace(part, people=(), offers=(), workers=replace(part.workers, rows=()))
    offers = [
        (None, offer) if offer.row is None else (offer.row.key, replace(offer, row=None)) for offer in part.offers
    ]
    records = _ENCODE.encode(part.people), _ENCODE.encode(offers)
    return pickle.dumps((bare, *records), protocol=pickle.HIGHEST_PROTOCOL)


def _market(payload: bytes) -> tuple[Market, dict[int, ClassRow]]:
    """The market and classes of `_market_bytes`."""
    bare: Market
    bare, rows, classes = pickle.loads(payload)  # nosec B301 - bytes of this program's own parent process
    return replace(bare, postings=replace(bare.postings, rows=_POSTINGS.decode(rows))), _CLASSES.decode(classes)


def _part(payload: bytes, classes: Mapping[int, ClassRow]) -> Part:
    """The part of `_part_bytes`."""
    bare: Part
    bare, encoded, offers = pickle.loads(payload)  # nosec B301 - bytes of this program's own parent process
    people = _PEOPLE.decode(encoded)
    rows = tuple(person.row for person, carries in zip(people, bare.carries, strict=True) if carries)
    offered = [offer if key is None else replace(offer, row=classes[key]) for key, offer in _OFFERS.decode(offers)]
    return replace(bare, people=people, offers=offered, workers=replace(bare.workers, rows=rows))


class Press:
    """Where the plans of one market are composed and packed; what they have in common is written once."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop, self._packer = workshop, Packer(workshop.said.lasting)

    def packed(self, part: Part) -> Block:
        """The plans of one part, packed."""
        return [self._packer.pack(plan) for plan in compose_part(self._workshop, part)]


def can_fork() -> bool:
    """Whether this process may be doubled as it is: on Linux, and with no other thread that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _serve(end: Connection, foreign: Sequence[Connection]) -> None:
    """A process of the pool: a market first, then one part after the other until the parent lets go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in foreign:
        other.close()
    gc.disable()
    try:
        with threadpool_limits(1, "blas"):
            market, classes = _market(end.recv_bytes())
            press = Press(open_workshop(market))
            while True:
                end.send(_answer(press, end.recv_bytes(), classes))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _answer(press: Press, payload: bytes, classes: Mapping[int, ClassRow]) -> Block | Exception:
    """The block of a part, or what went wrong."""
    try:
        return press.packed(_part(payload, classes))
    except Exception as error:
        return error
