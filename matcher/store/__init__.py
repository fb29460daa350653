"""Everything that is kept: the only place that speaks to the database.

In: domain objects and the keys that seal them. Out: the same objects, through units of work.
"""

from matcher.store.context import Known, Stored
from matcher.store.identities import Identities, SameAs, SameBasis
from matcher.store.imports import ImportRecord, ImportsSeen
from matcher.store.incoming.undoing import Kept, Undone
from matcher.store.plans import StoredPlan
from matcher.store.postings import StoredPosting
from matcher.store.sealing import KeyRing, create_key_file, read_key_file
from matcher.store.store import Store, UnitOfWork, open_store

__all__ = [
    "Identities",
    "ImportRecord",
    "ImportsSeen",
    "Kept",
    "KeyRing",
    "Known",
    "SameAs",
    "SameBasis",
    "Store",
    "Stored",
    "StoredPlan",
    "StoredPosting",
    "Undone",
    "UnitOfWork",
    "create_key_file",
    "open_store",
    "read_key_file",
]
