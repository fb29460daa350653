"""Pages of employers as they are looked after."""
