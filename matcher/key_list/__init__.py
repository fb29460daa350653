"""The key-assistance list: automatic entry, contacts, leaving, and what is overdue.

In: units of work, rosters' words, what staff write down. Out: entries, cards, alerts; nobody is left out by hand.
"""
