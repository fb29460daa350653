"""The pages, by task."""

from web.pages import changes, entry, home, imports, people, postings, questions, reviews, runs, settings, sheets

_ROSTERS = (reviews, changes, questions)
BLUEPRINTS = tuple(room.bp for room in (entry, home, people, postings, imports, runs, sheets, settings, *_ROSTERS))

__all__ = ["BLUEPRINTS"]
