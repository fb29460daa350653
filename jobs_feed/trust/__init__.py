"""Whether a posting may be trusted: what is held against it, what staff decide, and whether it is still fresh."""
