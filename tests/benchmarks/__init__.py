"""Measurements that are run by hand; their figures stand in docs/decisions.md and docs/performance.md."""
