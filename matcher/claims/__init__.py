"""Money after taking a job: what a posting leaves in the hand, when the subsidy clock rings, claims and notices.

In: an office, stretches of work and what proves them, decisions of staff. Out: ranges with the source of every number,
timers, claims with their papers, notices on the board.
"""
