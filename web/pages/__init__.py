"""The pages, by task."""

from web.pages import (
    classes,
    clients,
    coordinators,
    drafts,
    entry,
    fairs,
    graduates,
    home,
    keeping,
    local_work,
    people,
    questions,
    runs,
    saved,
    settings,
    settled,
    sheets,
    slices,
)
from web.pages.accounts import accounts, audit
from web.pages.cases import lists as case_lists
from web.pages.cases import person as case_person
from web.pages.cases import work as case_work
from web.pages.catalogue import asked, editing, listed
from web.pages.catalogue import person as policy_check
from web.pages.claims import boards, bodies, money, one
from web.pages.claims import desk as claims_desk
from web.pages.cooperation import brokers, measured, pairings, travel
from web.pages.cooperation import home as cooperation
from web.pages.cooperation import people as cooperation_people
from web.pages.errands import shown as errands
from web.pages.feeds import sources
from web.pages.figures import policy, reports
from web.pages.guide import help, tour
from web.pages.importing import changes, imported, imports, reviews
from web.pages.intake import corrections, finding, life, villages, walk_in
from web.pages.jobs import names, pasted, postings, same
from web.pages.ledgers import desk as ledger_desk
from web.pages.ledgers import profiles, rounds
from web.pages.ledgers import questions as ledger_questions
from web.pages.papers import others
from web.pages.plan_desk import counter
from web.pages.plan_desk import desk as plan_desk
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh
from web.pages.village import monthly, slips, today
from web.pages.village import travel as village_travel
from web.pages.visiting import visits
from web.pages.watching import alerts, evidence, key_list

_WORK = (entry, home, people, questions, errands)
_VILLAGE = (today, monthly, slips, village_travel, slices)
_DESK = (plan_desk, counter)
_INTAKE = (walk_in, finding, corrections, life, villages, classes)
_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes, sources)
_FAIRS = fairs.ROOMS
_CASES = (case_lists, case_person, case_work)
_LEDGERS = (ledger_desk, profiles, rounds, ledger_questions)
_CATALOGUE = (editing, asked, policy_check, listed)
_CLAIMS = (claims_desk, one, bodies, boards, money)
_WATCHING = (alerts, key_list, evidence)
_LOCAL_WORK = local_work.ROOMS
_SETTLED = (*settled.ROOMS, *graduates.ROOMS, *coordinators.ROOMS)
_COOPERATION = (cooperation, travel, cooperation_people, measured, pairings, brokers, visits)
_KEEPING = keeping.ROOMS
_RESULTS = (runs, sheets, others, reports, policy)
_OFFICE = (settings, desk, public, clients, accounts, audit, drafts, saved, tour, help)
ROOMS = (
    *_WORK,
    *_VILLAGE,
    *_DESK,
    *_INTAKE,
    *_JOBS,
    *_IMPORTS,
    *_FAIRS,
    *_CASES,
    *_LEDGERS,
    *_CATALOGUE,
    *_CLAIMS,
    *_WATCHING,
    *_LOCAL_WORK,
    *_SETTLED,
    *_COOPERATION,
    *_RESULTS,
    *_KEEPING,
    *_OFFICE,
)
BLUEPRINTS = tuple(dict.fromkeys(room.bp for room in ROOMS))

__all__ = ["BLUEPRINTS"]
