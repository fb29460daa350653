"""Which column of a file holds what.

In: the headers of a table as somebody wrote them. Out: `MappedColumn` for each: exact name, other name, near name,
what this sender meant before, or not used; with the unit a header carries, e.g. 月薪(千元).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from jobs_feed.reference import rows_of

KINDS = ("postings", "workers", "training")
NEAR = 85.0
"""Least likeness of rapidfuzz for a near name."""
_RANK = {"remembered": 3, "exact": 2, "alias": 1, "fuzzy": 0}
_BRACKETS = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_CLUTTER = re.compile(r"[\s*:,;。、/_\-+“”\"'?]+")
_UNIT = re.compile(r"(千元|万元|k|元|块)?\s*/?\s*(每)?(年|月|天|日|小时|时)?", re.IGNORECASE)
_PERIODS = (("年薪", "年"), ("日薪", "天"), ("时薪", "小时"), ("月", "月"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file; `field` is "" where it is not used."""

    index: int
    header: str
    field: str = ""
    how: str = "ignored"
    joined: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names by which columns of one kind of file go."""

    exact: Mapping[str, str]
    alias: Mapping[str, tuple[str, bool]]
    required: tuple[str, ...]
    private: frozenset[str]
    told_in: Mapping[str, str]
    """Fields of the ledger that are also told in a text, as they were before they had a place of their own."""


@lru_cache(maxsize=3)
def names_of(kind: str) -> Names:
    """The tables of one kind of file, keys normalised."""
    fields = [row for row in rows_of("fields") if row["kind"] == kind]
    aliases = [row for row in rows_of("columns") if row["kind"] == kind]
    ledger = rows_of("ledger_fields") if kind == "workers" else ()
    ledger_aliases = rows_of("ledger_columns") if kind == "workers" else ()
    return Names(
        exact={normalise(row["field"]): row["field"] for row in (*fields, *ledger)},
        alias={normalise(row["alias"]): (row["field"], bool(row["joined"])) for row in aliases}
        | {normalise(row["alias"]): (row["field"], False) for row in ledger_aliases},
        required=tuple(row["field"] for row in fields if row["required"]),
        private=frozenset(row["field"] for row in (*fields, *ledger) if row["private"]),
        told_in={row["field"]: row["told_in"] for row in ledger if row["told_in"]},
    )


def normalise(header: str) -> str:
    """A header without spaces, stars, brackets' marks and width differences."""
    text = unicodedata.normalize("NFKC", header).replace("(必填)", "").replace("(选填)", "").replace("必填", "")
    return _CLUTTER.sub("", text.replace("(", "").replace(")", "")).lower()


def header_unit(header: str) -> str:
    """The unit of pay a header carries, as it would stand behind a number: 月薪(千元) → 千元/月."""
    text = unicodedata.normalize("NFKC", header)
    period = next((word for name, word in _PERIODS if name in text), "")
    for bracket in _BRACKETS.findall(text):
        match = _UNIT.fullmatch(bracket[1:-1].strip())
        if match and match.group(0):
            return f"{match.group(1) or '元'}/{match.group(3) or period or '月'}"
    return f"元/{period}" if period in {"年", "天", "小时"} else ""


def recognise(kind: str, header: str, *, near: bool = True) -> tuple[str, str, bool]:
    """(field, how, joined) of one header; ("", "ignored", False) where nothing fits."""
    names = names_of(kind)
    bare = normalise(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
    for key in (normalise(header), bare):
        if key in names.exact:
            return names.exact[key], "exact", False
        if key in names.alias:
            field, joined = names.alias[key]
            return field, "alias", joined
    if near and len(bare) >= 4:
        best = process.extractOne(bare, _choices(kind), scorer=fuzz.ratio, score_cutoff=NEAR)
        if best is not None:
            return recognise(kind, best[0], near=False)[0], "fuzzy", False
    return "", "ignored", False


@lru_cache(maxsize=3)
def _choices(kind: str) -> tuple[str, ...]:
    """All names long enough to be near to something."""
    names = names_of(kind)
    joined = (key for key, (_, is_joined) in names.alias.items() if not is_joined)
    return tuple(key for key in (*names.exact, *joined) if len(key) >= 4)


def count_recognised(kind: str, headers: Sequence[str]) -> int:
    """How many different fields a row of headers names exactly or by another name; required ones count double."""
    found = {recognise(kind, header, near=False)[0] for header in headers if header and len(header) <= 40}
    required = names_of(kind).required
    return sum(2 if field in required else 1 for field in found if field)


def map_columns(kind: str, headers: Sequence[str], remembered: Mapping[str, str]) -> tuple[Column, ...]:
    """Every header with the field it feeds; the better name wins, the first among equals."""
    found = []
    for index, header in enumerate(headers):
        if header in remembered:
            field, how, joined = remembered[header], "remembered" if remembered[header] else "ignored", False
        elif header:
            field, how, joined = recognise(kind, header)
        else:
            continue
        found.append(Column(index, header, field, how, joined, header_unit(header)))
    return _without_rivals(found)


def _without_rivals(columns: Sequence[Column]) -> tuple[Column, ...]:
    """One main column for each field; a rival of lower rank is not used."""
    main: dict[str, Column] = {}
    for column in columns:
        if column.field and not column.joined:
            held = main.get(column.field)
            if held is None or _RANK[column.how] > _RANK[held.how]:
                main[column.field] = column
    return tuple(
        column
        if not column.field or column.joined or main[column.field] is column
        else Column(column.index, column.header)
        for column in columns
    )


def missing_columns(kind: str, columns: Sequence[Column], headers: Sequence[str]) -> dict[str, str]:
    """The required columns a table lacks, and what was seen instead."""
    held = {column.field for column in columns}
    missing = [field for field in names_of(kind).required if field not in held]
    seen = "、".join(header.replace("\n", " ")[:20] for header in headers if header)
    return {"missing": "、".join(missing), "seen": seen[:300] or "—"}
