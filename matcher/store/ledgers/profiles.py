"""The columns offices want their sheets in, saved under a name.

In: `Profile`s. Out: the same again, those of a division and of the offices above it.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
from sqlalchemy import delete, insert, select, update

from matcher.domain.division import lies_within
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.ledgers import LedgerKind, Profile, ProfileColumn
from matcher.store.context import StoreContext
from matcher.store.schema import LEDGER_PROFILE


class Profiles:
    """The table of profiles inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put(self, profile: Profile) -> Profile:
        """Keeps a profile in the place of one of the same name in the same division; as it is stored."""
        c, connection = LEDGER_PROFILE.c, self._context.connection
        values = {
            "ledger": profile.ledger.value,
            "name": profile.name,
            "division": profile.division,
            "columns": msgspec.to_builtins(profile.columns),
            "actor": self._context.actor,
            "saved_at": self._context.clock(),
        }
        same = (c.division == profile.division, c.name == profile.name)
        held = connection.scalar(select(c.key).where(*same))
        if held is None:
            inserted = connection.execute(insert(LEDGER_PROFILE).values(values)).inserted_primary_key
            held = int(inserted[0]) if inserted is not None else 0
        else:
            connection.execute(update(LEDGER_PROFILE).where(c.key == held).values(values))
        return replace(profile, key=held, actor=self._context.actor, saved_at=self._context.clock())

    def usable(self, division: str = "") -> list[Profile]:
        """The profiles of a division, of the offices above it and of those below, by name."""
        found = [
            one for one in self.all() if lies_within(division, one.division) or lies_within(one.division, division)
        ]
        return sorted(found, key=lambda one: (one.ledger.value, one.name, one.key))

    def all(self) -> list[Profile]:
        """Every profile."""
        rows = self._context.connection.execute(select(*LEDGER_PROFILE.c).order_by(LEDGER_PROFILE.c.key)).mappings()
        return [
            Profile(
                key=row["key"],
                ledger=LedgerKind(row["ledger"]),
                name=row["name"],
                division=row["division"],
                columns=tuple(msgspec.convert(row["columns"], list[ProfileColumn])),
                actor=row["actor"],
                saved_at=row["saved_at"],
            )
            for row in rows
        ]

    def get(self, key: int, *, division: str = "") -> Profile:
        """One profile a division may use; RecordNotFound where there is none."""
        for one in self.usable(division):
            if one.key == key:
                return one
        raise RecordNotFound("没有这套表头，或不是本单位的", ref=str(key))

    def forget(self, key: int) -> None:
        """Away with a profile."""
        self._context.connection.execute(delete(LEDGER_PROFILE).where(LEDGER_PROFILE.c.key == key))
