"""What an advert must not say: money and papers asked for, lures, limits without a lawful ground."""

from matcher.reading.conduct.limits import read_limits
from matcher.reading.conduct.reader import read_conduct

__all__ = ["read_conduct", "read_limits"]
