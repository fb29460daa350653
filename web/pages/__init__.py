"""The pages, by task."""

from web.pages import clients, entry, home, people, questions, runs, settings, sheets
from web.pages.feeds import sources
from web.pages.guide import help, tour
from web.pages.importing import changes, imported, imports, reviews
from web.pages.jobs import names, pasted, postings, same
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh

_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes, sources)
_OFFICE = (runs, sheets, settings, desk, public, tour, help, clients)
ROOMS = (entry, home, people, questions, *_JOBS, *_IMPORTS, *_OFFICE)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
