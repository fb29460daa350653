"""What the office says of itself: its name, phones and address on paper; every change is kept.

In: names and values entered by staff. Out: the values in force, and their history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from matcher.domain.settings import SettingName
from matcher.store.context import StoreContext
from matcher.store.schema import SETTING


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One value and since when, by whom."""

    value: str
    since: datetime
    actor: str


class Settings:
    """The table of settings inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def get(self, name: SettingName) -> str:
        """The value in force, "" where the office has not entered one."""
        return self.all()[name]

    def all(self) -> dict[SettingName, str]:
        """Every value in force."""
        newest = select(func.max(SETTING.c.key)).group_by(SETTING.c.name)
        query = select(SETTING.c.name, SETTING.c.value).where(SETTING.c.key.in_(newest))
        stored = dict(self._context.connection.execute(query).all())
        return {name: stored.get(name.value, "") for name in SettingName}

    def put(self, name: SettingName, value: str) -> None:
        """Enters a value; the same value again is no change."""
        if self.get(name) == value:
            return
        row = {"name": name.value, "value": value, "actor": self._context.actor, "since": self._context.clock()}
        self._context.connection.execute(insert(SETTING).values(row))

    def history(self, name: SettingName) -> list[SettingChange]:
        """Every value a setting had, newest first."""
        c = SETTING.c
        query = select(c.value, c.since, c.actor).where(c.name == name.value).order_by(c.key.desc())
        return [SettingChange(*row) for row in self._context.connection.execute(query)]
