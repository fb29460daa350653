"""Printing in the background: the process that makes a file, and where the file waits to be fetched."""
