"""A pasted text → its adverts, and what belongs to none, with the reason.

In: the text as it is searched. Out: `Cut`s, the lines of one employer's advert each, and `LeftOut`s; every line that
says something is in one of the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jobs_feed.pasted.blocks import Block, begins_advert, blocks_of
from jobs_feed.pasted.lines import Kind, Line, lines_of
from jobs_feed.pasted.model import LeftOut
from jobs_feed.pasted.vocabulary import group, whole
from matcher.reading.tools import ReadingTools

_REASONS = {
    Kind.HEADER: "IMPORT_LEFT_HEADER",
    Kind.FORWARD: "IMPORT_LEFT_HEADER",
    Kind.NOISE: "IMPORT_LEFT_NOISE",
    Kind.LINK: "IMPORT_LEFT_LINK",
}
_SEEKS = re.compile(group("seeker"))
_OTHER = re.compile(group("other"))
_PAY = re.compile(r"\d{3,5}\s*(?:元|块|起|[-~至到—]|/)|月薪|工资|日结|待遇")
_HIRES = re.compile(r"招聘|招工|急招|诚聘|(?<!招)招(?![商生租])[一-龥]{2}|聘")
_CONTACT = re.compile(r"联系|报名|咨询|有意|电话|找")
_AT_ONCE = 8
"""Words of a search for work or of a sale this near the beginning of a line say what the line is."""
_LABELS_OF_ADVERT = 3
_FOLLOWS = 60
"""A message with fewer characters may go on with the one before."""


@dataclass(slots=True)
class Cut:
    """The lines of one advert, those it shares with its neighbours, and the date of the message."""

    lines: list[Line]
    day: str = ""
    shared: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Message:
    """What one person sent."""

    day: str
    who: str
    lines: list[Line] = field(default_factory=list)


def cut(text: str, tools: ReadingTools) -> tuple[list[Cut], list[LeftOut]]:
    """The adverts of a text, and what was left out."""
    left: list[LeftOut] = []
    adverts: list[Cut] = []
    last_who = ""
    for message in _messages(text, left):
        found = _adverts(text, message, tools, left)
        words = [line for line in message.lines if line.kind is Kind.WORDS]
        whole_message = Block(text, words, Kind.BLANK, tools)
        if not found and words:
            if adverts and _goes_on(
                Block(text, adverts[-1].lines, Kind.BLANK, tools), whole_message, message.who == last_who
            ):
                adverts[-1].lines += words
            else:
                left += _left(text, words, whole_message)
        adverts += found
        last_who = message.who if words else last_who
    return adverts, sorted(left, key=lambda one: one.start)


def _messages(text: str, left: list[LeftOut]) -> list[_Message]:
    """The messages of a text; headers, noise and links are left out."""
    messages = [_Message("", "")]
    for line in lines_of(text):
        if line.kind in (Kind.HEADER, Kind.FORWARD):
            day = line.day or messages[-1].day
            messages.append(_Message(day, re.sub(r"[\d:：\-/.\s]", "", text[line.start : line.end])))
        if line.kind in _REASONS:
            left.append(LeftOut(_REASONS[line.kind], line.start, line.end, line.number))
        else:
            messages[-1].lines.append(line)
    return messages


def _adverts(text: str, message: _Message, tools: ReadingTools, left: list[LeftOut]) -> list[Cut]:
    """The adverts of one message; headings of lists are left out."""
    lines = [line for line in message.lines if not _heading(text, line, left)]
    groups: list[Block] = []
    blocks = blocks_of(text, lines, tools)
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if not groups or begins_advert(groups[-1], block, following):
            groups.append(block)
        else:
            groups[-1] = groups[-1].joined(block)
    groups = _with_headers(groups)
    kept = [group_ for group_ in groups if _is_advert(group_)]
    if kept:
        for other in groups:
            if other not in kept:
                left += _left(text, other.lines, other)
    cuts = [Cut(block.lines, message.day) for block in kept]
    _share_footer(kept, cuts)
    return cuts


def _heading(text: str, line: Line, left: list[LeftOut]) -> bool:
    """Whether a line is only the heading of a list."""
    words = text[line.start : line.end]
    if (
        line.kind is Kind.WORDS
        and whole("heading").fullmatch(words)
        and not re.search(r"公司|厂|店|[:：]\s*\S|\d{5}", words)
    ):
        left.append(LeftOut("IMPORT_LEFT_HEADING", line.start, line.end, line.number))
        return True
    code = _of_others(words) if line.kind is Kind.WORDS else ""
    if code:
        left.append(LeftOut(code, line.start, line.end, line.number))
    return bool(code)


def _of_others(words: str) -> str:
    """Why a line is no employer's: somebody seeks work, asks, or sells and lets; "" where it may be."""
    seeks = _SEEKS.search(words)
    if seeks and (words.rstrip().endswith(("?", "？")) or seeks.start() <= _AT_ONCE or not _PAY.search(words)):
        return "IMPORT_LEFT_SEEKER"
    other = _OTHER.search(words)
    return "IMPORT_LEFT_OTHER" if other and other.start() <= _AT_ONCE and not _HIRES.search(words) else ""


def _with_headers(groups: list[Block]) -> list[Block]:
    """A group without work that names the firm of the next one becomes its head."""
    found: list[Block] = []
    for block in groups:
        if found and not found[-1].work and found[-1].firm and not found[-1].phones:
            found[-1] = found[-1].joined(block)
        else:
            found.append(block)
    return found


def _is_advert(block: Block) -> bool:
    """Whether a group offers work: it names work and is no search for it, or it has everything else."""
    text = block.text
    if _SEEKS.search(text) and not (block.firm and _PAY.search(text)):
        return False
    if _OTHER.search(text) and not block.calls:
        return False
    if block.work:
        return bool(block.phones or block.calls or block.firm or block.fields or _PAY.search(text))
    return len(block.fields) >= _LABELS_OF_ADVERT or bool(
        (block.calls or block.firm) and (block.phones or _PAY.search(text)) and (block.calls or _PAY.search(text))
    )


def _goes_on(advert: Block, words: Block, same_person: bool) -> bool:
    """Whether a message without work of its own goes on with the advert before: a phone, where it had none."""
    text = words.text
    if len(text) > _FOLLOWS or _SEEKS.search(text) or "?" in text or "？" in text or _OTHER.search(text):
        return False
    if words.phones:
        return not advert.phones
    return same_person and bool(words.fields or _PAY.search(text))


def _left(text: str, lines: list[Line], block: Block) -> list[LeftOut]:
    """Lines that offer no work, with the reason."""
    words = block.text
    code = (
        "IMPORT_LEFT_SEEKER"
        if _SEEKS.search(words)
        else "IMPORT_LEFT_OTHER"
        if _OTHER.search(words)
        else "IMPORT_LEFT_WORDS"
    )
    return [LeftOut(code, line.start, line.end, line.number) for line in lines]


def _share_footer(blocks: list[Block], cuts: list[Cut]) -> None:
    """The phone below a list of adverts is everybody's, where no other has one."""
    if len(blocks) < 2 or any(block.phones for block in blocks[:-1]) or not blocks[-1].phones:
        return
    last = blocks[-1]
    footer: list[Line] = []
    for line in reversed(last.lines):
        alone = last.of([line])
        if alone.work:
            break
        footer.insert(0, line)
    while footer and not (last.of(footer[:1]).phones or _CONTACT.search(last.of(footer[:1]).text)):
        footer.pop(0)
    if footer and last.of(footer).phones:
        for one in cuts[:-1]:
            one.shared = footer
