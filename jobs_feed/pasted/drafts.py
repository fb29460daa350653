"""A pasted text → drafts of postings, one a job, with the place of every value.

In: the text and the reading tools. Out: `PastedText`: drafts in the columns of a posting list, what is missing, and
what was left out. Nothing is stored here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jobs_feed.columns import names_of
from jobs_feed.pasted import employer as employers
from jobs_feed.pasted import people, place, terms
from jobs_feed.pasted.cutting import Cut, cut
from jobs_feed.pasted.labelled import labelled
from jobs_feed.pasted.model import LeftOut, Spot, Surety, Told
from jobs_feed.pasted.pasted_table import PastedRow, table_rows
from jobs_feed.pasted.several import Part, parts_of
from jobs_feed.pasted.text import Piece, piece_of, plain, prepared, without
from matcher.reading.tools import ReadingTools

_ALWAYS_OUT = ("联系人", "联系电话", "用人单位", "工作地点", "岗位名称", "招聘人数", "截止日期")
"""Labelled values of these columns need not stand in the description again."""
_SEALED = ("联系人", "联系电话")
"""Words of these columns never stand in the description: whom to ask is kept sealed."""
_OF_ALL = ("联系人", "联系电话", "用人单位", "工作地点")
"""These hold for every job of an advert, wherever they stand in it."""
_DANGLING = re.compile(
    r"(?:有意者?(?:请)?(?:来?电|联系)?|联系(?:人|电话|方式)?|(?:咨询|报名|招聘|手机|微信|热线)?(?:电话|手机号?|热线)|电联|电话(?:同)?微信|📞|☎️?|📱|地址|加?微信)"
    r"[:：]?[^\S\n]*(?=$|[\n，,。；;、/）)])"
)
"""What announced a phone or a place, once that is gone."""
_STOPS = re.compile(r"([，,。；;])(?:[^\S\n]*[，,。；;])+")
_BEHIND_ALL = ("食宿", "社会保险", "截止日期")
"""Behind the last job these are said of all, where no other has its own."""
_REACH = 16
_LINK = re.compile(r"(?:https?://|www\.)[^\s，。]+")


@dataclass(frozen=True, slots=True)
class PastedDraft:
    """One posting as drafted: column → words, where they stand, and the required columns that are missing."""

    fields: Mapping[str, str]
    spots: tuple[Spot, ...]
    line: int
    start: int
    end: int

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns nothing was found for."""
        return tuple(name for name in names_of("postings").required if not self.fields.get(name))


@dataclass(frozen=True, slots=True)
class PastedText:
    """Everything a pasted text was found to hold."""

    drafts: tuple[PastedDraft, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())
    text: str = ""
    """The text the places are counted in: one kind of line end, no long runs of blanks."""
    adverts: int = 0
    """Adverts; one may hold several jobs."""


def read_pasted(text: str, tools: ReadingTools) -> PastedText:
    """The drafts of a text; it is the caller's to bound its length."""
    raw = prepared(text)
    clear = plain(raw)
    rows, taken = table_rows(raw)
    for start, end in taken:
        clear = clear[:start] + " " * (end - start) + clear[end:]
    cuts, left = cut(clear, tools)
    drafts = [draft for one in cuts for draft in _drafts_of(raw, clear, one, tools)]
    if not rows:
        return PastedText(tuple(drafts), tuple(left), raw, len(cuts))
    around = [] if drafts else _common(clear, labelled(clear), tools)
    left = left if drafts else [one for one in left if not _tells(one, around)]
    drafts += [_of_row(row, around) for row in rows]
    drafts.sort(key=lambda draft: draft.start)
    return PastedText(tuple(drafts), tuple(left), raw, len(cuts) + len(rows))


def _of_row(row: PastedRow, around: Sequence[Told]) -> PastedDraft:
    """One row of a pasted table, with what stands around the table."""
    found = {one.field: one for one in reversed(around) if one.field in _OF_ALL} | {one.field: one for one in row.told}
    spots = tuple(Spot(name, one.start, one.end, one.surety) for name, one in found.items())
    fields = {name: one.value for name, one in found.items()}
    return PastedDraft(fields, spots, row.line, row.start, row.end)


def _tells(one: LeftOut, around: Sequence[Told]) -> bool:
    """Whether words outside the table gave a value."""
    return any(one.start <= told.start < one.end for told in around)


def _drafts_of(raw: str, clear: str, one: Cut, tools: ReadingTools) -> list[PastedDraft]:
    """The drafts of one advert."""
    lines = sorted([*one.lines, *one.shared], key=lambda line: line.start)
    piece = piece_of(clear, ((line.start, line.end) for line in lines))
    told = labelled(piece.text)
    whole = _common(piece.text, told, tools)
    first = min(one.lines, key=lambda line: line.start)
    found = []
    parts = parts_of(piece.text, told, whole, tools)
    for part in parts:
        own = _own(part, tools)
        others = [one.title.value for one in parts if one is not part and one.title.value]
        columns = _merged([one for one in whole if not _anothers_pay(one, piece.text, others)], own, part)
        description = _description(raw, piece, part, columns, told)
        fields = {name: one_told.value for name, one_told in columns.items()} | {"岗位描述": description}
        if one.day and re.search(r"\d[-/.月]\d", one.day):
            fields["发布日期"] = one.day
        spots = _spots(piece, columns)
        found.append(
            PastedDraft(
                _joined_phones(fields, whole), spots, first.number, first.start, max(line.end for line in one.lines)
            )
        )
    return found


def _common(text: str, told: Sequence[Told], tools: ReadingTools) -> list[Told]:
    """What holds for every job of an advert: employer, place, people, and its terms."""
    numbers = people.phones(text)
    stated = next((one for one in told if one.field == "联系人"), None)
    named = next((_of_label(one) for one in told if one.field in _SEALED and people.person_in(one.value)), None)
    person = named or (stated if stated and len(stated.value) <= 8 else None) or people.contact(text, numbers)
    firm = employers.employer(text, told, person)
    where = place.place(text, told, firm, tools.gazetteer)
    of_all = [one for one in (firm, where, person) if one is not None]
    found = terms.terms(text, told, tools)
    apart = [one for one in found if one.surety is Surety.STATED or not any(_inside(one, other) for other in of_all)]
    return [*apart, *numbers, *of_all]


def _inside(one: Told, other: Told) -> bool:
    """Whether words were read inside a name: 日班 in 固日班花."""
    return other.start <= one.start and one.end <= other.end


def _of_label(one: Told) -> Told:
    """The name a labelled value begins with."""
    name = people.person_in(one.value)
    start = one.start + one.value.find(name)
    return Told("联系人", name, start, start + len(name), Surety.STATED)


def _own(part: Part, tools: ReadingTools) -> list[Told]:
    """The terms one job of several has for itself."""
    if not part.own:
        return []
    own = part.own_text
    told = labelled(own)
    found = terms.terms(own, told, tools)
    where = place.place(own, told, None, tools.gazetteer)
    return [_moved(one, part.own[0]) for one in (*found, *([where] if where else []))]


def _moved(one: Told, offset: int) -> Told:
    """A value found in a part, with its place in the advert."""
    outer = (one.outer[0] + offset, one.outer[1] + offset) if one.outer else None
    return Told(one.field, one.value, one.start + offset, one.end + offset, one.surety, outer)


def _merged(whole: Sequence[Told], own: Sequence[Told], part: Part) -> dict[str, Told]:
    """Column → value: what a job has for itself goes before what holds for all, unless that is another job's."""
    found = {one.field: one for one in own}
    if part.pay is not None and (part.pay.surety is Surety.READ or "薪资待遇" not in found):
        found["薪资待遇"] = part.pay
    for one in whole:
        shared = one.field in _OF_ALL and (one.field != "工作地点" or one.surety is Surety.STATED)
        shared = shared or (one.field in _BEHIND_ALL and part.in_last(one.start))
        if one.field not in found and (shared or not part.of_another(one.start)):
            found[one.field] = one
    if part.title.value:
        found["岗位名称"] = _without_firm(part.title, found.get("用人单位"))
    if part.openings is not None:
        found["招聘人数"] = part.openings
    else:
        found.pop("招聘人数", None)
    return found


def _anothers_pay(one: Told, text: str, titles: Sequence[str]) -> bool:
    """Whether pay stands right behind the name of another job."""
    before = text[max(0, one.start - _REACH) : one.start]
    behind = (
        re.search(rf"{re.escape(title)}[员工师]?[ :：]{{0,2}}(?:月薪|底薪|工资|保底)?\Z", before) for title in titles
    )
    return one.field == "薪资待遇" and any(behind)


def _without_firm(title: Told, firm: Told | None) -> Told:
    """A name of work without the end of the firm's name it stands behind: 示例电子厂普工 is 普工."""
    if firm is None or firm.surety is not Surety.READ or not title.start < firm.end < title.end - 1:
        return title
    cut_off = firm.end - title.start
    return replace(title, value=title.value[cut_off:], start=firm.end)


def _told_once(told: Sequence[Told], columns: Mapping[str, Told]) -> list[tuple[int, int]]:
    """Labels with the part of their value that stands in a column of its own."""
    found = []
    for one in told:
        column = columns.get(one.field)
        if one.field in _ALWAYS_OUT and one.outer and column and one.outer[0] <= column.start < one.outer[1]:
            found.append((one.outer[0], column.end))
    return found


def _description(raw: str, piece: Piece, part: Part, columns: Mapping[str, Told], told: Sequence[Told]) -> str:
    """Everything else the advert says of this job, word for word, without whom to ask."""
    used = [(one.start, one.end) for name, one in columns.items() if name in _SEALED]
    gone = _told_once(told, columns)
    numbers = [(one.start, one.end) for one in people.phones(piece.text)]
    links = [match.span() for match in _LINK.finditer(piece.text)]
    kept = without(len(piece.text), [*used, *gone, *numbers, *links, *part.others])
    verbatim = "".join(_verbatim(raw, piece, start, end) for start, end in kept)
    verbatim = _STOPS.sub(r"\1", _DANGLING.sub("", verbatim))
    return re.sub(r"\n\s*\n+", "\n", verbatim).strip(" \n，,、;；:：|/")


def _verbatim(raw: str, piece: Piece, start: int, end: int) -> str:
    """The words as pasted of a stretch of a piece."""
    found, at = [], 0
    for first, last in piece.spans:
        begin, stop = max(start, at), min(end, at + last - first)
        if begin < stop:
            found.append(raw[first + begin - at : first + stop - at])
        if start <= at + last - first < end:
            found.append("\n")
        at += last - first + 1
    return "".join(found)


def _joined_phones(fields: dict[str, str], whole: Sequence[Told]) -> dict[str, str]:
    """All numbers of the advert in the one column."""
    numbers = [one.value for one in whole if one.field == "联系电话"]
    return fields | {"联系电话": " ".join(dict.fromkeys(numbers))} if numbers else fields


def _spots(piece: Piece, columns: Mapping[str, Told]) -> tuple[Spot, ...]:
    """The places of the values in the whole text."""
    found = ((name, *piece.span(one.start, one.end), one.surety) for name, one in columns.items())
    return tuple(sorted((Spot(*spot) for spot in found), key=lambda spot: spot.start))
