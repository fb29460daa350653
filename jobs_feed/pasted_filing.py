"""Adverts of a pasted text on their way into the store.

In: drafts as read or as a person has corrected them. Out: postings filed at the desk of every import, in one
transaction; for a file without a table, `Staged` as any other file gives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jobs_feed.cells import TableRow
from jobs_feed.columns import names_of
from jobs_feed.fields import read_date
from jobs_feed.filing import PostingDesk, one_job, untold
from jobs_feed.pasted import LONGEST_TEXT, LeftOut, PastedText, read_pasted
from jobs_feed.postings import read_posting_row
from jobs_feed.report import FileRefused, RowProblem, masked
from jobs_feed.rows import RowReader
from jobs_feed.sameness.merging import merge_same
from jobs_feed.sources.delimited import decode
from jobs_feed.staging import DraftRow, Staged, Task
from jobs_feed.validity import last_day
from matcher.domain.division import Place
from matcher.domain.facts import Phrase
from matcher.domain.posting import Posting
from matcher.office import Office
from matcher.reading import ReadingTools
from matcher.reference.divisions import Gazetteer
from matcher.store import ImportRecord

_NO_TABLE = frozenset({"IMPORT_NO_COLUMN", "IMPORT_NO_ROWS"})
_BYTES_A_CHARACTER = 4
_TABLE_SHARE = 0.6
"""A file in which more of the lines have the same number of cells is a table with unknown columns."""
_SEPARATORS = ",\t;|"
SOURCE = "粘贴的招聘信息"
SENDER = "local"
_MISSING = "待补"


@dataclass(frozen=True, slots=True)
class Card:
    """One posting as a person confirmed it: column → words, and the line its advert begins with."""

    fields: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the cards: problems by card where nothing was stored, else the postings."""

    problems: tuple[tuple[RowProblem, ...], ...] = ()
    keys: tuple[int, ...] = ()
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    notices: tuple[RowProblem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something has to be mended first."""
        return any(self.problems)


def stage_message(task: Task, refusal: FileRefused, tools: ReadingTools) -> Staged | None:
    """The adverts of a file that is no table but words; None where it is neither."""
    path = task.path
    if refusal.phrase.code not in _NO_TABLE or not isinstance(path, Path):
        return None
    if path.stat().st_size > LONGEST_TEXT * _BYTES_A_CHARACTER:
        return None
    try:
        text = decode(path.read_bytes())
    except FileRefused:
        return None
    if len(text) > LONGEST_TEXT or _is_table(text):
        return None
    found = read_pasted(text, tools)
    if not found.drafts:
        return None
    return _staged(task, path.stem, found)


def _is_table(text: str) -> bool:
    """Whether lines are rows of cells: most of them have the same separators, more than one in a line."""
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        most = max(set(counts) - {0}, key=counts.count, default=0)
        if most and len(lines) > 1 and counts.count(most) >= _TABLE_SHARE * len(lines):
            return True
    return False


def _staged(task: Task, sheet: str, found: PastedText) -> Staged:
    """Drafts and problems with the line of the file their advert begins with."""
    staged = Staged(rows=found.adverts, apart=True)
    for draft in found.drafts:
        fields = with_days(draft.fields, task.as_of)
        reader = _reader(fields, sheet, draft.line, task.as_of)
        posting = read_posting_row(reader, task.gazetteer, sender=task.sender)
        staged.problems += reader.problems
        if posting is not None:
            staged.notices += reader.notices
            staged.drafts.append(DraftRow(posting, sheet, draft.line))
    staged.notices += [
        RowProblem(Phrase(one.code), sheet, one.line, "", left_words(found, one)) for one in found.left_out
    ]
    return staged


def left_words(found: PastedText, one: LeftOut) -> str:
    """The words that were left out, masked; who wrote something is nobody's business."""
    return "" if one.code == "IMPORT_LEFT_HEADER" else masked(found.text[one.start : one.end].strip())


def with_days(fields: Mapping[str, str], on: date) -> dict[str, str]:
    """The columns with the last day worked out from the day of the message, and with where they come from."""
    said_on = read_date(fields.get("发布日期", ""), as_of=on).value or on
    until = last_day(fields.get("截止日期", ""), on=said_on)
    found = {"来源": SOURCE} | dict(fields)
    return found | {"截止日期": until.isoformat()} if until else found


def _reader(fields: Mapping[str, str], sheet: str, line: int, as_of: date) -> RowReader:
    """The columns as a row of a list."""
    return RowReader(TableRow(sheet, line, dict(fields), {}, frozenset(), {}), "postings", as_of)


def draft_posting(fields: Mapping[str, str], gazetteer: Gazetteer, on: date) -> Posting:
    """The posting a card would become, with what is missing left empty."""
    missing = {name: _MISSING for name in names_of("postings").required if not fields.get(name)}
    posting = read_posting_row(_reader(dict(fields) | missing, "", 1, on), gazetteer, sender=SENDER)
    if posting is None:
        return Posting(ref="", title=fields.get("岗位名称", ""), employer=fields.get("用人单位", ""))
    return replace(
        posting,
        title=fields.get("岗位名称", ""),
        employer=fields.get("用人单位", ""),
        place=posting.place if fields.get("工作地点") else Place(),
    )


def file_cards(office: Office, cards: Sequence[Card], text: str, *, actor: str, name: str) -> Filed:
    """Stores all cards in one transaction, or none where one of them lacks something."""
    drafts, problems, notices = _drafts(cards, office.gazetteer, name, office.today())
    if any(problems):
        return Filed(tuple(problems))
    desk = PostingDesk(drafts, one_job, office.policy.at(office.today()), untold)
    with office.reading() as unit:
        desk.plan(unit)
    desk.understand(office.reading, untold)
    with office.unit(actor) as unit:
        desk.settle(unit)
        planned = desk.planned
        done = ImportRecord(
            kind="postings",
            sender=SENDER,
            file_name=name,
            file_digest=hashlib.sha256(text.encode()).hexdigest(),
            rows=len(cards),
            stored=len(planned.inserts),
            updated=len(planned.updates),
            unchanged=planned.unchanged,
            report={"problems": [], "mapping": [], "as_of": office.today().isoformat()},
        )
        number = unit.imports.record(done)
        with unit.versions.keeping(number):
            desk.store(unit)
        known = unit.postings.by_source(SENDER)
        keys = tuple(dict.fromkeys(known[posting.ref].key for posting in desk.postings if posting.ref in known))
        unit.audit.note("import", subject=f"import:{number}", fields="postings")
    merge_same(office, actor=actor)
    told = (*notices, *planned.notices)
    return Filed((), keys, len(planned.inserts), len(planned.updates), planned.unchanged, told)


def _drafts(
    cards: Sequence[Card], gazetteer: Gazetteer, name: str, today: date
) -> tuple[list[tuple[DraftRow, Posting]], list[tuple[RowProblem, ...]], list[RowProblem]]:
    """Postings of the cards, what is wrong with each card, and what is to be told."""
    drafts, problems, notices = [], [], []
    for card in cards:
        reader = _reader(with_days(card.fields, today), name, card.line, today)
        posting = read_posting_row(reader, gazetteer, sender=SENDER)
        problems.append(tuple(reader.problems))
        notices += reader.notices
        if posting is not None:
            drafts.append((DraftRow(posting, name, card.line), posting))
    return drafts, problems, notices
