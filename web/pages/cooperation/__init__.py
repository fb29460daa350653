"""Pages of labour cooperation, intermediaries and brands."""
