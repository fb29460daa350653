"""People and postings as columns of numbers, so that limits and features are plain array arithmetic."""

from matcher.columns.pairs import Pairs
from matcher.columns.places import PlaceTable
from matcher.columns.postings import PostingColumns, PostingRow, encode_postings
from matcher.columns.vocabulary import Vocabulary, build_vocabulary, load_vocabulary
from matcher.columns.workers import WorkerColumns, WorkerRow, encode_workers

__all__ = [
    "Pairs",
    "PlaceTable",
    "PostingColumns",
    "PostingRow",
    "Vocabulary",
    "WorkerColumns",
    "WorkerRow",
    "build_vocabulary",
    "encode_postings",
    "encode_workers",
    "load_vocabulary",
]
