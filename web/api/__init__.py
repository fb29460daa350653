"""The JSON API under /api/v1: the same use cases as the pages, for programs of other offices.

An endpoint is declared once, in a file of web/api/groups beside its shapes; the declaration validates requests, shapes
answers and is the OpenAPI document. A new group is one file there, named in `GROUPS`, and its lines in access.toml.
"""
