"""Tables of keeping and rights: closed years of the audit record, what people asked for, tries and ages of passwords.

In: nothing. Out: SQLAlchemy Core tables; what a person said and was answered stands in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from matcher.store.schema.columns import METADATA, key, moment, number, person, string, uid
from matcher.store.sealing import Sealed

AUDIT_YEAR = Table(
    "audit_year",
    METADATA,
    Column("year", Integer, primary_key=True, autoincrement=False),
    number("first_number"),
    number("last_number"),
    string("head"),
    string("seal"),
    moment("closed_at"),
    moment("dropped_at", nullable=True),
    string("drop_seal"),
)
"""A year of the audit record that is over: its entries may go after the term, the head of its chain stays. `seal` binds
a year to the one before by a keyed hash, `drop_seal` the moment its entries went."""

PERSON_REQUEST = Table(
    "person_request",
    METADATA,
    key(),
    uid(),
    person(),
    string("kind", index=True),
    Column("said_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    string("received_by"),
    Column("body", Sealed, nullable=False),
    string("outcome", index=True),
    Column("answered_on", Date),
    string("answered_by"),
    Column("answer", Sealed),
    moment("recorded_at"),
    moment("answered_at", nullable=True),
    sqlite_autoincrement=True,
)
"""What somebody asked for or objected to, and what the office answered; `outcome` "" = not answered yet."""

PASSWORD_AGE = Table(
    "password_age",
    METADATA,
    Column("account_key", ForeignKey("account.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    moment("changed_at"),
)
"""When the password of an account was last set."""

SIGN_IN_TRY = Table(
    "sign_in_try",
    METADATA,
    key(),
    Column("mark", String(64), nullable=False, index=True),
    moment("at"),
    sqlite_autoincrement=True,
)
"""Failed tries to sign in, by a keyed mark of the address they came from; kept as long as they count."""
