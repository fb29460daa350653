"""Tables of settlements, surveys, people who live there, posts of projects, key counties.

In: nothing. Out: SQLAlchemy Core tables; names and phones of staff and free text stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Integer, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, person, string, uid, village
from matcher.store.sealing import Sealed

SETTLEMENT = Table(
    "settlement",
    METADATA,
    key(),
    uid(),
    string("name"),
    string("division", index=True),
    village("division"),
    string("kind"),
    number("households"),
    number("persons"),
    Column("has_facility", Boolean),
    string("window"),
    string("window_name"),
    string("platform"),
    string("platform_code"),
    Column("platform_km", Float),
    Column("platform_lat", Float),
    Column("platform_lon", Float),
    Column("lat", Float),
    Column("lon", Float),
    Column("surveyed_on", Date),
    string("surveyed_by"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("changed_at"),
    moment("removed_at", nullable=True),
    number("revision", default=1),
    sqlite_autoincrement=True,
)

SETTLEMENT_SURVEY = Table(
    "settlement_survey",
    METADATA,
    key(),
    uid(),
    Column("settlement_key", ForeignKey("settlement.key"), nullable=False, index=True),
    Column("surveyed_on", Date, nullable=False),
    string("surveyed_by"),
    flag("has_facility"),
    string("window"),
    string("platform"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

SURVEY_ROUND = Table(
    "survey_round",
    METADATA,
    key(),
    string("division", index=True),
    string("name"),
    Column("begins_on", Date, nullable=False),
    Column("due_on", Date),
    Column("closed_on", Date),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

SETTLED_PERSON = Table(
    "settled_person",
    METADATA,
    key(),
    person(),
    Column("settlement_key", ForeignKey("settlement.key"), nullable=False, index=True),
    string("state"),
    string("basis"),
    string("channel"),
    string("actor"),
    moment("changed_at"),
    UniqueConstraint("worker_key"),
    sqlite_autoincrement=True,
)

PROJECT_POSTS = Table(
    "project_posts",
    METADATA,
    key(),
    string("name"),
    string("kind"),
    string("division", index=True),
    number("posts_total"),
    number("posts_resettled"),
    Column("reported_on", Date, nullable=False),
    Column("project_key", Integer),
    string("note"),
    string("actor"),
    moment("changed_at"),
    moment("removed_at", nullable=True),
    number("revision", default=1),
    sqlite_autoincrement=True,
)

KEY_COUNTY = Table(
    "key_county",
    METADATA,
    key(),
    string("code", index=True),
    Column("since", Date, nullable=False),
    Column("until", Date),
    string("basis"),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
