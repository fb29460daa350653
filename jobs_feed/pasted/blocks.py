"""Stretches of lines with what they hold: work, a firm, a phone, a call.

In: lines of a message. Out: `Block`s, each looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobs_feed.pasted import employer, work
from jobs_feed.pasted.labelled import labelled
from jobs_feed.pasted.lines import Kind, Line
from jobs_feed.pasted.model import Told
from jobs_feed.pasted.people import phones_in
from jobs_feed.pasted.text import Piece, piece_of
from matcher.reading.tools import ReadingTools

_MARK = re.compile(r"\s*(?:\d{1,2}[.、．)）](?!\d)|[①-⑩]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,2}[、.．])")
_CALL = re.compile(
    rf"[^\w\n]*(?:{_MARK.pattern})?[^\w\n]*(?:[^\n，,。；;：:]{{0,22}}?)(?:急招|招聘|诚聘|招工|急聘|高薪聘|诚招|聘请|招募|招收|(?<![要需])招(?=[一-龥\d]|[:：])|^[\W\d]*找(?=[一-龥个\d])|^[\W\d]*(?:需要?|急需|缺|雇)(?=[一-龥\d]))"
)
_LOOK = 10
"""So many lines before and behind are looked at to tell where an advert begins."""
_HEAD = re.compile(r"[^\w\n]*[【《]")


@dataclass(eq=False)
class Block:
    """Lines that stand together; `gap` is what stood before them."""

    whole: str
    lines: list[Line]
    gap: Kind
    tools: ReadingTools

    @cached_property
    def piece(self) -> Piece:
        """Its words."""
        return piece_of(self.whole, ((line.start, line.end) for line in self.lines))

    @property
    def text(self) -> str:
        """Its words as one text."""
        return self.piece.text

    @cached_property
    def told(self) -> list[Told]:
        """Its labelled values."""
        return labelled(self.text)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that are labelled."""
        return frozenset(one.field for one in self.told)

    @cached_property
    def phones(self) -> list[str]:
        """Its phone numbers."""
        return [number for _, _, number in phones_in(self.text)]

    @cached_property
    def work(self) -> bool:
        """Whether it names work."""
        return bool(work.jobs(self.text, self.told, self.tools))

    @cached_property
    def firm(self) -> str:
        """The firm it names, by label, in its head or in a sentence; "" for none."""
        found = employer.employer(self.text, self.told, None)
        return found.value if found else ""

    @cached_property
    def calls(self) -> bool:
        """Whether it begins with a call or a heading in brackets."""
        first = self.text.lstrip("\n").split("\n", 1)[0]
        return bool(_CALL.match(first) or _HEAD.match(first))

    @cached_property
    def numbered(self) -> bool:
        """Whether it begins with a number."""
        return bool(_MARK.match(self.text))

    def joined(self, other: Block) -> Block:
        """Both as one."""
        return Block(self.whole, [*self.lines, *other.lines], self.gap, self.tools)

    def of(self, lines: Iterable[Line], gap: Kind = Kind.WORDS) -> Block:
        """Some of its lines as a block of their own."""
        return Block(self.whole, list(lines), gap, self.tools)


def blocks_of(whole: str, lines: Sequence[Line], tools: ReadingTools) -> list[Block]:
    """The blocks of a message, cut at blank lines and rules, and where the next advert begins without either."""
    found: list[Block] = []
    gap, kept = Kind.BLANK, []
    for line in [*lines, Line(Kind.BLANK, len(whole), len(whole), 0)]:
        if line.kind is Kind.WORDS:
            kept.append(line)
            continue
        if kept:
            found += _parted(Block(whole, kept, gap, tools))
            gap, kept = line.kind, []
        elif line.kind is Kind.RULE:
            gap = Kind.RULE
    return found


def _parted(block: Block) -> list[Block]:
    """A block without gaps, parted where one advert after the other stands in it."""
    parts: list[list[Line]] = []
    singles = [block.of([line]) for line in block.lines]
    for at, single in enumerate(singles):
        so_far = block.of(_ends(parts[-1])) if parts else None
        rest = block.of(block.lines[at : at + _LOOK])
        if so_far is None or _begins(so_far, single, rest):
            parts.append([])
        parts[-1].append(single.lines[0])
    if len(parts) == 1:
        return [block]
    return [block.of(lines, block.gap if not at else Kind.WORDS) for at, lines in enumerate(parts)]


def _ends(lines: list[Line]) -> list[Line]:
    """The first and last lines of a long stretch, all of a short one."""
    return lines if len(lines) <= 2 * _LOOK else [*lines[:_LOOK], *lines[-_LOOK:]]


def _begins(so_far: Block, line: Block, rest: Block) -> bool:
    """Whether a new advert begins with a line."""
    if "用人单位" in line.fields and (so_far.phones or "用人单位" in so_far.fields):
        return True
    if so_far.phones and so_far.work and rest.work and rest.phones:
        return (
            line.calls
            or line.numbered
            or (line.work and bool(line.phones))
            or bool(line.firm and line.work)
            or _heads(line, rest)
        )
    if line.work and line.firm and so_far.work and so_far.firm and _apart(line.firm, so_far.firm):
        first = so_far.of(so_far.lines[:1])
        return so_far.of(so_far.lines[-1:]).work or bool(so_far.phones or (first.work and first.firm))
    return False


def _heads(line: Block, rest: Block) -> bool:
    """Whether a short line with a firm, or with nothing but a name of work, heads what follows."""
    return (
        len(line.text.strip()) <= 24
        and not line.phones
        and (bool(line.firm) or line.work)
        and not line.fields - {"岗位名称", "用人单位"}
    )


def _apart(one: str, other: str) -> bool:
    """Whether two names of firms are of different firms."""
    return one not in other and other not in one


def begins_advert(so_far: Block, block: Block, following: Block | None) -> bool:
    """Whether a block begins a new advert, behind what was read so far of the one before."""
    if not block.work:
        if block.gap is not Kind.WORDS and block.firm and block.phones and so_far.phones and so_far.work:
            return True
        heads = bool(block.firm) and not block.phones and so_far.work and following is not None and following.work
        return heads and bool(so_far.phones or block.gap is Kind.RULE) and (block.calls or len(block.text) <= 40)
    if not so_far.work:
        return False
    if "用人单位" in block.fields and so_far.firm:
        return True
    if so_far.phones and block.phones:
        return True
    if block.firm and so_far.firm and _apart(block.firm, so_far.firm):
        return block.calls or block.numbered or not so_far.phones or block.gap is Kind.RULE
    return bool(so_far.phones and block.firm and block.calls and not so_far.firm)
