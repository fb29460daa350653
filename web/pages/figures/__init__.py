"""Pages of figures: reports with charts, and the policy with what a change of it would do."""
