"""Pages of ledgers."""
