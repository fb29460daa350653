"""Keeping and forgetting: how long files, services and the audit record are kept, and what happens afterwards."""
