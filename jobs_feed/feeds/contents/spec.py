"""What the parent tells the reading child about a page.

In: nothing. Out: `PageSpec`, which travels as JSON on the command line, and `Found`, what was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from jobs_feed.cells import NextLine, NoteLine
from jobs_feed.feeds.contents.flattening import Item


class PageSpec(msgspec.Struct, frozen=True):
    """How a page is to be read; `start` items came before it."""

    name: str
    kind: str = "auto"
    content_type: str = ""
    mapping: dict[str, str] = {}
    start: int = 0


@dataclass(slots=True)
class Found:
    """The items of a page, where more is, and what was left out."""

    form: str
    items: list[Item] = field(default_factory=list)
    more: list[NextLine] = field(default_factory=list)
    notes: list[NoteLine] = field(default_factory=list)
