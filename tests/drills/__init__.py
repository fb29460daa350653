"""Drills: what takes minutes, wants a quiet machine and says figures; each writes its part of docs/reliability.md."""
