"""Which column of a file holds what.

In: the headers of a table as somebody wrote them. Out: `MappedColumn` for each: exact name, other name, near name,
what this sender meant before, or not used; with the unit a header carries, e.g. 月薪(千元).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from jobs_feed.reference import rows_of, simplified

KINDS = ("postings", "workers", "training")
NEAR = 85.0
"""Least likeness of rapidfuzz for a near name."""
_JOINED = frozenset({"yes", "low", "high"})
_STANDS_IN = {"培训项目": "职业工种"}
"""Required column → the one that says the same where it is missing."""
_RANK = {"remembered": 3, "exact": 2, "alias": 1, "fuzzy": 0}
_BRACKETS = re.compile(r"[(\[【〔{](?!其中|男|女)[^)\]】〕}]*[)\]】〕}]")
_CLUTTER = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.、．:](?=\s*\D)")
_DUTY = re.compile(
    r"[(\[【](?:必填|选填|可不填|非必填|可选|单选|多选|下拉|请选择|请填写|文本)[^)\]】]*[)\]】]|必填项?|选填"
)
_UNIT_BEHIND = re.compile(r"(?:单位)?(?:元|千元|万元|人|岁|周岁|名|个月|个|元月|元天|元每月|课时|学时|天)$")
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
    end: str = ""
    """Which end of a range the column holds: low or high."""
    spare: bool = False
    """The same header again: it speaks where the first one is silent."""
    aside: str = ""
    """The field it joins where it is not the main one of its own."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names by which columns of one kind of file go."""

    exact: Mapping[str, str]
    alias: Mapping[str, tuple[str, str]]
    """Name → field and how it feeds it: "" alone, "yes" beside others, "low" or "high" as one end of a range; the
    name of a field = alone, or joined to that field where another column is the main one."""
    required: tuple[str, ...]
    private: frozenset[str]
    told_in: Mapping[str, str]
    """Fields of the ledger that are also told in a text, as they were before they had a place of their own."""
    texts: frozenset[str]


@lru_cache(maxsize=3)
def names_of(kind: str) -> Names:
    """The tables of one kind of file, keys normalised."""
    fields = [row for row in rows_of("fields") if row["kind"] == kind]
    aliases = [row for row in rows_of("columns") if row["kind"] == kind]
    ledger = rows_of("ledger_fields") if kind == "workers" else ()
    ledger_aliases = rows_of("ledger_columns") if kind == "workers" else ()
    return Names(
        exact={normalise(row["field"]): row["field"] for row in (*fields, *ledger)},
        alias={normalise(row["alias"]): (row["field"], row["joined"]) for row in aliases}
        | {normalise(row["alias"]): (row["field"], "") for row in ledger_aliases},
        required=tuple(row["field"] for row in fields if row["required"]),
        private=frozenset(row["field"] for row in (*fields, *ledger) if row["private"]),
        told_in={row["field"]: row["told_in"] for row in ledger if row["told_in"]},
        texts=frozenset(row["field"] for row in fields if row["form"] == "text"),
    )


def normalise(header: str) -> str:
    """A header as letters and digits alone, in simplified characters, without number and word of duty."""
    text = _NUMBERED.sub("", unicodedata.normalize("NFKC", header))
    return _CLUTTER.sub("", simplified(_DUTY.sub("", text))).lower()


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
    whole = normalise(header)
    bare = normalise(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
    for key in (whole, bare, _UNIT_BEHIND.sub("", whole)):
        if key in names.exact:
            return names.exact[key], "exact", False
        if key in names.alias:
            field, joined = names.alias[key]
            return field, "alias", joined in _JOINED
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


@lru_cache(maxsize=50_000)
def field_named(kind: str, header: str) -> str:
    """The field a header names exactly or by another name, "" where none."""
    return recognise(kind, header, near=False)[0]


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
        way = _way_of(kind, header) if how == "alias" else ""
        end = way if way in {"low", "high"} else ""
        found.append(Column(index, header, field, how, joined, header_unit(header), end, aside=way))
    return _without_rivals(_with_stand_ins(kind, found))


def _with_stand_ins(kind: str, columns: Sequence[Column]) -> list[Column]:
    """Where a required column is missing, the one that says the same takes its place."""
    held = {column.field for column in columns}
    wanted = {
        instead: missing
        for missing, instead in _STANDS_IN.items()
        if missing in names_of(kind).required and missing not in held
    }
    return [replace(column, field=wanted.get(column.field, column.field)) for column in columns]


def _way_of(kind: str, header: str) -> str:
    """How another name feeds its field."""
    names = names_of(kind)
    bare = normalise(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
    return (names.alias.get(normalise(header)) or names.alias.get(bare) or ("", ""))[1]


def _without_rivals(columns: Sequence[Column]) -> tuple[Column, ...]:
    """One main column for each field; a rival of lower rank is not used."""
    main: dict[str, Column] = {}
    for column in columns:
        if column.field and not column.joined:
            held = main.get(column.field)
            if held is None or _RANK[column.how] > _RANK[held.how]:
                main[column.field] = column
    return tuple(_beside(column, main.get(column.field)) for column in columns)


def _beside(column: Column, main: Column | None) -> Column:
    """A column as it is used beside the main one of its field."""
    if main is None or column.joined or main is column:
        return column
    if normalise(column.header) == normalise(main.header):
        return replace(column, spare=True)
    if column.aside:
        return replace(column, field=column.aside, joined=True)
    return Column(column.index, column.header)


def missing_columns(kind: str, columns: Sequence[Column], headers: Sequence[str]) -> dict[str, str]:
    """The required columns a table lacks, and what was seen instead."""
    held = {column.field for column in columns}
    missing = [field for field in names_of(kind).required if field not in held]
    seen = "、".join(header.replace("\n", " ")[:20] for header in headers if header)
    return {"missing": "、".join(missing), "seen": seen[:300] or "—"}
