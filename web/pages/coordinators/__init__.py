"""Village coordinators: how villages are staffed, one village, one coordinator, who may not open records yet."""

from web.pages.coordinators import desk, one, village

ROOMS = (desk,)
PARTS = (one, village)
"""Modules whose routes belong to the room above."""
