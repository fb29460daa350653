"""Short ways to write a posting in a test.

In: a description and columns. Out: what was read of it.
"""

from __future__ import annotations

from matcher.domain.posting import Posting, PostingFacts
from matcher.reading import load_tools, read_posting


def a_posting(description: str = "", *, title: str = "员工", **columns: object) -> Posting:
    """A posting of a made-up employer."""
    return Posting(ref="P-1", title=title, description=description, **{"employer": "示例单位", **columns})


def facts_of(description: str = "", *, title: str = "员工", **columns: object) -> PostingFacts:
    """What is read of such a posting."""
    return read_posting(a_posting(description, title=title, **columns), load_tools())
