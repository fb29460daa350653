"""The pages, by task."""

from web.pages import entry, home, imports, people, postings, runs, settings, sheets
from web.pages.trust import checks, employers, fresh

BLUEPRINTS = tuple(
    room.bp for room in (entry, home, people, postings, checks, fresh, employers, imports, runs, sheets, settings)
)

__all__ = ["BLUEPRINTS"]
