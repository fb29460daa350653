"""The pages, by task."""

from web.pages import classes, clients, drafts, entry, fairs, home, people, questions, runs, settings, sheets, slices
from web.pages.accounts import accounts, audit
from web.pages.feeds import sources
from web.pages.figures import policy, reports
from web.pages.guide import help, tour
from web.pages.importing import changes, imported, imports, reviews
from web.pages.intake import corrections, finding, life, villages, walk_in
from web.pages.jobs import names, pasted, postings, same
from web.pages.papers import others
from web.pages.plan_desk import counter
from web.pages.plan_desk import desk as plan_desk
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh
from web.pages.village import monthly, slips, today
from web.pages.watching import alerts, evidence, key_list

_WORK = (entry, home, people, questions)
_VILLAGE = (today, monthly, slips, slices)
_DESK = (plan_desk, counter)
_INTAKE = (walk_in, finding, corrections, life, villages, classes)
_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes, sources)
_FAIRS = fairs.ROOMS
_WATCHING = (alerts, key_list, evidence)
_RESULTS = (runs, sheets, others, reports, policy)
_OFFICE = (settings, desk, public, clients, accounts, audit, drafts, tour, help)
ROOMS = (*_WORK, *_VILLAGE, *_INTAKE, *_DESK, *_JOBS, *_IMPORTS, *_FAIRS, *_WATCHING, *_RESULTS, *_OFFICE)
BLUEPRINTS = tuple(dict.fromkeys(room.bp for room in ROOMS))

__all__ = ["BLUEPRINTS"]
