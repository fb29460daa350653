"""A year of the made-up prefecture: people lose and find work, postings open and fill, seasons turn.

In: an office in a temporary folder and a clock that is moved by hand. Out: a line a month, every figure of the reports
counted a second time from the records one by one, and what can never be, which must not be found.
"""
