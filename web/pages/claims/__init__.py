"""Pages about money after taking a job: what is left in the hand, the subsidy clock, claims, notices on the board."""
