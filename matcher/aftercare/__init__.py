"""What comes after the paper: slips handed back, work begun and ended, calls, the monthly round, what is due today.

In: an office, and what people said. Out: answers, spells of work, calls and rounds in the store, and what they change
in the facts a plan is made from.
"""
