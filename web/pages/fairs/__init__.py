"""Job fairs: making one, inviting to it, its door, its booths, its report."""

from web.pages.fairs import booths, closing, desk, door, entrance, inviting, outcome, travelling

ROOMS = (desk, door, outcome)
PARTS = (booths, closing, entrance, inviting, travelling)
"""Modules whose routes belong to the rooms above."""
