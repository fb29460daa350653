"""All tables; a concept added later has a file of its own beside `tables`."""

from matcher.store.schema.columns import METADATA
from matcher.store.schema.feeds import FEED, FEED_EVENT, FEED_FILE, FEED_POSTING
from matcher.store.schema.sharing import CONTACT_CONSENT, PAIRING, POSTING_GONE, RECEIVED_FROM
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
from matcher.store.schema.versions import (
    CLASS_VERSION,
    IMPORT_MARK,
    IMPORT_UNDO,
    OWN_COLUMNS,
    POSTING_VERSION,
    VERSIONS,
    WORKER_VERSION,
)

__all__ = [
    "METADATA",
    "ACCOUNT",
    "AUDIT_ENTRY",
    "CLASS_VERSION",
    "COLUMN_MAPPING",
    "CONTACT_CONSENT",
    "FEED",
    "FEED_EVENT",
    "FEED_FILE",
    "FEED_POSTING",
    "IMPORT_BATCH",
    "IMPORT_MARK",
    "IMPORT_UNDO",
    "KEY_CHECK",
    "MATCH_RUN",
    "OWN_COLUMNS",
    "PAIRING",
    "PLAN",
    "PLAN_ANSWER",
    "PLAN_MATCH",
    "POSTING",
    "POSTING_VERSION",
    "POSTING_GONE",
    "RECEIVED_FROM",
    "SETTING",
    "TABLE_VERSION",
    "TRAINING_CLASS",
    "VERSIONS",
    "WORKER",
    "WORKER_VERSION",
]
