"""The service around the plan: what its parts share.

In: nothing. Out: frozen records; each part of the service has a module of its own here.
"""
