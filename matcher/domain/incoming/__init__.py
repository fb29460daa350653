"""What is spoken of where postings come in from outside: feeds, sharing, sameness, trust, names staff placed."""
