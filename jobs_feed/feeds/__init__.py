"""Feeds: postings pulled from servers nobody here controls, and from watched folders.

address (may it be called?) → fetching (inside limits) → contents (child process: bytes → rows) → pulling (one feed,
page after page) → the same pipeline as a spreadsheet. Nothing is loaded here: children import this package too.
"""
