"""Papers as facts: what was ordered, what was printed, and of what a stored paper is made."""
