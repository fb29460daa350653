"""How a value stands in a cell: dates, yes and no, sex in the forms offices want, everything else as text.

In: a value and a form. Out: the text or number of a cell; forms.csv lists the forms with an example each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from matcher.domain.worker import Sex
from matcher.ledgers.columns import table
from matcher.ledgers.values import Raw

Cell = str | int | float | None
_ISO = "yyyy-mm-dd"
_DEFAULT = {"day": _ISO, "month": "yyyy-mm", "yesno": "是/否", "sex": "男/女"}
_SEXES = {Sex.MALE: 0, Sex.FEMALE: 1}


def forms_of(form: str) -> tuple[str, ...]:
    """The forms a column of a kind may be written in, the usual one first."""
    kind = "day" if form in {"day", "month"} else form
    names = tuple(row["form"] for row in table("forms") if row["kind"] == kind)
    usual = _DEFAULT.get(form, "")
    return (usual, *(name for name in names if name != usual)) if names else ()


def examples_of(form: str) -> list[tuple[str, str]]:
    """The forms of a kind of column, each with an example."""
    shown = {row["form"]: row["example"] for row in table("forms")}
    return [(one, shown[one]) for one in forms_of(form)]


def written(value: Raw, form: str, chosen: str = "") -> Cell:
    """A value as a cell; `chosen` is one of the forms of its kind."""
    shape = chosen or _DEFAULT.get(form, "")
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return _either(shape, 0 if value else 1)
    if isinstance(value, Sex):
        return _either(shape if "/" in shape else _DEFAULT["sex"], _SEXES[value])
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return _day(value, shape or _ISO)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _either(shape: str, which: int) -> str:
    """One of two words, “空” for an empty cell."""
    word = (shape if "/" in shape else _DEFAULT["yesno"]).split("/")[which]
    return "" if word == "空" else word


def _day(day: date, shape: str) -> str:
    """A date in a form such as yyyy.mm."""
    wide, narrow = f"{day.month:02}", str(day.month)
    if "d" not in shape and "m" not in shape:
        shape = _ISO
    text = shape.replace("yyyy", f"{day.year:04}").replace("mm", wide).replace("dd", f"{day.day:02}")
    return text.replace("m", narrow).replace("d", str(day.day))


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Forms of dates with what they look like."""
    parts = {"yyyy": r"\d{4}", "mm": r"\d{2}", "dd": r"\d{2}", "m": r"\d{1,2}", "d": r"\d{1,2}"}
    found = []
    for form in (row["form"] for row in table("forms") if row["kind"] == "day"):
        pattern = re.sub("yyyy|mm|dd|m|d", lambda part: f"<{part.group()}>", re.escape(form))
        for name, digits in parts.items():
            pattern = pattern.replace(f"<{name}>", digits)
        found.append((form, re.compile(pattern)))
    return tuple(found)


def form_seen(kind: str, samples: Iterable[str]) -> str:
    """The form some cells of a file are written in, "" where they do not say."""
    texts = [text for text in samples if text]
    if not texts:
        return ""
    if kind in {"day", "month"}:
        return next((form for form, shape in _shapes() if all(shape.fullmatch(text) for text in texts)), "")
    return next((form for form in forms_of(kind) if all(text in form.split("/") for text in texts)), "")


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """The words of the ledgers in English."""
    return {row["zh"]: row["en"] for row in table("words")}


def in_language(cell: Cell, language: str) -> Cell:
    """A cell on an English page: words of the ledgers in English, what people wrote stays as they wrote it."""
    if language != "en" or not isinstance(cell, str):
        return cell
    words = _english()
    parts = cell.split("、")
    return ", ".join(words[part] for part in parts) if all(part in words for part in parts) else cell
