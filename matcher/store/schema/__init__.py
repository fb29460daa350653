"""All tables; a concept added later has a file of its own beside `tables`."""

from matcher.store.schema.columns import METADATA
from matcher.store.schema.rosters import (
    IMPORT_REVIEW,
    PERSON_MERGE,
    PERSON_QUESTION,
    ROSTER_CHANGE,
    ROSTER_MEMBER,
    SERVICE_CASE,
)
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
    "IMPORT_REVIEW",
    "KEY_CHECK",
    "MATCH_RUN",
    "PERSON_MERGE",
    "PERSON_QUESTION",
    "PLAN",
    "PLAN_ANSWER",
    "PLAN_MATCH",
    "POSTING",
    "ROSTER_CHANGE",
    "ROSTER_MEMBER",
    "SERVICE_CASE",
    "SETTING",
    "TABLE_VERSION",
    "TRAINING_CLASS",
    "WORKER",
]
