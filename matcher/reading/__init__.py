"""Free text becomes facts with evidence.

In: a `Worker`, `Posting` or `TrainingClass` as delivered. Out: what was understood, each fact with its words.
"""

from matcher.reading.adverts.posting import read_posting
from matcher.reading.adverts.training_class import read_class
from matcher.reading.tools import ReadingTools, load_tools
from matcher.reading.worker import read_worker

__all__ = ["ReadingTools", "load_tools", "read_class", "read_posting", "read_worker"]
