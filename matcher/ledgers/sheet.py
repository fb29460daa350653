"""Rows of a ledger: whose eyes they are for, in which columns, in which forms.

In: `Subject`s, the columns of a ledger or of an office. Out: headings and cells; what may not be seen is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.localtime import full_years
from matcher.domain.service.ledgers import LedgerKind, Mask, Profile
from matcher.ledgers.columns import Column, column_of, columns_of
from matcher.ledgers.forms import Cell, in_language, written
from matcher.ledgers.subject import Subject
from matcher.ledgers.values import value_of
from matcher.listings import age_band
from matcher.wording.masks import masked_id, masked_phone


class Sight(StrEnum):
    """Whose eyes a row is for (reliability.md, Masks)."""

    WHOLE = "whole"
    """An internal sheet of an office, asked for with a purpose."""
    DESK = "desk"
    """The window: whole names, masked numbers, ages."""
    VILLAGE = "village"
    """A coordinator: no identity numbers, bands of ages, nothing private."""


LEFT_OUT = {
    Sight.WHOLE: frozenset[Mask](),
    Sight.DESK: frozenset[Mask](),
    Sight.VILLAGE: frozenset({Mask.IDENTITY, Mask.PRIVATE}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One column of a sheet: what stands in it (None = left empty for the hand), its header and its form."""

    column: Column | None
    header: str
    form: str = ""


def places(ledger: LedgerKind, sight: Sight, *, language: str = "zh", profile: Profile | None = None) -> list[Place]:
    """The columns of a sheet: those of the ledger, or of an office's own sheet in its order and words."""
    left_out = LEFT_OUT[sight]
    if profile is not None:
        own = [(column_of(ledger, one.code), one) for one in profile.columns]
        return [
            Place(column, one.header, one.form) for column, one in own if column is None or column.mask not in left_out
        ]
    return [
        Place(column, _header(column, sight, language)) for column in columns_of(ledger) if column.mask not in left_out
    ]


def _header(column: Column, sight: Sight, language: str) -> str:
    """The header of a column of the ledger; an age is not called a date of birth."""
    if column.mask is Mask.BIRTH and sight is not Sight.WHOLE:
        return "Age" if language == "en" else "年龄"
    return column.name(language)


def row_of(subject: Subject, sheet: Sequence[Place], sight: Sight, *, language: str = "zh") -> list[Cell]:
    """The cells of one person."""
    return [in_language(_cell(subject, place, sight), language) for place in sheet]


def _cell(subject: Subject, place: Place, sight: Sight) -> Cell:
    """One cell, masked for whoever sees it."""
    column = place.column
    if column is None:
        return None
    value = value_of(subject, column.source)
    if sight is Sight.WHOLE:
        return written(value, column.form, place.form)
    if column.mask is Mask.IDENTITY:
        return masked_id(str(value or "")) or None
    if column.mask is Mask.PHONE:
        return " ".join(masked_phone(number) for number in str(value or "").split()) or None
    if column.mask is Mask.BIRTH and isinstance(value, date):
        return _age(value, subject.around.today, sight)
    return written(value, column.form, place.form)


def _age(born: date, today: date, sight: Sight) -> Cell:
    """An age in years, a band of ages for the village."""
    if sight is Sight.VILLAGE:
        return age_band(born, today)
    return full_years(born, today)
