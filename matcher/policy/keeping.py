"""The policy in force, with the values an office has entered, kept until one more is entered.

In: the office's own policy file, a look at the values entered and one at the offers. Out: the same `Policy` as long as
nothing changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from matcher.domain.service.policies.catalogue import KeptItem
from matcher.policy.rules import Entry, Policy, load_office_policy, with_entries, with_offers

LOOK_AGAIN = 2.0
"""Seconds after which another process may have entered a value."""


class PolicyKeeper:
    """One policy for everybody who asks, looked after every few seconds."""

    def __init__(
        self,
        own: Path,
        look: Callable[[], Sequence[Entry]],
        now: Callable[[], float] = time.monotonic,
        offers: Callable[[], Sequence[KeptItem]] = tuple,
    ) -> None:
        self._own, self._look, self._now, self._offers = own, look, now, offers
        self._entered: tuple[tuple[Entry, ...], tuple[KeptItem, ...]] = ((), ())
        self._held: Policy | None = None
        self._looked = 0.0

    def current(self) -> Policy:
        """The policy with every value entered so far."""
        held, moment = self._held, self._now()
        if held is not None and moment - self._looked < LOOK_AGAIN:
            return held
        entered = tuple(self._look()), tuple(self._offers())
        if held is None or entered != self._entered:
            values, versions = entered
            held = with_offers(with_entries(load_office_policy(self._own), values), versions)
        self._held, self._entered, self._looked = held, entered, moment
        return held

    def look_again(self) -> None:
        """The next who asks gets what has been entered just now."""
        self._looked = float("-inf")
