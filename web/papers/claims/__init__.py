"""Papers about money after taking a job: forms to sign, the notice on the board, lists for the office."""
