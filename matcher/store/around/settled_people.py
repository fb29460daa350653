"""Who lives in which settlement, and what is known of their work from columns that stand in clear.

In: `SettledPerson`s. Out: the same again within a scope, and rows that channels are counted from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, insert, select, update

from matcher.domain.service.around.settled import Channel, LinkState, SettledPerson
from matcher.store.context import StoreContext, chunks
from matcher.store.schema import EMPLOYMENT_SPELL, POSTING, SETTLED_PERSON, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class WorkOf:
    """One person of a settlement with the newest stretch of work; `told` is the channel a roster speaks of."""

    worker_key: int
    settlement_key: int
    state: str
    told: str
    home_code: str
    started_on: date | None
    ended_on: date | None
    posting_kind: str | None
    occupation: str | None
    place_code: str | None


class SettledPeople:
    """The table inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put_many(self, people: Sequence[SettledPerson]) -> None:
        """Stores people; whoever is there already is as now said."""
        known = self.states()
        fresh = [one for one in people if one.worker_key not in known]
        rows = [{"worker_key": one.worker_key} | self._row(one) for one in fresh]
        for part in chunks(rows):
            self._context.connection.execute(insert(SETTLED_PERSON), list(part))
        for one in people:
            if one.worker_key in known:
                change = update(SETTLED_PERSON).where(SETTLED_PERSON.c.worker_key == one.worker_key)
                self._context.connection.execute(change.values(self._row(one)))

    def states(self) -> dict[int, SettledPerson]:
        """Everybody who is or was said to live in a settlement."""
        rows = self._context.connection.execute(select(SETTLED_PERSON)).mappings()
        return {
            row["worker_key"]: SettledPerson(
                worker_key=row["worker_key"],
                settlement_key=row["settlement_key"],
                state=LinkState(row["state"]),
                basis=row["basis"],
                channel=Channel(row["channel"]) if row["channel"] else None,
                actor=row["actor"],
            )
            for row in rows
        }

    def decide(self, settlement_key: int, workers: Sequence[int], state: LinkState) -> int:
        """Confirms or refuses people of a settlement; how many changed."""
        c = SETTLED_PERSON.c
        values = {"state": state.value, "actor": self._context.actor, "changed_at": self._context.clock()}
        changed = 0
        for part in chunks(list(workers)):
            mine = and_(c.settlement_key == settlement_key, c.worker_key.in_(part), c.state != state.value)
            changed += self._context.connection.execute(update(SETTLED_PERSON).where(mine).values(values)).rowcount
        return changed

    def of_settlement(
        self, key: int, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 500
    ) -> list[SettledPerson]:
        """People of one settlement within a scope, those to be decided first."""
        c, w = SETTLED_PERSON.c, WORKER.c
        columns = (c.worker_key, c.settlement_key, c.state, c.basis, c.channel, c.actor, w.name, w.village)
        query = select(*columns).join(WORKER, w.key == c.worker_key)
        query = query.where(c.settlement_key == key, in_scope(division, villages))
        rows = self._context.connection.execute(query.order_by(w.village, w.name, w.key).limit(limit))
        found = [
            SettledPerson(
                worker_key=row.worker_key,
                settlement_key=row.settlement_key,
                state=LinkState(row.state),
                basis=row.basis,
                channel=Channel(row.channel) if row.channel else None,
                actor=row.actor,
                name=row.name,
                village=row.village,
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: list(LinkState).index(one.state))

    def proposed(self, settlement_key: int) -> list[int]:
        """Keys of the people of a settlement nobody has decided on."""
        c = SETTLED_PERSON.c
        query = select(c.worker_key).where(c.settlement_key == settlement_key, c.state == LinkState.PROPOSED.value)
        return list(self._context.connection.scalars(query))

    def counts(self, *, division: str = "") -> dict[int, dict[str, int]]:
        """Settlement → state → people."""
        c = SETTLED_PERSON.c
        query = select(c.settlement_key, c.state, func.count()).join(WORKER, WORKER.c.key == c.worker_key)
        query = query.where(in_scope(division, ())).group_by(c.settlement_key, c.state)
        found: dict[int, dict[str, int]] = {}
        for settlement, state, many in self._context.connection.execute(query):
            found.setdefault(settlement, {})[state] = many
        return found

    def work(self, *, division: str = "", settlement_key: int | None = None) -> list[WorkOf]:
        """Everybody who is not refused, with the newest stretch of work and the posting it came from."""
        c, s, p, w = SETTLED_PERSON.c, EMPLOYMENT_SPELL.c, POSTING.c, WORKER.c
        newest = select(func.max(s.key).label("key"), s.worker_key).group_by(s.worker_key).subquery("newest")
        source = (
            SETTLED_PERSON.join(WORKER, w.key == c.worker_key)
            .outerjoin(newest, newest.c.worker_key == c.worker_key)
            .outerjoin(EMPLOYMENT_SPELL, s.key == newest.c.key)
            .outerjoin(POSTING, p.key == s.posting_key)
        )
        query = select(
            *(c.worker_key, c.settlement_key, c.state, c.channel, w.home_code, s.started_on, s.ended_on),
            *(p.kind, p.occupation, p.place_code),
        ).select_from(source)
        wanted = and_(in_scope(division, ()), c.state != LinkState.REFUSED.value)
        if settlement_key is not None:
            wanted = and_(wanted, c.settlement_key == settlement_key)
        return [WorkOf(*tuple(row)) for row in self._context.connection.execute(query.where(wanted))]

    def settlement_of(self, worker_key: int) -> SettledPerson | None:
        """Where one person lives, None where nobody says so."""
        c = SETTLED_PERSON.c
        row = self._context.connection.execute(select(SETTLED_PERSON).where(c.worker_key == worker_key)).first()
        if row is None:
            return None
        return SettledPerson(
            worker_key=worker_key,
            settlement_key=row.settlement_key,
            state=LinkState(row.state),
            basis=row.basis,
            channel=Channel(row.channel) if row.channel else None,
            actor=row.actor,
        )

    def _row(self, one: SettledPerson) -> dict[str, object]:
        """The columns of a link."""
        return {
            "settlement_key": one.settlement_key,
            "state": one.state.value,
            "basis": one.basis,
            "channel": one.channel.value if one.channel else "",
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }
