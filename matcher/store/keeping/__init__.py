"""Keeping and forgetting: who has had no service for long, files without names, closed years, requests, tries."""
