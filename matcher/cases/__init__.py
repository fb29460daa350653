"""The life of a case: where it stands, what is due, what is missing to the “131”, and what staff put on record.

In: facts in the store. Out: states derived from them for one person or a whole scope; records that are only ever added.
"""
