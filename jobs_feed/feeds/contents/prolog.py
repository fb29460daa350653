"""What stands before the first element of a page.

In: text that begins with an angle bracket. Out: the text behind declarations and comments.
"""

from __future__ import annotations

import re

_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)


def after_prolog(text: str) -> str:
    """The text from its document type or first element on."""
    place = 0
    while match := _PROLOG.match(text, place):
        place = match.end()
    return text[place:].lstrip()
