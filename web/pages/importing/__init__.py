"""Imports: files on their way in, what became of them, rows to review and what a roster changed."""
