"""The pages, by task."""

from web.pages import entry, home, imports, people, postings, runs, same, settings, sheets

BLUEPRINTS = tuple(room.bp for room in (entry, home, people, postings, same, imports, runs, sheets, settings))

__all__ = ["BLUEPRINTS"]
