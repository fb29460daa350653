"""What is kept about things coming in from outside: one file a concept, each handed out by the unit of work."""
