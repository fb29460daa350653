"""Ledgers as data: whose columns stand in columns.csv, filled from what is stored, shown by page and written as files.

In: people of a scope. Out: rows of a ledger in its own columns or in those of an office, for a page or a sheet.
"""
