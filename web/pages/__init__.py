"""The pages, by task."""

from web.pages import entry, home, imports, names, pasted, people, postings, runs, settings, sheets

BLUEPRINTS = tuple(room.bp for room in (entry, home, people, postings, pasted, names, imports, runs, sheets, settings))

__all__ = ["BLUEPRINTS"]
