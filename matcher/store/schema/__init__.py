"""All tables; a concept added later has a file of its own beside `tables`."""

from matcher.store.schema.columns import METADATA
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
from matcher.store.schema.trust import (
    EMPLOYER_COMPLAINT,
    EMPLOYER_MARK,
    OPENING_TAKEN,
    PAY_RANGE,
    POSTING_CHECK,
    POSTING_EVENT,
    POSTING_VERIFICATION,
)

__all__ = [
    "METADATA",
    "ACCOUNT",
    "AUDIT_ENTRY",
    "COLUMN_MAPPING",
    "EMPLOYER_COMPLAINT",
    "EMPLOYER_MARK",
    "IMPORT_BATCH",
    "KEY_CHECK",
    "MATCH_RUN",
    "OPENING_TAKEN",
    "PAY_RANGE",
    "PLAN",
    "PLAN_ANSWER",
    "PLAN_MATCH",
    "POSTING",
    "POSTING_CHECK",
    "POSTING_EVENT",
    "POSTING_VERIFICATION",
    "SETTING",
    "TABLE_VERSION",
    "TRAINING_CLASS",
    "WORKER",
]
