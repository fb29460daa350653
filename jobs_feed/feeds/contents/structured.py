"""A JSON page → its items: an array, an object around one, one object a line, our own format, JSON-LD.

In: text and a declared map. Out: `Found`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec

from jobs_feed.cells import MAX_ROWS, NextLine, NoteLine
from jobs_feed.columns import names_of, recognise
from jobs_feed.feeds.contents.fields import row_of
from jobs_feed.feeds.contents.flattening import Item, Json, as_text, at_path, flatten
from jobs_feed.feeds.contents.linked import is_linked, postings_in
from jobs_feed.feeds.contents.spec import Found, PageSpec
from jobs_feed.report import FileRefused

_LISTS = (
    "postings",
    "jobs",
    "items",
    "data",
    "results",
    "result",
    "list",
    "rows",
    "records",
    "entries",
    "vacancies",
    "positions",
    "content",
    "hits",
    "value",
    "岗位",
    "岗位列表",
)
"""Names under which lists of postings stand, the likeliest first."""
_NEXT = (
    "next",
    "nextPage",
    "next_page",
    "nextUrl",
    "next_url",
    "nextLink",
    "next_link",
    "nextPageUrl",
    "next_page_url",
    "@odata.nextLink",
    "links.next",
    "_links.next",
    "paging.next",
    "pagination.next",
    "pagination.next_url",
    "meta.next",
    "meta.next_url",
    "page.next",
    "下一页",
)
_FILE = re.compile(r"[\w./-]+\.(?:json|jsonld|xml|html?|php|aspx?|jsp|do|csv)")
_DEEPEST_LIST = 4


def read_json(text: str, spec: PageSpec) -> Found:
    """The items of a JSON page."""
    root = _parsed(text)
    if is_linked(root):
        return Found("jsonld", postings_in(root), _more(root, spec.mapping))
    declared = spec.mapping.get("items")
    holder = at_path(root, declared) if declared else _list_in(root)
    if holder is None:
        raise FileRefused("FEED_NO_LIST", path=declared or "items")
    listed = holder if isinstance(holder, list) else list(holder.values()) if isinstance(holder, dict) else [holder]
    if len(listed) > MAX_ROWS:
        raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
    ours = isinstance(root, dict) and "version" in root and "postings" in root
    found = Found("job131" if ours else "json", [_item(one) for one in listed])
    if ours and isinstance(root, dict):
        found.items = [_of_instance(one) for one in found.items]
        found.notes = _spoken_of(root)
    found.more = _more(root, spec.mapping, ours=ours)
    if not found.more and spec.mapping.get("next") is None and _unclear(root):
        found.notes.append(NoteLine("FEED_NEXT_UNCLEAR", {}))
    return found


def _parsed(text: str) -> Json:
    """The value of a JSON text, or of one object a line."""
    try:
        value: Json = msgspec.json.decode(text)
        return value
    except msgspec.DecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].lstrip().startswith("{"):
            try:
                return [msgspec.json.decode(line) for line in lines]
            except (msgspec.DecodeError, RecursionError):
                pass
        raise FileRefused("FEED_JSON_BROKEN", size=len(text)) from error
    except RecursionError as error:
        raise FileRefused("FEED_DEEP") from error


def _item(value: Json) -> Item:
    """An item; what is none becomes one that says what it is, so that its row is refused by name."""
    if isinstance(value, dict) and value:
        return value
    return {"岗位描述": as_text(value) if not isinstance(value, list | dict) and value is not None else "—"}


def _of_instance(item: Item) -> Item:
    """A posting of another instance: its columns, named by 编号, else by sender and reference as they are there."""
    columns = names_of("postings").exact.values()
    kept = {name: item[name] for name in columns if name in item}
    sender, ref = as_text(_scalar(item.get("sender"))), as_text(_scalar(item.get("ref")))
    if ref and not item.get("编号"):
        kept["编号"] = f"{sender}:{ref}" if sender and sender != "local" else ref
    return kept


def _spoken_of(root: Item) -> list[NoteLine]:
    """What an instance says of its feed: who it is, and that a walk lists changes only."""
    notes = []
    if name := as_text(_scalar(root.get("instance"))):
        notes.append(NoteLine("FEED_INSTANCE", {"instance": name[:60]}))
    if root.get("complete") is False:
        notes.append(NoteLine("FEED_CHANGES_ONLY", {}))
    return notes


def _list_in(root: Json) -> Json:
    """The list of postings: the root, one under a likely name, else the longest list of objects; None without any."""
    if isinstance(root, list):
        return root
    best: tuple[int, int, list[Json]] | None = None
    for name, found, depth in _lists(root, 0):
        if found and not any(isinstance(one, dict) for one in found):
            continue
        rank = _LISTS.index(name) if name in _LISTS else len(_LISTS)
        known = (rank if found else rank + len(_LISTS), depth - len(found))
        if best is None or known < best[:2]:
            best = (*known, found)
    if best is not None:
        return best[2]
    return [root] if isinstance(root, dict) and _looks_like_item(root) else None


def _lists(node: Json, depth: int) -> Iterator[tuple[str, list[Json], int]]:
    """Every list below a node with its name and depth; items are not looked into."""
    if isinstance(node, dict) and depth < _DEEPEST_LIST:
        for name, child in node.items():
            if isinstance(child, list):
                yield name, child, depth
            else:
                yield from _lists(child, depth + 1)


def _looks_like_item(root: Item) -> bool:
    """Whether an object without lists is one posting: it names the work."""
    return any(recognise("postings", name, near=False)[0] == "岗位名称" for name in row_of(flatten(root), {}))


def _more(root: Json, mapping: dict[str, str], *, ours: bool = False) -> list[NextLine]:
    """Where the next page is, as declared or as usual."""
    if (cursor := mapping.get("cursor", "")) and ":" in cursor:
        value = as_text(_scalar(at_path(root, cursor.partition(":")[2])))
        return [NextLine(value, mark=True)] if value else []
    names = (mapping["next"],) if mapping.get("next") else _NEXT
    if not isinstance(root, dict):
        return []
    for name in names:
        value = as_text(_scalar(at_path(root, name) if name != "@odata.nextLink" else root.get(name)))
        if value and (_is_address(value) or mapping.get("next")):
            return [NextLine(value)]
        if value and ours:
            return [NextLine(value, mark=True)]
    return []


def _scalar(value: Json) -> str | int | float | bool | None:
    """A link as text: itself, or what its object calls href or url."""
    if isinstance(value, dict):
        inner = value.get("href") or value.get("url")
        return inner if isinstance(inner, str) else None
    return None if isinstance(value, list | bool) else value


def _is_address(value: str) -> bool:
    """Whether a text is an address and not a number or a mark."""
    return "://" in value or value.startswith(("/", "?", "./")) or "?" in value or bool(_FILE.fullmatch(value))


def _unclear(root: Json) -> bool:
    """Whether a page speaks of a next one in a way nobody declared."""
    if not isinstance(root, dict):
        return False
    more = any(root.get(name) is True for name in ("has_more", "hasMore", "hasNext", "has_next"))
    spoken = (_scalar(at_path(root, name)) for name in ("next", "nextCursor", "next_cursor", "nextPageToken"))
    return more or any(isinstance(value, str) and value for value in spoken)


def loosely(text: str) -> Json:
    """JSON as pages carry it, control characters in texts allowed; ValueError where it is broken."""
    try:
        value: Json = json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("too deep") from error
    return value
