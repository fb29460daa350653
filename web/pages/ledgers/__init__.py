"""Ledgers: what they hold, an office's own columns, the month of each village, questions to the coordinators."""
