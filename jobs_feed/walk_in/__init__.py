"""Somebody at the window: a few words typed become a person, as a row of a roster would."""
