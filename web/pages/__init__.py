"""The pages, by task."""

from web.pages import (
    changes,
    entry,
    home,
    imported,
    imports,
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

_INCOMING = (imports, imported, reviews, changes, questions)
ROOMS = (entry, home, people, postings, same, *_INCOMING, runs, sheets, settings, desk, public)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
