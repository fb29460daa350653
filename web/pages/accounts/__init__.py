"""Pages of those who look after the system: accounts, and the record of who did what."""
