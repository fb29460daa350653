"""Work ordered by somebody and done in the background."""
