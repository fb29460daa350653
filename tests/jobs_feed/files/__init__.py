"""Files offices might hand in, and files nobody should: each a generator with the rows it must give."""
