"""Anything nested → path → text.

In: an item as JSON or XML gave it. Out: its leaves by path (`company.name`); several of one path are joined.
"""

from __future__ import annotations

from jobs_feed.cells import CellValue, plain

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Item = dict[str, Json]

DEEPEST = 8
MOST_PATHS = 300
LONGEST_TEXT = 32_000
_JOINED = "、"


def flatten(item: Item) -> dict[str, str]:
    """The leaves of an item that say something, in the order they stand."""
    leaves: dict[str, list[str]] = {}
    _walk(item, "", 0, leaves)
    return {path: _JOINED.join(dict.fromkeys(texts))[:LONGEST_TEXT] for path, texts in leaves.items()}


def _walk(value: Json, path: str, depth: int, leaves: dict[str, list[str]]) -> None:
    """One branch."""
    if isinstance(value, dict):
        for key, child in value.items() if depth < DEEPEST else ():
            name = str(key).strip()
            _walk(child, f"{path}.{name}" if path else name, depth + 1, leaves)
    elif isinstance(value, list):
        for child in value[:MOST_PATHS] if depth < DEEPEST else ():
            _walk(child, path, depth + 1, leaves)
    elif (text := as_text(value)) and (path in leaves or len(leaves) < MOST_PATHS):
        leaves.setdefault(path, []).append(text)


def as_text(value: CellValue) -> str:
    """A leaf as a cell would hold it; NUL and other characters no cell can hold are left out."""
    text = plain(value)
    return "".join(one for one in text if one >= " " or one in "\n\t") if not text.isprintable() else text


def at_path(item: Json, path: str) -> Json:
    """What stands at a path; None where nothing does."""
    found: Json = item
    for part in path.split(".") if path else ():
        if isinstance(found, list):
            found = found[0] if found else None
        if not isinstance(found, dict):
            return None
        found = found.get(part)
    return found
