"""The pages, by task."""

from web.pages import classes, entry, home, people, questions, runs, settings, sheets
from web.pages.importing import changes, imported, imports, reviews
from web.pages.intake import corrections, finding, life, villages, walk_in
from web.pages.jobs import names, pasted, postings, same
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh

_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes)
_INTAKE = (walk_in, finding, corrections, life, villages, classes)
ROOMS = (entry, home, people, questions, *_INTAKE, *_JOBS, *_IMPORTS, runs, sheets, settings, desk, public)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
