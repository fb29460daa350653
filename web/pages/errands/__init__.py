"""How far work in the background is, stopping it, what came of it."""
