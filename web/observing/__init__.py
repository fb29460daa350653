"""What is seen of a running office from outside: log lines and figures, without anything about anybody."""
