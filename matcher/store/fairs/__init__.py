"""Job fairs as stored: fairs with bus stops and PINs, booths, visitors, results."""

from matcher.store.fairs.fairs import Fairs

__all__ = ["Fairs"]
