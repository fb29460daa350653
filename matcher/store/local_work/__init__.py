"""Work near home in the store: the register, what was paid, who works where."""

from __future__ import annotations

from matcher.store.context import StoreContext
from matcher.store.local_work.members import Members
from matcher.store.local_work.pay import Pay
from matcher.store.local_work.sites import Sites

__all__ = ["LocalWork"]


class LocalWork:
    """All tables of work near home inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self.sites = Sites(context)
        self.pay = Pay(context)
        self.members = Members(context)
