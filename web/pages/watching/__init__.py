"""Pages of what is watched: alerts, the key-assistance list, the evidence."""
