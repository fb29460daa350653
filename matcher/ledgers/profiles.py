"""An office's own columns: taken from the header of its file, picked by hand, or shipped (labour-bureau codes).

In: headers with what the importer takes them for, and some cells. Out: a `Profile` that may be saved under a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.errors import InputRefused
from matcher.domain.service.ledgers import LedgerKind, Profile, ProfileColumn
from matcher.ledgers.columns import Column, column_of, columns_of, table
from matcher.ledgers.forms import form_seen, forms_of
from matcher.store.store import UnitOfWork

LONGEST_NAME = 40
LONGEST_HEADER = 60
MOST_COLUMNS = 120


def shipped() -> list[Profile]:
    """Profiles that come with the program (profiles.csv)."""
    found: dict[tuple[str, str], list[ProfileColumn]] = {}
    for row in table("profiles"):
        column = ProfileColumn(row["code"], row["header"], row["form"])
        found.setdefault((row["ledger"], row["profile"]), []).append(column)
    return [
        Profile(ledger=LedgerKind(ledger), name=name, columns=tuple(columns))
        for (ledger, name), columns in found.items()
    ]


def usable(unit: UnitOfWork, division: str) -> list[Profile]:
    """What a division may use: its own and those around it, then what ships."""
    return [*unit.ledgers.profiles.usable(division), *shipped()]


def named(unit: UnitOfWork, ledger: LedgerKind, name: str, division: str) -> Profile:
    """The profile of a name; InputRefused with those there are."""
    known = [one for one in usable(unit, division) if one.ledger is ledger]
    for one in known:
        if one.name == name:
            return one
    names = "、".join(one.name for one in known) or "还没有"
    raise InputRefused(f"没有叫“{name[:LONGEST_NAME]}”的表头；这本台账有：{names}。什么都没有导出")


def column_for(ledger: LedgerKind, header: str, field: str) -> Column | None:
    """The column of a ledger for a header: called the same, else read into the same field of a roster."""
    columns = columns_of(ledger)
    plain = "".join(header.split())
    for column in columns:
        if plain in {column.zh, column.code}:
            return column
    return next((column for column in columns if field and column.field == field), None)


def from_header(
    ledger: LedgerKind, headers: Sequence[str], fields: Sequence[str], samples: Sequence[Sequence[str]]
) -> tuple[ProfileColumn, ...]:
    """Columns as a file has them; a header nobody understands is kept and stays empty. Each column stands once."""
    taken: set[str] = set()
    found = []
    for header, field, seen in zip(headers, fields, samples, strict=True):
        column = column_for(ledger, header, field)
        if column is None or column.code in taken:
            found.append(ProfileColumn("", header))
            continue
        taken.add(column.code)
        found.append(ProfileColumn(column.code, header, form_seen(column.form, seen)))
    return tuple(found)


def checked(ledger: LedgerKind, name: str, division: str, columns: Sequence[ProfileColumn]) -> Profile:
    """A profile once everything about it holds."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputRefused(f"请给这套表头起个名字（最多 {LONGEST_NAME} 个字），还没有保存")
    if not any(one.code for one in columns):
        raise InputRefused("一列都没有对上台账的内容，还没有保存；请至少给一列选上内容")
    if len(columns) > MOST_COLUMNS:
        raise InputRefused(f"最多 {MOST_COLUMNS} 列，还没有保存")
    if ledger is LedgerKind.TRAINING:
        raise InputRefused("培训需求表是汇总表，不用自己的表头；还没有保存")
    for one in columns:
        column = column_of(ledger, one.code)
        if one.code and column is None:
            raise InputRefused(f"这本台账没有“{one.code[:20]}”这一列，还没有保存")
        if one.form and column is not None and one.form not in forms_of(column.form):
            raise InputRefused(f"“{one.header[:20]}”不能写成“{one.form[:20]}”的样子，还没有保存")
        if not one.header.strip() or len(one.header) > LONGEST_HEADER:
            raise InputRefused(f"每一列都要有表头（最多 {LONGEST_HEADER} 个字），还没有保存")
    return Profile(ledger=ledger, name=name.strip(), division=division, columns=tuple(columns))
