"""What a page holds: bytes from anywhere → rows under the columns of a posting list, inside a limited child process.

decoding (bytes → text) → structured, markup, webpage (text → items) → fields (item → row) → child (rows → lines).
"""
