"""Tables of labour cooperation: deeds, contacts, departures with travellers, rights, bases; intermediaries and brands.

In: nothing. Out: SQLAlchemy Core tables; names of people, telephones and notes stand in `Sealed` columns. A posting is
named by its key without a foreign key: a departure stays when an import of postings is undone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, person, string, uid
from matcher.store.sealing import Sealed


def _kept() -> tuple[Column[Any], ...]:
    """What every record of this part carries: sealed words, who wrote it, and whether it was taken back."""
    columns = (Column("body", Sealed, nullable=False), string("actor"), moment("recorded_at"))
    return (*columns, moment("withdrawn_at", nullable=True), string("withdrawn_by"))


COOP_DEED = Table(
    "coop_deed",
    METADATA,
    key(),
    uid(),
    string("division", index=True),
    string("district"),
    string("kind"),
    Column("happened_on", Date, nullable=False),
    string("title"),
    number("people"),
    number("lifted"),
    *_kept(),
    sqlite_autoincrement=True,
)

COOP_CONTACT = Table(
    "coop_contact",
    METADATA,
    key(),
    uid(),
    string("division", index=True),
    string("side"),
    string("office"),
    *_kept(),
    sqlite_autoincrement=True,
)

DEPARTURE = Table(
    "departure",
    METADATA,
    key(),
    uid(),
    string("division", index=True),
    string("district"),
    string("batch"),
    string("vehicle"),
    Column("leaves_on", Date, nullable=False),
    string("employer"),
    string("title"),
    Column("posting_key", Integer),
    Column("yuan", Integer),
    number("seats"),
    Column("cancelled_on", Date),
    *_kept(),
    sqlite_autoincrement=True,
)

TRAVELLER = Table(
    "traveller",
    METADATA,
    key(),
    uid(),
    Column("departure_key", ForeignKey("departure.key", ondelete="CASCADE"), nullable=False),
    person(),
    string("state"),
    flag("lifted"),
    Column("arrived_on", Date),
    Column("returned_on", Date),
    Column("spell_key", Integer, index=True),
    Column("call_due", Date),
    Column("called_on", Date),
    Column("call_result", Text),
    *_kept(),
    UniqueConstraint("departure_key", "worker_key"),
    sqlite_autoincrement=True,
)

RIGHTS_MATTER = Table(
    "rights_matter",
    METADATA,
    key(),
    uid(),
    person(),
    string("division", index=True),
    string("district"),
    string("kind"),
    Column("opened_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("result", Text),
    *_kept(),
    sqlite_autoincrement=True,
)

CARE_BASE = Table(
    "care_base",
    METADATA,
    key(),
    uid(),
    string("division", index=True),
    string("district"),
    string("name"),
    string("provider"),
    *_kept(),
    sqlite_autoincrement=True,
)

BASE_CLASS = Table(
    "base_class",
    METADATA,
    key(),
    uid(),
    Column("base_key", ForeignKey("care_base.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("class_key", ForeignKey("training_class.key", ondelete="CASCADE"), nullable=False, index=True),
    string("employer"),
    Column("posting_key", Integer),
    *_kept(),
    sqlite_autoincrement=True,
)

BROKER = Table(
    "broker",
    METADATA,
    key(),
    uid(),
    string("name"),
    string("name_key", index=True),
    string("kind"),
    string("record_no"),
    string("uscc", index=True),
    string("division"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("ended_on", Date),
    *_kept(),
    sqlite_autoincrement=True,
)

LABOUR_BRAND = Table(
    "labour_brand",
    METADATA,
    key(),
    uid(),
    string("name"),
    string("name_key", index=True),
    string("division"),
    string("occupation"),
    number("headcount"),
    Column("yuan_low", Integer),
    Column("yuan_high", Integer),
    Column("counted_on", Date, nullable=False),
    string("source"),
    Column("ended_on", Date),
    *_kept(),
    sqlite_autoincrement=True,
)

EMPLOYER_VISIT = Table(
    "employer_visit",
    METADATA,
    key(),
    uid(),
    string("employer"),
    string("name_key", index=True),
    string("uscc"),
    string("division", index=True),
    Column("visited_on", Date, nullable=False),
    Column("next_on", Date),
    number("lay_off_people"),
    Column("lay_off_on", Date),
    *_kept(),
    sqlite_autoincrement=True,
)

CONTRACT_END = Table(
    "contract_end",
    METADATA,
    key(),
    uid(),
    Column("spell_key", ForeignKey("employment_spell.key", ondelete="CASCADE"), nullable=False, index=True),
    person(),
    Column("ends_on", Date, nullable=False, index=True),
    flag("renewed"),
    *_kept(),
    sqlite_autoincrement=True,
)
