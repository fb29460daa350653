"""The plan at the window: why, what if, swap, add, take out, older plans; the employer at the counter."""
