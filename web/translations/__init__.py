"""Texts of the pages: catalogues code, zh, en, mn (empty mn falls back to zh)."""
