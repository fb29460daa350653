"""What a village is called today, for papers that still have the old name.

In: a division and a name as a file or a form writes them. Out: the village it is now, the same where nobody renamed it.
"""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import and_, func, select

from matcher.domain.division import lies_within
from matcher.domain.intake.life import Village
from matcher.reference.name_forms import plain_village
from matcher.store.context import StoreContext, within
from matcher.store.schema import VILLAGE_MERGE, WORKER


class RenamedVillages:
    """The table of renamed villages inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def now(self, code: str, name: str) -> Village:
        """The village a name means today; a name in use again stands for itself, a wider division stays as written."""
        here = Village(code, name)
        if not code or not name or not self._acts:
            return here
        last = max((place for place, (_, into) in enumerate(self._acts) if self._meant(here, into)), default=-1)
        for was, into in self._acts[last + 1 :]:
            if self._meant(here, was):
                inside = here.code != was.code and lies_within(into.code, here.code)
                here = Village(here.code if inside else into.code, into.name)
        return here

    @cached_property
    def _acts(self) -> list[tuple[Village, Village]]:
        """Which village became which, in the order it was written down."""
        c = VILLAGE_MERGE.c
        columns = (c.from_code, c.from_village, c.into_code, c.into_village)
        query = select(*columns).where(c.undone_at.is_(None)).order_by(c.happened_on, c.key)
        rows = self._context.connection.execute(query)
        return [(Village(row[0], row[1]), Village(row[2], row[3])) for row in rows]

    def _meant(self, here: Village, known: Village) -> bool:
        """Whether a name as written means a village; in a wider division only where no other there has the name."""
        if plain_village(here.name) != plain_village(known.name):
            return False
        return here.code == known.code or (lies_within(known.code, here.code) and self._only_one(here, known))

    def _only_one(self, here: Village, known: Village) -> bool:
        """Whether nothing else in a wider division has this name."""
        others = {
            one.code for act in self._acts for one in act[:1] if plain_village(one.name) == plain_village(here.name)
        }
        if any(lies_within(code, here.code) and code != known.code for code in others):
            return False
        c = WORKER.c
        people = and_(c.village == here.name, within(c.home_code, here.code), c.home_code != known.code)
        return not self._context.connection.scalar(select(func.count()).select_from(WORKER).where(people))
