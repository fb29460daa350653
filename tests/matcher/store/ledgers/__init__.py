"""Tables of ledgers."""
