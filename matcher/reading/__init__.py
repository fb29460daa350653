"""Free text becomes facts with evidence.

In: a `Worker` (later `Posting` and `TrainingClass`) as delivered. Out: what was understood, each fact with its words.
"""

from matcher.reading.tools import ReadingTools, load_tools
from matcher.reading.worker import read_worker

__all__ = ["ReadingTools", "load_tools", "read_worker"]
