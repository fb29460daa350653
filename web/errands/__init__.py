"""Work that takes too long for one answer: the process that does it, and where its files wait."""
