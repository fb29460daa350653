"""A village on a laptop: one encrypted file takes people and their work there and back, conflicts side by side."""

from matcher.slices.deciding import Choice, Side, decide, open_sides, past_decisions, undo_decision
from matcher.slices.exporting import Exported, check_passphrase, export_slice
from matcher.slices.merging import Merged, merge_slice

__all__ = [
    "Choice",
    "Exported",
    "Merged",
    "Side",
    "check_passphrase",
    "decide",
    "export_slice",
    "merge_slice",
    "open_sides",
    "past_decisions",
    "undo_decision",
]
