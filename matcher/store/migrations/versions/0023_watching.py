"""The key-assistance list with its cards, what was done about alerts, months as they were counted."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _row() -> tuple[sa.Column[int], sa.Column[str]]:
    """The primary key and the random name."""
    key = sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)
    return key, sa.Column("uid", sa.String(length=32), nullable=False)


def _day(name: str, *, nullable: bool = True) -> sa.Column[date]:
    """A day."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """The key of another row."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _sealed() -> sa.Column[bytes]:
    """What is sealed."""
    return sa.Column("body", sa.LargeBinary(), nullable=False)


def _person(table: str) -> sa.ForeignKeyConstraint:
    """What hangs on a person goes with the person."""
    name = op.f(f"fk_{table}_worker_key_worker")
    return sa.ForeignKeyConstraint(["worker_key"], ["worker.key"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Tables key_entry, key_log, alert_care, month_count."""
    op.create_table(
        "key_entry",
        *_row(),
        _number("worker_key"),
        _text("reason"),
        _day("entered_on", nullable=False),
        _day("identified_on"),
        _text("owner"),
        _day("left_on"),
        _text("left_reason"),
        _day("contact_on"),
        _day("measure_on"),
        _day("next_due"),
        _sealed(),
        _text("actor"),
        _moment("recorded_at"),
        _person("key_entry"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_key_entry_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_key_entry_worker_key"), "key_entry", ["worker_key"])
    op.create_index("ix_key_entry_left_on", "key_entry", ["left_on", "next_due"])
    _log()
    _care()
    _months()


def _log() -> None:
    """Table key_log."""
    op.create_table(
        "key_log",
        *_row(),
        _number("entry_key"),
        _number("worker_key"),
        _text("kind"),
        _day("on", nullable=False),
        _text("way"),
        _text("found"),
        _day("next_due"),
        _sealed(),
        _text("actor"),
        _moment("recorded_at"),
        _moment("taken_back_at", nullable=True),
        _text("taken_back_by"),
        _person("key_log"),
        sa.ForeignKeyConstraint(
            ["entry_key"], ["key_entry.key"], name=op.f("fk_key_log_entry_key_key_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_log")),
        sa.UniqueConstraint("uid", name=op.f("uq_key_log_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_key_log_worker_key"), "key_log", ["worker_key"])
    op.create_index(op.f("ix_key_log_entry_key"), "key_log", ["entry_key"])


def _care() -> None:
    """Table alert_care."""
    op.create_table(
        "alert_care",
        *_row(),
        _text("mark"),
        _text("code"),
        _text("division"),
        _text("village"),
        _number("worker_key", nullable=True),
        _text("state"),
        _day("until"),
        _text("owner"),
        _day("on", nullable=False),
        _sealed(),
        _text("actor"),
        _moment("recorded_at"),
        _person("alert_care"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alert_care")),
        sa.UniqueConstraint("uid", name=op.f("uq_alert_care_uid")),
        sqlite_autoincrement=True,
    )
    for column in ("mark", "division", "worker_key"):
        op.create_index(op.f(f"ix_alert_care_{column}"), "alert_care", [column])


def _months() -> None:
    """Table month_count."""
    op.create_table(
        "month_count",
        *_row(),
        sa.Column("month", sa.String(length=7), nullable=False),
        _text("home_code"),
        _text("village"),
        _day("as_of", nullable=False),
        _sealed(),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_month_count")),
        sa.UniqueConstraint("uid", name=op.f("uq_month_count_uid")),
        sa.UniqueConstraint("month", "home_code", "village", name=op.f("uq_month_count_month_home_code_village")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_month_count_home_code"), "month_count", ["home_code"])


def downgrade() -> None:
    """Away with them."""
    for table in ("month_count", "alert_care", "key_log", "key_entry"):
        op.drop_table(table)
