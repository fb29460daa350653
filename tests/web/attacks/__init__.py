"""Hostile use of the whole app: everything found in the app itself, nothing from a list of today's."""
