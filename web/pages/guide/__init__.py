"""First steps and the handbook inside the app."""
