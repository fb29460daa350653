"""Whom employers have on the books: every stretch of work with its employer's name, in clear only where the posting is.

In: the spells as told. Out: `Engagement`s; the name of an employer somebody told stands sealed, is opened once and
kept in memory by the one who asks.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import func, select

from matcher.store.context import StoreContext, chunks, within
from matcher.store.schema import EMPLOYMENT_SPELL, POSTING, WORKER
from matcher.store.sealing import place_of


@dataclass(frozen=True, slots=True)
class Engagement:
    """One stretch of work with an employer."""

    spell_key: int
    worker_key: int
    employer: str
    started_on: date
    ended_on: date | None
    home: str
    """The division of the person's home."""
    village: str
    posting_key: int | None


class _Body(msgspec.Struct):
    """What of a sealed spell is asked for."""

    employer: str = ""


_BODY = msgspec.json.Decoder(_Body)


class Books:
    """The spells as employers see them, inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def stamp(self) -> tuple[int, int, int]:
        """Changes whenever a spell begins, ends or is taken back."""
        return self._context.once("spells", self._stamp)

    def _stamp(self) -> tuple[int, int, int]:
        """How many spells there are, the last one, how many have ended."""
        c = EMPLOYMENT_SPELL.c
        ended = select(func.count()).where(c.ended_on.is_not(None)).scalar_subquery()
        query = select(func.count(c.key), func.coalesce(func.max(c.key), 0), ended)
        many, last, over = self._context.connection.execute(query).one()
        return int(many), int(last), int(over)

    def engagements(self, names: MutableMapping[int, str], *, division: str = "") -> list[Engagement]:
        """Every stretch of work of people of a division; `names` keeps employers opened before, by spell."""
        s, w = EMPLOYMENT_SPELL.c, WORKER.c
        joined = EMPLOYMENT_SPELL.join(WORKER, w.key == s.worker_key).outerjoin(POSTING, POSTING.c.key == s.posting_key)
        columns = (s.key, s.worker_key, POSTING.c.employer, s.started_on, s.ended_on, w.home_code, w.village)
        query = select(*columns, s.posting_key).select_from(joined)
        query = query.where(w.merged_into.is_(None), within(w.home_code, division)).order_by(s.started_on, s.key)
        rows = self._context.connection.execute(query).all()
        self._open([row[0] for row in rows if not row[2] and row[0] not in names], names)
        return [
            Engagement(key, worker, employer or names.get(key, ""), started, ended, home, village, posting)
            for key, worker, employer, started, ended, home, village, posting in rows
        ]

    def _open(self, keys: Sequence[int], names: MutableMapping[int, str]) -> None:
        """Opens the names of employers as told."""
        c = EMPLOYMENT_SPELL.c
        for part in chunks(keys):
            for key, uid, body in self._context.connection.execute(select(c.key, c.uid, c.body).where(c.key.in_(part))):
                opened = self._context.keys.unseal(body, place_of("employment_spell", "body", uid))
                names[key] = _BODY.decode(opened).employer
