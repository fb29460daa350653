"""schema.org JobPosting wherever it stands in JSON-LD: alone, in a list, an ItemList or a @graph.

In: parsed JSON. Out: the postings as items, references within the document filled in; addresses of pages an index
names.
"""

from __future__ import annotations

from collections.abc import Iterator

from jobs_feed.feeds.contents.flattening import Item, Json

DEEPEST = 12
_WORDS = {
    "FULL_TIME": "全职",
    "PART_TIME": "兼职",
    "CONTRACTOR": "承包",
    "TEMPORARY": "临时",
    "INTERN": "实习",
    "VOLUNTEER": "志愿",
    "PER_DIEM": "按日",
}


def is_linked(root: Json) -> bool:
    """Whether a JSON document is JSON-LD that speaks of postings."""
    marked = isinstance(root, dict) and any(key in root for key in ("@context", "@graph", "@type"))
    return marked and next(_of_type(root, "JobPosting", 0), None) is not None


def postings_in(root: Json) -> list[Item]:
    """Every JobPosting of a document."""
    nodes = {str(node["@id"]): node for node in _objects(root, 0) if "@id" in node and len(node) > 1}
    return [_filled(posting, nodes) for posting in _of_type(root, "JobPosting", 0)]


def pages_in(root: Json) -> list[str]:
    """Addresses of the pages an ItemList names without saying more."""
    found = []
    for entry in _of_type(root, "ListItem", 0):
        address, inner = entry.get("url"), entry.get("item")
        address = address or (inner if isinstance(inner, str) else None)
        if isinstance(inner, dict) and len(inner.keys() - {"@type", "name"}) == 1:
            address = inner.get("url") or inner.get("@id")
        if isinstance(address, str):
            found.append(address)
    return found


def _objects(node: Json, depth: int) -> Iterator[Item]:
    """Every object of a document."""
    if isinstance(node, dict):
        yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children if depth < DEEPEST else ():
        yield from _objects(child, depth + 1)


def _of_type(node: Json, wanted: str, depth: int) -> Iterator[Item]:
    """Every object of a type; what stands inside one is its own."""
    if isinstance(node, dict):
        kinds = node.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and name.rpartition("/")[2].rpartition(":")[2] == wanted for name in names):
            yield node
            return
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children if depth < DEEPEST else ():
        yield from _of_type(child, wanted, depth + 1)


def _filled(posting: Item, nodes: dict[str, Item]) -> Item:
    """A posting with what it only refers to, its kinds of work in words, its texts as texts."""
    filled: Item = {}
    for key, value in posting.items():
        if isinstance(value, dict) and set(value) == {"@id"}:
            value = nodes.get(str(value["@id"]), value)
        filled[key] = value
    kinds = filled.get("employmentType")
    if kinds:
        listed = kinds if isinstance(kinds, list) else [kinds]
        filled["employmentType"] = "、".join(_WORDS.get(str(one), str(one)) for one in listed)
    place = filled.get("jobLocation")
    if filled.get("jobLocationType") == "TELECOMMUTE" and not place:
        filled["jobLocation"] = "居家"
    return filled
