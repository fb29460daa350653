"""An XML page → its items: RSS or Atom, job XML, or any list of like elements.

In: text without byte marks. Out: `Found`. Document types and entities are refused before a parser sees them.
"""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
import feedparser
from defusedxml import DefusedXmlException

from jobs_feed.cells import MAX_ROWS, NextLine
from jobs_feed.columns import recognise
from jobs_feed.feeds.contents.flattening import DEEPEST, Item, Json
from jobs_feed.feeds.contents.prolog import after_prolog
from jobs_feed.feeds.contents.spec import Found
from jobs_feed.feeds.contents.values import html_text
from jobs_feed.report import FileRefused

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_SYNDICATED = frozenset({"rss", "feed", "RDF"})
_ITEM_NAMES = frozenset({"job", "item", "position", "vacancy", "posting", "record", "row", "entry", "岗位", "职位"})
_EMPTY_LISTS = frozenset({"source", "jobs", "items", "postings", "list", "rows", "positions", "vacancies"})
"""Roots of lists that may well hold nothing."""
_LINE = re.compile(r"\s*[\[【（(]?([^：:\n【】]{2,12})[\]】）)]?\s*[：:]\s*(\S.{0,300})")
_LEFT_OUT = frozenset({"links", "title_detail", "summary_detail", "guidislink", "published_parsed", "updated_parsed"})
_CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
_THREE_PARTS = re.compile(r"\s+[-–—|｜]\s+")


def read_markup(text: str, kind: str) -> Found:
    """The items of an XML page."""
    refuse_document_type(text)
    root = _root_name(text)
    if root in _SYNDICATED and kind != "jobs_xml":
        return _syndicated(text)
    try:
        tree: Element = defusedxml.ElementTree.fromstring(_DECLARATION.sub("", text), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused("FEED_DOCTYPE") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise FileRefused("FEED_XML_BROKEN") from error
    elements = _repeated(tree)
    if not elements and len(tree) and _name(tree).lower() not in _EMPTY_LISTS:
        raise FileRefused("FEED_NO_LIST", path=_name(tree)[:40])
    items = [_object(element) for element in elements]
    shared = _shared(tree, elements)
    return Found("jobs_xml", [{**shared, **item} for item in items])


def refuse_document_type(text: str) -> None:
    """A document type before the first element is the door of every entity bomb."""
    if after_prolog(text).startswith("<!"):
        raise FileRefused("FEED_DOCTYPE")


def _root_name(text: str) -> str:
    """The name of the first element, without its namespace."""
    match = re.search(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)", text)
    return match.group(1) if match else ""


def _repeated(tree: Element) -> list[Element]:
    """The elements that are items: by their usual names, else the most frequent with parts of their own."""
    named = [element for element in tree.iter() if _name(element) in _ITEM_NAMES and len(element)]
    outer = {id(child) for element in named for child in element.iter() if child is not element}
    named = [element for element in named if id(element) not in outer and element is not tree]
    if named:
        return named
    counts = Counter(_name(child) for parent in tree.iter() for child in parent if len(child) >= 2)
    best = max(counts, key=lambda name: counts[name], default="")
    return [element for element in tree.iter() if _name(element) == best and len(element) >= 2] if best else []


def _shared(tree: Element, elements: list[Element]) -> Item:
    """What the whole list says of itself, such as who publishes it."""
    inside = {id(element) for element in elements}
    leaves = [child for child in tree if id(child) not in inside and not len(child) and (child.text or "").strip()]
    return {_name(child): (child.text or "").strip() for child in leaves if _name(child).lower() == "publisher"}


def _name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _object(element: Element, depth: int = 0) -> Item:
    """An element as an object: its parts by name, its attributes too."""
    found: Item = {str(name).rpartition("}")[2]: value for name, value in element.attrib.items()}
    for child in element:
        value: Json = (child.text or "").strip()
        if (len(child) or child.attrib) and depth < DEEPEST:
            inner = _object(child, depth + 1)
            value = {**inner, "text": value} if value else inner
        held = found.get(_name(child))
        if held is None:
            found[_name(child)] = value
        else:
            found[_name(child)] = [*held, value] if isinstance(held, list) else [held, value]
    return found


def _syndicated(text: str) -> Found:
    """The entries of RSS or Atom; the parser is handed bytes only, so that it never opens an address."""
    if text.count("<item") + text.count("<entry") > MAX_ROWS:
        raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
    content = _DECLARATION.sub("", text).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    if parsed.bozo and not parsed.entries:
        raise FileRefused("FEED_XML_BROKEN")
    if parsed.bozo and not _CLOSED.search(text[-200:]):
        raise FileRefused("FEED_TRUNCATED")
    more = [
        NextLine(link.href) for link in parsed.feed.get("links", []) if link.get("rel") == "next" and "href" in link
    ]
    return Found("rss", [_entry(entry) for entry in parsed.entries], more)


def _entry(entry: feedparser.FeedParserDict) -> Item:
    """One entry: its own fields, then what the lines of its text are labelled with."""
    item: Item = {}
    for key, value in entry.items():
        if isinstance(value, str) and key not in _LEFT_OUT:
            item[str(key).replace("_", ".", 1)] = value
    item["guid"] = str(entry.get("id") or entry.get("link") or "")
    item.pop("id", None)
    for key in ("published", "updated"):
        if moment := entry.get(f"{key}_parsed"):
            item[key] = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", moment)
    if not item.get("published") and item.get("updated"):
        item["published"] = item["updated"]
    item.pop("updated", None)
    contents = [str(one.get("value", "")) for one in entry.get("content", []) if isinstance(one, dict)]
    longest = max([*contents, str(entry.get("summary", ""))], key=len)
    item["summary"] = html_text(longest)
    _take_labelled(item, str(item["summary"]))
    _take_title(item)
    return item


def _take_labelled(item: Item, text: str) -> None:
    """“公司：…” in the text is the employer, “地点：…” the place, where no field of the entry says so."""
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            field = recognise("postings", match.group(1), near=False)[0]
            if field and field != "岗位描述":
                item.setdefault(field, match.group(2).strip())


def _take_title(item: Item) -> None:
    """“电焊工 - 某某公司 - 奈曼旗” names three things, as job boards write titles of entries."""
    parts = _THREE_PARTS.split(str(item.get("title", "")))
    if len(parts) == 3 and all(parts):
        title, employer, place = (part.strip() for part in parts)
        if not item.keys() & {"用人单位", "工作地点"}:
            item.update({"title": title, "用人单位": employer, "工作地点": place})
