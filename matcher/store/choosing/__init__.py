"""What is done at the desk, one table a file."""
