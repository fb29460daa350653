"""What an import did, row by row.

In: what the steps of the import found. Out: `ImportReport`, as sentences or as the JSON line of the contract.
Values of cells are masked before they get here; private columns show no value at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.wording import Wording

_DIGITS = re.compile(r"[0-9０-９]{5,}[xX]?")
_NUMBER = re.compile(r"[0-9０-９]{11,}[xX]?")
_SHOWN = 40
_GROUP_ROWS = 5
_GROUP_VALUES = 3


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """How one column of the file was understood; `field` is "" where it is not used."""

    header: str
    field: str
    how: str
    """exact, alias, fuzzy, remembered or ignored."""
    sheet: str = ""
    samples: tuple[str, ...] = ()
    """Masked."""


class FileRefused(InputRefused):
    """A file that cannot be taken as a whole; nothing of it was stored."""

    def __init__(self, code: str, **args: str | int) -> None:
        super().__init__(code)
        self.phrase = Phrase(code, dict(args))
        self.mapping: tuple[MappedColumn, ...] = ()
        """The columns as far as they were understood, so that a person can correct them."""
        self.notices: tuple[RowProblem, ...] = ()
        """What was left out before that, e.g. a hidden sheet."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One sentence about one place of the file: a reason to refuse the row, or a notice about it."""

    phrase: Phrase
    sheet: str = ""
    row: int = 0
    field: str = ""
    value: str = ""
    """Masked."""

    def sentence(self, wording: Wording) -> str:
        """What was found, and what to do."""
        return wording.say(self.phrase)

    def line(self, wording: Wording) -> str:
        """The whole line for a person: where, which value, what."""
        where = wording.text("IMPORT_WHERE", sheet=self.sheet, row=self.row) if self.row else ""
        column = wording.text("IMPORT_COLUMN", field=self.field) if self.field else ""
        value = wording.text("IMPORT_VALUE", value=self.value) if self.value else ""
        return joined(wording, where, column, value, self.sentence(wording))


@dataclass(frozen=True, slots=True)
class TitleRead:
    """A title of a list and the occupation it is taken for; `code` "" = none was recognised."""

    title: str
    code: str
    confidence: float
    postings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The outcome of one file."""

    file: str
    kind: str
    sender: str
    rows: int = 0
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[RowProblem, ...] = ()
    mapping: tuple[MappedColumn, ...] = ()
    titles: tuple[TitleRead, ...] = ()
    """Of a preview of postings: as what the titles are understood, the least sure first."""
    refused: Phrase | None = None
    dry_run: bool = False
    import_key: int | None = None
    changes: Mapping[str, int] | None = None
    """How many people a roster changed in which way; None where there are no people."""

    @property
    def refused_rows(self) -> int:
        """Rows of the file that were not stored, each with a reason."""
        return len({(problem.sheet, problem.row) for problem in self.problems})

    def message(self, wording: Wording) -> str:
        """The outcome in one sentence."""
        if self.refused is not None:
            return wording.say(self.refused)
        code = "IMPORT_TRIED" if self.dry_run else "IMPORT_DONE"
        return wording.text(
            code,
            rows=self.rows,
            stored=self.stored,
            updated=self.updated,
            unchanged=self.unchanged,
            refused=self.refused_rows,
        )

    def json_line(self, wording: Wording) -> str:
        """One line for machines."""
        line: dict[str, object] = {
            "file": self.file,
            "stored": self.stored,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rows": self.rows,
            "errors": [entry(problem, wording) for problem in self.problems],
            "notices": [entry(notice, wording) for notice in self.notices],
            "message": self.message(wording),
            "mapping": [
                {"sheet": column.sheet, "header": column.header, "field": column.field, "how": column.how}
                for column in self.mapping
            ],
        }
        if self.changes is not None:
            line["changes"] = dict(self.changes)
        return msgspec.json.encode(line).decode()


def entry(problem: RowProblem, wording: Wording) -> dict[str, str | int]:
    """One error or notice as the contract names its parts."""
    value = wording.text("IMPORT_VALUE", value=problem.value) if problem.value else ""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "field": problem.field,
        "message": joined(wording, value, problem.sentence(wording)),
    }


def grouped(problems: Sequence[RowProblem], wording: Wording) -> list[str]:
    """The same sentence about the same column once, with the rows it is said of."""
    groups: dict[tuple[str, str, str], list[RowProblem]] = {}
    for problem in problems:
        groups.setdefault((problem.sheet, problem.field, problem.sentence(wording)), []).append(problem)
    lines = []
    for (_, field, sentence), members in groups.items():
        if len(members) == 1:
            lines.append(members[0].line(wording))
            continue
        rows = "、".join(str(member.row) for member in members[:_GROUP_ROWS])
        if len(members) > _GROUP_ROWS:
            rows = wording.text("IMPORT_GROUP_MORE", rows=rows, count=len(members))
        column = wording.text("IMPORT_COLUMN", field=field) if field else ""
        values = list(dict.fromkeys(member.value for member in members if member.value))
        value = wording.text("IMPORT_VALUE", value="、".join(values[:_GROUP_VALUES])) if values else ""
        lines.append(joined(wording, wording.text("IMPORT_ROWS", rows=rows), column, value, sentence))
    return lines


def joined(wording: Wording, *parts: str) -> str:
    """Parts of a line one after the other, with spaces where the language has them."""
    return (" " if wording.language == "en" else "").join(part for part in parts if part)


def masked(value: str) -> str:
    """A cell for a message: long runs of digits keep their first two, long texts are cut."""
    shown = _DIGITS.sub(lambda run: f"{run.group()[:2]}{'*' * (len(run.group()) - 2)}", value.replace("\n", " "))
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def file_name_of(name: str) -> str:
    """The name of a file as it is kept and shown: a file called after somebody's ID number or phone tells neither."""
    return _NUMBER.sub(lambda run: f"{run.group()[:2]}{'*' * (len(run.group()) - 2)}", name)
