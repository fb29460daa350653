"""Postings: the list and one of them, pasted messages, names to place, adverts of one job."""
