"""Tables of the Rain-Dew register: people, terms, contacts; lists of a term hang on the boards of claims.py.

In: nothing. Out: SQLAlchemy Core tables; school, marks of a person and what was said stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, person, string, uid
from matcher.store.sealing import Sealed

RAIN_DEW = Table(
    "rain_dew",
    METADATA,
    key(),
    uid(),
    person(),
    string("kind", index=True),
    string("state"),
    Column("graduation_on", Date),
    Column("since", Date, nullable=False),
    Column("wishes", JSON, nullable=False),
    string("outcome"),
    Column("outcome_on", Date),
    string("basis"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("changed_at"),
    number("revision", default=1),
    UniqueConstraint("worker_key"),
    sqlite_autoincrement=True,
)

RAIN_DEW_TERM = Table(
    "rain_dew_term",
    METADATA,
    key(),
    uid(),
    person(),
    string("term"),
    string("status"),
    Column("paid_on", Date),
    flag("early"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("changed_at"),
    UniqueConstraint("worker_key", "term"),
    sqlite_autoincrement=True,
)

GRADUATE_CONTACT = Table(
    "graduate_contact",
    METADATA,
    key(),
    uid(),
    person(),
    Column("contacted_on", Date, nullable=False),
    string("way"),
    flag("reached"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
