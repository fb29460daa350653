"""Whether a coordinator's account may open records: only after a training that was passed, once the policy asks.

In: a unit of work, an account, the policy of the day. Out: what is missing, nothing where all is well.
"""

from __future__ import annotations

from enum import StrEnum

from matcher.domain.account import Account, Role
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

TRAINED_ONLY = "coordinators.trained_only"
"""The parameter of the policy that says whether a training is asked for."""


class Missing(StrEnum):
    """What keeps an account out."""

    NOTHING = ""
    RECORD = "record"
    TRAINING = "training"


def missing_for(unit: UnitOfWork, account: Account, policy: PolicyAt) -> Missing:
    """What an account lacks on the day of the policy; a laptop that was given a village asks nothing: who holds it was
    let in by the office."""
    if account.role is not Role.COORDINATOR or not policy.whole(TRAINED_ONLY):
        return Missing.NOTHING
    serving, trained = unit.coordinators.trained(account.name, on=policy.on)
    if trained:
        return Missing.NOTHING
    this = unit.slices.book.office()
    if this is not None and not this.head:
        return Missing.NOTHING
    return Missing.TRAINING if serving else Missing.RECORD
