"""Resettled people: settlements, one of them, posts of projects, key counties."""

from web.pages.settled import one, posts, regions, settlements

ROOMS = (settlements,)
PARTS = (one, posts, regions)
"""Modules whose routes belong to the room above."""
