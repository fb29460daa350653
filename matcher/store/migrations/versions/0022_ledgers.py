"""An office's own columns of ledgers, sheets that were written, months of villages that were handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[int]:
    """A whole number, 0 by default."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _key() -> sa.Column[int]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _uid() -> sa.Column[str]:
    """The random name of a row."""
    return sa.Column("uid", sa.String(length=32), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def upgrade() -> None:
    """Tables ledger_profile, ledger_export, round_event."""
    op.create_table(
        "ledger_profile",
        _key(),
        _text("ledger"),
        _text("name"),
        _text("division"),
        sa.Column("columns", sa.JSON(), nullable=False),
        _text("actor"),
        _moment("saved_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ledger_profile")),
        sa.UniqueConstraint("division", "name", name=op.f("uq_ledger_profile_division_name")),
        sqlite_autoincrement=True,
    )
    _exports()
    op.create_table(
        "round_event",
        _key(),
        _uid(),
        sa.Column("month", sa.String(length=7), nullable=False),
        _text("home_code"),
        _text("village"),
        _text("step"),
        sa.Column("happened_on", sa.Date(), nullable=False),
        _number("people"),
        _number("changed"),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        _text("actor"),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_round_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_round_event_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_round_event_month", "round_event", ["month"])


def _exports() -> None:
    """Table ledger_export."""
    op.create_table(
        "ledger_export",
        _key(),
        _uid(),
        _text("ledger"),
        _text("state"),
        _text("actor"),
        _text("division"),
        _text("place"),
        _text("month"),
        _text("ending"),
        _number("people"),
        _number("hidden"),
        sa.Column("progress", sa.Float(), server_default="0", nullable=False),
        _text("message"),
        sa.Column("stop_asked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=False),
        _moment("asked_at"),
        _moment("heartbeat_at", nullable=True),
        _moment("done_at", nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ledger_export")),
        sa.UniqueConstraint("uid", name=op.f("uq_ledger_export_uid")),
        sqlite_autoincrement=True,
    )
    for column in ("state", "actor", "division"):
        op.create_index(op.f(f"ix_ledger_export_{column}"), "ledger_export", [column])


def downgrade() -> None:
    """Away with them."""
    for table in ("round_event", "ledger_export", "ledger_profile"):
        op.drop_table(table)
