"""An HTML page → the JobPosting objects its scripts carry.

In: text. Out: `Found`; a broken script harms only itself, and is named.
"""

from __future__ import annotations

import re

from jobs_feed.cells import NextLine, NoteLine
from jobs_feed.feeds.contents.linked import pages_in, postings_in
from jobs_feed.feeds.contents.spec import Found
from jobs_feed.feeds.contents.structured import loosely

_SCRIPT = re.compile(
    r"<script\b[^>]*?\btype\s*=\s*[\"']?\s*application/ld\+json[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
_NEXT = re.compile(r"<(?:link|a)\b[^>]*?\brel\s*=\s*[\"']?next[\"'\s>][^>]*>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"']{1,2000})[\"']", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


def read_webpage(text: str) -> Found:
    """The postings of a page, and the pages an index leads to."""
    found = Found("jsonld")
    for number, script in enumerate(_SCRIPT.findall(text), start=1):
        try:
            root = loosely(_WRAPPED.sub("", script).strip().rstrip(";"))
        except ValueError:
            found.notes.append(NoteLine("FEED_SCRIPT_BROKEN", {"number": number}))
            continue
        found.items += postings_in(root)
        found.more += [NextLine(address) for address in pages_in(root)]
    for tag in _NEXT.findall(text):
        found.more += [NextLine(_unescaped(address)) for address in _HREF.findall(tag)]
    return found


def _unescaped(address: str) -> str:
    """An address out of an attribute."""
    return address.replace("&amp;", "&")
