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
    settings,
    sheets,
)
from web.pages.sharing import desk, public

ROSTERS = (reviews, changes, questions)
ROOMS = (entry, home, people, postings, imports, imported, *ROSTERS, runs, sheets, settings, desk, public)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
