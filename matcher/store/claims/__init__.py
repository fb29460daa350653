"""Claims of money and notices on the board, inside one unit of work.

In: a unit's context. Out: one table class a concept.
"""

from matcher.store.claims.claims import Claims, WantedClaims
from matcher.store.claims.publicity import Publicities
from matcher.store.claims.timers import Timers, WorkRow

__all__ = ["Claims", "Publicities", "Timers", "WantedClaims", "WorkRow"]
