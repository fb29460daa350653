"""The pages, by task."""

from web.pages import drafts, entry, home, people, questions, runs, settings, sheets, slices
from web.pages.accounts import accounts, audit
from web.pages.importing import changes, imported, imports, reviews
from web.pages.jobs import names, pasted, postings, same
from web.pages.sharing import desk, public
from web.pages.trust import checks, employers, fresh

_JOBS = (postings, pasted, names, same, checks, fresh, employers)
_IMPORTS = (imports, imported, reviews, changes)
ROOMS = (
    entry,
    home,
    people,
    questions,
    *_JOBS,
    *_IMPORTS,
    runs,
    sheets,
    settings,
    desk,
    public,
    slices,
    accounts,
    audit,
    drafts,
)
BLUEPRINTS = tuple(room.bp for room in ROOMS)

__all__ = ["BLUEPRINTS"]
