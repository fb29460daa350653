"""All tables; a concept added later has a file of its own beside `tables`."""

from matcher.store.schema.columns import METADATA
from matcher.store.schema.placed_names import PLACED_NAME
from matcher.store.schema.tables import (
    ACCOUNT,
    AUDIT_ENTRY,
    COLUMN_MAPPING,
    IMPORT_BATCH,
    KEY_CHECK,
    MATCH_RUN,
    PLAN,
    PLAN_ANSWER,
    PLAN_MATCH,
    POSTING,
    SETTING,
    TABLE_VERSION,
    TRAINING_CLASS,
    WORKER,
)

__all__ = [
    "METADATA",
    "ACCOUNT",
    "AUDIT_ENTRY",
    "COLUMN_MAPPING",
    "IMPORT_BATCH",
    "KEY_CHECK",
    "MATCH_RUN",
    "PLACED_NAME",
    "PLAN",
    "PLAN_ANSWER",
    "PLAN_MATCH",
    "POSTING",
    "SETTING",
    "TABLE_VERSION",
    "TRAINING_CLASS",
    "WORKER",
]
