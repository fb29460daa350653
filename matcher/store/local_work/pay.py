"""Labour pay handed out by work-relief projects; what was noted by mistake is taken back, not lost.

In: `PayOut`s. Out: the same again, by project.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec
from sqlalchemy import select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.local_work import PayOut
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import LOCAL_PAY
from matcher.store.sealing import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What of a pay-out is sealed."""

    yuan: int
    people: int | None = None
    lifted: int | None = None
    resettled: int | None = None
    note: str = ""


_BODY = msgspec.json.Decoder(_Body)


class Pay:
    """The table of pay-outs inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, out: PayOut) -> int:
        """Notes a pay-out; its key."""
        uid = new_uid()
        body = _Body(yuan=out.yuan, people=out.people, lifted=out.lifted, resettled=out.resettled, note=out.note)
        row = {
            "uid": uid,
            "site_key": out.site_key,
            "paid_on": out.paid_on,
            "body": self._context.keys.seal(msgspec.json.encode(body), place_of("local_pay", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(LOCAL_PAY, [row])[0]

    def mark(self, key: int, *, site_key: int, back: bool) -> None:
        """A pay-out was noted by mistake, or not after all."""
        c = LOCAL_PAY.c
        values = {
            "taken_back_by": self._context.actor if back else "",
            "taken_back_at": self._context.clock() if back else None,
        }
        changed = self._context.connection.execute(
            update(LOCAL_PAY).where(c.key == key, c.site_key == site_key).values(values)
        )
        if changed.rowcount != 1:
            raise RecordNotFound("没有这笔发放记录", ref=str(key))

    def of(self, sites: Collection[int]) -> dict[int, list[PayOut]]:
        """The pay-outs of projects, the latest first, with those taken back."""
        c, found = LOCAL_PAY.c, dict[int, list[PayOut]]()
        for part in chunks(sorted(sites)):
            query = select(LOCAL_PAY).where(c.site_key.in_(part)).order_by(c.paid_on.desc(), c.key.desc())
            for row in self._context.connection.execute(query).mappings():
                body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("local_pay", "body", row["uid"])))
                out = PayOut(
                    key=int(row["key"]),
                    site_key=int(row["site_key"]),
                    paid_on=row["paid_on"],
                    yuan=body.yuan,
                    people=body.people,
                    lifted=body.lifted,
                    resettled=body.resettled,
                    note=body.note,
                    actor=str(row["actor"]),
                    recorded_at=row["recorded_at"],
                    taken_back_by=str(row["taken_back_by"]),
                    taken_back_at=row["taken_back_at"],
                )
                found.setdefault(out.site_key, []).append(out)
        return found
