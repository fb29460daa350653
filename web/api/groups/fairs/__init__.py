"""Job fairs: the fairs themselves, their booths, the people in the hall, and what came of it.

In: the client's division. Out: the endpoints of one group, a file a subject.
"""

from web.api.groups.fairs import booths, closing, hall
from web.api.groups.fairs.desk import group

PARTS = (booths, closing, hall)
"""Modules whose endpoints belong to the group."""

__all__ = ["PARTS", "group"]
