"""Offers of policy: what they are and the three-valued rules they rest on.

In: nothing. Out: frozen records.
"""
