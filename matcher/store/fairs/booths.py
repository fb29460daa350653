"""Booths of a fair and the postings at them.

In: `Booth`s, keys of postings. Out: the same again, in the order of the hall; how often an employer stood at fairs
and hired nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, select, update

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.fairs import Booth, BoothPosting, FairResult, FairState
from matcher.domain.incoming.trust import employer_key
from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.schema import FAIR, FAIR_BOOTH, FAIR_POSTING, FAIR_RESULT, POSTING

_NAMES = ("uid", "number", "position", "employer", "note", "changed_at", "base_at")
_OFFERED = tuple(result.value for result in FairResult if result.offered)


class Booths:
    """The tables of booths inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, fair_key: int, booth: Booth) -> int:
        """Keeps a new booth; the key."""
        c = FAIR_BOOTH.c
        taken = select(c.key).where(c.fair_key == fair_key, c.number == booth.number)
        if self._context.connection.scalar(taken) is not None:
            raise InputRefused(f"已经有 {booth.number} 号摊位，没有保存；请换一个号", ref=booth.number)
        row = {name: getattr(booth, name) for name in _NAMES} | {"fair_key": fair_key}
        row |= {"uid": booth.uid or new_uid(), "name_key": employer_key(booth.employer)}
        row["changed_at"] = booth.changed_at or self._context.clock()
        return self._context.insert_many(FAIR_BOOTH, [row])[0]

    def change(self, booth: Booth) -> None:
        """Keeps what a booth is now."""
        row = {name: getattr(booth, name) for name in _NAMES if name != "uid"}
        row |= {"name_key": employer_key(booth.employer), "changed_at": booth.changed_at or self._context.clock()}
        self._context.connection.execute(update(FAIR_BOOTH).where(FAIR_BOOTH.c.key == booth.key).values(row))

    def remove(self, fair_key: int, booth_key: int) -> None:
        """Takes a booth away; one that has results stays."""
        self.get(fair_key, booth_key)
        if self._results(FAIR_POSTING.c.booth_key == booth_key):
            raise InputRefused("这个摊位已经记了结果，不能撤；没有改动")
        self._context.connection.execute(delete(FAIR_BOOTH).where(FAIR_BOOTH.c.key == booth_key))

    def of(self, fair_key: int) -> list[Booth]:
        """The booths of a fair, in the order of the hall."""
        query = select(FAIR_BOOTH).where(FAIR_BOOTH.c.fair_key == fair_key)
        ordered = query.order_by(FAIR_BOOTH.c.position, FAIR_BOOTH.c.number)
        return [_booth(row) for row in self._context.connection.execute(ordered).mappings()]

    def get(self, fair_key: int, booth_key: int) -> Booth:
        """One booth of a fair."""
        query = select(FAIR_BOOTH).where(FAIR_BOOTH.c.key == booth_key, FAIR_BOOTH.c.fair_key == fair_key)
        row = self._context.connection.execute(query).mappings().first()
        if row is None:
            raise RecordNotFound("这场招聘会没有这个摊位", ref=str(booth_key))
        return _booth(row)

    def postings(self, fair_key: int) -> list[BoothPosting]:
        """Which postings stand at which booths of a fair, in the order of the hall."""
        joined = FAIR_POSTING.join(FAIR_BOOTH, FAIR_BOOTH.c.key == FAIR_POSTING.c.booth_key)
        c = FAIR_POSTING.c
        query = select(c.key, c.booth_key, c.posting_key).select_from(joined).where(FAIR_BOOTH.c.fair_key == fair_key)
        rows = self._context.connection.execute(query.order_by(FAIR_BOOTH.c.position, FAIR_BOOTH.c.number, c.key))
        return [BoothPosting(*row) for row in rows]

    def put_posting(self, booth_key: int, posting_key: int) -> int:
        """Stands a posting at a booth; the key, the same where it stood there already."""
        c = FAIR_POSTING.c
        query = select(c.key).where(c.booth_key == booth_key, c.posting_key == posting_key)
        found = self._context.connection.scalar(query)
        if found is not None:
            return int(found)
        row = {"booth_key": booth_key, "posting_key": posting_key}
        self._context.connection.execute(insert(FAIR_POSTING).values(row))
        return int(self._context.connection.scalar(query) or 0)

    def take_posting(self, booth_key: int, posting_key: int) -> None:
        """Takes a posting from a booth; one with results stays."""
        c = FAIR_POSTING.c
        here = and_(c.booth_key == booth_key, c.posting_key == posting_key)
        if self._results(here):
            raise InputRefused("这个岗位已经记了结果，不能撤；没有改动")
        self._context.connection.execute(delete(FAIR_POSTING).where(here))

    def without_hire(self) -> dict[str, int]:
        """Employer → how many fairs in a row, up to the last one that is over, it stood at without an offer."""
        offers = (
            select(FAIR_POSTING.c.booth_key)
            .join(FAIR_RESULT, FAIR_RESULT.c.booth_posting_key == FAIR_POSTING.c.key)
            .where(FAIR_RESULT.c.result.in_(_OFFERED))
        )
        hired = case((FAIR_BOOTH.c.key.in_(offers), 1), else_=0)
        joined = FAIR_BOOTH.join(FAIR, FAIR.c.key == FAIR_BOOTH.c.fair_key)
        over = FAIR.c.state.in_([FairState.CLOSED.value, FairState.REPORTED.value])
        query = select(FAIR_BOOTH.c.name_key, func.max(hired)).select_from(joined).where(over)
        grouped = query.group_by(FAIR_BOOTH.c.name_key, FAIR.c.key, FAIR.c.starts_on)
        found: dict[str, int] = {}
        hirers: set[str] = set()
        ordered = grouped.order_by(FAIR.c.starts_on.desc(), FAIR.c.key.desc())
        for name, offered in self._context.connection.execute(ordered):
            if offered:
                hirers.add(name)
            elif name not in hirers:
                found[name] = found.get(name, 0) + 1
        return found

    def offering(self, division: str) -> dict[str, int]:
        """Employer → its open postings, of employers with work in a division; those with most first."""
        c, many = POSTING.c, func.count().label("many")
        query = select(c.employer, many).where(c.state == PostingState.OPEN.value, within(c.place_code, division))
        grouped = query.group_by(c.employer).order_by(many.desc(), c.employer)
        return {str(name): int(count) for name, count in self._context.connection.execute(grouped)}

    def open_of(self, employer: str) -> list[int]:
        """Keys of the open postings of an employer, as its name is compared."""
        wanted, c = employer_key(employer), POSTING.c
        rows = self._context.connection.execute(select(c.key, c.employer).where(c.state == PostingState.OPEN.value))
        return sorted(int(key) for key, name in rows if name == employer or employer_key(name) == wanted)

    def _results(self, condition: Any) -> int:
        """How many results postings of a condition have."""
        joined = FAIR_RESULT.join(FAIR_POSTING, FAIR_POSTING.c.key == FAIR_RESULT.c.booth_posting_key)
        return int(self._context.connection.scalar(select(func.count()).select_from(joined).where(condition)) or 0)


def _booth(row: Mapping[Any, Any]) -> Booth:
    """A row as a booth."""
    return Booth(key=int(row["key"]), **{name: row[name] for name in _NAMES})
