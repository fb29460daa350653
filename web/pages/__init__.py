"""The pages, by task."""

from web.pages import entry, home, people, questions, runs, settings, sheets
from web.pages.feeds import sources
from web.pages.guide import help, tour
from web.pages.importing import changes, imported, imports, reviews
from web.pages.jobs import names, pasted, postings, same
from web.pages.plan_desk import counter
from web.pages.plan_desk import desk as plan_desk
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh

_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes, sources)
_DESK = (plan_desk, counter)
_HELP = (tour, help)
ROOMS = (entry, home, people, *_DESK, questions, *_JOBS, *_IMPORTS, runs, sheets, settings, desk, public, *_HELP)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
