"""Values as machines write them → as people write them in a list.

In: text. Out: text; what is not understood stays as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from matcher.domain.localtime import LOCAL_TIME

_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}.*")
_RFC = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\b.*")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_TAG = re.compile(r"<(?:[a-zA-Z][^<>]*|/[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li|ul|ol|tr|h[1-6]|section|article)\b[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<\s*(script|style)\b.*?<\s*/\s*\1\s*>", re.IGNORECASE | re.DOTALL)
_SPACES, _EMPTY_LINES = re.compile(r"[ \t\xa0]+"), re.compile(r"\s*\n\s*")
_UNITS = {
    "hour": "小时",
    "hourly": "小时",
    "hr": "小时",
    "day": "天",
    "daily": "天",
    "month": "月",
    "monthly": "月",
    "mon": "月",
    "year": "年",
    "yearly": "年",
    "annual": "年",
    "annually": "年",
    "annum": "年",
    "week": "周",
    "weekly": "周",
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YUAN = {"", "cny", "rmb", "¥", "￥", "元", "人民币", "yuan"}


def date_text(text: str) -> str:
    """A moment in any machine's form as the day it is in Tongliao; other text unchanged."""
    found = text.strip()
    try:
        if _EPOCH.fullmatch(found):
            moment = datetime.fromtimestamp(float(found) / (1000 if len(found) == 13 else 1), UTC)
        elif _ISO.fullmatch(found):
            moment = datetime.fromisoformat(found.replace(" ", "T", 1))
        elif _RFC.fullmatch(found):
            moment = parsedate_to_datetime(found if ":" in found else f"{found} 00:00:00")
        else:
            return text
    except (ValueError, OverflowError, OSError):
        return text
    local = moment if moment.tzinfo is None else moment.astimezone(LOCAL_TIME)
    return local.date().isoformat()


def html_text(text: str) -> str:
    """Text out of HTML, its lines kept; text that is none stays as it is."""
    if "<" in text and _TAG.search(text):
        text = _TAG.sub("", _BREAK.sub("\n", _HIDDEN.sub("", text)))
    if "&" in text:
        text = html.unescape(text)
        if "<" in text and _TAG.search(text):
            text = _TAG.sub("", _BREAK.sub("\n", _HIDDEN.sub("", text)))
    return _EMPTY_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def pay_text(parts: Mapping[str, str]) -> str:
    """Pay from its parts: 3000-4500元/月; a text that says it all goes before them."""
    text = html_text(parts.get("text", ""))
    low, high = _bare(parts.get("low", "")), _bare(parts.get("high", ""))
    if text and not _NUMBER.fullmatch(text):
        return text
    span = span_text(low, high) or _bare(text)
    if not span:
        return ""
    unit = _UNITS.get(parts.get("unit", "").strip().lower(), "")
    currency = parts.get("currency", "").strip()
    money = "元" if currency.lower() in _YUAN else currency
    return f"{span}{money}/{unit}" if unit else f"{span}{money}"


def span_text(low: str, high: str) -> str:
    """Two ends of a range as one text."""
    if low and high and low != high:
        return f"{low}-{high}"
    return low or high


def _bare(number: str) -> str:
    """A number without .0 and without thousands' commas; nought says nothing."""
    text = number.replace(",", "").strip()
    text = text[:-2] if text.endswith(".0") else text[:-3] if text.endswith(".00") else text
    return "" if text == "0" else text
