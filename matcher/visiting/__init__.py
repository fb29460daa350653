"""Employers looked after: visits, who is on the books, ends of contracts, and how many people stay."""
