"""An item of a feed → a row under the columns of a posting list.

In: the leaves of an item by path, and the field map a person declared. Out: column → text. What nobody knows keeps
its own name, so that the import names it among the columns not used.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from jobs_feed.columns import recognise
from jobs_feed.feeds.contents.values import date_text, html_text, pay_text, span_text
from jobs_feed.reference import rows_of

PAGING = ("items", "next", "page", "cursor")
"""Names of a declared map that speak of pages, not of fields."""
DATES = frozenset({"发布日期", "截止日期", "核实日期"})
REFERENCE, SOURCE = "编号", "来源"
MOST_OWN = 120
"""Columns of an item that nobody knows and that are handed on to be named."""
_BARE = frozenset({"name", "value", "code", "id", "key", "date", "address", "description"})
"""Last words of a path that say nothing without what stands before them."""
_OTHERS = frozenset({"company", "employer", "hiringorganization", "organization", "organisation", "enterprise", "corp"})
"""Things whose own city, phone or text is not that of the posting."""
_PLAIN = re.compile(r"[_\-\s:@]")
_SILENT = re.compile(r"(^|\.)@(type|context|id)$")


@lru_cache(maxsize=1)
def known_names() -> dict[str, tuple[str, str]]:
    """Normalised path → (field, part) as feeds of many kinds name things."""
    return {_PLAIN.sub("", row["name"]): (row["field"], row["part"]) for row in rows_of("feed_fields")}


def row_of(leaves: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The row of an item."""
    row: dict[str, str] = {}
    used: set[str] = set()
    for field, path in mapping.items():
        if field not in PAGING and (text := _declared(leaves, path, used)):
            row[field] = date_text(text) if field in DATES else text
    parts: dict[str, dict[str, list[str]]] = {}
    for path, text in leaves.items():
        if path in used or _SILENT.search(path):
            continue
        field, part = _known(path)
        if field and field not in row:
            parts.setdefault(field, {}).setdefault(part, []).append(text)
        elif not field and len(row) < MOST_OWN:
            row[path] = date_text(text) if _is_date(path) else text
    for field, found in parts.items():
        if field not in row and (text := _composed(field, found)):
            row[field] = text
    return row


def name_by_address(rows: Sequence[dict[str, str]], feed: str) -> None:
    """Items without a reference but with an address of their own get a stable one from it."""
    nameless = [row for row in rows if not row.get(REFERENCE) and row.get(SOURCE, "").startswith(("http", "/"))]
    counts = Counter(row[SOURCE] for row in nameless)
    for row in nameless:
        if counts[row[SOURCE]] == 1:
            row[REFERENCE] = f"{feed}-{hashlib.sha256(row[SOURCE].encode()).hexdigest()[:12]}"


def _declared(leaves: Mapping[str, str], path: str, used: set[str]) -> str:
    """What a declared path leads to: `=text` is that text, `a+b` one after the other, a branch all its leaves."""
    if path.startswith("="):
        return path[1:].strip()
    texts = []
    for wanted in path.split("+"):
        name = wanted.strip()
        for leaf, text in leaves.items():
            if leaf == name or leaf.startswith(f"{name}."):
                used.add(leaf)
                texts.append(html_text(text))
    return " ".join(dict.fromkeys(texts))


@lru_cache(maxsize=4096)
def _known(path: str) -> tuple[str, str]:
    """(field, part) of a path: the whole of it, or without what it is wrapped in; ("", "") where nobody knows it."""
    names = known_names()
    words = [_PLAIN.sub("", word) for word in path.lower().split(".")]
    words = words[:-1] if len(words) > 1 and words[-1] in {"$", "#text", "text"} else words
    for start in range(len(words)):
        if start and len(words) - start == 1 and (words[-1] in _BARE or words[-2] in _OTHERS):
            break
        if found := names.get(".".join(words[start:])):
            return found
    return "", ""


@lru_cache(maxsize=4096)
def _is_date(path: str) -> bool:
    """Whether a column under its own name holds a date."""
    return recognise("postings", path, near=False)[0] in DATES


def _composed(field: str, found: Mapping[str, list[str]]) -> str:
    """The text of a field from its parts."""
    if field == "薪资待遇":
        first = {part: texts[0] for part, texts in found.items()}
        return pay_text(first)
    if field == "年龄要求":
        low, high = (found.get(part, [""])[0] for part in ("low", "high"))
        return (found.get("") or [""])[0] or span_text(low, high)
    if field == "工作地点":
        return _place(found)
    if field == "经验要求":
        months = found.get("months", [""])[0]
        return (found.get("") or [f"{months}个月" if months else ""])[0]
    if field == "岗位描述":
        return _description(found)
    if field == "来源":
        return (found.get("") or found.get("address") or [""])[0]
    text = html_text((found.get("") or found.get("else") or next(iter(found.values())))[0])
    return date_text(text) if field in DATES else text


def _place(found: Mapping[str, list[str]]) -> str:
    """The place as stated, or its parts from large to small, none twice."""
    parts: list[str] = []
    for part in ("region", "city", "district", "text", "street"):
        for text in found.get(part, [])[:1]:
            plain_text = html_text(text).replace("\n", " ")
            if plain_text and not any(plain_text in earlier for earlier in parts):
                parts = [earlier for earlier in parts if earlier not in plain_text]
                parts.append(plain_text)
    return " ".join(parts) if parts and parts[0].isascii() else "".join(parts)


def _description(found: Mapping[str, list[str]]) -> str:
    """The text of the advert and, under their labels, what belongs to it."""
    lines = [html_text(text) for text in found.get("", [])]
    for label, texts in found.items():
        lines += [f"{label}：{html_text(text)}" for text in texts[:1] if label]
    return "\n".join(dict.fromkeys(line for line in lines if line))
