"""Sharing postings: what anybody may read, and where staff switch it on."""

from web.pages.sharing import desk, public

__all__ = ["desk", "public"]
