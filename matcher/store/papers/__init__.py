"""Printings and the stored parts they were made of."""
