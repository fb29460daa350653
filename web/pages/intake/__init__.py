"""At the window: somebody new, what was understood, what changes in a life."""
