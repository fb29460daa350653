"""Reading the files of a set of cases: tables, objects, and their fields, each checked where it stands.

In: a CSV or JSON file. Out: rows by header, or `Fields` that hand out one checked value after the other.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from matcher.domain.errors import InputRefused

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_DAY = re.compile(r"as[_-]of\W{0,6}(\d{4}-\d\d-\d\d)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _code_table() -> dict[str, dict[str, str]]:
    """Kind → code → where the code comes from."""
    table: dict[str, dict[str, str]] = {}
    text = files("matcher.trials.judged").joinpath("codes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), strict=True):
        table.setdefault(row["kind"], {})[row["code"]] = row["source"]
    return table


def codes(kind: str) -> Mapping[str, str]:
    """The codes the truth may use, in their order."""
    return _code_table()[kind]


def stated_day(readme: Path) -> date | None:
    """The day a set is judged at, where its README says one (as_of: 2026-06-15)."""
    found = _DAY.search(readme.read_text(encoding="utf-8")) if readme.is_file() else None
    return date.fromisoformat(found[1]) if found else None


def read_rows(path: Path) -> list[Mapping[str, str]]:
    """Rows of a table by header; every row has a reference of its own."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = [*csv.DictReader(source, strict=True)]
    except (UnicodeDecodeError, csv.Error) as broken:
        raise InputRefused(f"{_name(path)}：读不了（{broken}）/ cannot be read") from broken
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        ref = (row.get("编号") or "").strip()
        if not ref or ref in seen:
            raise InputRefused(f"{_name(path)} 第 {number} 行：编号缺失或重复（{ref}）/ reference missing or repeated")
        if None in row or None in row.values():
            raise InputRefused(f"{_name(path)} 第 {number} 行（{ref}）：格数与表头不同 / cells and headers differ")
        seen.add(ref)
    return [{**row, "编号": row["编号"].strip()} for row in rows]


def read_objects(path: Path) -> Iterator[Fields]:
    """The objects of a JSON list, or of one object a line."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        found = json.loads(text) if text.lstrip().startswith("[") else [json.loads(x) for x in text.splitlines() if x]
    except json.JSONDecodeError as broken:
        raise InputRefused(f"{_name(path)} 第 {broken.lineno} 行：不是 JSON（{broken.msg}）/ not JSON") from broken
    seen: set[str] = set()
    for number, item in enumerate(found, start=1):
        ref = item.get("ref") if isinstance(item, dict) else None
        if not isinstance(ref, str) or not ref or ref in seen:
            raise InputRefused(f"{_name(path)} 第 {number} 项：ref 缺失或重复（{ref}）/ ref missing or repeated")
        seen.add(ref)
        yield Fields(_name(path), ref, item)


def _name(path: Path) -> str:
    """A file as a person calls it: the set and the file."""
    return f"{path.parent.name}/{path.name}"


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object; every getter refuses a value of the wrong kind with one line."""

    file: str
    ref: str
    values: Mapping[str, object]

    def wrong(self, name: str, what: str) -> InputRefused:
        """The refusal of one field."""
        return InputRefused(f"{self.file} {self.ref} {name}：{what}", ref=self.ref)

    def text(self, name: str) -> str:
        """A text, "" for none."""
        value = self.values.get(name) or ""
        if not isinstance(value, str):
            raise self.wrong(name, "应是文字 / must be text")
        return value.strip()

    def one_of(self, name: str, kind: str, *, needed: bool = False) -> str:
        """A code of a kind, "" for none."""
        value = self.text(name)
        if (value or needed) and value not in codes(kind):
            raise self.wrong(name, f"不认识“{value}” / unknown code")
        return value

    def county(self) -> str:
        """A code of six digits, "" for none."""
        value = self.text("county")
        if value and not re.fullmatch(r"\d{6}", value):
            raise self.wrong("county", f"应是六位代码（{value}）/ must be six digits")
        return value

    def maybe(self, name: str) -> bool | None:
        """Yes, no or not known."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(name, "应是 true、false 或 null / must be true, false or null")
        return value

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number between two others, None for unknown."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.wrong(name, f"应在 {low} 到 {high} 之间（{value}）/ out of range")
        return value

    def numbers(self, name: str, many: int, *, may_be_open: bool = False) -> tuple[float | None, ...] | None:
        """So many numbers, None for unknown; an open end is null."""
        value = self.values.get(name)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        found = [float(x) if isinstance(x, int | float) and not isinstance(x, bool) else None for x in items]
        open_ends = sum(item is None for item in items) if may_be_open else 0
        if len(items) != many or found.count(None) > open_ends:
            raise self.wrong(name, f"应是 {many} 个数（{value}）/ must be {many} numbers")
        return tuple(found)

    def clock(self, name: str) -> tuple[int, int] | None:
        """Two times of the day in minutes."""
        value = self.values.get(name)
        if value is None:
            return None
        items = value if isinstance(value, list) else []
        minutes = [clock_minutes(item) for item in items]
        if len(minutes) != 2 or minutes[0] is None or minutes[1] is None:
            raise self.wrong(name, f'应像 ["07:30", "17:00"]（{value}）/ must be two times')
        return minutes[0], minutes[1]

    def words(self, name: str, kind: str = "") -> tuple[str, ...]:
        """A list of texts, of a kind of codes where one is named."""
        value = self.values.get(name)
        items = [] if value is None or value == "" else value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str) or (kind and item not in codes(kind)):
                raise self.wrong(name, f"不认识“{item}” / unknown code")
        return tuple(items)

    def mapping(self, name: str) -> dict[str, str]:
        """References with a note each; a plain list has none."""
        value = self.values.get(name)
        if isinstance(value, dict):
            return {str(key): str(note) for key, note in value.items()}
        return dict.fromkeys(self.words(name), "")

    def groups(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Lists of synonyms; a single text is a list of one."""
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise self.wrong(name, "应是列表的列表 / must be a list of lists")
        groups = [item if isinstance(item, list) else [item] for item in value]
        if not all(group and all(isinstance(word, str) and word for word in group) for group in groups):
            raise self.wrong(name, "同义词应是文字 / synonyms must be text")
        return tuple(tuple(group) for group in groups)

    def inner(self, name: str) -> Fields:
        """An object inside the object."""
        value = self.values.get(name) or {}
        if not isinstance(value, dict):
            raise self.wrong(name, "应是对象 / must be an object")
        return Fields(self.file, f"{self.ref} {name}", value)

    def limits(self, name: str) -> dict[str, tuple[object, ...]]:
        """Constraint codes with their values; NO_LICENSED_x keeps its ending as a value."""
        found: dict[str, tuple[object, ...]] = {}
        for code, value in self.inner(name).values.items():
            bare, _, ending = code.partition(":")
            if bare.startswith("NO_LICENSED_"):
                bare, ending = "NO_LICENSED", bare.removeprefix("NO_LICENSED_")
            if bare not in codes("limit"):
                raise self.wrong(name, f"不认识的限制代码“{code}” / unknown constraint code")
            values = value if isinstance(value, list) else [] if value in (None, True, "") else [value]
            found[bare] = (*values, *([ending] if ending else []))
        return found


def clock_minutes(value: object) -> int | None:
    """Minutes after midnight of “07:30”, None where it is no time."""
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1]) * 60 + int(found[2]) if found else None
