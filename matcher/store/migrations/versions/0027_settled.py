"""Settlements and their people, posts of projects, key counties; the Rain-Dew register; village coordinators."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TABLES = (
    "settlement",
    "settlement_survey",
    "survey_round",
    "settled_person",
    "project_posts",
    "key_county",
    "rain_dew",
    "rain_dew_term",
    "rain_dew_publicity",
    "graduate_contact",
    "coordinator",
    "coordinator_village",
    "coordinator_event",
    "village_not_needed",
)


def _key() -> sa.Column[int]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _uid() -> sa.Column[str]:
    """The random name that seals are tied to."""
    return sa.Column("uid", sa.String(length=32), nullable=False)


def _body() -> sa.Column[bytes]:
    """What is sealed."""
    return sa.Column("body", sa.LargeBinary(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str, default: str = "0") -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default=default, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    """Yes or no, no by default."""
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _points_to(table: str, column: str, other: str, *, goes_with: bool = False) -> sa.ForeignKeyConstraint:
    """A foreign key; `goes_with` = the row goes when the other one does."""
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.key"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete="CASCADE" if goes_with else None,
    )


def upgrade() -> None:
    """All of them."""
    _settlements()
    _surveys()
    _people_of_settlements()
    _posts()
    _register()
    _publicity()
    _coordinators()
    _events()


def downgrade() -> None:
    """Away with them."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _settlements() -> None:
    """Settlements."""
    op.create_table(
        "settlement",
        _key(),
        _uid(),
        _text("name"),
        _text("division"),
        _text("village"),
        _text("kind"),
        _number("households"),
        _number("persons"),
        sa.Column("has_facility", sa.Boolean(), nullable=True),
        _text("window"),
        _text("window_name"),
        _text("platform"),
        _text("platform_code"),
        sa.Column("platform_km", sa.Float(), nullable=True),
        sa.Column("platform_lat", sa.Float(), nullable=True),
        sa.Column("platform_lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        _day("surveyed_on", nullable=True),
        _text("surveyed_by"),
        _body(),
        _text("actor"),
        _moment("changed_at"),
        _moment("removed_at", nullable=True),
        _number("revision", "1"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settlement")),
        sa.UniqueConstraint("uid", name=op.f("uq_settlement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_settlement_division"), "settlement", ["division"])


def _surveys() -> None:
    """What each look at a settlement found."""
    op.create_table(
        "settlement_survey",
        _key(),
        _uid(),
        sa.Column("settlement_key", sa.Integer(), nullable=False),
        _day("surveyed_on"),
        _text("surveyed_by"),
        _flag("has_facility"),
        _text("window"),
        _text("platform"),
        _body(),
        _text("actor"),
        _moment("recorded_at"),
        _points_to("settlement_survey", "settlement_key", "settlement"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settlement_survey")),
        sa.UniqueConstraint("uid", name=op.f("uq_settlement_survey_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_settlement_survey_settlement_key"), "settlement_survey", ["settlement_key"])


def _people_of_settlements() -> None:
    """Rounds of surveys, and who lives in a settlement."""
    op.create_table(
        "survey_round",
        _key(),
        _text("division"),
        _text("name"),
        _day("begins_on"),
        _day("due_on", nullable=True),
        _day("closed_on", nullable=True),
        _text("actor"),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_survey_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_survey_round_division"), "survey_round", ["division"])
    op.create_table(
        "settled_person",
        _key(),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("settlement_key", sa.Integer(), nullable=False),
        _text("state"),
        _text("basis"),
        _text("channel"),
        _text("actor"),
        _moment("changed_at"),
        _points_to("settled_person", "settlement_key", "settlement"),
        _points_to("settled_person", "worker_key", "worker", goes_with=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settled_person")),
        sa.UniqueConstraint("worker_key", name=op.f("uq_settled_person_worker_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_settled_person_settlement_key"), "settled_person", ["settlement_key"])
    op.create_index(op.f("ix_settled_person_worker_key"), "settled_person", ["worker_key"])


def _posts() -> None:
    """Posts of projects, key counties."""
    op.create_table(
        "project_posts",
        _key(),
        _text("name"),
        _text("kind"),
        _text("division"),
        _number("posts_total"),
        _number("posts_resettled"),
        _day("reported_on"),
        sa.Column("project_key", sa.Integer(), nullable=True),
        _text("note"),
        _text("actor"),
        _moment("changed_at"),
        _moment("removed_at", nullable=True),
        _number("revision", "1"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_posts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_posts_division"), "project_posts", ["division"])
    op.create_table(
        "key_county",
        _key(),
        _text("code"),
        _day("since"),
        _day("until", nullable=True),
        _text("basis"),
        _text("actor"),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_county")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_key_county_code"), "key_county", ["code"])


def _register() -> None:
    """The Rain-Dew register and its terms."""
    op.create_table(
        "rain_dew",
        _key(),
        _uid(),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        _text("kind"),
        _text("state"),
        _day("graduation_on", nullable=True),
        _day("since"),
        sa.Column("wishes", sa.JSON(), nullable=False),
        _text("outcome"),
        _day("outcome_on", nullable=True),
        _text("basis"),
        _body(),
        _text("actor"),
        _moment("changed_at"),
        _number("revision", "1"),
        _points_to("rain_dew", "worker_key", "worker", goes_with=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rain_dew")),
        sa.UniqueConstraint("uid", name=op.f("uq_rain_dew_uid")),
        sa.UniqueConstraint("worker_key", name=op.f("uq_rain_dew_worker_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rain_dew_kind"), "rain_dew", ["kind"])
    op.create_index(op.f("ix_rain_dew_worker_key"), "rain_dew", ["worker_key"])
    op.create_table(
        "rain_dew_term",
        _key(),
        _uid(),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        _text("term"),
        _text("status"),
        _day("paid_on", nullable=True),
        _flag("early"),
        _body(),
        _text("actor"),
        _moment("changed_at"),
        _points_to("rain_dew_term", "worker_key", "worker", goes_with=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rain_dew_term")),
        sa.UniqueConstraint("uid", name=op.f("uq_rain_dew_term_uid")),
        sa.UniqueConstraint("worker_key", "term", name=op.f("uq_rain_dew_term_worker_key_term")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rain_dew_term_worker_key"), "rain_dew_term", ["worker_key"])


def _publicity() -> None:
    """Lists that hung out, contacts with graduates."""
    op.create_table(
        "rain_dew_publicity",
        _key(),
        _uid(),
        _text("term"),
        _text("level"),
        _text("division"),
        _text("village"),
        _day("notice_from"),
        _day("notice_to"),
        _number("objections"),
        _text("verdict"),
        _day("closed_on", nullable=True),
        _body(),
        _text("actor"),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rain_dew_publicity")),
        sa.UniqueConstraint("uid", name=op.f("uq_rain_dew_publicity_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rain_dew_publicity_division"), "rain_dew_publicity", ["division"])
    op.create_table(
        "graduate_contact",
        _key(),
        _uid(),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        _day("contacted_on"),
        _text("way"),
        _flag("reached"),
        _body(),
        _text("actor"),
        _moment("recorded_at"),
        _points_to("graduate_contact", "worker_key", "worker", goes_with=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_graduate_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_graduate_contact_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_graduate_contact_worker_key"), "graduate_contact", ["worker_key"])


def _coordinators() -> None:
    """Coordinators and their villages."""
    op.create_table(
        "coordinator",
        _key(),
        _uid(),
        _text("name"),
        _text("division"),
        _text("source"),
        _text("account"),
        _day("started_on"),
        _day("ended_on", nullable=True),
        _day("contract_until", nullable=True),
        _body(),
        _text("actor"),
        _moment("changed_at"),
        _number("revision", "1"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_coordinator")),
        sa.UniqueConstraint("uid", name=op.f("uq_coordinator_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coordinator_account"), "coordinator", ["account"])
    op.create_index(op.f("ix_coordinator_division"), "coordinator", ["division"])
    op.create_table(
        "coordinator_village",
        _key(),
        sa.Column("coordinator_key", sa.Integer(), nullable=False),
        _text("code"),
        _text("village"),
        _day("since"),
        _day("until", nullable=True),
        _text("actor"),
        _moment("recorded_at"),
        _points_to("coordinator_village", "coordinator_key", "coordinator"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_coordinator_village")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coordinator_village_code"), "coordinator_village", ["code"])
    op.create_index(op.f("ix_coordinator_village_coordinator_key"), "coordinator_village", ["coordinator_key"])


def _events() -> None:
    """Trainings, attendance, reviews; villages without need."""
    op.create_table(
        "coordinator_event",
        _key(),
        _uid(),
        sa.Column("coordinator_key", sa.Integer(), nullable=False),
        _text("kind"),
        _day("happened_on"),
        _text("result"),
        sa.Column("hours", sa.Float(), server_default="0", nullable=False),
        _body(),
        _text("actor"),
        _moment("recorded_at"),
        _points_to("coordinator_event", "coordinator_key", "coordinator"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_coordinator_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_coordinator_event_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coordinator_event_coordinator_key"), "coordinator_event", ["coordinator_key"])
    op.create_table(
        "village_not_needed",
        _key(),
        _uid(),
        _text("code"),
        _text("village"),
        _day("said_on"),
        _body(),
        _text("actor"),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_village_not_needed")),
        sa.UniqueConstraint("code", "village", name=op.f("uq_village_not_needed_code_village")),
        sa.UniqueConstraint("uid", name=op.f("uq_village_not_needed_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_village_not_needed_code"), "village_not_needed", ["code"])
