"""The pages, by task."""

from web.pages import entry, home, imported, imports, people, postings, runs, settings, sheets

BLUEPRINTS = tuple(room.bp for room in (entry, home, people, postings, imports, imported, runs, sheets, settings))

__all__ = ["BLUEPRINTS"]
