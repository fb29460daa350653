"""Every parameter of the policy in plain words, and what may be entered for it.

In: parameters.csv, and text somebody typed. Out: `Parameter`s, values, or the `Fault` that speaks against one.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from matcher.domain.errors import PolicyInvalid
from matcher.policy.floors import undercut
from matcher.policy.rules import Entry, Policy, Value, with_entries

SECTIONS = ("who", "plan", "target", "wage", "road", "fit", "wish", "unknown", "share", "class", "guidance", "limits",
            "roster", "trust", "feed", "after", "money", "desk", "fair", "api", "keep", "other")  # fmt: skip
TOGETHER = {"fit": "weights.fit.", "wish": "weights.wish."}
"""Sections whose weights sum to one and are therefore changed together: the prefix of their keys."""
PRICES = ("crowding.load", "crowding.price")
SEPARATORS = re.compile(r"[,，、;；\s]+")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CODE = re.compile(r"[a-z0-9_]{2,40}")
MOST_ITEMS = 12
LEAST_BASIS, MOST_BASIS = 4, 200


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `division` where its key ends in one; low and high bound its numbers."""

    key: str
    section: str
    form: str
    low: float
    high: float
    unit_zh: str
    zh: str
    en: str
    division: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something may not be entered: a code of wording and its arguments."""

    code: str
    args: Mapping[str, str | float]


class ValueRefused(Exception):
    """Something typed cannot be a value; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def refused(code: str, **args: str | float) -> ValueRefused:
    """The refusal of a code."""
    return ValueRefused(Fault(code, args))


@lru_cache(maxsize=1)
def _table() -> dict[str, Parameter]:
    """The table by key or pattern."""
    text = files("matcher.policy").joinpath("parameters.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines(), strict=True):
        low, high = (float(row[name]) if row[name] else math.nan for name in ("low", "high"))
        found[row["key"]] = Parameter(
            row["key"], row["section"], row["form"], low, high, row["unit_zh"], row["zh"], row["en"]
        )
    return found


def parameter_of(key: str) -> Parameter | None:
    """The parameter of a key; one of a division by its pattern; None for an unknown one."""
    plain = _table().get(key)
    if plain is not None and not key.endswith("*"):
        return plain
    start, _, division = key.rpartition(".")
    found = _table().get(f"{start}.*")
    if found is None or not re.fullmatch(r"\d{2}|\d{4}|\d{6}", division):
        return None
    return Parameter(key, found.section, found.form, found.low, found.high, found.unit_zh, found.zh, found.en, division)


def patterns() -> list[Parameter]:
    """The parameters that exist once a division."""
    return [one for key, one in _table().items() if key.endswith(".*")]


def changed_together(key: str) -> tuple[str, ...]:
    """The keys that are entered with one: its own, or all of its weights, or loads and prices."""
    parameter = parameter_of(key)
    if key in PRICES:
        return PRICES
    start = TOGETHER.get(parameter.section, "") if parameter else ""
    return tuple(one for one in _table() if start and one.startswith(start)) or (key,)


def read_value(parameter: Parameter, text: str) -> Value:
    """What was typed as a value; ValueRefused with the reason."""
    plain = text.strip()
    if not plain:
        raise refused("PAGE_POL_EMPTY")
    if parameter.form == "texts":
        items = tuple(item for item in SEPARATORS.split(plain) if item)
        shape = _TIME if parameter.key == "guidance.slots" else _CODE
        if len(items) > MOST_ITEMS or not all(shape.fullmatch(item) for item in items):
            raise refused("PAGE_POL_BAD_LIST")
        return items
    if parameter.form == "numbers":
        items_text = [item for item in SEPARATORS.split(plain) if item]
        if len(items_text) > MOST_ITEMS:
            raise refused("PAGE_POL_BAD_LIST")
        return tuple(_number(parameter, item) for item in items_text)
    return _number(parameter, plain)


def _number(parameter: Parameter, text: str) -> float:
    """One number within its bounds."""
    try:
        value = float(text)
    except ValueError:
        raise refused("PAGE_POL_BAD_NUMBER", value=text[:20]) from None
    if not math.isfinite(value):
        raise refused("PAGE_POL_BAD_NUMBER", value=text[:20])
    if parameter.form == "whole" and value != round(value):
        raise refused("PAGE_POL_NOT_WHOLE", value=text[:20])
    if value < parameter.low or value > parameter.high:
        raise refused("PAGE_POL_OUT_OF_RANGE", low=f"{parameter.low:g}", high=f"{parameter.high:g}")
    return int(value) if parameter.form == "whole" else value


def read_basis(text: str) -> str:
    """What a value rests on; never empty."""
    plain = " ".join(text.split())
    if not LEAST_BASIS <= len(plain) <= MOST_BASIS:
        raise refused("PAGE_POL_NO_BASIS")
    return plain


def checked(policy: Policy, entries: Sequence[Entry], *, earliest: date) -> Policy:
    """The policy with further values, once everything about them holds."""
    for entry in entries:
        if parameter_of(entry.key) is None:
            raise refused("PAGE_POL_UNKNOWN", value=entry.key[:40])
        if entry.since < earliest:
            raise refused("PAGE_POL_TOO_EARLY")
        if (floor := undercut(entry.key, entry.value)) is not None:
            raise refused(floor_code(entry.key), low=f"{floor.low:g}")
    for start in TOGETHER.values():
        weights = [one.value for one in entries if one.key.startswith(start) and isinstance(one.value, (int, float))]
        if weights and abs(sum(weights) - 1) > 1e-9:
            raise refused("PAGE_POL_BAD_SUM", sum=f"{sum(weights):.3f}")
    try:
        return with_entries(policy, entries)
    except PolicyInvalid as fault:
        raise refused("PAGE_POL_BAD_STEPS") from fault


def floor_code(key: str) -> str:
    """The sentence that says why a value may not go below a floor."""
    return f"PAGE_POL_FLOOR_{key.replace('.', '_').upper()}"


def said(value: Value | None) -> str:
    """A value as it is typed."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(said(item) for item in value)
    return value if isinstance(value, str) else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
