"""Readers of what a roster says of a person: limits, care, wishes, skills, situations.

In: cells of one worker. Out: the parts of `WorkerFacts`; `matcher.reading.worker` puts them together.
"""
