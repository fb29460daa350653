"""What is chosen at the desk with the person in front of it: why, what if, add, swap, take out, whom to call."""
