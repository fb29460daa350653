"""Files on their way in: where they wait, how far the work on them is, and the process that does it."""
