"""What a visitor typed, tidied.

In: the form or the query string of this request. Out: short plain values; anything else is refused in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from flask import request

from matcher.domain.errors import InputRefused
from web.phrases import t

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
DIVISION = re.compile(r"\d{2,12}")


def typed(name: str, *, limit: int = 100) -> str:
    """One line of text from the form."""
    return _CONTROL.sub(" ", request.form.get(name, "")).strip()[:limit]


def typed_lines(name: str, *, lines: int, limit: int = 300) -> tuple[str, ...]:
    """The lines of a box that say anything."""
    written = (_CONTROL.sub(" ", line).strip()[:limit] for line in request.form.get(name, "").splitlines())
    return tuple(line for line in written if line)[:lines]


def asked(name: str, *, limit: int = 40) -> str:
    """One value from the query string; never personal data."""
    return _CONTROL.sub(" ", request.args.get(name, "")).strip()[:limit]


def chosen(value: str, among: Collection[str]) -> str:
    """A value of a list, else ""."""
    return value if value in among else ""


def page_number() -> int:
    """The page asked for, from 1."""
    text = asked("page", limit=6)
    return max(1, int(text)) if text.isdecimal() else 1


def typed_key(name: str) -> int | None:
    """A record key from the form."""
    text = typed(name, limit=12)
    return int(text) if text.isdecimal() else None


def typed_date(name: str) -> date | None:
    """A date from the form; empty is None, nonsense is refused."""
    text = typed(name, limit=10)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputRefused(t("PAGE_BAD_DATE", value=text)) from error


def typed_division(name: str) -> str:
    """A division code from the form; empty is everything in scope."""
    text = typed(name, limit=12)
    if text and not DIVISION.fullmatch(text):
        raise InputRefused(t("PAGE_BAD_DIVISION", value=text))
    return text


def is_part() -> bool:
    """Whether a script asks for a part of the page, to be put into the one that is open."""
    return request.headers.get("X-Requested-With") == "part"
