"""The Rain-Dew register: the list, one person, publicity and what was paid."""

from web.pages.graduates import desk, person, publicity

ROOMS = (desk,)
PARTS = (person, publicity)
"""Modules whose routes belong to the room above."""
