"""The pages, by task."""

from web.pages import entry, home, people, questions, runs, settings, sheets
from web.pages.importing import changes, imported, imports, reviews
from web.pages.jobs import names, pasted, postings, same
from web.pages.papers import others
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh

_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes)
ROOMS = (entry, home, people, questions, *_JOBS, *_IMPORTS, runs, sheets, others, settings, desk, public)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
