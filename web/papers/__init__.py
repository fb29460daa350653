"""Printed papers: stored plans in, match sheets, cover lists and reading scripts out, as PDF, HTML and Word."""
