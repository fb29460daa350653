"""One row of a table, asked for its values by field.

In: a `TableRow`. Out: typed values; on the way it collects what refuses the row (`problems`) and what only
needs telling (`notices`), with values masked and private columns without any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from jobs_feed.cells import CellValue, TableRow, plain, seen
from jobs_feed.columns import names_of
from jobs_feed.fields import (
    Read,
    is_blank,
    read_choice,
    read_count,
    read_date,
    read_deadline,
    read_hours,
    read_phone,
    read_uscc,
    read_yes_no,
)
from jobs_feed.report import RowProblem, masked
from matcher.domain.facts import Phrase, PhraseValue
from matcher.reading.identity import IdNumber, IdProblem, read_id_number

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
"""What a spreadsheet shows where a formula failed."""
_NAMES = frozenset({"编号", "姓名", "旗县", "苏木乡镇", "嘎查村", "户编号"})
"""What people, records and places are found again by."""
_LOST_DIGITS = 1e11
"""A number this large in an ID column was typed as a number; from the 16th digit on it is wrong for good."""


@lru_cache(maxsize=16)
def values_of(choices: type[StrEnum]) -> frozenset[str]:
    """The values of an enumeration."""
    return frozenset(choice.value for choice in choices)


@dataclass(slots=True)
class RowReader:
    """The cells of one row, and what was found wrong with them."""

    row: TableRow
    kind: str
    as_of: date
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[RowProblem] = field(default_factory=list)

    def raw(self, name: str) -> CellValue:
        """A cell as it stands; one whose formula holds no value is a problem once."""
        if name in self.row.broken:
            self._refuse_once(name, "IMPORT_FORMULA")
            return None
        value = self.row.cells.get(name)
        if isinstance(value, str) and value.startswith("#") and value.strip().upper() in _ERRORS:
            self._refuse_once(name, "IMPORT_FORMULA")
            return None
        return value

    def _refuse_once(self, name: str, code: str) -> None:
        """A reason not to store the row, once a column."""
        if all(problem.field != self._header(name) for problem in self.problems):
            self.refuse(name, code)

    def text(self, name: str, *, unit: str = "") -> str:
        """A text, verbatim; "" where the cell says nothing. A bare number gets the unit of its header."""
        value = plain(self.raw(name))
        if name in _NAMES:
            value = seen(value)
        if is_blank(value):
            value = ""
        if unit and value and value[0].isdigit() and value[-1].isdigit():
            value += unit
        extra = self.row.extra.get(name, "")
        return "\n".join(part for part in (value, extra) if part)

    def required(self, name: str) -> str:
        """A text that must not be empty."""
        value = self.text(name)
        if not value and not self._failed(name):
            self.refuse(name, "IMPORT_MISSING")
        return value

    def _failed(self, name: str) -> bool:
        """Whether a cell holds a formula without a usable value."""
        return any(p.field == self._header(name) and p.phrase.code == "IMPORT_FORMULA" for p in self.problems)

    def day(self, name: str) -> date | None:
        """A day."""
        return self._take(name, read_date(plain(self.raw(name)), as_of=self.as_of, since_1904=self.row.since_1904))

    def last_day(self, name: str) -> date | None:
        """The last day of a cell that holds a stretch of days, None of one that holds a single day."""
        text = plain(self.raw(name))
        first, last = (read_date(text, as_of=self.as_of, last=end).value for end in (False, True))
        return last if last != first else None

    def deadline(self, name: str, *, published_on: date | None, before: date | None = None) -> date | None:
        """The last day of something; without a year the latest one not after `before`, where that lies ahead."""
        text = plain(self.raw(name))
        as_of = max(self.as_of, before) if before else self.as_of
        since_1904 = self.row.since_1904
        return self._take(name, read_deadline(text, as_of=as_of, published_on=published_on, since_1904=since_1904))

    def count(self, name: str) -> int | None:
        """A number of people."""
        return self._take(name, read_count(plain(self.raw(name))))

    def hours(self, name: str) -> int | None:
        """A number of lessons."""
        return self._take(name, read_hours(plain(self.raw(name))))

    def yes_no(self, name: str) -> bool | None:
        """是 or 否."""
        return self._take(name, read_yes_no(plain(self.raw(name))))

    def choice(self, name: str, choices: type[E]) -> E | None:
        """One value of an enumeration."""
        found = self._take(name, read_choice(name, plain(self.raw(name)), values_of(choices)))
        return choices(found) if found else None

    def phone(self, name: str) -> str:
        """Phone numbers."""
        return self._take(name, read_phone(plain(self.raw(name)))) or ""

    def uscc(self, name: str) -> str:
        """A credit code."""
        return self._take(name, read_uscc(plain(self.raw(name)))) or ""

    def identity(self, name: str) -> IdNumber | None:
        """A proved identity number; a wrong one refuses the row."""
        raw = self.raw(name)
        text = plain(raw)
        if is_blank(text):
            return None
        if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= _LOST_DIGITS:
            self.refuse(name, "IMPORT_ID_NUMBER")
            return None
        if "e+" in text.lower():
            self.refuse(name, "IMPORT_ID_NUMBER")
            return None
        found = read_id_number(seen(text))
        if isinstance(found, IdProblem):
            self.refuse(name, f"IMPORT_ID_{found.name}", length=len(text))
            return None
        if found.birth_date > self.as_of:
            self.refuse(name, "IMPORT_ID_BIRTH_DATE")
            return None
        return found

    def refuse(self, name: str, code: str, **args: PhraseValue) -> None:
        """A reason not to store the row."""
        self.problems.append(self._at(name, Phrase(code, dict(args))))

    def tell(self, name: str, code: str, **args: PhraseValue) -> None:
        """A notice about the row."""
        self.notices.append(self._at(name, Phrase(code, dict(args))))

    def _take(self, name: str, found: Read[T]) -> T | None:
        """The value of a cell, its fault or notice noted."""
        if found.fault is not None:
            self.refuse(name, found.fault.code, **(found.fault.args or {}))
        if found.notice is not None:
            self.tell(name, found.notice.code, **(found.notice.args or {}))
        return found.value

    def _at(self, name: str, phrase: Phrase) -> RowProblem:
        """A message with its place and the masked value."""
        private = name in names_of(self.kind).private
        value = "" if private else masked(plain(self.row.cells.get(name)))
        return RowProblem(phrase, self.row.sheet, self.row.number, self._header(name), value)

    def _header(self, name: str) -> str:
        """The column as the file calls it."""
        return self.row.columns.get(name, name)
