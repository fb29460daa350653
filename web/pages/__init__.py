"""The pages, by task."""

from web.pages import entry, home, imported, imports, people, postings, runs, settings, sheets
from web.pages.sharing import desk, public

ROOMS = (entry, home, people, postings, imports, imported, runs, sheets, settings, desk, public)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
