"""The pages, by task."""

from web.pages import entry, home, imports, people, postings, runs, settings

BLUEPRINTS = (entry.bp, home.bp, people.bp, postings.bp, imports.bp, runs.bp, settings.bp)

__all__ = ["BLUEPRINTS"]
