"""Pages about trust in postings: checks, calls, employers."""
