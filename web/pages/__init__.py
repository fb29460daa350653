"""The pages, by task."""

from web.pages import (
    changes,
    entry,
    home,
    imported,
    imports,
    names,
    pasted,
    people,
    postings,
    questions,
    reviews,
    runs,
    same,
    settings,
    sheets,
)
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh

_INCOMING = (imports, imported, reviews, changes, questions)
_WORDS = (pasted, names)
_TRUST = (checks, fresh, employers)
ROOMS = (entry, home, people, postings, *_WORDS, *_TRUST, same, *_INCOMING, runs, sheets, settings, desk, public)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
